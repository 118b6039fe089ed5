"""The office's pages of certificates."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessment_center.accounts.enums import Role
from assessment_center.audit.models import AuditEntry
from assessment_center.batches.models import AssessmentBatch, AuthorityReport
from assessment_center.jobs.models import Job
from assessment_center.jobs.services import run_job
from assessment_center.people.selectors import id_number
from assessment_center.registry import SYSTEM
from certificates import services
from certificates.models import Certificate, EarlierCertificate
from certificates.rules.numbering import parse
from tests.assessment_center.opening import build as b
from tests.certificates.build import (
    approve_results,
    content_of,
    final_batch,
    issued_batch,
    one_issued,
)
from tests.factories import foundation as make

pytestmark = pytest.mark.django_db
INDEX = "/admin/work/certificates/"


def signed_in(*roles: Role) -> Client:
    client = Client()
    client.force_login(make.make_user(*roles))
    return client


def url(name: str, batch: AssessmentBatch) -> str:
    return reverse(f"certificates_office:{name}", args=[batch.code])


def one_url(name: str, one: Certificate) -> str:
    return reverse(f"certificates_office:{name}", args=[one.pk])


def page(client: Client, address: str, **posted: Any) -> str:
    response = client.post(address, posted, follow=True) if posted else client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def clerk() -> Client:
    return signed_in(Role.CERTIFICATE_CLERK)


def test_a_batch_is_numbered_then_issued_as_a_job(
    clerk: Client, frozen: Any, django_capture_on_commit_callbacks: Any
) -> None:
    frozen(2026, 6, 16, 10)
    batch = final_batch(2, failed=1)
    shown = page(clerk, url("batch", batch))
    assert "编号并发证" in shown
    shown = page(clerk, url("number", batch), on="2026-06-16")
    assert "已生成 2 个证书编号" in shown
    response = clerk.post(url("issue", batch), {"on": "2026-06-16"})
    job = Job.objects.get(name="certificates.issue")
    assert response.headers["Location"] == reverse("jobs_office:job", args=[job.pk])
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.status, job.done, job.total, job.result) == ("done", 2, 2, {"issued": 2})
    assert list(batch.certificates.values_list("status", flat=True)) == ["issued", "issued"]
    shown = page(clerk, url("batch", batch))
    assert "打印全部证书" in shown
    assert "编号并发证" not in shown
    again = page(clerk, url("issue", batch), on="2026-06-16")
    assert "没有待发的证书" in again


def test_what_forbids_numbering_stands_there_with_its_article(clerk: Client, frozen: Any) -> None:
    frozen(2026, 6, 16, 10)
    batch = final_batch(1, approved=False)
    shown = page(clerk, url("batch", batch))
    assert "尚未经主管部门审核" in shown
    assert "依据" in shown
    assert "编号并发证" not in shown
    assert "尚未经主管部门审核" in page(clerk, url("number", batch), on="2026-06-16")
    assert Certificate.objects.count() == 0


@pytest.mark.parametrize("name", ["number", "issue"])
def test_a_day_that_is_none_is_asked_again(clerk: Client, name: str) -> None:
    assert "请填写发证日期" in page(clerk, url(name, final_batch(1)), on="soon")


def test_the_approval_of_results_is_registered(frozen: Any) -> None:
    frozen(2026, 6, 16, 10)
    head = signed_in(Role.HEAD)
    batch = final_batch(1, approved=False)
    approve = url("approve", batch)
    assert "还没有上报" in page(head, approve, receipt_number="CJ-9")
    report = approve_results(batch)
    AuthorityReport.objects.filter(pk=report.pk).update(status="submitted", decided_at=None)
    assert "登记成绩审核结果" in page(head, url("batch", batch))
    assert "请填写平台回执号" in page(head, approve, receipt_number="")
    assert "成绩审核结果已登记" in page(head, approve, receipt_number="CJ-9")
    report.refresh_from_db()
    batch.refresh_from_db()
    assert (report.status, report.receipt_number, batch.status) == ("approved", "CJ-9", "approved")


def test_all_certificates_are_printed_as_one_file(clerk: Client) -> None:
    import pypdfium2

    batch = issued_batch(2)
    services.revoke(actor=SYSTEM, certificate=batch.certificates.first(), reason="作弊")
    clerk.post(url("print_all", batch))
    job = Job.objects.get(name="certificates.print_all")
    run_job(job.pk)
    job.refresh_from_db()
    assert job.status == "done"
    with job.result_file.open("rb") as kept:
        assert len(pypdfium2.PdfDocument(kept.read())) == 1


def test_printing_nothing_is_refused(clerk: Client) -> None:
    batch = final_batch(1)
    clerk.post(url("print_all", batch))
    job = Job.objects.get(name="certificates.print_all")
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.status, job.error) == ("failed", "还没有已发的证书，不能打印。")


def test_the_data_workbook_has_eleven_columns(clerk: Client) -> None:
    import io

    import openpyxl

    batch = issued_batch(2)
    response = clerk.post(url("data", batch))
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == (
        "姓名", "证件类型", "证件号码", "所在单位", "职业名称", "工种名称", "职业技能等级",
        "证书编号", "发证日期", "评价机构", "发证机构",
    )  # fmt: skip
    one = batch.certificates.first()
    person = one.application.person
    assert rows[1] == (
        person.name, "201", id_number(person), "其他", "电工", "—", "4", one.number,
        "2026-06-16", "试验职业学院", "试验职业学院",
    )  # fmt: skip
    assert AuditEntry.objects.filter(verb="certificate.export_data").count() == 1


def test_the_batch_is_uploaded_and_completed() -> None:
    head = signed_in(Role.HEAD)
    batch = issued_batch(1)
    assert "已登记证书数据上传" in page(head, url("upload", batch), receipt_number="251120")
    assert "批次已完成" in page(head, url("complete", batch), sure="1")
    batch.refresh_from_db()
    assert batch.status == "completed"


def test_a_batch_is_not_completed_before_the_certificates() -> None:
    batch = final_batch(1)
    assert "还有 1 人没有发证" in page(signed_in(Role.HEAD), url("complete", batch), sure="1")
    batch.refresh_from_db()
    assert batch.status == "approved"


def test_the_ledger_finds_by_number_name_initials_and_id_number(clerk: Client) -> None:
    batch = issued_batch(2)
    first, second = batch.certificates.order_by("number")
    person = first.application.person
    person.name, person.initials = "欧阳修", "oyx"
    person.save()
    serial = f"{parse(first.number).serial:06d}"
    for words in (first.number, serial, "欧阳", "oyx", id_number(person)):
        shown = page(clerk, INDEX, words=words)
        assert first.number in shown, words
        assert second.number not in shown, words
    assert "没有找到" in page(clerk, INDEX, words="不存在")
    everything = clerk.post(INDEX, {"words": ""}, follow=True).content.decode()
    assert second.number in everything
    assert all("words" not in str(step) for step in clerk.get(INDEX).headers.values())


def test_a_certificate_is_opened_and_the_look_is_recorded(clerk: Client) -> None:
    one = one_issued()
    shown = page(clerk, one_url("certificate", one))
    assert one.face["id_masked"] in shown
    assert id_number(one.application.person) not in shown
    response = clerk.get(one_url("file", one))
    assert response.content == content_of(one)
    assert AuditEntry.objects.filter(verb="certificate.open_file").count() == 1


def test_a_certificate_that_is_only_numbered_has_no_file(clerk: Client) -> None:
    from tests.certificates.build import ISSUE_DAY

    batch = final_batch(1)
    one = services.assign_numbers(actor=SYSTEM, batch=batch, on=ISSUE_DAY)[0]
    assert "还没有发证" in page(clerk, one_url("certificate", one))
    assert clerk.get(one_url("file", one)).status_code == 404


def test_a_certificate_is_handed_out(clerk: Client) -> None:
    one = one_issued()
    assert "登记领取" in page(clerk, one_url("certificate", one))
    assert "请填写领取人" in page(clerk, one_url("hand_out", one), to=" ")
    assert "已登记领取" in page(clerk, one_url("hand_out", one), to="李四")
    one.refresh_from_db()
    assert (one.status, one.handed_to) == ("handed_out", "李四")


def test_revoking_takes_two_steps() -> None:
    head = signed_in(Role.HEAD)
    one = one_issued()
    address = one_url("revoke", one)
    assert "不能恢复" in page(head, address)
    assert "下一步" in page(head, address, reason="")
    assert "确认注销" in page(head, address, reason="冒名顶替")
    one.refresh_from_db()
    assert one.status == "issued"
    assert "已注销" in page(head, address, reason="冒名顶替", sure="1")
    one.refresh_from_db()
    assert (one.status, one.revoked_reason) == ("revoked", "冒名顶替")


def test_certificates_of_the_time_before_are_found_and_revoked_on_their_pages(
    clerk: Client, frozen: Any
) -> None:
    frozen(2026, 6, 20, 9)
    b.signed(b.centre(), certificates_serials=[b.LAST], certificates_issued=[b.certificate(11)])
    one = EarlierCertificate.objects.get()
    listed = reverse("certificates_office:earlier_index")
    assert one.number in page(clerk, listed)
    assert "没有找到" in page(clerk, listed, words="钱七")
    assert one.number in page(clerk, listed, words=one.person.name)
    address = reverse("certificates_office:earlier", args=[one.pk])
    revoke = reverse("certificates_office:revoke_earlier", args=[one.pk])
    shown = page(clerk, address)
    assert one.person.name in shown
    assert revoke not in shown
    head = signed_in(Role.HEAD)
    assert revoke in page(head, address)
    assert "不能恢复" in page(head, revoke)
    assert "确认注销" in page(head, revoke, reason="登记有误")
    one.refresh_from_db()
    assert one.status == "issued"
    assert "登记有误" in page(head, revoke, reason="登记有误", sure="1")
    one.refresh_from_db()
    assert one.status == "revoked"


SEES = {
    Role.HEAD, Role.CLERK, Role.CERTIFICATE_CLERK, Role.INSPECTOR,
}  # fmt: skip


def test_who_sees_and_who_acts() -> None:
    one = one_issued()
    for role in Role:
        _sees_and_acts(one, role)


def _sees_and_acts(one: Certificate, role: Role) -> None:
    batch, client = one.batch, signed_in(role)
    seen = 200 if role in SEES else 403
    for address in (INDEX, url("batch", batch), one_url("certificate", one), one_url("file", one)):
        assert client.get(address).status_code == seen, (role, address)
    acts = {
        url("number", batch): {Role.CERTIFICATE_CLERK},
        url("issue", batch): {Role.CERTIFICATE_CLERK},
        url("print_all", batch): {Role.CERTIFICATE_CLERK},
        url("data", batch): {Role.CERTIFICATE_CLERK},
        url("approve", batch): {Role.HEAD, Role.CLERK},
        url("upload", batch): {Role.HEAD, Role.CLERK},
        one_url("hand_out", one): {Role.CERTIFICATE_CLERK},
        one_url("revoke", one): {Role.HEAD},
        url("complete", batch): {Role.HEAD, Role.CLERK},
    }
    for address, allowed in acts.items():
        refused = client.post(address).status_code == 403
        assert refused is (role not in allowed), (role, address)


def test_nobody_sees_anything_unsigned(client: Client) -> None:
    one = one_issued()
    for address in (INDEX, url("batch", one.batch), one_url("file", one), one_url("revoke", one)):
        assert client.get(address).status_code == 302


def test_unknown_certificates_and_batches(clerk: Client) -> None:
    import uuid

    missing = reverse("certificates_office:certificate", args=[uuid.uuid4()])
    assert clerk.get(missing).status_code == 404
    response = clerk.get(reverse("certificates_office:batch", args=["none"]))
    assert response.status_code == 409


def test_pages_ask_the_same_number_of_queries_for_more_certificates(
    clerk: Client, django_assert_max_num_queries: Any
) -> None:
    batch = issued_batch(4)
    clerk.get(INDEX)
    with django_assert_max_num_queries(12):
        clerk.get(INDEX)
    with django_assert_max_num_queries(30):
        clerk.get(url("batch", batch))
    with django_assert_max_num_queries(12):
        clerk.get(one_url("certificate", batch.certificates.first()))


@pytest.mark.parametrize("model", ["certificate", "numberseries", "spoilednumber"])
def test_the_registers_are_read_only(clerk: Client, model: str) -> None:
    one = one_issued()
    services.spoil_number(actor=SYSTEM, series=one.series, reason="印坏")
    response = clerk.get(reverse(f"admin:certificates_{model}_changelist"))
    assert response.status_code == 200
    assert clerk.get(reverse(f"admin:certificates_{model}_add")).status_code == 403
