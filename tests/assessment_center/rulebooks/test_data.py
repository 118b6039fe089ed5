"""The packaged rulebooks: complete, typed, and equal to the table they were made from."""

import re
import tomllib
from dataclasses import fields
from importlib.resources import files
from pathlib import Path

import pytest

from assessment_center.rulebooks import CODES, Cited, Rulebook, Settings, load
from assessment_center.rulebooks.rules.convert import convert
from assessment_center.rulebooks.rules.loader import packaged_text, value_kind

TABLE = Path(__file__).resolve().parents[4] / "shared" / "rules" / "RULES.md"
# In words in the table: avoidance in area 12 (DBL-01, DBL-02), optional subjects in X-23, SCORE-01.
BESIDE_THE_TABLE = {"avoidance", "optional_subjects"}
# In words in areas 13, 14 and 23: ASR-11, ASR-15 to ASR-19, SUP-11, STV-04.
BESIDE_THE_TABLE |= {
    "session_rating_grades", "appraisal_content", "appraisal_due", "appraisal_reported",
    "unqualified_after_missed", "unqualified_without_session", "reward_excellent",
    "retrain_unqualified", "dismiss_after_refusals", "appraise_supervisors",
    "misconduct_reported", "misconduct_report_workdays", "renewal_appraised",
}  # fmt: skip
# In words in areas 12 to 14, 26 and 28.
BESIDE_THE_TABLE |= {
    "assessor_min_level", "assessor_min_title", "bank_secrecy", "bars_authority_staff",
    "certificate_english",
    "expert_leader_min_years", "expert_leader_new_years", "expert_min_level", "expert_min_title",
    "qualification_exam_parts", "qualification_exam_pass", "secrecy_agreement",
    "senior_min_level", "senior_min_title", "supervisor_examiner",
}  # fmt: skip
# In words in areas 3, 4, 6 and 21: PLAN-03, REG-19, RPT-01, RPT-02, VAL-05.
BESIDE_THE_TABLE |= {
    "announcement_parts", "application_fields", "report_arrangement", "report_columns",
    "call_off_by", "review_one_by_one",
}  # fmt: skip
# In words in area 3: PLAN-01 and PLAN-02.
BESIDE_THE_TABLE |= {"annual_plan_filed", "annual_plan_parts"}
# In words in area 5: ELIG-HN-1, ELIG-HN-3.
BESIDE_THE_TABLE |= {"exam_students_final_year"}
# In words in area 7: FEE-10.
BESIDE_THE_TABLE |= {"cancelled_subject_free"}
# In words in area 8: VEN-14, VEN-16.
BESIDE_THE_TABLE |= {"room_accepted_for", "site_sign"}
COLUMN = dict(zip(CODES, range(2, 7), strict=True))


def table_rows() -> list[list[str]]:
    if not TABLE.is_file():
        pytest.skip("the rule table the data were made from is not beside this checkout")
    section = TABLE.read_text(encoding="utf-8").split("\n## SETTINGS.")[1].split("\n## ")[0]
    rows = [line[2:-2].split(" | ") for line in section.splitlines() if line.startswith("| ")]
    return [row for row in rows if re.fullmatch(r"[a-z_0-9]+", row[0])]


@pytest.fixture(params=CODES)
def rules(request: pytest.FixtureRequest) -> Rulebook:
    return load(request.param)


def test_every_rulebook_names_itself() -> None:
    assert [load(code).code for code in CODES] == list(CODES)
    assert [load(code).identity.short for code in CODES] == ["CQ", "HN", "SD", "FJ", "JL"]


def test_the_settings_are_those_of_the_table() -> None:
    named = {row[0] for row in table_rows()} | BESIDE_THE_TABLE
    assert named == {field.name for field in fields(Settings)}


@pytest.mark.parametrize("code", CODES)
def test_values_are_those_of_the_table(code: str) -> None:
    rules = load(code)
    expected = {}
    for row in table_rows():
        literal = row[COLUMN[code]].strip()
        if literal != "—":
            raw = tomllib.loads(f"value = {literal}")["value"]
            expected[row[0]] = convert(value_kind(row[0]), raw, row[0])
    said = {key: getattr(rules.settings, key).value for key in rules.rows}
    for key in BESIDE_THE_TABLE - set(expected):
        said.pop(key, None)
    assert said == expected


def test_a_spoken_setting_has_citations_and_rows(rules: Rulebook) -> None:
    spoken = {key: getattr(rules.settings, key) for key in rules.rows}
    assert [k for k, cited in spoken.items() if not (cited.from_rulebook and cited.citations)] == []
    assert [k for k, rows in rules.rows.items() if not rows] == []


def test_a_silent_setting_is_none_or_a_marked_default(rules: Rulebook) -> None:
    silent = [getattr(rules.settings, f.name) for f in fields(Settings) if f.name not in rules.rows]
    marked = [each for each in silent if each is not None]
    assert all(isinstance(each, Cited) for each in marked)
    assert all(not each.from_rulebook and not each.citations for each in marked)


def test_citations_carry_full_titles(rules: Rulebook) -> None:
    texts = [
        str(citation) for key in rules.rows for citation in getattr(rules.settings, key).citations
    ]
    titles = set(rules.legend.values())
    assert [t for t in texts if t[1:].split("》")[0] not in titles] == []


def test_a_citation_reads_as_printed() -> None:
    cited = load("chongqing").settings.pass_score
    assert [str(c) for c in cited.citations] == ["《职业技能等级认定服务工作规程》四1"]


def test_codes_are_unique_and_refer_to_each_other(rules: Rulebook) -> None:
    for codes in (
        [c.id for c in rules.conditions],
        [p.code for p in rules.penalties],
        [v.code for v in rules.violations],
        [p.code for p in rules.staff_penalties],
        [v.code for v in rules.staff_violations],
        [f.code for f in rules.forms],
        [r.kind for r in rules.retention],
        [c.id for c in rules.conflicts],
    ):
        assert sorted(codes) == sorted(set(codes))
    assert {v.penalty for v in rules.violations} == {p.code for p in rules.penalties}
    named = {v.penalty for v in rules.staff_violations}
    assert named == {p.code for p in rules.staff_penalties}


def test_the_application_form_is_a_form_of_the_rulebook(rules: Rulebook) -> None:
    code = rules.settings.application_form_code
    assert code is not None
    form = rules.form(code.value)
    assert form is not None
    assert form.name


def test_conditions_belong_to_the_levels_of_the_rulebook(rules: Rulebook) -> None:
    assert rules.settings.levels is not None
    levels = set(rules.settings.levels.value)
    assert {c.level for c in rules.conditions} <= levels
    assert all(rules.conditions_of(level) for level in levels)


def test_permanent_kinds_have_a_permanent_class() -> None:
    for code in ("chongqing", "jilin"):
        rules = load(code)
        assert rules.settings.permanent_kinds is not None
        named = set(rules.settings.permanent_kinds.value)
        assert {r.kind for r in rules.retention if r.permanent} == named


def test_chongqing_counts() -> None:
    rules = load("chongqing")
    assert len(rules.conditions) == 19
    assert len(rules.violations) == 27
    assert len(rules.retention) == 15
    assert rules.violation("X3-1").cheating
    assert rules.penalty("X3").effects == ("leave_room", "void_subject", "ban", "notify_employer")
    scores = rules.retention_of("score_notice")
    assert scores is not None
    assert scores.years == 3
    assert rules.retention_of("nothing") is None
    assert rules.form("F-1") is None


def test_settings_of_deadlines_agree_with_the_deadlines() -> None:
    for code in CODES:
        rules = load(code)
        lead = rules.settings.report_lead_workdays
        assert lead is not None
        for deadline in rules.report_deadlines:
            if deadline.before:
                assert getattr(lead.value, deadline.kind) == deadline.workdays


def test_every_packaged_file_is_a_known_rulebook() -> None:
    names = {p.name for p in (files("assessment_center.rulebooks") / "data").iterdir()}
    assert names == {f"{code}.toml" for code in CODES} | {
        "articles.toml",
        "references.toml",
        "summaries.toml",
    }
    assert all(packaged_text(code).startswith("#") for code in CODES)
