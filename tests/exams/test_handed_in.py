"""RPT-02: where the authority wants rooms and staff with the application, they come first."""

import io
import zipfile
from typing import Any

import pypdfium2
import pytest
from openpyxl import load_workbook

from assessment_center.batches import policies
from assessment_center.batches.cockpit import rail_of
from assessment_center.batches.models import AssessmentBatch, AuthorityReport
from assessment_center.batches.services import decide_report
from assessment_center.people.selectors import id_number
from assessment_center.printed.models import PrintedSheet
from assessment_center.registry import SYSTEM, RefusedError
from assessment_center.registry.entries import documents
from candidates.models import ReportPackage
from candidates.services.reporting import open_package, report_anew, report_batch
from exams import services
from exams.models import Duty
from tests.exams import build
from tests.factories import foundation as make

pytestmark = pytest.mark.django_db
REPORTED = make.at(2026, 4, 22)


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


def closed(rulebook: str = "shandong") -> AssessmentBatch:
    """Six candidates of one occupation, registration closed, nothing reported."""
    batch = make.make_batch(rulebook=rulebook)
    offering = make.make_offering(batch, "电工", level=4)
    make.closed(batch)
    build.admit(offering, 6, school_class=make.make_class())
    return batch


def seated(batch: AssessmentBatch) -> AssessmentBatch:
    return build.arranged(batch)


def staffed(batch: AssessmentBatch) -> AssessmentBatch:
    build.staff()
    for sitting in batch.sittings.order_by("number"):
        services.assign_duties(actor=SYSTEM, sitting=sitting)
    return batch


def report(batch: AssessmentBatch) -> Any:
    return report_batch(actor=SYSTEM, batch=batch, pledged_by="钱立功", at=REPORTED)


def test_a_session_is_applied_for_with_schedule_numbers_rooms_and_staff() -> None:
    batch = staffed(seated(closed("henan")))
    told = _text(files_of_letter(batch))
    for words in ("关于组织", "项目和人数", "合计6", "场次、考场和考务人员", "附件：1.实施方案"):
        assert words in told, words
    assert all(
        duty.member.person.name in told for duty in Duty.objects.filter(sitting__batch=batch)
    )
    report(batch)
    assert "批次申请.pdf" in files(batch)
    assert "2026年4月22日" in _text(files(batch)["批次申请.pdf"])


def test_what_is_not_arranged_is_for_the_pen_and_an_own_letter_goes_first() -> None:
    assert "附件" in _text(files_of_letter(closed("chongqing")))
    (kind,) = (each for each in documents if each.slug == "session-application")
    assert not kind.applies(closed("shandong"))
    assert not kind.applies(make.make_batch(rulebook="chongqing"))


def files_of_letter(batch: AssessmentBatch) -> bytes:
    (kind,) = (each for each in documents if each.slug == "session-application")
    batch.refresh_from_db()
    assert kind.applies(batch)
    [(_stem, content)] = kind.render(batch, SYSTEM)
    return content


def _text(content: bytes) -> str:
    pages = pypdfium2.PdfDocument(content)
    return "".join("".join(page.get_textpage().get_text_range() for page in pages).split())


def files(batch: AssessmentBatch) -> dict[str, bytes]:
    package = ReportPackage.objects.get(report__batch=batch)
    bundle = zipfile.ZipFile(io.BytesIO(open_package(actor=SYSTEM, package=package)))
    assert set(bundle.namelist()) == {*package.manifest, "manifest.json"}
    return {name: bundle.read(name) for name in bundle.namelist()}


def words(content: bytes) -> str:
    with pypdfium2.PdfDocument(content) as paper:
        return "".join("".join(page.get_textpage().get_text_bounded().split()) for page in paper)


def outdated(sent: AuthorityReport) -> list[str]:
    return [each.title for each in policies.outdated_papers(sent)]


def refused(batch: AssessmentBatch, told: str, article: str = "四1") -> None:
    """The report is refused in these words, with the article, and leaves nothing behind."""
    with pytest.raises(RefusedError, match=told) as caught:
        report(batch)
    (cited,) = caught.value.refusal.citations
    assert str(cited).endswith(article)
    assert not ReportPackage.objects.exists()
    batch.refresh_from_db()
    assert batch.status == "registration_closed"


def test_without_rooms_seats_or_staff_nothing_is_handed_in() -> None:
    batch = closed()
    refused(batch, "还没有安排场次和考场")
    theory, _practical = build.planned(batch)
    services.arrange_seats(actor=SYSTEM, sitting=theory)
    refused(batch, "排座还没有确认")
    gaps = " ".join(each.reason for each in policies.report_gaps(batch))
    assert "6 人次没有排进考场" in gaps
    assert "考务人员还没有安排好" in gaps
    for sitting in batch.sittings.order_by("number"):
        done = services.arrange_seats(actor=SYSTEM, sitting=sitting)
        services.confirm_arrangement(actor=SYSTEM, sitting=done)
    refused(batch, "第 1 场的考务人员还没有安排好：.*监考员 0 人")
    staffed(batch)
    assert policies.report_gaps(batch) == []
    Duty.objects.filter(sitting__number=1, post="proctor")[0].delete()
    refused(batch, "第 1 场的考务人员")


def test_who_left_the_roll_keeps_no_seat_in_what_is_handed_in() -> None:
    batch = staffed(seated(closed()))
    row = batch.applications.order_by("number")[0]
    batch.applications.filter(pk=row.pk).update(status="withdrawn")
    refused(batch, f"{row.person.name}已不在考生名册内")


def test_the_package_holds_staff_plan_and_seats() -> None:
    batch = staffed(seated(closed()))
    report(batch)
    found = files(batch)
    by_stem = {name.rpartition("/")[2]: content for name, content in found.items()}
    assert set(by_stem) >= {
        "济南市职业技能鉴定考务人员安排备案表.pdf", "鉴定实施方案.pdf", "考场编排名单.pdf",
        "济南市职业技能鉴定申请报告.pdf", "济南市职业技能鉴定核准表.pdf", "考场编排.xlsx",
        "考生报名数据.xlsx", "考生花名册.pdf",
    }  # fmt: skip
    staff = words(by_stem["济南市职业技能鉴定考务人员安排备案表.pdf"])
    assert all(duty.member.person.name in staff for duty in Duty.objects.all())
    people = [row.person for row in batch.applications.all()]
    listed = words(by_stem["考场编排名单.pdf"])
    assert all(person.name in listed for person in people)
    assert not any(id_number(person) in listed for person in people)
    told = words(by_stem["济南市职业技能鉴定申请报告.pdf"])
    assert "考务人员安排备案表" in told
    assert "报名数据和考场编排" in told
    sheet = load_workbook(io.BytesIO(by_stem["考场编排.xlsx"])).active
    assert sheet is not None
    head, *lines = sheet.iter_rows(values_only=True)
    rows = [dict(zip(head, line, strict=True)) for line in lines]
    assert len(rows) == 2 * len(people)  # everybody sits theory and practical
    assert {row["证件号码"] for row in rows} == {id_number(person) for person in people}
    assert {row["科目"] for row in rows} == {"理论知识考试", "技能操作考核"}
    seats = {(row["场次"], row["考场号"], row["座（工）位号"]) for row in rows}
    assert len(seats) == len(rows)


def test_a_later_change_puts_the_handed_in_sheets_out_of_date(frozen: Any) -> None:
    now = frozen(2026, 4, 22, 9)
    batch = staffed(seated(closed()))
    sent = report(batch)
    assert outdated(sent) == []
    sitting = batch.sittings.get(number=1)
    duty = sitting.duties.filter(post="proctor")[0]
    free = build.staff(1)[0]
    services.replace_duty(actor=SYSTEM, duty=duty, member=free, reason="病假")
    assert outdated(sent) == [
        "鉴定实施方案", "济南市职业技能鉴定考务人员安排备案表",
    ]  # fmt: skip
    # A new printing is in order by itself; what the authority has is still the old one.
    now.move_to(make.at(2026, 4, 24))
    documents["staff-filing"].render(batch, SYSTEM)
    assert PrintedSheet.objects.get(slug="staff-filing", version=2).is_outdated is False
    assert "济南市职业技能鉴定考务人员安排备案表" in outdated(sent)


def test_what_changed_is_handed_in_anew_also_after_the_approval(frozen: Any) -> None:
    frozen(2026, 4, 22, 9)
    batch = staffed(seated(closed()))
    sent = report(batch)
    with pytest.raises(RefusedError, match="没有变动"):
        report_anew(actor=SYSTEM, report=sent)
    decide_report(actor=SYSTEM, report=sent, approved=True, receipt_number="济鉴 7 号")
    duty = batch.sittings.get(number=1).duties.filter(post="proctor")[0]
    services.remove_duty(actor=SYSTEM, duty=duty)
    with pytest.raises(RefusedError, match="考务人员还没有安排好"):
        report_anew(actor=SYSTEM, report=sent)
    first = ReportPackage.objects.get()
    services.assign_duties(actor=SYSTEM, sitting=duty.sitting)
    report_anew(actor=SYSTEM, report=sent)
    assert outdated(sent) == []
    line = sent.receipts.get(kind="supplement")
    assert line.note == "《鉴定实施方案》、《济南市职业技能鉴定考务人员安排备案表》"
    anew = ReportPackage.objects.exclude(pk=first.pk).get()
    assert {name.rpartition("/")[2] for name in anew.manifest} == {
        "鉴定实施方案.pdf", "济南市职业技能鉴定考务人员安排备案表.pdf", "考场编排.xlsx",
    }  # fmt: skip
    bundle = zipfile.ZipFile(io.BytesIO(open_package(actor=SYSTEM, package=anew)))
    form = next(name for name in bundle.namelist() if name.endswith("备案表.pdf"))
    stand_in = batch.sittings.get(number=1).duties.filter(post="proctor").latest("created_at")
    assert stand_in.member.person.name in words(bundle.read(form))
    with pytest.raises(RefusedError, match="没有变动"):
        report_anew(actor=SYSTEM, report=sent)


def test_what_came_back_is_reported_as_a_whole_not_supplemented() -> None:
    batch = staffed(seated(closed()))
    sent = report(batch)
    decide_report(actor=SYSTEM, report=sent, approved=False, note="缺盖章")
    with pytest.raises(RefusedError, match="请直接上报"):
        report_anew(actor=SYSTEM, report=sent)


def test_a_moved_seat_outdates_the_seats_and_not_the_staff() -> None:
    batch = staffed(seated(closed()))
    sent = report(batch)
    sitting = batch.sittings.get(number=1)
    first = sitting.seats.order_by("seat_number")[0]
    taken = set(sitting.seats.filter(sitting_room=first.sitting_room).values_list("row", "column"))
    free = next((r, c) for r in range(1, 6) for c in range(1, 7) if (r, c) not in taken)
    services.move_seat(
        actor=SYSTEM, sitting=sitting, seat=first.pk, room=first.sitting_room_id, row=free[0],
        column=free[1], reason="考生要求", accepted=99,
    )  # fmt: skip
    assert outdated(sent) == ["鉴定实施方案", "考场编排名单"]


def test_tickets_given_out_later_outdate_nothing() -> None:
    batch = staffed(seated(closed()))
    sent = report(batch)
    decide_report(actor=SYSTEM, report=sent, approved=True, receipt_number="济鉴 7 号", at=REPORTED)
    services.issue_tickets(actor=SYSTEM, batch=batch, at=build.TICKETS_AT)
    for slug in ("reported-seating", "staff-filing"):
        documents[slug].render(batch, SYSTEM)
    assert outdated(sent) == []


@pytest.mark.parametrize("rulebook", ["chongqing", "jilin"])
def test_elsewhere_the_report_comes_first(rulebook: str) -> None:
    batch = closed(rulebook)
    assert policies.report_gaps(batch) == []
    report(batch)
    assert not {name for name in files(batch) if "考场编排" in name or "备案表" in name}
    assert rail_keys(batch).index("report") < rail_keys(batch).index("arrange")


def test_rooms_alone_are_handed_in_before_the_seats_are_confirmed() -> None:
    """HN 方案样例 四(四) speaks of the rooms and the staff, not of who sits where."""
    batch = closed("henan")
    refused(batch, "还没有安排场次和考场", "四(四)")
    for sitting in build.planned(batch)[1]:
        services.arrange_seats(actor=SYSTEM, sitting=sitting)
    refused(batch, "6 人次没有排进考场", "四(四)")
    theory = services.arrange_seats(actor=SYSTEM, sitting=batch.sittings.get(number=1))
    refused(batch, "第 1 场的考务人员还没有安排好", "四(四)")
    sent = report(staffed(batch))
    found = files(batch)
    assert "考场编排.xlsx" not in found
    told = words(next(data for name, data in found.items() if name.endswith("/实施方案.pdf")))
    posts = {duty.member.person.name for duty in Duty.objects.all()}
    assert posts
    assert all(name in told for name in posts)
    assert all(used.room.name in told for used in theory.rooms.select_related("room"))
    assert "职业、等级与人数人数1-1" in told  # no column of ticket numbers: nobody has one yet
    assert outdated(sent) == []
    services.confirm_arrangement(actor=SYSTEM, sitting=theory)
    assert outdated(sent) == []
    duty = theory.duties.filter(post="proctor")[0]
    services.replace_duty(actor=SYSTEM, duty=duty, member=build.staff(1)[0], reason="病假")
    assert set(outdated(sent)) == {"实施方案", f"关于组织{batch.name}的申请"}
    keys = rail_keys(batch)
    assert keys.index("report") == keys.index("arrange") + 1


def test_the_rail_has_the_arrangement_before_the_report() -> None:
    batch = closed()
    keys = rail_keys(batch)
    assert keys.index("report") == keys.index("arrange") + 1
    assert keys[:3] == ["plan", "announce", "register"]


def rail_keys(batch: AssessmentBatch) -> list[str]:
    return [stop.key for stop in rail_of(batch, SYSTEM)]
