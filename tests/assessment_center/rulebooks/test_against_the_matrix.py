"""The rulebooks' rows, acts and articles, held against the matrix of all rules."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from assessment_center.conformance.matrix import row, rows
from assessment_center.registry import Citation
from assessment_center.rulebooks import CODES, Rulebook, load
from assessment_center.rulebooks.rules.articles import Place, places

MATRIX = Path(__file__).resolve().parents[4] / "shared" / "rules" / "RULES.md"
ACTS = [f"VIO-{n:02}" for n in range(1, 38) if n not in {35, 36}]
KNOWN = {each.id for each in rows()}
# Acts a regulation names without a consequence, or that no room record can hold.
NO_CONSEQUENCE = {
    ("CQ", "VIO-22"): "forbids marks, states no consequence",
    ("CQ", "VIO-37"): "misuse of a certificate: withdrawn in the register of certificates",
    ("HN", "VIO-19"): "the assessor stops the work; liability for an accident",
    ("HN", "VIO-24"): "false identity only as false material: AG-1 (VIO-30)",
    ("FJ", "VIO-02"): "devices are put away; using them is X-5",
    ("FJ", "VIO-13"): "swapped work is X-9 (VIO-17); lending is forbidden without a consequence",
}
# Articles that say it better than the one the matrix names, each read in the source.
BETTER = {
    ("CQ", "assessor_dispatch_by"),
    ("CQ", "certificate_title"),
    ("HN", "min_fulltime_staff"),
    ("HN", "room_capacity_max"),
    ("HN", "level_label"),
    ("HN", "renewal_appraised"),
    ("FJ", "subjects"),
    ("FJ", "optional_subjects"),
    ("JL", "avoidance"),
}


@pytest.fixture(params=CODES)
def rules(request: pytest.FixtureRequest) -> Rulebook:
    return load(request.param)


def spots(citations: Iterable[Citation]) -> Iterator[Place]:
    for citation in citations:
        yield from places(citation.text)


def test_a_setting_cites_what_its_rows_cite(rules: Rulebook) -> None:
    short = rules.identity.short
    for key, refs in rules.rows.items():
        named = [c for ref in refs if ref in KNOWN for c in row(ref).cited(rules)]
        named += [c for note in rules.conflicts_about(key) for c in note.cite]
        known = list(spots(named))
        for place in spots(getattr(rules.settings, key).citations):
            found = any(place.touches(one) for one in known)
            assert found or (short, key) in BETTER, f"{short} {key}: {place}"


def test_acts_cite_what_their_rows_cite(rules: Rulebook) -> None:
    for act in rules.violations:
        known = {place.document for place in spots(row(act.row).cited(rules))}
        assert {place.document for place in spots(act.cite)} & known, act.code
    for act in rules.staff_violations:
        known = {place.document for ref in act.rows for place in spots(row(ref).cited(rules))}
        assert {place.document for place in spots(act.cite)} & known, act.code


def test_every_act_the_book_speaks_of_has_its_consequence(rules: Rulebook) -> None:
    short = rules.identity.short
    spoken = {i for i in ACTS if row(i).citations.get(short)}
    covered = {act.row for act in rules.violations}
    assert {(short, i) for i in spoken - covered} <= set(NO_CONSEQUENCE)
    assert not {i for book, i in NO_CONSEQUENCE if book == short} & covered


def test_a_warning_comes_first_only_where_the_penalty_says_so() -> None:
    henan = load("henan")
    first = {act.code for act in henan.violations if "提醒不改" in act.act}
    warned = {p.code for p in henan.penalties if p.settles == "after_warning"}
    assert first == {act.code for act in henan.violations if act.penalty in warned}
    assert henan.penalty(henan.violation("W-1").penalty).effects == ("warn",)


@pytest.mark.parametrize("code", CODES)
def test_the_rows_of_a_setting_are_those_of_the_table(code: str) -> None:
    """The table may name a span ("DAY-06..08") or more rows than this book speaks of."""
    if not MATRIX.is_file():
        pytest.skip("the rule table the data were made from is not beside this checkout")
    section = MATRIX.read_text(encoding="utf-8").split("\n## SETTINGS.")[1].split("\n## ")[0]
    lines = [line[2:-2].split(" | ") for line in section.splitlines() if line.startswith("| ")]
    named = {cells[0]: cells[7] for cells in lines if re.fullmatch(r"[a-z_0-9]+", cells[0])}
    for key, refs in load(code).rows.items():
        if key in named:
            assert set(refs) <= _spread(named[key]), f"{key}: {refs} | {named[key]}"


def _spread(text: str) -> set[str]:
    """All ids of "ELIG-L4-3, L3-4..6" or "DAY-06..08, X-03"."""
    found: set[str] = set()
    area = ""
    for piece in re.findall(r"[A-Z0-9][A-Z0-9-]*\d(?:\.\.\d+)?", re.sub(r"\(.*?\)", "", text)):
        first, _dots, last = piece.partition("..")
        area = first.split("-")[0] if first.split("-")[0].isalpha() else area
        name = first if first.split("-")[0].isalpha() else f"{area}-{first}"
        found.add(name)
        if last:
            stem, _dash, number = name.rpartition("-")
            width = len(number)
            found |= {f"{stem}-{n:0{width}}" for n in range(int(number), int(last) + 1)}
    return found
