"""Read a rulebook file; what is unknown, missing or mistyped is an error with its place."""

import dataclasses
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, TypeVar, get_args

from assessment_center.registry import Citation
from assessment_center.rulebooks.rules import filing
from assessment_center.rulebooks.rules import rulebook as book
from assessment_center.rulebooks.rules.checking import check
from assessment_center.rulebooks.rules.cited import Cited
from assessment_center.rulebooks.rules.citing import full_citation
from assessment_center.rulebooks.rules.convert import build, convert, hints
from assessment_center.rulebooks.rules.eligibility import EligibilityCondition
from assessment_center.rulebooks.rules.errors import RulebookError, UnknownSettingError
from assessment_center.rulebooks.rules.settings_fields import Settings
from assessment_center.rulebooks.rules.staff import StaffPenalty, StaffViolation

CODES = ("chongqing", "henan", "shandong", "fujian", "jilin")
SECTIONS: dict[str, type[Any]] = {
    "conditions": EligibilityCondition,
    "penalties": book.Penalty,
    "violations": book.ViolationRule,
    "staff_penalties": StaffPenalty,
    "staff_violations": StaffViolation,
    "forms": book.RulebookForm,
    "retention": book.RetentionClass,
    "report_deadlines": book.ReportDeadline,
    "conflicts": book.ConflictNote,
    "filing_routes": filing.FilingRoute,
    "filing_materials": filing.FilingMaterial,
    "filing_criteria": filing.FilingCriterion,
    "plan_chapters": filing.PlanChapter,
    "regulations_due": filing.RegulationDue,
    "org_units": filing.OrgUnitRule,
    "filing_rules": filing.FilingRule,
}
ENTRY_KEYS = frozenset({"value", "cite", "rows", "note"})
C = TypeVar("C")


@lru_cache(maxsize=len(CODES))
def packaged_text(code: str) -> str:
    """Return the text of a rulebook shipped with the program; raises `RulebookError`."""
    if code not in CODES:
        raise RulebookError(code, f"没有这部规则；可用：{'、'.join(CODES)}")
    path = files("assessment_center.rulebooks") / "data" / f"{code}.toml"
    return path.read_text(encoding="utf-8")


@lru_cache(maxsize=len(CODES))
def load(code: str) -> book.Rulebook:
    """Return a rulebook shipped with the program."""
    return load_text(packaged_text(code), source=f"{code}.toml")


@lru_cache(maxsize=32)
def load_text(text: str, source: str = "rulebook") -> book.Rulebook:
    """Read a rulebook from TOML; raises `RulebookError` with the place of the first fault.

    The same text gives the same rulebook, which nobody can change: it is read once.
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RulebookError(source, f"不是有效的 TOML：{error}") from None
    return load_raw(raw, source)


def load_raw(raw: Mapping[str, Any], source: str) -> book.Rulebook:
    """Read a rulebook from the tables of its file; raises `RulebookError`."""
    if unknown := set(raw) - {"rulebook", "legend", "settings", *SECTIONS}:
        raise RulebookError(source, f"不认识的部分：{'、'.join(sorted(unknown))}")
    identity = build(book.Identity, raw.get("rulebook"), f"{source} [rulebook]")
    legend = convert(Mapping[str, str], raw.get("legend"), f"{source} [legend]")
    reader = _Reader(source, identity.short, legend)
    entries = convert(Mapping[str, Any], {}, source) | _table(raw.get("settings"), source)
    rules = book.Rulebook(
        identity=identity,
        legend=legend,
        settings=reader.settings(entries),
        rows=MappingProxyType({key: tuple(entry["rows"]) for key, entry in entries.items()}),
        **{name: reader.section(name, kind, raw.get(name, [])) for name, kind in SECTIONS.items()},
    )
    check(rules, source)
    return rules


def _table(raw: object, source: str) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise RulebookError(f"{source} [settings]", "缺少设置表")
    return raw


def value_kind(key: str) -> Any:
    """Return the type of a setting's value; raises `UnknownSettingError`."""
    if key not in hints(Settings):
        raise UnknownSettingError(key)
    kind = hints(Settings)[key]
    cited = next((k for k in get_args(kind) if get_args(k)), kind) if _optional(kind) else kind
    return get_args(cited)[0]


def _optional(kind: Any) -> bool:
    return type(None) in get_args(kind)


def override(
    rules: book.Rulebook, key: str, raw: object, citation: Citation, note: str
) -> book.Rulebook:
    """Return the rulebook with one setting replaced by the office's own value.

    Raises `UnknownSettingError` or `RulebookError` when key or value do not fit.
    """
    value = convert(value_kind(key), raw, key)
    cited = Cited(value, (citation,), from_rulebook=False, note=note)
    return dataclasses.replace(rules, settings=dataclasses.replace(rules.settings, **{key: cited}))


@dataclasses.dataclass(frozen=True)
class _Reader:
    source: str
    short: str
    legend: Mapping[str, str]

    def settings(self, entries: Mapping[str, Any]) -> Settings:
        return Settings(**{key: self.setting(key, entry) for key, entry in entries.items()})

    def setting(self, key: str, entry: object) -> Cited[Any]:
        place = f"{self.source} [settings.{key}]"
        if key not in hints(Settings):
            raise RulebookError(place, "不认识的设置")
        if not isinstance(entry, dict) or set(entry) - ENTRY_KEYS or "value" not in entry:
            raise RulebookError(place, "应写 value、cite、rows（可加 note）")
        convert(tuple[str, ...], entry.get("rows"), f"{place} rows")
        return Cited(
            convert(value_kind(key), entry["value"], f"{place} value"),
            self.citations(entry, place),
            note=convert(str, entry.get("note", ""), f"{place} note"),
        )

    def section(self, name: str, kind: type[C], raw: object) -> tuple[C, ...]:
        if not isinstance(raw, list):
            raise RulebookError(f"{self.source} [[{name}]]", "应为列表")
        return tuple(self.entry(name, i, kind, each) for i, each in enumerate(raw, 1))

    def entry(self, name: str, number: int, kind: type[C], raw: object) -> C:
        place = f"{self.source} [[{name}]] 第{number}项"
        field = next((f for f in dataclasses.fields(kind) if f.name == "cite"), None)  # type: ignore[arg-type]
        if field is None:
            return build(kind, raw, place)  # type: ignore[no-any-return]
        needed = field.default is dataclasses.MISSING
        table = raw if isinstance(raw, dict) else {}
        cite = self.citations(table, place) if needed or "cite" in table else ()
        return build(kind, raw, place, cite=cite)  # type: ignore[no-any-return]

    def citations(self, table: Mapping[str, Any], place: str) -> tuple[Citation, ...]:
        texts = convert(tuple[str, ...], table.get("cite"), f"{place} cite")
        if not texts:
            raise RulebookError(place, "缺少依据（cite）")
        return tuple(full_citation(text, self.short, self.legend, place) for text in texts)
