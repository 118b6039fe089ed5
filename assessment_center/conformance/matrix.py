"""The matrix of all rules, printed forms and reports, and which rulebook speaks of each.

Pure: it reads only the packaged data. Titles are our own words; citations keep the short titles
of the rulebooks' legends until they are shown (`cited`).
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any

from assessment_center.registry import Citation
from assessment_center.rulebooks import Rulebook
from assessment_center.rulebooks.rules.citing import full_citation
from assessment_center.rulebooks.rules.convert import build, convert

Texts = Mapping[str, tuple[str, ...]]


def cited(citations: Texts, rules: Rulebook, place: str) -> tuple[Citation, ...]:
    """Return what this rulebook says of it, with full titles; empty when it is silent."""
    short = rules.identity.short
    texts = citations.get(short, ())
    return tuple(full_citation(text, short, rules.legend, place) for text in texts)


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule. `see` names, by rulebook, the rows that hold the rule where a cell only refers."""

    id: str
    area: int
    area_name: str
    title: str
    citations: Texts
    see: Texts = field(default_factory=dict)

    @property
    def rulebooks(self) -> frozenset[str]:
        """Short codes of the rulebooks that speak of it."""
        return frozenset(self.citations) | frozenset(self.see)

    def cited(self, rules: Rulebook) -> tuple[Citation, ...]:
        """Return the articles of a rulebook; empty when it is silent."""
        return cited(self.citations, rules, self.id)


@dataclass(frozen=True, slots=True)
class FormRow:
    """A printed form or register; `variants` are the names other rulebooks give it."""

    code: str
    group: str
    name: str
    citations: Texts
    variants: tuple[str, ...] = ()

    def cited(self, rules: Rulebook) -> tuple[Citation, ...]:
        """Return the articles of a rulebook; empty when it does not name the form."""
        return cited(self.citations, rules, self.code)


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report or export to an authority; `forms` are the codes of the forms it contains."""

    code: str
    group: str
    name: str
    citations: Texts
    forms: tuple[str, ...] = ()

    def cited(self, rules: Rulebook) -> tuple[Citation, ...]:
        """Return the articles of a rulebook; empty when it asks for no such report."""
        return cited(self.citations, rules, self.code)


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One item of a checklist a form prints; `list` is the code of that form."""

    list: str
    number: int
    title: str


def _read(name: str) -> Mapping[str, Any]:
    path = files("assessment_center.conformance") / "data" / name
    return tomllib.loads(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def areas() -> Mapping[int, str]:
    """Return number and short name of every area, in order."""
    return convert(Mapping[int, str], _read("rows.toml")["areas"], "rows.toml [areas]")  # type: ignore[no-any-return]


@lru_cache(maxsize=1)
def rows() -> tuple[RuleRow, ...]:
    """Return every rule row, by area."""
    names = areas()
    return tuple(
        build(RuleRow, each, f"rows.toml {each['id']}", area_name=names[each["area"]])
        for each in _read("rows.toml")["rows"]
    )


def row(rule_id: str) -> RuleRow:
    """Return one rule row; raises `KeyError`."""
    return _by_id()[rule_id]


@lru_cache(maxsize=1)
def _by_id() -> Mapping[str, RuleRow]:
    return {each.id: each for each in rows()}


@lru_cache(maxsize=1)
def forms() -> tuple[FormRow, ...]:
    """Return every printed form and register named in the rulebooks."""
    return tuple(build(FormRow, each, "forms.toml") for each in _read("forms.toml")["forms"])


@lru_cache(maxsize=1)
def reports() -> tuple[ReportRow, ...]:
    """Return every report to an authority."""
    return tuple(build(ReportRow, each, "forms.toml") for each in _read("forms.toml")["reports"])


def checklist(form_code: str) -> tuple[ChecklistItem, ...]:
    """Return the printed items of a form that is a checklist; empty for any other."""
    items = _read("forms.toml")["checklists"]
    return tuple(build(ChecklistItem, i, "forms.toml") for i in items if i["list"] == form_code)
