"""Change one value of a rulebook: the program does something else, says so, and nothing more.

For every setting in use one rulebook that speaks of it gets another value. The probe of the
setting (`tests/mutation_probes.py`) must see it; probes of other settings must not; the page of
the rulebook must tell it, and only it. A setting newly used without a probe fails here.
"""

import ast
import dataclasses
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.db import transaction

from assessment_center.batches import models as batches
from assessment_center.personnel.enums import Grade
from assessment_center.registry import SYSTEM, Citation
from assessment_center.rulebooks import CODES, Rulebook, Settings, load
from assessment_center.rulebooks.comparing import setting_cell
from assessment_center.rulebooks.rules.loader import convert, value_kind
from candidates.models import Application, SubjectPass
from exams.models import Duty
from tests.architecture.test_rules_declared import missing_tests
from tests.exams import build
from tests.factories import foundation as make
from tests.mutation_probes import CITED, PROBES, Ground

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
PARTS = (
    "assessment_center", "candidates", "questionbank", "exams", "scoring", "certificates",
    "archives",
)  # fmt: skip
KEYS = frozenset(field.name for field in dataclasses.fields(Settings))
SHOWN_ONLY = {"review_scope": "pages of reviews show its article; what is recounted is fixed"}
PROVED_ELSEWHERE = {
    "max_consecutive_sessions": (
        "tests/exams/services/test_draws.py::test_who_judged_as_often_as_allowed_in_a_row_rests"
    ),
    "proctor_room_draw": (
        "tests/exams/services/test_draws.py::"
        "test_proctors_are_proposed_without_a_room_and_draw_theirs"
    ),
}
BESIDE = {"assessor_odd": {"assessor_min": 4}, "judge_odd": {"judge_min": 4}}
OTHERS = 4  # probes of other settings tried under each mutation
RELATED = (
    {
        "appraisal_grades",
        "appraisal_bands",
        "unqualified_after_missed",
        "unqualified_without_session",
        "dismiss_after_unqualified_years",
        "dismiss_consecutive",
        "retrain_unqualified",
        "reward_excellent",
        "appraisal_due",
        "appraisal_reported",
        "appraisal_content",
    },
    {"misconduct_reported", "misconduct_report_workdays", "dismiss_after_refusals"},
    {"assessor_min", "assessor_odd", "judge_min", "judge_odd", "assessor_per_module"},
    {"score_report_from", "score_report_workdays"},
    {"early_leave_forbidden", "early_leave_theory_min"},
    {"candidate_scope", "candidate_scope_extendable"},
    {"certificate_printer", "numbering_needs_approval"},
    {"levels", "assessment_modes", "fee_mode"},
    {"theory_arrangement", "seat_numbering", "room_capacity_max"},
    {"full_score", "zero_needs_reason"},
    {"points_min", "points_weight_factor"},
    {"subjects", "optional_subjects", "review_levels"},
    {"assessor_min_level", "assessor_min_title", "assessor_after_years", "early_years"},
    {"senior_min_level", "senior_min_title", "senior_after_years", "early_years"},
    {"expert_leader_min_years", "expert_leader_new_years"},
    {"expert_min_level", "expert_min_title"},
)
# What another value of a kind that cannot be counted on by one looks like, as in the TOML file.
ALTERED: dict[str, Any] = {
    "assessor_dispatch_by": "authority",
    "appeal_to": {"assessor": ["hr_department"]},
    "appraisal_bands": [95, 85, 70],
    "appraisal_content": ["另一项"],
    "appraisal_due": "11-30",
    "appraisal_grades": ["甲", "乙", "丙", "丁"],
    "session_rating_grades": ["优秀", "另一等"],
    "renewal_appraised": "on_card",
    "keeper_education": "college",
    "announcement_change": "forbidden",
    "announcement_parts": ["offered", "fee"],
    "annual_plan_parts": ["schedule", "contact"],
    "application_fields": ["name", "opinion"],
    "call_off_by": "leading_group",
    "report_arrangement": ["staffing"],
    "report_columns": ["name", "id_number"],
    "room_accepted_for": ["review"],
    "classification_edition": 2099,
    "annual_plan_due": "11-29",
    "assessor_min_title": "senior_title",
    "avoidance": {"proctor": ["friend"]},
    "computer_import_earliest": {"day": -9},
    "grade_levels": {"assessor": [5], "senior_assessor": [5]},
    "meeting_days_before": [9, 8],
    "review_apply_outer": {"n": 99, "unit": "day", "from": "publicity_start"},
    "supervision_report_due": {"n": 99, "unit": "day", "from": "exam_end"},
    "workstation_assignment": "draw",
    "assessor_per_module": 7,
    "application_form_code": "F-999",
    "assessment_modes": ["contest"],
    "candidate_scope": ["own_staff"],
    "certificate_printer": "authority",
    "certificate_title": "另一种证书",
    "site_sign": "{name}另一考点",
    "certificate_english": {"title": "Another", "statement": "By {centre}."},
    "fill_font": {"zh": "宋体", "pt": [10]},
    "forbidden_words": ["另一词"],
    "certno_pattern": "^Z[0-9]{21}$",
    "empty_job_mark": "无",
    "early_years": {"contest": 2, "new_occupation": 3},
    "expert_min_title": "junior_title",
    "fee_mode": "none",
    "forbidden_pairs": [["supervisor", "proctor"]],
    "grade_bands": [{"min": 97, "label": "特优"}],
    "level_label": {"5": "五", "4": "四", "3": "三", "2": "二", "1": "一"},
    "levels": [5],
    "optional_subjects": ["practical"],
    "paper_pickup_earliest": {"min": -17},
    "paper_source": ["authority"],
    "ephoto": {"w": 358, "h": 441, "bits": 24, "max_kb": 50, "ext": "jpg"},
    "paper_photo": {"inch": 1, "count": 3, "background": "white"},
    "proctor_rule": {"min": 7},
    "publicity_fields": ["name"],
    "query_urls": ["http://example.cn"],
    "report_lead_workdays": {"plan": 3, "data": 4},
    "review_apply": {"n": 9, "unit": "day", "from": "publicity_start"},
    "review_levels": [5],
    "score_report_from": "publicity_end",
    "label_corner": "top-right",
    "seat_numbering": "row_major",
    "subjects": ["practical"],
    "theory_arrangement": "by_occupation",
    "ticket_issue_workdays_before": [8, 6],
    "ticket_seal": "on_photo",
    "accepted_id_types": ["passport"],
    "senior_min_title": "junior_title",
    "upload_due": {"n": 9, "unit": "day", "from": "issue"},
    "rotation_min_ratio": [1, 2],
}


def _on_settings(node: ast.AST) -> str:
    """The setting read by this piece of a program, or nothing."""
    if isinstance(node, ast.Attribute) and node.attr in KEYS:
        owner = node.value
        name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
        if name in {"settings", "rules"}:
            return node.attr
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in KEYS:
        return node.value if node.value.startswith("t_") else ""
    return ""


@cache
def used() -> frozenset[str]:
    """Every setting that code outside the rulebooks asks for."""
    found = set()
    for part in PARTS:
        for path in (ROOT / part).rglob("*.py"):
            if "rulebooks" in path.parts or "migrations" in path.parts:
                continue
            found |= {_on_settings(node) for node in ast.walk(ast.parse(path.read_text()))}
    return frozenset(found - {""})


def other(key: str, value: Any) -> Any:
    """Another value of a setting, as raw as in the file."""
    if key in ALTERED:
        return ALTERED[key]
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, float):
        return value / 2
    if hasattr(value, "items"):
        return {name: n + 1 for name, n in value.items()}
    raise AssertionError(f"say in ALTERED what another value of {key} is")


@cache
def speaking(key: str) -> Rulebook:
    """The first rulebook with an article for the setting; else one with its default."""
    books = [load(code) for code in CODES]
    with_article = [b for b in books if (c := getattr(b.settings, key)) and c.citations]
    chosen = (with_article or [b for b in books if getattr(b.settings, key)])[0]
    for near, value in BESIDE.get(key, {}).items():  # an odd number only shows beside an even one
        cited = getattr(chosen.settings, near)
        chosen = changed(chosen, **{near: dataclasses.replace(cited, value=value)})
    return chosen


def changed(rules: Rulebook, **parts: Any) -> Rulebook:
    return dataclasses.replace(rules, settings=dataclasses.replace(rules.settings, **parts))


def mutated(key: str) -> Rulebook:
    rules = speaking(key)
    cited = getattr(rules.settings, key)
    raw = other(key, cited.value)
    value = convert(value_kind(key), raw, key)
    assert value != cited.value, f"ALTERED changes nothing of {key}"
    return changed(rules, **{key: dataclasses.replace(cited, value=value)})


@pytest.fixture(scope="module")
def ground(django_db_setup: None, django_db_blocker: Any) -> Iterator[Ground]:
    """A ticketed batch for the whole module, in one transaction that is undone at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        batch = build.ticketed()
        sitting = batch.sittings.get(number=1)
        member = make.make_member(Grade.SUPERVISOR_INTERNAL, Grade.STAFF)
        starts, ends = sitting.starts_at, sitting.ends_at
        Duty.objects.create(
            sitting=sitting, member=member, post="supervisor", period=(starts, ends)
        )
        row = batch.applications.order_by("number").first()
        Application.objects.filter(pk=row.pk).update(exam_kind="resit")
        _passed_before(row)
        later = make.make_batch()
        offering = make.make_offering(later, row.occupation, level=row.level)
        yield Ground(
            batch, sitting, sitting.rooms.first(), member, row.person, offering, batch.rules
        )
        transaction.set_rollback(True)


def _passed_before(row: Application) -> None:
    SubjectPass.objects.create(
        person=row.person, application=row, subject_code="theory", occupation=row.occupation,
        level=row.level, passed_on="2026-01-05", valid_until="2028-01-05",
        source_kind="test", source_id=row.pk,
    )  # fmt: skip


def seen(ground: Ground, key: str, rules: Rulebook, probes: Any = PROBES) -> Any:
    """What the probe of a setting sees under these rules; nothing of it remains."""
    ground.rules = rules
    ground.batch.__dict__["rules"] = rules
    ground.sitting.batch.__dict__["rules"] = rules
    ground.offering.batch.__dict__["rules"] = rules
    with mock.patch.object(batches, "frozen_rules", return_value=rules), transaction.atomic():
        found = repr(probes[key](ground))
        transaction.set_rollback(True)
    return found


def unrelated(key: str) -> list[str]:
    """A few other settings, always the same for one setting."""
    close = set().union(*(group for group in RELATED if key in group)) | {key}
    rest = sorted(PROBES.keys() - close)
    return random.Random(key).sample(rest, OTHERS)


def test_every_setting_in_use_has_a_probe() -> None:
    known = PROBES.keys() | CITED.keys() | SHOWN_ONLY.keys() | PROVED_ELSEWHERE.keys()
    assert used() - known == set()
    assert missing_tests(tuple(PROVED_ELSEWHERE.values())) == []
    assert (PROBES.keys() | CITED.keys()) <= KEYS
    assert SHOWN_ONLY.keys() <= used()


@pytest.mark.parametrize("key", sorted(PROBES))
def test_another_value_is_noticed_and_nothing_else_changes(ground: Ground, key: str) -> None:
    before, after = speaking(key), mutated(key)
    assert seen(ground, key, before) != seen(ground, key, after)
    for one in unrelated(key):
        assert seen(ground, one, before) == seen(ground, one, after), one


@pytest.mark.parametrize("key", sorted(CITED))
def test_another_article_is_told(ground: Ground, key: str) -> None:
    """Settings of which only the article is shown: another article is another refusal."""
    rules = speaking(key)
    cited = getattr(rules.settings, key)
    article = (Citation(rules.identity.short, "另一条"),)
    after = changed(rules, **{key: dataclasses.replace(cited, citations=article)})
    assert "另一条" in seen(ground, key, after, CITED)
    assert "另一条" not in seen(ground, key, rules, CITED)


@pytest.mark.parametrize("key", sorted(PROBES))
def test_the_page_tells_the_value_and_only_that(key: str) -> None:
    before, after = speaking(key), mutated(key)
    told = {each for each in KEYS if setting_cell(before, each) != setting_cell(after, each)}
    assert told == {key}


def test_the_system_is_no_office() -> None:
    """Probes act as the system: what they see is the rulebook's refusal, not a role's."""
    assert SYSTEM.user_id is None
