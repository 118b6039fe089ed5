"""A key left out: silence, or a default that says why and that it is not the rulebook's."""

from dataclasses import MISSING, fields

import pytest

from assessment_center.rulebooks import CODES, Cited, Settings, load
from assessment_center.rulebooks.rules.settings_fields import SILENT_NO

DEFAULTS = {f.name: f.default for f in fields(Settings)}
CHOSEN = {k: d for k, d in DEFAULTS.items() if d is not None and d is not SILENT_NO}


def test_every_setting_may_be_left_out() -> None:
    assert [key for key, value in DEFAULTS.items() if value is MISSING] == []


def test_the_chosen_defaults_are_these() -> None:
    """One more is one more value the office did not read in its regulation: think twice."""
    assert set(CHOSEN) == {
        "application_copies",
        "allow_proxy_entry",
        "allow_tiered_room",
        "seat_numbering",
        "allow_return",
        "full_score",
        "pass_score",
        "all_subjects",
        "combine_practical",
        "combine_review",
        "application_form_code",
        "proctor_rule",
        "t_staff_in_room",
        "t_draw",
        "subjects",
        "score_report_from",
        "publicity_fields",
        "certificate_title",
        "empty_job_mark",
        "paper_years",
        "report_columns",
        "appraisal_due",
        "misconduct_report_workdays",
    }


@pytest.mark.parametrize("key", sorted(CHOSEN))
def test_a_chosen_default_says_why(key: str) -> None:
    cited = CHOSEN[key]
    assert isinstance(cited, Cited)
    assert cited.note.startswith("规程未")
    assert len(cited.note) > len("规程未规定")
    assert not cited.from_rulebook
    assert cited.citations == ()


def test_silence_is_no_and_nobody_chose_it() -> None:
    assert SILENT_NO.value is False
    assert not SILENT_NO.from_rulebook
    assert (SILENT_NO.note, SILENT_NO.citations) == ("", ())


@pytest.mark.parametrize("code", CODES)
def test_a_default_gives_way_to_the_rulebook(code: str) -> None:
    rules = load(code)
    for key, default in CHOSEN.items():
        cited = getattr(rules.settings, key)
        assert cited.from_rulebook == (key in rules.rows)
        assert (cited is default) == (key not in rules.rows)
