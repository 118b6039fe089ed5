"""From the draft to the receipt, and every refusal on the way."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from assessment_center.audit.models import AuditEntry
from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry import SYSTEM, Citation, RefusedError
from candidates import policies, selectors
from candidates.enums import ApplicationStatus, ExamKind, Finding, Origin
from candidates.facts_form import FactsForm
from candidates.models import Application
from candidates.rules.declaration import Declaration
from candidates.services import registration, standing
from tests.factories import candidates as c
from tests.factories import foundation as f

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_a_draft_becomes_an_application_with_number_time_and_finding() -> None:
    offering = c.make_open_offering(code="2026-03")
    row = c.make_submitted(offering)
    assert (row.status, row.number, row.submitted_at) == ("submitted", "2026-03-00001", c.NOW)
    assert row.finding == Finding.ELIGIBLE
    assert c.make_submitted(offering).number == "2026-03-00002"
    verbs = list(
        AuditEntry.objects.filter(subject_id=row.pk).order_by("id").values_list("verb", flat=True)
    )
    assert verbs == [
        "application.start",
        "application.save_facts",
        "application.set_photo",
        "application.sign_commitment",
        "application.submit",
    ]


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (f.at(2026, 3, 31), "报名还没有开始：公告规定 2026 年 4 月 1 日 09:00 开始。"),
        (f.at(2026, 4, 20, 17, 1), "报名已截止：公告规定截至 2026 年 4 月 20 日 17:00。"),
    ],
)
def test_outside_the_window_the_sentence_names_the_announced_hour(
    clock: Any, when: Any, words: str
) -> None:
    offering = c.make_open_offering()
    person = c.make_candidate()
    clock.move_to(when)
    with pytest.raises(RefusedError) as refused:
        registration.start_application(
            actor=person.user.as_actor(), person=person, offering=offering
        )
    assert refused.value.refusal.reason == words
    assert refused.value.refusal.citations != ()
    assert Application.objects.count() == 0


def test_a_draft_is_not_submitted_after_the_close(clock: Any) -> None:
    draft = c.make_draft()
    clock.move_to(f.at(2026, 4, 20, 17, 1))
    with pytest.raises(RefusedError, match="报名已截止"):
        registration.submit_application(actor=draft.person.user.as_actor(), application=draft)


@pytest.mark.parametrize(
    ("status", "words"),
    [("draft", "公告尚未发布"), ("cancelled", "已取消"), ("reported", "报名已截止")],
)
def test_the_state_of_the_batch_closes_registration(status: str, words: str) -> None:
    offering = c.make_open_offering()
    c.moved_to(offering.batch, status)
    person = c.make_candidate()
    with pytest.raises(RefusedError, match=words):
        registration.start_application(
            actor=person.user.as_actor(), person=person, offering=offering
        )


def test_closed_by_the_office_stays_closed_for_a_draft() -> None:
    draft = c.make_draft()
    c.moved_to(draft.batch, "registration_closed")
    with pytest.raises(RefusedError, match="报名已截止"):
        registration.submit_application(actor=draft.person.user.as_actor(), application=draft)


def test_one_application_for_occupation_and_level() -> None:
    row = c.make_submitted()
    with pytest.raises(RefusedError, match="您在本批次已报了“电工 四级/中级工”"):
        registration.start_application(
            actor=row.person.user.as_actor(), person=row.person, offering=row.offering
        )


def test_after_withdrawing_one_may_apply_anew() -> None:
    row = c.make_submitted()
    actor = row.person.user.as_actor()
    gone = registration.withdraw_application(actor=actor, application=row)
    assert gone.status == ApplicationStatus.WITHDRAWN
    again = registration.start_application(actor=actor, person=row.person, offering=row.offering)
    assert again.status == ApplicationStatus.DRAFT


def test_a_ban_refuses_with_its_article_and_ends() -> None:
    offering = c.make_open_offering()
    person = c.make_candidate()
    cited = Citation("CQ", "CQ 违纪办法 七")
    standing.impose_ban(
        actor=SYSTEM,
        person=person,
        starts=c.NOW.date(),
        until=c.NOW.date() + timedelta(days=1),
        reason="替考",
        citations=[cited],
        source=person.subject,
    )
    with pytest.raises(RefusedError, match="您在 2026-04-11 之前不能报名：替考") as refused:
        registration.start_application(
            actor=person.user.as_actor(), person=person, offering=offering
        )
    assert refused.value.refusal.citations == (cited,)
    assert selectors.active_ban(person, c.NOW.date() + timedelta(days=2)) is None


def test_outside_the_filed_scope_is_refused_with_the_article() -> None:
    offering = c.make_open_offering()
    for line in offering.batch.centre.filings.get().scope.all():
        line.levels = [5]
        line.save()
    person = c.make_candidate()
    with pytest.raises(RefusedError, match="没有备案 4 级") as refused:
        registration.start_application(
            actor=person.user.as_actor(), person=person, offering=offering
        )
    assert refused.value.refusal.citations != ()


def test_passed_subjects_are_left_out_and_a_resit_is_counted() -> None:
    row = c.make_admitted()
    standing.grant_subject_pass(
        actor=SYSTEM,
        application=row,
        subject="theory",
        passed_on=c.NOW.date(),
        valid_until=c.NOW.date() + timedelta(days=365),
        source=row.subject,
    )
    later = c.make_open_offering()
    again = registration.start_application(
        actor=row.person.user.as_actor(), person=row.person, offering=later
    )
    assert (again.subjects, again.exam_kind) == (["practical"], ExamKind.RESIT)


def test_nothing_left_to_sit_is_refused() -> None:
    row = c.make_admitted()
    for subject in row.subjects:
        standing.grant_subject_pass(
            actor=SYSTEM,
            application=row,
            subject=subject,
            passed_on=c.NOW.date(),
            valid_until=None,
            source=row.subject,
        )
    later = c.make_open_offering()
    with pytest.raises(RefusedError, match="各科都已合格"):
        registration.start_application(
            actor=row.person.user.as_actor(), person=row.person, offering=later
        )


def test_another_candidate_touches_nothing() -> None:
    draft = c.make_draft()
    stranger = c.make_candidate().user.as_actor()
    for act in (
        lambda: registration.submit_application(actor=stranger, application=draft),
        lambda: registration.withdraw_application(actor=stranger, application=draft),
        lambda: registration.set_photo(actor=stranger, application=draft, content=c.picture()),
        lambda: registration.save_facts(
            actor=stranger, application=draft, declaration=Declaration()
        ),
    ):
        with pytest.raises(RefusedError):
            act()


@pytest.mark.parametrize(
    ("part", "words"),
    [("address", "个人情况"), ("condition_id", "申报条件"), ("photo", "照片")],
)
def test_what_is_missing_is_told(part: str, words: str) -> None:
    draft = c.make_draft()
    Application.objects.filter(pk=draft.pk).update(**{part: ""})
    with pytest.raises(RefusedError, match=words):
        registration.submit_application(actor=draft.person.user.as_actor(), application=draft)


def test_without_commitment_or_phone_nothing_is_submitted() -> None:
    draft = c.make_draft()
    draft.commitment.delete()
    with pytest.raises(RefusedError, match="承诺书"):
        registration.submit_application(actor=draft.person.user.as_actor(), application=draft)
    draft.person.phone = ""
    draft.person.save()
    with pytest.raises(RefusedError, match="手机号码"):
        registration.submit_application(actor=draft.person.user.as_actor(), application=draft)


def test_a_submitted_application_is_not_edited() -> None:
    row = c.make_submitted()
    with pytest.raises(RefusedError, match="不能再修改"):
        registration.set_photo(
            actor=row.person.user.as_actor(), application=row, content=c.picture()
        )


def test_the_commitment_is_signed_by_the_person_with_the_exact_name() -> None:
    draft = c.make_draft()
    actor = draft.person.user.as_actor()
    with pytest.raises(RefusedError, match="签名与姓名不一致"):
        registration.sign_commitment(
            actor=actor, application=draft, typed_name="别人", address=None
        )
    with pytest.raises(RefusedError, match="本人签署"):
        registration.sign_commitment(
            actor=SYSTEM, application=draft, typed_name=draft.person.name, address=None
        )
    assert (draft.commitment.signed_at, draft.commitment.address) == (c.NOW, "127.0.0.1")


def test_evidence_is_kept_once_and_removed() -> None:
    draft = c.make_draft()
    actor = draft.person.user.as_actor()
    one = registration.add_evidence(
        actor=actor, application=draft, kind="work", content=c.picture(), title="证明"
    )
    same = registration.add_evidence(
        actor=actor, application=draft, kind="work", content=c.picture()
    )
    assert one == same
    with pytest.raises(RefusedError, match="没有这种材料"):
        registration.add_evidence(actor=actor, application=draft, kind="x", content=b"")
    registration.remove_evidence(actor=actor, evidence=one)
    assert draft.evidence.count() == 0


def test_there_is_a_limit_of_evidence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registration, "MAX_EVIDENCE", 0)
    draft = c.make_draft()
    with pytest.raises(RefusedError, match="20 份"):
        registration.add_evidence(
            actor=draft.person.user.as_actor(),
            application=draft,
            kind="work",
            content=c.picture(),
        )


def test_a_bad_picture_changes_nothing() -> None:
    draft = c.make_draft()
    before = draft.photo.name
    with pytest.raises(ValidationError):
        registration.set_photo(
            actor=draft.person.user.as_actor(), application=draft, content=b"GIF89a"
        )
    draft.refresh_from_db()
    assert draft.photo.name == before


def test_an_unknown_fact_is_the_callers_error() -> None:
    draft = c.make_draft()
    with pytest.raises(TypeError):
        registration.save_facts(
            actor=draft.person.user.as_actor(),
            application=draft,
            declaration=Declaration(),
            status="confirmed",
        )


def test_received_on_paper_within_the_window_and_entered_after_it(clock: Any) -> None:
    offering = c.make_open_offering()
    person = f.make_person()
    clock.move_to(f.at(2026, 4, 25))
    row = registration.start_application(
        actor=SYSTEM,
        person=person,
        offering=offering,
        origin=Origin.SHEET,
        received_at=f.at(2026, 4, 20, 16),
    )
    done = registration.submit_application(actor=SYSTEM, application=row)
    assert (done.status, done.submitted_at) == ("submitted", f.at(2026, 4, 20, 16))
    other = registration.start_application(
        actor=SYSTEM,
        person=f.make_person(),
        offering=offering,
        origin=Origin.SHEET,
        received_at=f.at(2026, 4, 20, 16),
    )
    Application.objects.filter(pk=other.pk).update(received_at=f.at(2026, 5, 1))
    with pytest.raises(RefusedError, match="不能晚于现在"):
        registration.submit_application(actor=SYSTEM, application=other)


def test_a_candidate_does_not_say_when_it_was_received() -> None:
    offering = c.make_open_offering()
    person = c.make_candidate()
    with pytest.raises(RefusedError, match="只能由工作人员"):
        registration.start_application(
            actor=person.user.as_actor(), person=person, offering=offering, received_at=c.NOW
        )


def test_the_office_cancels_with_a_reason() -> None:
    row = c.make_submitted()
    with pytest.raises(RefusedError, match="请写明"):
        registration.withdraw_application(actor=SYSTEM, application=row)
    gone = registration.withdraw_application(actor=SYSTEM, application=row, reason="重复")
    assert gone.status == ApplicationStatus.WITHDRAWN


def test_after_the_report_nobody_withdraws_himself() -> None:
    row = c.make_submitted()
    c.moved_to(row.batch, "reported")
    with pytest.raises(RefusedError, match="已上报"):
        registration.withdraw_application(actor=row.person.user.as_actor(), application=row)


@pytest.mark.django_db(transaction=True)
def test_two_submits_at_once_give_one_number() -> None:
    draft = c.make_draft()
    actor = draft.person.user.as_actor()
    told: list[str] = []
    gate = threading.Barrier(2)

    def submit() -> None:
        gate.wait()
        try:
            registration.submit_application(actor=actor, application=draft)
            told.append("ok")
        except RefusedError as refused:
            told.append(refused.refusal.reason)
        finally:
            connection.close()

    threads = [threading.Thread(target=submit) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["ok", "当前状态为“待初审”，不能提交。"]
    assert AuditEntry.objects.filter(verb="application.submit").count() == 1
    assert AssessmentBatch.objects.get().applications.get().number.endswith("-00001")


@pytest.mark.django_db(transaction=True)
def test_two_drafts_at_once_leave_one() -> None:
    offering = c.make_open_offering()
    person = c.make_candidate()
    actor = person.user.as_actor()
    told: list[str] = []
    gate = threading.Barrier(2)

    def start() -> None:
        gate.wait()
        try:
            registration.start_application(actor=actor, person=person, offering=offering)
            told.append("ok")
        except RefusedError:
            told.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=start) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["ok", "refused"]


def test_a_form_with_a_post_code_is_not_sent_without_it() -> None:
    batch = f.make_batch(rulebook="fujian")
    offering = f.make_offering(batch, level=None)
    f.announced(batch)
    offering.batch.refresh_from_db()
    person = c.make_candidate()
    own = person.user.as_actor()
    draft = registration.start_application(actor=own, person=person, offering=offering)
    facts = {"ethnicity": "汉族", "education": "college", "address": "学府路1号"}
    said = Declaration(intends_to_work=True)
    registration.save_facts(actor=own, application=draft, declaration=said, **facts)
    row = Application.objects.get(pk=draft.pk)
    assert ("facts", "请填写邮政编码。") in list(policies.missing_parts(row))
    with pytest.raises(RefusedError, match="6 位数字"):
        registration.save_facts(actor=own, application=row, declaration=said, post_code="35000")
    registration.save_facts(actor=own, application=row, declaration=said, post_code="350001")
    assert "facts" not in dict(policies.missing_parts(Application.objects.get(pk=row.pk)))
    assert "post_code" in FactsForm(application=row).fields
    assert "post_code" not in FactsForm(application=c.make_draft()).fields
