"""What the database itself keeps: every constraint and trigger is tried by raw SQL."""

import pytest
from django.db import IntegrityError, connection, transaction

from assessment_center.registry import SYSTEM
from scoring import services
from scoring.models import FinalResult, ScoreEntry, SubjectResult
from tests.factories import foundation as f
from tests.factories import scoring as s

pytestmark = pytest.mark.django_db


def _sql(statement: str, *params: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, params)


def _refused(statement: str, *params: object, words: str) -> None:
    with pytest.raises(IntegrityError, match=words):
        _sql(statement, *params)


COPY = (
    "INSERT INTO scoring_scoreentry (id, created_at, application_id, subject, round, score, "
    "full_score, reason, entered_by_id, updated_at) SELECT gen_random_uuid(), now(), "
    "application_id, {subject}, {round}, {score}, full_score, '', {by}, now() "
    "FROM scoring_scoreentry LIMIT 1"
)


def _copy(subject="subject", entry_round="round", score="score", by="entered_by_id") -> str:
    return COPY.format(subject=subject, round=entry_round, score=score, by=by)


def test_marks_before_the_check() -> None:
    batch = s.examined(1)
    s.enter(batch, s.THEORY, s.EntryRound.FIRST, {s.people_of(batch)[0].id: s.PASS})
    other = f"'{s.clerk().pk}'"
    _refused(_copy(by=other), words="score_round_once")
    _refused(_copy(entry_round="'second'"), words="score_person_once")
    _refused(_copy(entry_round="'second'", by=other, score="100.01"), words="score_in_range")
    _refused(_copy(entry_round="'second'", by=other, score="-1"), words="score_in_range")
    _sql(_copy(entry_round="'second'", by=other))
    assert ScoreEntry.objects.count() == 2


def test_checked_marks_and_scores_stay() -> None:
    batch = s.examined(1, absent={s.PRACTICAL: [0]})
    s.entered(batch, s.THEORY)
    s.check(batch, s.THEORY)
    _refused("UPDATE scoring_scoreentry SET score = 90", words="已核分")
    _refused("DELETE FROM scoring_scoreentry", words="已核分")
    _refused(_copy(entry_round="'second'", by=f"'{s.clerk().pk}'"), words="已核分")
    _refused("UPDATE scoring_subjectresult SET score = 90", words="只能通过成绩复核")
    _refused("UPDATE scoring_subjectresult SET standing = 'absent'", words="只能通过成绩复核")
    s.check(batch, s.PRACTICAL)
    copy = (
        "INSERT INTO scoring_subjectresult (id, created_at, application_id, subject, standing, "
        "score, full_score, note, passed) SELECT gen_random_uuid(), now(), application_id, "
        "{}, {}, {}, 100, '', {} FROM scoring_subjectresult LIMIT 1"
    )
    _refused(copy.format("'theory'", "'scored'", "80", "true"), words="subject_result_once")
    _refused(copy.format("'review'", "'scored'", "101", "true"), words="subject_result_in_range")
    _refused(copy.format("'review'", "'scored'", "NULL", "true"), words="subject_result_scored")
    _refused(copy.format("'review'", "'absent'", "0", "true"), words="subject_result_absent_fails")
    result = FinalResult.objects
    services.compile_results(actor=SYSTEM, batch=batch)
    row = result.get()
    publish = "UPDATE scoring_finalresult SET status = 'published', published_at = now()"
    for subjects in (
        "'[]'",
        "jsonb_build_array(subjects->0)",
        "subjects || subjects",
        "jsonb_set(subjects, '{0,score}', '\"99.00\"')",
        "jsonb_set(subjects, '{0,passed}', 'false')",
    ):
        _refused(f"{publish}, subjects = {subjects}", words="须包含申报的全部科目")
    _refused("UPDATE scoring_finalresult SET status = 'published'", words="result_published_when")
    _refused(f"{publish.replace('published', 'final', 1)}", words="result_final_when")
    _sql(publish)
    row.refresh_from_db()
    assert row.status == "published"


def test_published_results_change_only_by_moves_or_reviews_and_final_ones_never() -> None:
    batch = s.examined(1)
    publicity = s.published(batch)
    change = "jsonb_set(subjects, '{0,score}', '\"99.00\"')"
    _refused(f"UPDATE scoring_finalresult SET subjects = {change}", words="只能通过成绩复核")
    _refused("UPDATE scoring_finalresult SET passed = false", words="只能通过成绩复核")
    _refused("UPDATE scoring_finalresult SET grade_label = '优秀'", words="只能通过成绩复核")
    _refused("UPDATE scoring_finalresult SET status = 'draft'", words="不能改动")
    _refused("UPDATE scoring_finalresult SET published_at = now()", words="不能改动")
    _refused("DELETE FROM scoring_finalresult", words="不能删除")
    _refused("UPDATE scoring_subjectresult SET score = 99", words="只能通过成绩复核")
    _refused("DELETE FROM scoring_subjectresult", words="不能删除")
    _refused("UPDATE scoring_publicity SET ends_on = starts_on - 1", words="publicity_ordered")

    result = FinalResult.objects.get()
    asked = services.request_review(
        actor=SYSTEM, result=result, subject=s.THEORY, reason="合分", at=f.at(2026, 6, 2)
    )
    _refused("UPDATE scoring_scorereview SET status = 'unchanged'", words="answered_whole")
    _refused("UPDATE scoring_scorereview SET changed_to = 90", words="corrected_to")
    again = (
        "INSERT INTO scoring_scorereview (id, created_at, result_id, subject, reason, "
        "requested_at, status, answer) SELECT gen_random_uuid(), now(), result_id, subject, "
        "reason, now(), 'waiting', '' FROM scoring_scorereview"
    )
    _refused(again, words="score_review_once")
    services.answer_review(
        actor=s.clerk().as_actor(), review=asked, answer="漏计", changed_to=s.PASS + 5
    )
    _refused("UPDATE scoring_scorereview SET answer = '改'", words="复核已答复")
    _refused("DELETE FROM scoring_scorereview", words="复核已答复")
    other = "UPDATE scoring_subjectresult SET score = 85 WHERE subject = 'practical'"
    _refused(other, words="只能通过成绩复核")
    _refused(f"UPDATE scoring_finalresult SET subjects = {change}", words="只能通过成绩复核")

    services.finalise(actor=SYSTEM, batch=batch, objections="更正一人", at=s.FINAL)
    for statement in (
        "UPDATE scoring_finalresult SET passed = false",
        "UPDATE scoring_finalresult SET status = 'published'",
        "DELETE FROM scoring_finalresult",
    ):
        _refused(statement, words="成绩已生效")
    _refused("UPDATE scoring_publicity SET place = '别处'", words="公示已结束")
    _refused("UPDATE scoring_subjectresult SET score = 85.01", words="只能通过成绩复核")
    assert SubjectResult.objects.get(subject=s.THEORY).score == s.PASS + 5
    assert publicity.batch_id == batch.pk
