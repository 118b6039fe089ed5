"""Another time or place is asked of the authority, with receipt and answer (R-09, RPT-05)."""

import io
from typing import Any

import pytest
from django.urls import reverse
from pypdfium2 import PdfDocument

from assessment_center.accounts.enums import Role
from assessment_center.batches import services
from assessment_center.batches.models import Announcement, AssessmentBatch, AuthorityReport
from assessment_center.batches.printing import render
from assessment_center.batches.selectors import CHANGE, paper_kinds, paper_reported
from assessment_center.registry import SYSTEM, RefusedError
from candidates.models import ReportPackage
from candidates.services.reporting import report_papers
from tests.factories.foundation import announced, at, make_batch, make_user

pytestmark = pytest.mark.django_db


def moved(rulebook: str = "chongqing", **changes: str) -> Announcement:
    batch = make_batch(rulebook=rulebook)
    announced(batch)
    return services.draft_announcement(
        actor=SYSTEM,
        batch=batch,
        reason="场地维修。",
        changes=changes or {"exam_place": "二号实训楼"},
    )


def asked(draft: Announcement) -> AuthorityReport:
    return report_papers(actor=SYSTEM, batch=draft.batch, kind=CHANGE, at=at(2026, 4, 1))


def answered(report: AuthorityReport, number: str = "核准〔2026〕8号") -> None:
    services.decide_report(actor=SYSTEM, report=report, approved=True, receipt_number=number)


def test_the_letter_tells_what_was_announced_and_what_is_asked_for() -> None:
    draft = moved(exam_place="二号实训楼", exam_ends="2026-05-30")
    [(stem, content)] = render(draft.batch, "change-request", SYSTEM)
    pages = PdfDocument(io.BytesIO(content))
    text = "".join(page.get_textpage().get_text_range() for page in pages)
    told = text.replace("\r", "").replace("\n", "")
    assert draft.batch.code in stem
    for words in (
        "因场地维修，拟变更", draft.batch.exam_place, "二号实训楼", "2026-05-30（周六）",
        draft.batch.centre.authority_name, "第十五条",
    ):  # fmt: skip
        assert words in told, words


def test_approved_its_number_stands_in_the_draft_and_it_may_be_published() -> None:
    draft = moved()
    with pytest.raises(RefusedError, match="核准"):
        services.publish_announcement(actor=SYSTEM, announcement=draft, at=at(2026, 4, 2))
    report = asked(draft)
    assert ReportPackage.objects.get(report=report).manifest.keys()
    assert paper_reported(draft.batch, CHANGE)
    with pytest.raises(RefusedError, match="正在等批复"):
        asked(draft)
    services.log_receipt(actor=SYSTEM, report=report, number="SL-1", at=at(2026, 4, 1, 10))
    answered(report)
    draft.refresh_from_db()
    assert draft.consent_number == "核准〔2026〕8号"
    services.publish_announcement(actor=SYSTEM, announcement=draft, at=at(2026, 4, 2))
    batch = AssessmentBatch.objects.get(pk=draft.batch_id)
    assert batch.exam_place == "二号实训楼"
    assert CHANGE not in paper_kinds(batch)


def test_returned_it_is_asked_anew_and_an_answer_is_for_its_own_draft_alone() -> None:
    draft = moved()
    report = asked(draft)
    with pytest.raises(RefusedError, match="草稿不能撤销") as caught:
        services.discard_announcement(actor=SYSTEM, announcement=draft)
    assert caught.value.refusal.citations
    services.decide_report(actor=SYSTEM, report=report, approved=False, note="请写明原因")
    assert not paper_reported(draft.batch, CHANGE)
    services.discard_announcement(actor=SYSTEM, announcement=draft)
    again = services.draft_announcement(
        actor=SYSTEM, batch=draft.batch, reason="停电", changes={"exam_place": "三号楼"}
    )
    second = asked(again)
    assert (second.pk, second.announcement_id) == (report.pk, again.pk)
    answered(second)
    again.refresh_from_db()
    services.publish_announcement(actor=SYSTEM, announcement=again, at=at(2026, 4, 3))
    third = services.draft_announcement(
        actor=SYSTEM, batch=draft.batch, reason="停水", changes={"exam_place": "四号楼"}
    )
    assert third.consent_number == ""
    assert not paper_reported(draft.batch, CHANGE)
    assert asked(third).pk != second.pk


@pytest.mark.parametrize("rulebook", ["henan", "jilin"])
def test_where_no_consent_is_asked_nothing_is_handed_in(rulebook: str) -> None:
    draft = moved(rulebook)
    assert CHANGE not in paper_kinds(draft.batch)
    with pytest.raises(RefusedError, match="没有要求"):
        asked(draft)
    with pytest.raises(RefusedError, match="没有"):
        render(draft.batch, "change-request", SYSTEM)


def test_a_later_end_of_registration_alone_needs_no_letter() -> None:
    draft = moved(registration_closes="2026-04-24T17:00")
    assert CHANGE not in paper_kinds(draft.batch)


def test_the_pages_lead_from_the_draft_to_the_letter_and_its_answer(client: Any) -> None:
    draft = moved()
    client.force_login(make_user(Role.CLERK))
    code = draft.batch.code
    page = client.get(reverse("batches_process:announcements", args=[code])).content.decode()
    letter = reverse("batches_office:print", args=[code, "change-request"])
    assert letter in page
    assert client.get(letter).status_code == 200
    report = client.get(reverse("batches_process:report", args=[code])).content.decode()
    assert "考试时间、地点变更申请" in report
    assert "未报送" in report
    client.post(reverse("batches_process:papers", args=[code, CHANGE]))
    found = AuthorityReport.objects.get(kind=CHANGE)
    client.post(
        reverse("batches_process:decide", args=[found.pk]),
        {"decision": "approve", "receipt_number": "核准9号"},
    )
    draft.refresh_from_db()
    assert draft.consent_number == "核准9号"
