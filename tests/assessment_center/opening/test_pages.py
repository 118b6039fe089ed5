"""The pages of the first day: declared, filled, signed by another, printed."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfReader

from assessment_center.audit.models import AuditEntry
from assessment_center.opening import panels
from assessment_center.opening.models import OpeningSheet
from assessment_center.opening.selectors import declaration_of
from assessment_center.printed.models import PrintedSheet
from assessment_center.registry import SYSTEM
from tests.assessment_center.office_helpers import page_text, signed_in
from tests.assessment_center.opening import build as b
from tests.factories import foundation as f

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(frozen) -> None:
    frozen(2026, 6, 1, 9)


def url(name: str, *args: str) -> str:
    return reverse(f"opening_office:{name}", args=args)


def upload(client: Any, key: str, content: bytes) -> Any:
    file = SimpleUploadedFile(f"{key}.xlsx", content)
    return client.post(url("kind", key), {"file": file})


def sheet(client: Any) -> str:
    """What the confirmation says on paper."""
    content = client.get(url("protocol")).content
    return "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def test_a_new_centre_from_declaration_to_the_signed_sheet() -> None:
    centre = b.centre()
    clerk, head = signed_in("clerk"), signed_in("head")
    assert [line.title for line in panels.lines(SYSTEM)] == ["期初数据还没有签署"]
    assert "声明无期初数据" in page_text(clerk.get(url("index")))
    assert clerk.get(url("protocol")).status_code == 404
    clerk.post(url("begin"), {"kind": "new"})
    assert "流水号从 1 开始" in page_text(clerk.get(url("index")))
    clerk.post(url("prepare"))
    page = page_text(clerk.get(url("index")))
    assert "填报人不能签署" in page
    assert "核对无误，签署" not in page
    clerk.post(url("sign"))
    assert declaration_of(centre).status == "prepared"
    assert "核对无误，签署" in page_text(head.get(url("index")))
    head.post(url("sign"))
    assert declaration_of(centre).status == "signed"
    assert panels.lines(SYSTEM) == []
    text = sheet(head)
    for words in ("期初数据确认书", "无期初数据", clerk.user.display_name, head.user.display_name):
        assert words in text
    assert declaration_of(centre).digest[:16] in text.replace("\n", "")
    assert AuditEntry.objects.filter(verb="opening.print").count() == 1


def test_a_sheet_is_judged_previewed_and_taken_back() -> None:
    b.centre()
    clerk = signed_in("clerk")
    clerk.post(url("begin"), {"kind": "working"})
    page = page_text(clerk.get(url("index")))
    assert page.count("待填报") == 7
    wrong = b.workbook(b.ISSUED, [b.certificate(1, occupation="无此职业")])
    response = upload(clerk, b.ISSUED, wrong)
    assert response.status_code == 422
    assert "不在职业分类大典中" in page_text(response)
    assert not OpeningSheet.objects.exists()
    assert upload(clerk, b.ISSUED, b"no workbook").status_code == 422
    right = b.workbook(b.ISSUED, [b.certificate(1)])
    assert upload(clerk, b.ISSUED, right).status_code == 303
    page = page_text(clerk.get(url("kind", b.ISSUED)))
    assert "周安安" in page
    assert "2026-03-02" in page
    assert "四级/中级工" in page
    number = f.id_number(700)
    assert number not in page
    assert f"{number[:6]}********{number[-4:]}" in page
    clerk.post(url("none", b.BLANKS))
    page = page_text(clerk.get(url("index")))
    assert page.count("待填报") == 5
    clerk.post(url("drop", b.ISSUED))
    assert "还没有填报" in page_text(clerk.get(url("kind", b.ISSUED)))


def test_the_template_is_what_the_import_reads() -> None:
    from openpyxl import load_workbook

    b.centre()
    clerk = signed_in("clerk")
    response = clerk.get(url("template", b.SERIALS))
    sheet = load_workbook(BytesIO(response.content)).worksheets[0]
    assert [cell.value for cell in sheet[1]] == ["备案号 *", "年份 *", "等级 *", "最后流水号 *"]


def test_a_working_centre_is_returned_signed_and_taken_back() -> None:
    centre = b.centre()
    made = b.prepared(centre, certificates_serials=[b.LAST])
    head = signed_in("head")
    head.post(url("give_back"), {"reason": ""})
    assert declaration_of(centre).status == "prepared"
    head.post(url("give_back"), {"reason": "请补 2025 年"})
    assert declaration_of(centre).status == "draft"
    from assessment_center.opening import services

    services.prepare(actor=b.clerk(), declaration=made)
    unsigned = sheet(head)
    assert "尚未签署" in unsigned
    assert "2026 年，四级/中级工，000012" in unsigned
    head.post(url("sign"))
    assert "尚未签署" not in sheet(head)
    assert PrintedSheet.objects.filter(is_outdated=True).count() == 1
    page = page_text(head.get(url("index")))
    assert "撤回重报" in page
    head.post(url("reopen"), {"reason": "抄错"})
    assert declaration_of(centre).status == "draft"


def test_who_only_reads_the_centre_sees_no_rows() -> None:
    b.filled(b.centre(), certificates_issued=[b.certificate(1)])
    inspector = signed_in("inspector")
    assert "已发证书" in page_text(inspector.get(url("index")))
    assert inspector.get(url("kind", b.ISSUED)).status_code == 403
    assert inspector.post(url("prepare")).status_code == 403
    assert signed_in("archivist").get(url("index")).status_code == 403


def test_where_the_authority_numbers_no_serials_are_asked_for() -> None:
    centre = f.make_centre(opened=False)
    f.make_filing(centre, rulebook_version=f.make_rulebook("fujian"), valid_until=None)
    clerk = signed_in("clerk")
    clerk.post(url("begin"), {"kind": "working"})
    page = page_text(clerk.get(url("index")))
    assert "已发证书" in page
    assert "最后流水号" not in page
    assert clerk.get(url("kind", b.SERIALS)).status_code == 404
