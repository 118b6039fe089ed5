"""Two people look, nobody at his own; what is unproven needs a note, what fails cannot pass."""

import re
from typing import Any

import pytest
from django.utils import translation

from assessment_center.accounts.enums import Role
from assessment_center.notices.models import Notice
from assessment_center.people.enums import TieKind
from assessment_center.people.models import StudentRecord
from assessment_center.people.posts import identify
from assessment_center.people.services import declare_tie
from assessment_center.registry import SYSTEM, Actor, RefusedError
from candidates import policies, selectors
from candidates.enums import ApplicationStatus as S
from candidates.enums import FeeState, Finding, ReturnReason
from candidates.lifecycle import APPLICATION
from candidates.models import Application
from candidates.services import registration, review
from tests.factories import candidates as c
from tests.factories import foundation as f

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def unprove(row: Application) -> Application:
    """Nobody has said which majors are related."""
    row.offering.standard.related_majors = []
    row.offering.standard.save()
    return row


def test_the_verdict_is_kept_with_the_review() -> None:
    row = c.make_first_reviewed()
    step = row.reviews.get()
    assert step.verdict["condition"] == "ELIG-L4-3"
    assert step.verdict["cited"] != []
    assert (row.first_reviewed_at, row.status) == (c.NOW, S.FIRST_REVIEWED)


def test_the_confirmer_is_somebody_else() -> None:
    row = c.make_submitted()
    both = f.make_user(Role.DEPARTMENT, Role.REVIEWER).as_actor()
    review.first_review(actor=both, application=row)
    with pytest.raises(RefusedError, match="初审和复核不能是同一人"):
        review.confirm(actor=both, application=row)
    done = review.confirm(actor=f.make_user(Role.REVIEWER).as_actor(), application=row)
    assert (done.status, done.fee_state) == (S.CONFIRMED, FeeState.DUE)
    assert Notice.objects.get(recipient=row.person.user).title == "您的申报审核通过"


def test_nobody_reviews_his_own_application() -> None:
    row = c.make_submitted()
    user = f.make_user(Role.DEPARTMENT)
    row.person.user = user
    row.person.save()
    with pytest.raises(RefusedError, match="不能审核自己的申报"):
        review.first_review(actor=user.as_actor(), application=row)


def test_what_is_unproven_passes_only_with_a_note() -> None:
    row = unprove(c.make_submitted())
    actor = c.department_user().as_actor()
    with pytest.raises(RefusedError, match="须写明核对情况"):
        review.first_review(actor=actor, application=row)
    done = review.first_review(actor=actor, application=row, note="看过毕业证")
    assert (done.finding, done.reviews.get().note) == (Finding.UNPROVEN, "看过毕业证")


def test_what_meets_no_condition_does_not_pass() -> None:
    row = c.make_submitted()
    StudentRecord.objects.all().delete()
    with pytest.raises(RefusedError, match="不符合任何一项申报条件") as refused:
        review.first_review(actor=c.department_user().as_actor(), application=row, note="x")
    assert refused.value.refusal.citations != ()


def test_returned_corrected_and_passed_keeps_its_number(clock: Any) -> None:
    row = c.make_first_reviewed()
    second = f.make_user(Role.REVIEWER).as_actor()
    back = review.return_application(actor=second, application=row, reason="照片不清", part="photo")
    assert (back.status, back.return_part) == (S.RETURNED, "photo")
    clock.move_to(f.at(2026, 4, 25))
    c.moved_to(row.batch, "registration_closed")
    own = row.person.user.as_actor()
    registration.set_photo(actor=own, application=row, content=c.picture(colour="gray"))
    again = registration.submit_application(actor=own, application=row)
    assert (again.status, again.number, again.return_reason) == (S.SUBMITTED, row.number, "")
    assert again.first_reviewed_by is None


def test_a_returned_application_is_too_late_after_the_report() -> None:
    row = c.make_submitted()
    review.return_application(
        actor=c.department_user().as_actor(), application=row, reason="x", part="facts"
    )
    c.moved_to(row.batch, "reported")
    with pytest.raises(RefusedError, match="不能再补正"):
        registration.submit_application(actor=row.person.user.as_actor(), application=row)


def test_returning_needs_a_known_part_and_a_reason() -> None:
    row = c.make_submitted()
    actor = c.department_user().as_actor()
    with pytest.raises(RefusedError, match="要补正的部分"):
        review.return_application(actor=actor, application=row, reason="x", part="name")
    with pytest.raises(RefusedError, match="请写明"):
        review.return_application(actor=actor, application=row, reason=" ")


def test_a_refusal_is_told_and_final() -> None:
    row = c.make_submitted()
    done = review.refuse(actor=SYSTEM, application=row, reason="不符合")
    assert done.status == S.REFUSED
    assert Notice.objects.get().body.startswith("不符合（依据：")
    with pytest.raises(RefusedError, match="当前状态"):
        review.first_review(actor=SYSTEM, application=row)


@pytest.mark.parametrize("cents", [0, 30000])
def test_the_fee_falls_due_where_there_is_one(cents: int) -> None:
    row = c.make_confirmed(c.make_open_offering(fee_cents=cents))
    assert row.fee_state == (FeeState.DUE if cents else FeeState.NONE)


def test_reasons_of_the_list_open_their_part_and_stand_in_words() -> None:
    row = c.make_submitted()
    back = review.return_application(
        actor=c.department_user().as_actor(),
        application=row,
        reasons=["paper_unclear", "photo_unclear"],
        reason="请重拍。",
    )
    assert back.return_reason == "照片不清楚；材料不清楚或不完整；请重拍。"
    assert back.return_part == "photo,evidence"
    step = row.reviews.get()
    assert (step.reasons, step.part) == (["photo_unclear", "paper_unclear"], "photo,evidence")
    with pytest.raises(RefusedError, match="没有这种退回原因"):
        review.return_application(actor=SYSTEM, application=row, reasons=["x"])


def test_a_refusal_rests_on_an_article_of_the_list() -> None:
    row = c.make_submitted()
    StudentRecord.objects.all().delete()
    with pytest.raises(RefusedError, match="从所列条款中选择"):
        review.refuse(actor=SYSTEM, application=row, reason="x", article="某法第一条")
    known = policies.refusal_articles(row, selectors.verdict_of(row))
    review.refuse(actor=SYSTEM, application=row, reason="不符合", article=str(known[1]))
    assert row.reviews.get().article == str(known[1])
    assert Notice.objects.get().body == f"不符合（依据：{known[1]}）"


def test_nobody_reviews_his_kin_nor_a_namesake_of_unknown_identity() -> None:
    row = c.make_submitted()
    clerk = c.department_user()
    person = f.make_person()
    identify(actor=SYSTEM, user=clerk, person=person)
    declare_tie(actor=SYSTEM, one=person, other=row.person, kind=TieKind.KIN)
    with pytest.raises(RefusedError, match="回避关系"):
        review.first_review(actor=clerk.as_actor(), application=row)
    with pytest.raises(RefusedError, match="回避关系"):
        review.return_application(actor=clerk.as_actor(), application=row, reason="x")
    namesake = f.make_user(Role.DEPARTMENT, display_name=row.person.name)
    with pytest.raises(RefusedError, match="同名"):
        review.first_review(actor=namesake.as_actor(), application=row)
    identify(actor=SYSTEM, user=namesake, person=f.make_person())
    assert review.first_review(actor=namesake.as_actor(), application=row).status
    own = f.make_user(Role.REVIEWER)
    identify(actor=SYSTEM, user=own, person=row.person)
    with pytest.raises(RefusedError, match="自己的申报"):
        review.confirm(actor=own.as_actor(), application=row)


def test_a_teacher_may_look_at_his_students() -> None:
    row = c.make_submitted()
    clerk, person = c.department_user(), f.make_person()
    identify(actor=SYSTEM, user=clerk, person=person)
    declare_tie(actor=SYSTEM, one=person, other=row.person, kind=TieKind.TEACHER)
    assert review.first_review(actor=clerk.as_actor(), application=row).status == S.FIRST_REVIEWED


def test_the_time_at_the_page_is_kept() -> None:
    row = c.make_submitted()
    review.first_review(actor=c.department_user().as_actor(), application=row, seconds=42)
    assert row.reviews.get().seconds == 42


def test_a_candidate_without_account_is_told_nothing() -> None:
    row = c.make_submitted()
    person = row.person
    person.user = None
    person.save()
    review.refuse(actor=SYSTEM, application=row, reason="x")
    assert Notice.objects.count() == 0


ACTS = {
    "submit": lambda r, a: registration.submit_application(actor=a, application=r),
    "first_review": lambda r, a: review.first_review(actor=a, application=r, note="x"),
    "return": lambda r, a: review.return_application(actor=a, application=r, reason="x"),
    "confirm": lambda r, a: review.confirm(actor=a, application=r, note="x"),
    "refuse": lambda r, a: review.refuse(actor=a, application=r, reason="x"),
    "cancel": lambda r, a: registration.withdraw_application(actor=a, application=r, reason="x"),
}
OPEN = {
    "submit": {S.DRAFT, S.RETURNED},
    "first_review": {S.SUBMITTED},
    "return": {S.SUBMITTED, S.FIRST_REVIEWED, S.CONFIRMED},
    "confirm": {S.FIRST_REVIEWED},
    "refuse": {S.SUBMITTED, S.RETURNED, S.FIRST_REVIEWED},
    "cancel": {S.SUBMITTED, S.RETURNED, S.FIRST_REVIEWED, S.CONFIRMED},
}


@pytest.mark.parametrize("act", ACTS)
def test_every_state_and_every_move(act: str) -> None:
    row = c.make_submitted()
    for state in S:
        Application.objects.filter(pk=row.pk).update(
            status=state, first_reviewed_at=c.NOW, confirmed_at=c.NOW, finding=Finding.ELIGIBLE
        )
        if state in OPEN[act]:
            assert ACTS[act](row, SYSTEM).status != state
        else:
            with pytest.raises(RefusedError, match="当前状态为"):
                ACTS[act](row, SYSTEM)


def test_a_role_without_the_permission_moves_nothing() -> None:
    row, archivist = c.make_submitted(), f.make_user(Role.ARCHIVIST).as_actor()
    for move in APPLICATION.moves:
        _moves_nothing(row, move.name, archivist)


def _moves_nothing(row: Application, move: str, actor: Actor) -> None:
    from assessment_center.workflow import advance

    source = min(APPLICATION[move].sources)
    Application.objects.filter(pk=row.pk).update(
        status=source, first_reviewed_at=c.NOW, confirmed_at=c.NOW
    )
    row.refresh_from_db()
    with pytest.raises(RefusedError, match="您的角色不能"):
        advance(
            machine=APPLICATION,
            subject=row,
            move=move,
            actor=actor,
            reason="x",
        )


def test_a_reviewer_who_reads_english_writes_to_the_candidate_in_chinese() -> None:
    row = c.make_submitted()
    with translation.override("en"):
        back = review.return_application(
            actor=c.department_user().as_actor(),
            application=row,
            reasons=[ReturnReason.PHOTO_UNCLEAR.value],
        )
    told = Notice.objects.get()
    assert told.title == "您的申报已退回修改"
    assert told.body == back.return_reason
    assert not re.search("[A-Za-z]{3}", told.body)
