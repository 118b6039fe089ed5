"""A later change opens the review again, of just what changed; two people look anew."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from assessment_center.accounts.enums import Role
from assessment_center.people.enums import TieKind
from assessment_center.people.posts import identify
from assessment_center.people.services import declare_tie
from assessment_center.registry import SYSTEM, RefusedError
from candidates import content
from candidates.enums import ApplicationStatus as S
from candidates.models import Application, OriginalSeen
from candidates.services import originals, registration, reopening, review
from tests.factories import candidates as c
from tests.factories import foundation as f

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def changed(row: Application) -> list[tuple[str, str, str]]:
    row.refresh_from_db()
    step = content.baseline_of(row.reviews.all())
    assert step is not None
    found = content.differences(step, Application.objects.get(pk=row.pk))
    return [(each.label, each.before, each.after) for each in found]


def test_a_correction_of_a_confirmed_one_goes_through_both_looks_again() -> None:
    row = c.make_admitted()
    clerk = f.make_user(Role.CLERK).as_actor()
    back = reopening.correct(actor=clerk, application=row, address="新路2号", ethnicity="汉族")
    assert (back.status, back.first_reviewed_by, back.confirmed_by) == (S.SUBMITTED, None, None)
    assert changed(row) == [("通讯地址", "江州市学府路1号", "新路2号")]
    review.first_review(actor=c.department_user().as_actor(), application=row)
    done = review.confirm(actor=f.make_user(Role.REVIEWER).as_actor(), application=row)
    assert (done.status, done.fee_state) == (S.CONFIRMED, "paid")


def test_a_new_photo_of_a_confirmed_one_opens_it_again() -> None:
    row = c.make_confirmed()
    registration.attach_photo(
        actor=c.department_user().as_actor(), application=row, content=c.picture(colour="gray")
    )
    assert changed(row) == [("照片", "", "已更换")]
    assert row.status == S.SUBMITTED


def test_one_sent_back_for_a_correction_shows_what_the_candidate_changed() -> None:
    row = c.make_confirmed()
    reviewer = f.make_user(Role.REVIEWER).as_actor()
    review.return_application(
        actor=reviewer, application=row, reasons=["paper_missing"], reason="补交工作证明"
    )
    own = row.person.user.as_actor()
    registration.add_evidence(
        actor=own, application=row, kind="work", content=c.picture(), title="证明"
    )
    again = registration.submit_application(actor=own, application=row)
    assert (again.status, again.confirmed_by, again.confirmed_at) == (S.SUBMITTED, None, None)
    assert changed(row) == [("工作年限证明 · 证明", "", "新上传")]


def test_before_the_review_nothing_is_opened_again() -> None:
    row = c.make_submitted()
    reopening.correct(actor=SYSTEM, application=row, address="新路2号")
    row.refresh_from_db()
    assert (row.status, row.reviews.count()) == (S.SUBMITTED, 0)


def test_after_the_report_and_while_the_candidate_works_nothing_is_corrected() -> None:
    row = c.make_confirmed()
    c.moved_to(row.batch, "reported")
    with pytest.raises(RefusedError, match="批次已上报"):
        reopening.correct(actor=SYSTEM, application=row, address="x")
    with pytest.raises(RefusedError, match="批次已上报"):
        review.return_application(actor=SYSTEM, application=row, reason="x")
    c.moved_to(row.batch, "announced")
    review.return_application(actor=SYSTEM, application=row, reason="x")
    with pytest.raises(RefusedError, match="不在办理中"):
        reopening.correct(actor=SYSTEM, application=row, address="x")


def test_bad_corrections_are_refused() -> None:
    row = c.make_submitted()
    with pytest.raises(RefusedError, match="没有改动"):
        reopening.correct(actor=SYSTEM, application=row, ethnicity="汉族")
    with pytest.raises(RefusedError, match="所列选项"):
        reopening.correct(actor=SYSTEM, application=row, education="x")
    with pytest.raises(TypeError, match="not facts"):
        reopening.correct(actor=SYSTEM, application=row, status="confirmed")
    for role in (Role.REVIEWER, Role.ARCHIVIST):
        with pytest.raises(RefusedError, match="您的角色"):
            reopening.correct(actor=f.make_user(role).as_actor(), application=row, address="x")


def test_originals_are_seen_by_reviewers_once_and_not_ones_own() -> None:
    row = c.make_submitted()
    reviewer = f.make_user(Role.REVIEWER)
    seen = originals.see_original(
        actor=reviewer.as_actor(), application=row, kind="id_document", at=c.NOW
    )
    assert (seen.by, seen.seen_at) == (reviewer, c.NOW)
    for kind, words in (("id_document", "已登记验看过"), ("x", "没有这种材料")):
        with pytest.raises(RefusedError, match=words):
            originals.see_original(actor=reviewer.as_actor(), application=row, kind=kind)
    with pytest.raises(RefusedError, match="由审核人验看"):
        originals.see_original(
            actor=f.make_user(Role.CLERK).as_actor(), application=row, kind="work"
        )
    identify(actor=SYSTEM, user=reviewer, person=row.person)
    with pytest.raises(RefusedError, match="自己的申报"):
        originals.see_original(actor=reviewer.as_actor(), application=row, kind="work")
    with pytest.raises(IntegrityError, match="original_seen_once"), transaction.atomic():
        OriginalSeen.objects.create(application=row, kind="id_document", seen_at=c.NOW)


def test_the_database_keeps_reviewers_apart() -> None:
    row = c.make_first_reviewed()
    own, kin = f.make_user(Role.REVIEWER), f.make_user(Role.REVIEWER)
    identify(actor=SYSTEM, user=own, person=row.person)
    other = f.make_person()
    identify(actor=SYSTEM, user=kin, person=other)
    declare_tie(actor=SYSTEM, one=row.person, other=other, kind=TieKind.KIN)

    def write(**fields: Any) -> None:
        with transaction.atomic():
            Application.objects.filter(pk=row.pk).update(**fields)

    for field in ("first_reviewed_by", "confirmed_by"):
        with pytest.raises(IntegrityError, match="不能审核自己的申报"):
            write(**{field: own})
        with pytest.raises(IntegrityError, match="回避关系"):
            write(**{field: kin})
        with pytest.raises(IntegrityError, match="不能审核自己的申报"):
            write(**{field: row.person.user})
    with pytest.raises(IntegrityError, match="application_two_reviewers"):
        write(confirmed_by=row.first_reviewed_by)
    write(confirmed_by=f.make_user(Role.REVIEWER))


def test_a_tie_declared_later_does_not_lock_the_record() -> None:
    row = c.make_first_reviewed()
    person = f.make_person()
    identify(actor=SYSTEM, user=row.first_reviewed_by, person=person)
    declare_tie(actor=SYSTEM, one=row.person, other=person, kind=TieKind.KIN)
    row.refresh_from_db()
    row.save()
