"""The office's pages: the review desk, fees, department sheets, and who may use them."""

import io
import zipfile
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from PIL import Image

from assessment_center.accounts.enums import Role
from assessment_center.audit.models import AuditEntry
from assessment_center.batches import services as batches
from assessment_center.batches.seams import report_makers
from assessment_center.jobs.models import Job
from assessment_center.jobs.services import run_job
from assessment_center.registry import SYSTEM
from assessment_center.registry.entries import archive_sources, batch_stages, documents
from candidates import panels
from candidates.models import Application, FeePayment, ReportPackage, ReviewStep, SampleDraw
from candidates.office import desk
from candidates.office import fees as fee_pages
from candidates.services import registration, review
from candidates.services.importing import import_sheet
from candidates.services.reporting import REPORTED_FORMS, papers_named
from tests.candidates.sheets import row_for, workbook
from tests.factories import candidates as c
from tests.factories import foundation as f

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def as_role(client: Client, role: Role) -> Client:
    client.force_login(f.make_user(role))
    return client


def url(name: str, *args: Any) -> str:
    return reverse(f"candidates_office:{name}", args=args)


def test_the_queue_counts_and_finds_without_an_address(client: Client) -> None:
    row = c.make_submitted()
    as_role(client, Role.DEPARTMENT)
    page = client.get(url("queue", row.batch.code)).content.decode()
    assert row.number in page
    assert "待初审 1" in page
    found = client.post(url("queue", row.batch.code), {"words": row.person.initials}, follow=True)
    assert row.number in found.content.decode()
    assert found.redirect_chain == [(url("queue", row.batch.code), 303)]
    none = client.post(url("queue", row.batch.code), {"words": "zzz"}, follow=True)
    assert "没有符合的申报" in none.content.decode()


def test_two_people_review_and_the_next_one_opens(client: Client) -> None:
    offering = c.make_open_offering()
    first, second = c.make_submitted(offering), c.make_submitted(offering)
    as_role(client, Role.DEPARTMENT)
    page = client.get(url("application", first.pk)).content.decode()
    assert "应届毕业生，本专业或相关专业" in page
    assert '<details class="cited">' in page
    answer = client.post(url("first_review", first.pk))
    assert answer["Location"] == url("application", second.pk)
    as_role(client, Role.REVIEWER)
    client.post(url("confirm", first.pk))
    first.refresh_from_db()
    assert (first.status, first.fee_state) == ("confirmed", "due")


def test_returning_asks_for_part_and_reason(client: Client) -> None:
    row = c.make_submitted()
    as_role(client, Role.DEPARTMENT)
    refused = client.post(url("return", row.pk), {"reason": ""}, follow=True)
    assert "勾选退回的原因" in refused.content.decode()
    client.post(url("return", row.pk), {"reason": "不清楚", "part": "evidence"})
    row.refresh_from_db()
    assert (row.status, row.return_part) == ("returned", "evidence")


def test_refusing_and_cancelling_need_a_reason(client: Client) -> None:
    offering = c.make_open_offering()
    one, two = c.make_submitted(offering), c.make_submitted(offering)
    as_role(client, Role.REVIEWER)
    client.post(url("refuse", one.pk), {"reason": ""})
    one.refresh_from_db()
    assert one.status == "submitted"
    client.post(url("refuse", one.pk), {"reason": "不符合"})
    client.post(url("cancel", two.pk), {"reason": "作弊"})
    states = set(Application.objects.values_list("status", flat=True))
    assert states == {"refused", "withdrawn"}


def test_bulk_draws_first_and_passes_only_the_chosen(client: Client) -> None:
    offering = c.make_open_offering()
    rows = [c.make_submitted(offering) for _ in range(3)]
    code = rows[0].batch.code
    as_role(client, Role.DEPARTMENT)
    assert "有 3 份申报" in client.get(url("bulk", code)).text
    told = client.post(url("draw", code, "first"), {"percent": "10"}, follow=True).text
    assert "已抽出 1 份" in told
    draw = SampleDraw.objects.get()
    early = client.post(url("pass_rest", draw.pk), {"application": draw.population}, follow=True)
    assert "还有 1 份抽中的申报没有逐份审核" in early.text
    client.post(url("first_review", draw.sampled[0]))
    rest = [key for key in draw.population if key not in draw.sampled]
    ready = client.get(url("bulk", code)).text
    assert "通过所选（共 2 份）" in ready
    done = client.post(url("pass_rest", draw.pk), {"application": rest[:1]}, follow=True)
    assert "已通过 1 份" in done.text
    assert Application.objects.filter(status="first_reviewed").count() == 2
    as_role(client, Role.DEPARTMENT)
    assert client.post(url("pass_rest", draw.pk)).status_code == 404


def test_a_page_of_a_pdf_is_shown_as_a_picture(client: Client) -> None:
    row = c.make_draft()
    actor = row.person.user.as_actor()
    piece = registration.add_evidence(actor=actor, application=row, kind="work", content=a_pdf())
    registration.submit_application(actor=actor, application=row)
    as_role(client, Role.REVIEWER)
    page = client.get(url("application", row.pk)).text
    address = url("evidence_page", piece.pk, 1)
    assert address in page
    shown = client.get(address)
    assert shown["Content-Type"] == "image/jpeg"
    assert Image.open(io.BytesIO(shown.content)).height >= 1399
    assert client.get(url("evidence_page", piece.pk, 2)).status_code == 404


def a_pdf() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (300, 424), "white").save(out, "PDF")
    return out.getvalue()


def test_originals_are_noted_beside_the_copy_and_alone(client: Client) -> None:
    row = c.make_draft()
    actor = row.person.user.as_actor()
    piece = registration.add_evidence(
        actor=actor, application=row, kind="work", content=c.picture()
    )
    registration.submit_application(actor=actor, application=row)
    as_role(client, Role.DEPARTMENT)
    client.post(url("original", row.pk), {"evidence": piece.pk})
    client.post(url("original", row.pk), {"kind": "id_document"})
    again = client.post(url("original", row.pk), {"kind": "id_document"}, follow=True)
    assert "已登记验看过" in again.text
    assert [each.kind for each in row.originals.all()] == ["work", "id_document"]
    assert again.text.count("已验看原件") >= 2
    assert client.post(url("original", row.pk), {"evidence": "x"}).status_code == 404


def test_a_correction_opens_the_review_and_shows_the_difference(client: Client) -> None:
    row = c.make_confirmed()
    as_role(client, Role.CLERK)
    facts = {
        "ethnicity": "汉族",
        "education": "college",
        "source": row.source,
        "address": "新路2号",
    }
    client.post(url("correct", row.pk), facts)
    row.refresh_from_db()
    assert (row.status, row.address) == ("submitted", "新路2号")
    as_role(client, Role.DEPARTMENT)
    page = client.get(url("application", row.pk)).text
    assert "与上次审核相比" in page
    assert "<del>江州市学府路1号</del>" in page
    assert "<ins>新路2号</ins>" in page
    assert "<del>汉族</del>" not in page


def test_the_figures_of_the_reviewers(client: Client) -> None:
    offering = c.make_open_offering()
    one, two = c.make_submitted(offering), c.make_submitted(offering)
    user = f.make_user(Role.DEPARTMENT, display_name="何志强")
    client.force_login(user)
    opened = desk.opened(one)
    client.post(url("first_review", one.pk), {"opened": opened})
    client.post(url("return", two.pk), {"reasons": ["photo_unclear"], "opened": opened})
    assert [step.seconds for step in ReviewStep.objects.order_by("application__number")] == [
        0,
        None,
    ]
    page = client.get(url("statistics", one.batch.code)).text
    assert "何志强" in page
    assert "50.0" in page
    book = client.get(url("statistics", one.batch.code), {"xlsx": "1"})
    values = next(openpyxl.load_workbook(io.BytesIO(book.content)).active.iter_rows(min_row=2))
    assert [cell.value for cell in values][:4] == ["何志强", 1, 0, 1]


def test_what_changed_while_the_page_was_open_is_looked_at_first(client: Client) -> None:
    """A colleague returned it, the candidate handed it in anew: the old page decides nothing."""
    row = c.make_submitted()
    as_role(client, Role.DEPARTMENT)
    old = desk.opened(row)
    review.return_application(actor=c.department_user().as_actor(), application=row, reason="x")
    own = row.person.user.as_actor()
    fresh = c.fill(Application.objects.get(pk=row.pk))
    registration.submit_application(actor=own, application=fresh)
    for name, more in (("first_review", {}), ("return", {"reasons": ["photo_unclear"]})):
        answer = client.post(url(name, row.pk), {"opened": old, **more}, follow=True)
        assert "您打开页面以后，申报的内容有了改动。" in answer.content.decode()
        row.refresh_from_db()
        assert row.status == "submitted"
    now = desk.opened(Application.objects.get(pk=row.pk))
    client.post(url("first_review", row.pk), {"opened": now})
    row.refresh_from_db()
    assert row.status == "first_reviewed"
    as_role(client, Role.REVIEWER)
    stale = desk.opened(Application.objects.get(pk=row.pk))
    Application.objects.filter(pk=row.pk).update(address="别处9号")
    for name, more in (("confirm", {"note": "x"}), ("refuse", {"reason": "x"})):
        client.post(url(name, row.pk), {"opened": stale, **more})
        row.refresh_from_db()
        assert row.status == "first_reviewed"


def test_the_page_of_fees_is_paged_and_searched(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fee_pages, "A_PAGE", 2)
    monkeypatch.setattr(fee_pages, "SHOWN", 1)
    offering = c.make_open_offering()
    rows = [c.make_confirmed(offering) for _ in range(3)]
    paid = [c.make_admitted(offering) for _ in range(2)]
    as_role(client, Role.CLERK)
    page = url("fees", rows[0].batch.code)
    first = client.get(page).text
    assert first.count('aria-label="票据号 ') == 2
    assert "第 1 / 2 页，共 3 条" in first
    assert "最近的 1 笔" in first
    assert client.get(page, {"page": "2"}).text.count('aria-label="票据号 ') == 1
    assert client.post(page, {"words": rows[2].number}).status_code == 303
    found = client.get(page).text
    assert (found.count('aria-label="票据号 '), rows[2].number in found) == (1, True)
    assert paid[0].number not in found
    client.post(page, {"words": paid[0].number})
    found = client.get(page).text
    assert "没有符合的申报" in found
    assert paid[0].number in found
    client.post(page, {"words": ""})
    assert rows[0].number in client.get(page).text


def test_what_is_listed_is_what_is_exported(client: Client) -> None:
    offering = c.make_open_offering()
    one, two = c.make_submitted(offering), c.make_first_reviewed(offering)
    as_role(client, Role.REVIEWER)
    client.get(url("queue", one.batch.code), {"state": "first_reviewed"})
    book = client.get(url("export", one.batch.code))
    sheet = openpyxl.load_workbook(io.BytesIO(book.content)).active
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == [two.number]
    assert AuditEntry.objects.filter(verb="application.export").count() == 1


def test_fees_one_by_one_waived_and_as_a_list(client: Client) -> None:
    offering = c.make_open_offering()
    rows = [c.make_confirmed(offering) for _ in range(4)]
    as_role(client, Role.CLERK)
    client.post(url("fee", rows[0].pk), {"receipt_number": "R-1"})
    client.post(url("fee", rows[0].pk), {"receipt_number": ""})
    client.post(url("waive", rows[1].pk), {"reason": "建档立卡"})
    pasted = f"{rows[2].number}\tR-2\n{rows[3].number} R-1\nx R-9\n\n"
    told = client.post(url("fees", rows[0].batch.code), {"lines": pasted}, follow=True)
    page = told.content.decode()
    assert "已登记 1 份" in page
    assert "票据号 R-1 已经登记过" in page
    states = list(Application.objects.order_by("number").values_list("fee_state", flat=True))
    assert states == ["paid", "waived", "paid", "due"]
    number = rows[3].number
    for lines, words in (
        (f"{number} R-3\nbroken", "第 2 行应只有申报号和票据号两项：“broken”"),
        (f"{number}\tR-3\t300.00", "第 1 行应只有申报号和票据号两项"),
        (f"{number} R-3 又一张", "第 1 行应只有"),
        (f"{number} R-3\n{number} R-4", "第 2 行的申报号"),
    ):
        page = client.post(url("fees", rows[0].batch.code), {"lines": lines}).text
        assert words in page
        assert number in page
    rows[3].refresh_from_db()
    assert rows[3].fee_state == "due"
    client.post(url("fees", rows[0].batch.code), {"lines": f"{number}\tR 3\t"})
    assert FeePayment.objects.get(application=rows[3]).receipt_number == "R3"
    right = {"receipt_number": "R-33", "reason": "录错"}
    page = client.post(url("correct_receipt", rows[3].pk), right, follow=True).text
    assert "票据号已更正" in page
    assert "R-33" in page


def test_a_sheet_is_tried_then_imported_by_jobs(client: Client) -> None:
    offering = c.make_open_offering()
    code = offering.batch.code
    as_role(client, Role.DEPARTMENT)
    sheet = SimpleUploadedFile("a.xlsx", workbook([row_for(1), row_for(2)]))
    tried = client.post(url("import", code), {"file": sheet})
    job = Job.objects.get()
    assert tried["Location"] == url("import_job", code, job.pk)
    assert "排队中" in client.get(tried["Location"]).content.decode()
    run_job(job.pk)
    assert Application.objects.count() == 0
    page = client.get(tried["Location"]).content.decode()
    assert "确认导入" in page
    client.post(url("commit", code, job.pk))
    second = Job.objects.exclude(pk=job.pk).get()
    run_job(second.pk)
    done = client.get(url("import_job", code, second.pk)).content.decode()
    assert "已全部导入" in done
    assert "请稍候" not in done
    assert Application.objects.filter(status="submitted").count() == 2
    run_job(second.pk)
    assert "已经导入过" in client.get(tried["Location"]).content.decode()
    corrected = workbook([row_for(1, 工作单位="新单位"), row_for(2)])
    client.post(url("import", code), {"file": SimpleUploadedFile("b.xlsx", corrected)})
    third = Job.objects.filter(params__dry_run=True).exclude(pk=job.pk).get()
    run_job(third.pk)
    page = client.get(url("import_job", code, third.pk)).content.decode()
    assert "将要改动" in page
    assert "江州机电厂" in page
    assert "新单位" in page
    assert url("import_job", code, job.pk) in client.get(url("import", code)).content.decode()
    part = client.get(tried["Location"], headers={"HX-Request": "true"}).content.decode()
    assert part.startswith('<div class="stack" id="import-state"')


def test_a_faulty_sheet_lists_its_problems_and_hands_back_a_file(client: Client) -> None:
    offering = c.make_open_offering()
    as_role(client, Role.DEPARTMENT)
    sheet = SimpleUploadedFile("a.xlsx", workbook([row_for(1, 班级="没有的班")]))
    client.post(url("import", offering.batch.code), {"file": sheet})
    job = Job.objects.get()
    run_job(job.pk)
    page = client.get(url("import_job", offering.batch.code, job.pk)).content.decode()
    assert "没有这个班级" in page
    assert "下载问题清单" in page


def test_somebody_elses_upload_does_not_exist(client: Client) -> None:
    offering = c.make_open_offering()
    as_role(client, Role.DEPARTMENT)
    sheet = SimpleUploadedFile("a.xlsx", workbook([row_for(1)]))
    client.post(url("import", offering.batch.code), {"file": sheet})
    job = Job.objects.get()
    as_role(client, Role.DEPARTMENT)
    assert client.get(url("import_job", offering.batch.code, job.pk)).status_code == 404


def test_the_template_is_what_the_import_reads(client: Client) -> None:
    batch = c.make_open_offering().batch
    f.make_class(name="机电 1 班", graduation_year=2026)
    f.make_class(name="早已毕业的班", enrolled_year=2017, graduation_year=2020)
    answer = as_role(client, Role.DEPARTMENT).get(url("template", batch.code))
    book = load_workbook(io.BytesIO(answer.content))
    sheet, lists = book.worksheets[0], book.worksheets[2]
    columns = {cell.value.rstrip(" *"): cell.column for cell in sheet[1]}
    offered = {
        name: [row[columns[name] - 1] for row in lists.values if row[columns[name] - 1]]
        for name in ("职业", "等级", "班级", "评价方式")
    }
    assert offered["职业"] == ["电工"]
    assert offered["等级"] == ["四级/中级工"]
    assert offered["评价方式"] == ["考试考核"]
    assert "机电 1 班" in offered["班级"]
    assert "早已毕业的班" not in offered["班级"]
    rules = {str(each.sqref).split("2:")[0] for each in sheet.data_validations.dataValidation}
    assert get_column_letter(columns["班级"]) in rules
    notes = [cell for row in book.worksheets[1].values for cell in row if cell]
    assert "电工 四级/中级工（考试考核）" in notes
    sheet.append([row_for(1).get(name) for name in columns])
    filled = io.BytesIO()
    book.save(filled)
    report = import_sheet(actor=SYSTEM, batch=batch, content=filled.getvalue())
    assert (report.written, report.new) == (True, 1)


def test_the_package_of_the_report_opens_for_those_who_report(client: Client, clock: Any) -> None:
    row = c.make_admitted()
    clock.move_to(f.at(2026, 4, 21))
    batches.close_registration(actor=SYSTEM, batch=row.batch)
    maker = report_makers["candidates"]
    maker(actor=SYSTEM, batch=row.batch, late_reason="")
    package = ReportPackage.objects.get()
    as_role(client, Role.CLERK)
    assert str(package.pk) in client.get(url("packages", row.batch.code)).content.decode()
    answer = client.get(url("package", package.pk))
    names = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert names == [
        "考生花名册.pdf",
        "考生报名数据.xlsx",
        *papers_named(row.batch, SYSTEM, REPORTED_FORMS),
        "批次申请.pdf",
        f"photos/{row.number}.jpg",
        "manifest.json",
    ]
    assert "年度认定计划/2026年度计划.pdf" in names
    assert client.get(url("package", row.pk)).status_code == 404


@pytest.mark.parametrize(
    ("role", "name", "allowed"),
    [
        (Role.ITEM_WRITER, "queue", False),
        (Role.REVIEWER, "fees", False),
        (Role.REVIEWER, "import", False),
        (Role.ARCHIVIST, "queue", False),
        (Role.CLERK, "import", True),
        (Role.CLERK, "bulk", False),
        (Role.INSPECTOR, "queue", True),
        (Role.INSPECTOR, "packages", False),
    ],
)
def test_each_role_sees_its_own_pages(client: Client, role: Role, name: str, allowed: bool) -> None:
    batch = c.make_open_offering().batch
    answer = as_role(client, role).get(url(name, batch.code))
    assert answer.status_code == (200 if allowed else 403)


def test_a_candidate_is_told_where_his_pages_are(client: Client) -> None:
    row = c.make_submitted()
    client.force_login(row.person.user)
    assert client.get(url("application", row.pk)).status_code == 403


def test_files_and_form_open_for_the_office(client: Client) -> None:
    row = c.make_draft()
    piece = registration.add_evidence(
        actor=row.person.user.as_actor(), application=row, kind="work", content=c.picture()
    )
    registration.submit_application(actor=row.person.user.as_actor(), application=row)
    as_role(client, Role.REVIEWER)
    assert client.get(url("photo", row.pk))["Content-Type"] == "image/jpeg"
    assert client.get(url("evidence", piece.pk))["Content-Type"] == "image/jpeg"
    assert client.get(url("form", row.pk)).content.startswith(b"%PDF-")
    Application.objects.update(photo="")
    assert client.get(url("photo", row.pk)).status_code == 404
    assert "佐证材料" in client.get(url("application", row.pk)).content.decode()


def test_home_lists_the_batches(client: Client) -> None:
    row = c.make_submitted()
    page = as_role(client, Role.CLERK).get(url("home")).content.decode()
    assert row.batch.name in page


def test_registers_are_read_only(client: Client) -> None:
    row = c.make_admitted()
    as_role(client, Role.CLERK)
    for name in ("application", "feepayment", "ban", "subjectpass", "heldcertificate"):
        assert client.get(reverse(f"admin:candidates_{name}_changelist")).status_code == 200
    assert client.get(reverse("admin:candidates_application_add")).status_code == 403
    assert client.get(
        reverse("admin:candidates_application_change", args=[row.pk])
    ).status_code == 200  # fmt: skip


def test_the_stages_tell_how_the_batch_stands() -> None:
    offering = c.make_open_offering()
    batch = offering.batch
    actor = SYSTEM
    views = {key: batch_stages[key].view for key in ("register", "review", "fee")}
    assert [views[key](batch, actor).state for key in views] == ["now", "idle", "idle"]
    row = c.make_submitted(offering)
    assert views["review"](batch, actor).state == "now"
    assert [line.title for line in panels.waiting_lines(actor)] == [f"{batch.name} · 待初审 1"]
    Application.objects.filter(pk=row.pk).delete()
    c.make_confirmed(offering)
    assert [views[key](batch, actor).state for key in views] == ["now", "done", "now"]
    assert len(panels.fee_lines(actor)) == 1
    Application.objects.update(fee_state="paid")
    c.moved_to(batch, "registration_closed")
    assert [views[key](batch, actor).state for key in views] == ["done", "done", "done"]
    c.moved_to(batch, "draft")
    assert views["register"](batch, actor).state == "idle"
    assert panels.by_week(actor) == [("04-06", 1.0)]


def test_the_archive_and_the_printing_know_the_forms() -> None:
    row = c.make_admitted()
    kinds = [piece[0] for piece in archive_sources["candidates"].collect(row.batch)]
    assert kinds == ["application_form", "candidate_roll", "commitment"]
    for slug in ("application-form", "candidate-roll"):
        parts = documents[slug].render(row.batch, SYSTEM)
        assert [content[:5] for _stem, content in parts] == [b"%PDF-"]
