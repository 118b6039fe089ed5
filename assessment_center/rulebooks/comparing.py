"""Two rulebooks side by side: by area, each value with its articles, and where they differ."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from typing import Any

from django.utils.translation import gettext as _

from assessment_center.registry import Citation, OpenSet
from assessment_center.rulebooks.labels import LEVEL_WORDS, TABLE_LABELS
from assessment_center.rulebooks.reading import note, setting_words
from assessment_center.rulebooks.rules.loader import CODES, load
from assessment_center.rulebooks.rules.rulebook import Rulebook
from assessment_center.rulebooks.rules.settings_fields import Settings
from assessment_center.rulebooks.rules.statements import Statement, statements
from assessment_center.rulebooks.rules.summaries import summary

# The area of a rule by its id: area(rule id) -> (number, name) or None.
rule_areas: OpenSet[Callable[[str], tuple[int, str] | None]] = OpenSet("rule_areas")


@dataclass(frozen=True, slots=True)
class Cell:
    """What one side says: in words, with its articles; `silent` when the regulation is."""

    lines: tuple[str, ...]
    citations: tuple[Citation, ...] = ()
    silent: bool = False
    default: str = ""
    own: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    label: str
    detail: str
    left: Cell
    right: Cell

    @property
    def differs(self) -> bool:
        """Tell whether the sides say different things, or one alone speaks."""
        sides = ((c.lines, c.silent, c.default) for c in (self.left, self.right))
        return len(set(sides)) > 1


@dataclass(frozen=True, slots=True)
class Area:
    title: str
    lines: tuple[Line, ...]


def compared(left: Rulebook, right: Rulebook, *, only_differences: bool = False) -> list[Area]:
    """Return every area with its lines; both silent is no line."""
    made = (*_settings(left, right), *_tables(left, right))
    kept = (Area(each.title, _kept(each.lines, only=only_differences)) for each in made)
    return [area for area in kept if area.lines]


def _kept(lines: tuple[Line, ...], *, only: bool) -> tuple[Line, ...]:
    spoken = (line for line in lines if not (line.left.silent and line.right.silent))
    return tuple(line for line in spoken if line.differs or not only)


def area_of(key: str) -> tuple[int, str]:
    """Return number and name of the area a setting belongs to; the last for one of none."""
    ids = (rule for code in CODES for rule in load(code).rows.get(key, ()))
    found = (area for rule in ids for source in rule_areas if (area := source(rule)))
    return next(found, (LAST_AREA, _("其他")))


LAST_AREA = 999


def keys_by_area() -> dict[tuple[int, str], list[str]]:
    """Return the keys of all settings, grouped by area in the areas' order."""
    grouped: dict[tuple[int, str], list[str]] = {}
    for each in fields(Settings):
        grouped.setdefault(area_of(each.name), []).append(each.name)
    return dict(sorted(grouped.items()))


def _settings(left: Rulebook, right: Rulebook) -> Iterator[Area]:
    for (_number, title), keys in keys_by_area().items():
        lines = (
            Line(
                summary(key).label,
                summary(key).text,
                setting_cell(left, key),
                setting_cell(right, key),
            )
            for key in keys
        )
        yield Area(title, tuple(lines))


def setting_cell(rules: Rulebook, key: str) -> Cell:
    """What a rulebook says of one setting."""
    cited = getattr(rules.settings, key)
    if cited is None:
        return Cell((), silent=True)
    told = setting_words(key, cited.value, rules)
    if not cited.citations:
        default = "，".join(filter(None, (told, cited.note)))
        return Cell((), silent=True, default=default)
    return Cell((told,), cited.citations, own=not cited.from_rulebook)


def _tables(left: Rulebook, right: Rulebook) -> Iterator[Area]:
    sides = (_by_subject(left), _by_subject(right))
    for kind, label in TABLE_LABELS.items():
        subjects = dict.fromkeys(key for side in sides for key in side.get(kind, {}))
        lines = [
            Line(
                _subject(kind, key, *sides),
                "",
                *(
                    _cell(rules, side.get(kind, {}).get(key, []))
                    for rules, side in zip((left, right), sides, strict=True)
                ),
            )
            for key in _ordered(kind, subjects)
        ]
        yield Area(str(label), tuple(lines))


Subjects = dict[str, dict[str, list[Statement]]]


def _by_subject(rules: Rulebook) -> Subjects:
    """Statements by kind and by what they are about, so that two rulebooks meet."""
    grouped: Subjects = {}
    for each in statements(rules):
        if each.kind != "settings":
            grouped.setdefault(each.kind, {}).setdefault(_about(each), []).append(each)
    return grouped


def _about(statement: Statement) -> str:
    """Conditions meet by level, violations by the rule they break, all else by their key."""
    entry: Any = statement.subject
    if statement.kind == "conditions":
        return str(entry.level or "")
    return getattr(entry, "row", "") or statement.key


def _ordered(kind: str, subjects: dict[str, None]) -> list[str]:
    return sorted(subjects, reverse=True) if kind == "conditions" else list(subjects)


def _subject(kind: str, key: str, *sides: Subjects) -> str:
    """The head of a line: the level, or the first side's name of the thing."""
    if kind == "conditions":
        return str(LEVEL_WORDS[int(key)]) if key else _("不分等级")
    entry: Any = next(s[kind][key][0].subject for s in sides if key in s.get(kind, {}))
    return str(next(filter(None, (getattr(entry, n, "") for n in ("label", "name", "act"))), ""))


def _cell(rules: Rulebook, found: list[Statement]) -> Cell:
    if not found:
        return Cell((), silent=True)
    notes = [note(rules, each) for each in found]
    lines = tuple(" · ".join(filter(None, (str(n.title), str(n.value)))) for n in notes)
    cited = dict.fromkeys(one for each in found for one in each.cite)
    return Cell(lines, tuple(cited))
