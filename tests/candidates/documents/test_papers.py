"""The papers of the registration say what their rulebook orders, whatever the names are."""

import io
from datetime import date
from random import Random
from typing import Any
from unittest import mock

import pytest
from pypdfium2 import PdfDocument

from assessment_center.batches import documents as batch_papers
from assessment_center.batches import services as batches
from assessment_center.batches.venue import _places
from assessment_center.catalog.models import OccupationalStandard
from assessment_center.filing.documents.venue import Venue, venue_pdf, venue_sheet
from assessment_center.pdf import Imprint
from assessment_center.printed.models import PrintedSheet
from assessment_center.registry import SYSTEM
from candidates import documents
from candidates.demo_portraits import portrait
from candidates.documents import pledge
from candidates.documents.application import application_table
from candidates.documents.base import work_years
from candidates.documents.safety import sheets_for
from candidates.models import Application
from candidates.rules.declaration import Declaration
from candidates.rules.facts import WorkSpell
from candidates.services.reporting import papers_named
from tests.factories import candidates as c
from tests.factories import foundation as f

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
LONG = "阿卜杜热合曼·买买提依明江·吐尔逊"


def text_of(content: bytes) -> str:
    pages = PdfDocument(io.BytesIO(content))
    return "\n".join(page.get_textpage().get_text_range() for page in pages).replace("\r", "")


def named(row: Application, name: str = LONG) -> Application:
    row.person.name = name
    row.person.save(update_fields=["name"])
    return row


def of(rulebook: str) -> Any:
    batch = f.make_batch(rulebook=rulebook)
    return f.make_offering(batch, **({"level": None} if rulebook == "fujian" else {}))


def taking(rulebook: str) -> Any:
    """A project whose registration runs."""
    offering = of(rulebook)
    f.announced(offering.batch)
    return offering


def test_the_form_has_the_columns_its_rulebook_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(c, "picture", lambda: portrait(Random(3), long_hair=False))
    offering = of("fujian")
    f.announced(offering.batch)
    row = c.make_draft(offering)
    labels = [
        cell.text for line in application_table(row).rows for cell in line.cells if cell.label
    ]
    assert labels == [
        "姓名", "性别", "出生年月", "文化程度", "证件类别", "证件号码", "家庭地址", "邮政编码",
        "电话号码", "工作单位", "鉴定站意见",
    ]  # fmt: skip
    assert ("考核项目", "电工") in application_table(row).meta
    text = text_of(documents.application_form(row, SYSTEM))
    assert "专项职业能力考核申报表" in text
    assert "不得由他人代填写" in text
    assert "正面免冠" not in text


def test_a_rulebook_that_lists_nothing_gets_the_common_form() -> None:
    row = named(c.make_submitted())
    text = text_of(documents.application_form(row, SYSTEM)).replace("\n", "")
    for words in ("重庆市国家职业技能鉴定及等级认定申报表", LONG, "考生承诺", row.number):
        assert words in text, words


def test_where_two_copies_are_ordered_two_are_printed_and_one_is_kept() -> None:
    row = c.make_draft(taking("henan"))
    both = documents.application_form(row, SYSTEM)
    assert len(PdfDocument(io.BytesIO(both))) == 2
    assert text_of(both).count("一式两份，考生和机构各留存一份。") == 2
    kept = documents.application_form(row, SYSTEM, kept=True)
    assert len(PdfDocument(io.BytesIO(kept))) == 1
    assert PrintedSheet.objects.filter(slug="application-form").count() == 1
    once = documents.application_form(c.make_draft(taking("jilin")), SYSTEM)
    assert len(PdfDocument(io.BytesIO(once))) == 1
    assert "一式" not in text_of(once)


@pytest.mark.parametrize(("rulebook", "words"), [("fujian", "二寸照片"), ("henan", "一寸照片")])
def test_the_empty_frame_says_which_photo(
    monkeypatch: pytest.MonkeyPatch, rulebook: str, words: str
) -> None:
    monkeypatch.setattr(c, "picture", lambda: portrait(Random(3), long_hair=False))
    row = c.make_draft(taking(rulebook))
    row.photo = ""
    row.save(update_fields=["photo"])
    assert words in text_of(documents.application_form(row, SYSTEM))


def test_equal_content_is_the_same_version_and_another_name_the_next() -> None:
    row = c.make_submitted()
    documents.application_form(row, SYSTEM)
    documents.application_form(row, SYSTEM)
    assert PrintedSheet.objects.filter(slug="application-form").count() == 1
    documents.application_form(named(row), SYSTEM)
    versions = PrintedSheet.objects.filter(slug="application-form").order_by("version")
    assert [(each.version, each.is_outdated) for each in versions] == [(1, True), (2, False)]


def test_years_of_work_are_counted_to_the_day_it_came_in(clock: Any) -> None:
    """A year later the form says the same: what was declared is no older for being printed."""
    row = c.make_submitted()
    row.declaration = Declaration(work=(WorkSpell(date(2020, 4, 1), None, "重型机械厂"),)).as_json()
    row.save(update_fields=["declaration"])
    told = work_years(row)
    assert told.startswith(("5.", "6."))
    documents.application_form(row, SYSTEM)
    clock.move_to(f.at(2027, 5, 1))
    assert work_years(row) == told
    documents.application_form(row, SYSTEM)
    assert PrintedSheet.objects.filter(slug="application-form").count() == 1


def test_a_safety_agreement_for_each_who_must_sign() -> None:
    row = named(c.make_admitted())
    assert list(sheets_for(row.batch, SYSTEM)) == []
    OccupationalStandard.objects.update(hazardous=True)
    [(stem, content)] = sheets_for(row.batch, SYSTEM)
    text = text_of(content).replace("\n", "")
    assert stem.startswith(row.number)
    for words in ("安全保证书", LONG, "遵守安全操作规程", "第二十二条", "考生签名"):
        assert words in text, words


def test_the_plan_of_a_batch_and_its_venue() -> None:
    offering = of("fujian")
    [(_stem, year)] = batch_papers.annual_plan(offering.batch, SYSTEM)
    assert "2026年度专项职业能力考核计划" in text_of(year)
    [(title, content)] = batch_papers.batch_plan(offering.batch, SYSTEM)
    assert "2026年第1批次专项职业能力考核计划" in title
    text = text_of(content).replace("\n", "")
    authority = offering.batch.centre.authority_name
    for words in ("拟定日期", "报名", "联系方式", offering.batch.exam_place, authority):
        assert words in text, words
    [(_stem, form)] = batch_papers.venue_forms(offering.batch, SYSTEM)
    told = text_of(form).replace("\n", "")
    for words in ("考场设施设备申报表", "考评员意见", "鉴定站意见", "开考前10个工作日"):
        assert words in told, words


def test_the_venue_form_has_the_rows_of_its_annex_however_long_the_list() -> None:
    centre = f.make_batch(rulebook="fujian").centre
    offering = of("fujian")
    venue = Venue(
        centre,
        "电工",
        offering.occupation,
        "实训楼",
        "300",
        offering.batch.rules,
        ("practical_place",),
    )
    labels = [c.text for row in venue_sheet(venue, "表").rows for c in row.cells if c.label]
    assert labels == [
        "鉴定机构", "考核地点", "考核项目", "预估报考人数", "联系人", "联系电话",
        "考核场地", "场地名称", "场地类型", "面积（㎡）",
        "设施设备", "名称", "型号规格", "数量", "考评员意见", "鉴定站意见",
    ]  # fmt: skip
    many = [(f"第{n}号实训考核台", "XK-DG3", "1 台") for n in range(60)]
    with mock.patch.object(Venue, "pieces", return_value=many):
        text = text_of(venue_pdf(venue, "表", Imprint()))
    assert text.count("设施设备（续）") == 4
    assert all(f"第{n}号实训考核台" in text for n in range(60))


def test_a_project_without_a_written_subject_names_no_classroom() -> None:
    offering = of("fujian")
    offering.subjects = ["practical"]
    assert _places(offering) == ("practical_place",)
    offering.subjects = ["theory", "practical"]
    assert _places(offering) == ("theory_place", "practical_place")


def test_the_pledge_of_the_institution_names_who_signed() -> None:
    batch = f.closed(f.make_batch(rulebook="jilin"))
    batches.submit_report(
        actor=SYSTEM, batch=batch, candidate_count=7, pledged_by="钱立功", at=f.at(2026, 4, 22)
    )
    [(title, content)] = batch_papers.pledge(batch, SYSTEM)
    text = text_of(content).replace("\n", "")
    for words in (
        title,
        batch.centre.authority_name,
        "谁评价、谁发证、谁负责",
        "钱立功",
        "2026年4月22日",
        "7 人",
    ):
        assert words in text, words


def test_each_candidate_gives_a_letter_where_both_sides_promise() -> None:
    row = named(c.make_submitted(taking("jilin")))
    assert list(pledge.sheets_for(c.make_submitted().batch, SYSTEM))
    assert not pledge.wanted(f.make_batch())
    assert pledge.wanted(row.batch)
    [(stem, content)] = pledge.sheets_for(row.batch, SYSTEM)
    text = text_of(content).replace("\n", "")
    assert stem.startswith(row.number)
    for words in ("参评人员承诺书", LONG, "愿意承担取消报名资格", row.number, "第九条"):
        assert words in text, words
    assert str(row.commitment.signed_at.year) in text
    row.commitment.delete()
    [(_stem, unsigned)] = pledge.sheets_for(row.batch, SYSTEM)
    assert "承诺人（签名）" in text_of(unsigned)


def test_the_authority_is_given_the_institutions_letter_alone() -> None:
    row = c.make_submitted(taking("jilin"))
    found = papers_named(row.batch, SYSTEM, {"F-209"})
    assert [name.split("/")[0] for name in found] == ["机构承诺书"]


def test_the_roll_keeps_long_names_whole() -> None:
    row = named(c.make_admitted())
    text = text_of(documents.candidate_roll(row.batch, SYSTEM)).replace("\n", "")
    assert LONG in text
    assert "考生花名册" in text


def test_a_roll_without_anybody_says_so() -> None:
    text = text_of(documents.candidate_roll(f.make_batch(), SYSTEM))
    assert "本批次没有通过资格审核的人员。" in text
    assert "人数：0" in text


def test_the_roll_of_a_special_ability_has_no_job_or_level() -> None:
    text = text_of(documents.candidate_roll(of("fujian").batch, SYSTEM))
    assert "考核项目" in text
    assert "等级" not in text.replace("职业技能等级认定", "")
    assert "工种" not in text
    assert "等级" in text_of(documents.candidate_roll(f.make_batch(), SYSTEM))


def test_the_data_has_the_columns_that_are_set() -> None:
    from tests.factories.foundation import make_batch

    batch = make_batch()
    assert len(documents.authority_columns(batch)) == 20
