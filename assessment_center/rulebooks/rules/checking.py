"""What must fit together inside one rulebook: codes, references, and rows and forms that exist.

The reader (`loader`) has seen to keys, types and citations; here the parts are held against each
other and against the numbered rules and printed forms of the matrix.
"""

import dataclasses
import tomllib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Any

from assessment_center.rulebooks.rules.errors import RulebookError
from assessment_center.rulebooks.rules.rulebook import Rulebook

KEYS = {
    "conditions": "id",
    "penalties": "code",
    "violations": "code",
    "staff_penalties": "code",
    "staff_violations": "code",
    "forms": "code",
    "retention": "kind",
    "report_deadlines": "kind",
    "conflicts": "id",
    "filing_routes": "code",
    "filing_materials": "code",
    "filing_criteria": "code",
    "plan_chapters": "code",
    "regulations_due": "code",
    "org_units": "code",
    "filing_rules": "code",
}


@dataclasses.dataclass(frozen=True, slots=True)
class References:
    """Ids of all rules and codes of all forms. None is ever taken out: kept texts name them."""

    rows: frozenset[str]
    forms: frozenset[str]


@lru_cache(maxsize=1)
def references() -> References:
    """Return the ids a rulebook may refer to."""
    path = files("assessment_center.rulebooks") / "data" / "references.toml"
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return References(frozenset(raw["rows"]), frozenset(raw["forms"]))


def check(rules: Rulebook, source: str) -> None:
    """Hold the parts of a rulebook against each other; raises `RulebookError` with the place."""
    for name, key in KEYS.items():
        entries = list(_entries(rules, name, source))
        _unique([(place, getattr(entry, key)) for place, entry in entries], key)
        for place, entry in entries:
            _written(entry, place)
    for fault in (_rows, _codes, _filing, _conflicts):
        fault(rules, source)


def _entries(rules: Rulebook, name: str, source: str) -> Iterator[tuple[str, Any]]:
    for number, entry in enumerate(getattr(rules, name), 1):
        yield f"{source} [[{name}]] 第{number}项", entry


def _unique(named: Iterable[tuple[str, str]], key: str) -> None:
    seen: dict[str, str] = {}
    for place, code in named:
        if code in seen:
            raise RulebookError(f"{place}.{key}", f"“{code}”与{seen[code].split(' ')[-1]}重复")
        seen[code] = place


def _written(entry: Any, place: str) -> None:
    """A text the entry cannot do without must not be blank."""
    for field in dataclasses.fields(entry):
        value = getattr(entry, field.name)
        if field.default is dataclasses.MISSING and isinstance(value, str) and not value.strip():
            raise RulebookError(f"{place}.{field.name}", "不能空着")


def _rows(rules: Rulebook, source: str) -> None:
    known = references().rows | {note.id for note in rules.conflicts}
    for key, named in rules.rows.items():
        place = f"{source} [settings.{key}] rows"
        if not named:
            raise RulebookError(place, "至少写一条规则编号")
        _known(named, known, place, "没有编号为“{}”的规则")
    for place, act in _entries(rules, "violations", source):
        _known((act.row,) if act.row else (), known, f"{place}.row", "没有编号为“{}”的规则")
    for place, act in _entries(rules, "staff_violations", source):
        _known(act.rows, known, f"{place}.rows", "没有编号为“{}”的规则")


def _codes(rules: Rulebook, source: str) -> None:
    for name, classes in (("violations", "penalties"), ("staff_violations", "staff_penalties")):
        codes = {penalty.code for penalty in getattr(rules, classes)}
        for place, act in _entries(rules, name, source):
            _known((act.penalty,), codes, f"{place}.penalty", f"{classes} 中没有“{{}}”")
    for place, form in _entries(rules, "forms", source):
        _known((form.code,), references().forms, f"{place}.code", "没有编号为“{}”的表单")
    named = rules.settings.application_form_code
    if named.from_rulebook:
        place = f"{source} [settings.application_form_code] value"
        own = {form.code for form in rules.forms}
        _known((named.value,), own, place, "forms 中没有“{}”")


def _filing(rules: Rulebook, source: str) -> None:
    """Forms, regulations and units that the parts on filing name must exist."""
    for place, paper in _entries(rules, "filing_materials", source):
        named = (paper.form,) if paper.form else ()
        _known(named, references().forms, f"{place}.form", "没有编号为“{}”的表单")
    due = {each.code for each in rules.regulations_due}
    for place, criterion in _entries(rules, "filing_criteria", source):
        _known(criterion.regulations, due, f"{place}.regulations", "regulations_due 中没有“{}”")
        if criterion.veto == bool(criterion.points):
            raise RulebookError(f"{place}.points", "否决项不计分，其他项须有分值")
    units = {each.code for each in rules.org_units}
    for place, unit in _entries(rules, "org_units", source):
        _known((unit.within,) if unit.within else (), units, f"{place}.within", "没有单位“{}”")
    for place, rule in _entries(rules, "filing_rules", source):
        _known(rule.rows, references().rows, f"{place}.rows", "没有编号为“{}”的规则")


def _conflicts(rules: Rulebook, source: str) -> None:
    for place, note in _entries(rules, "conflicts", source):
        _known(note.settings, set(rules.rows), f"{place}.settings", "本规程没有设置“{}”")


def _known(named: Iterable[str], known: Iterable[str], place: str, problem: str) -> None:
    for each in named:
        if each not in known:
            raise RulebookError(place, problem.format(each))
