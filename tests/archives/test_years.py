"""A year of the centre is filed when it is over: registers, staff and equipment (ARC-24)."""

from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from archives.models import ArchiveItem, Volume
from archives.services.filing import close_volume
from archives.services.fixity import verify_year
from archives.services.years import file_year
from archives.year_selectors import items_of_year, year_lines
from assessment_center.accounts.enums import Role
from assessment_center.jobs.models import Job
from assessment_center.jobs.services import run_job
from assessment_center.personnel.enums import Grade
from assessment_center.printed.models import PrintedSheet
from assessment_center.registry import RefusedError
from tests.assessment_center.pdf import reading
from tests.assessment_center.personnel.build import filed
from tests.assessment_center.registers import build
from tests.exams.equipment.build import piece
from tests.factories import foundation as f

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2027-01-12 10:00:00+08:00")]
PDF = b"%PDF-1.4\n%%EOF\n"


@pytest.fixture
def centre():
    """What a year leaves: two documents (one with its file), minutes, a member, an instrument."""
    with time_machine.travel("2026-06-10 12:00:00+08:00"):
        filed("chongqing")
        build.document(file=PDF)
        build.document(series="out")
        build.minutes()
        f.make_member(Grade.ASSESSOR)
        piece()
    return f.make_centre()


def titles(centre):
    return [(item.volume.title, item.title) for item in items_of_year(centre, 2026)]


def test_a_year_is_filed_once_with_term_and_article(centre, archivist):
    assert file_year(actor=archivist, centre=centre, year=2026) == len(titles(centre))
    assert [title for title in titles(centre) if title[0] == "登记簿卷"] == [
        ("登记簿卷", "收发文登记簿 2026"),
        ("登记簿卷", "会议、工作记录 2026"),
        ("登记簿卷", "收〔2026〕1号 关于技能等级认定的通知"),
    ]
    assert ("考务人员卷", "考务人员变动记录 2026") in titles(centre)
    assert ("设备卷", "设备台账 2026") in titles(centre)
    kept = items_of_year(centre, 2026)
    assert {item.keep_until for item in kept} == {date(2029, 12, 31)}
    assert all("第七条(三)" in item.citation for item in kept)
    document = kept.get(title__startswith="收〔2026〕1号")
    with document.file.open("rb") as file:
        assert file.read() == PDF
    build.document()
    assert file_year(actor=archivist, centre=centre, year=2026) == 0


def test_the_changes_of_the_staff_are_told_by_name_act_and_hand(centre, archivist):
    file_year(actor=archivist, centre=centre, year=2026)
    changes = ArchiveItem.objects.get(title="考务人员变动记录 2026")
    with changes.file.open("rb") as file:
        words = reading.text(file.read())
    assert "登记人员" in words
    assert "2026年度" in words


def test_a_year_is_not_filed_before_its_end_nor_by_others_nor_without_a_rulebook(centre, archivist):
    with pytest.raises(RefusedError, match="还没有结束"):
        file_year(actor=archivist, centre=centre, year=2027)
    with pytest.raises(RefusedError, match="角色"):
        file_year(actor=f.make_user(Role.CLERK).as_actor(), centre=centre, year=2026)
    centre.filings.update(valid_from=date(2020, 1, 1), valid_until=date(2021, 1, 1))
    with pytest.raises(RefusedError, match="备案"):
        file_year(actor=archivist, centre=centre, year=2026)


def test_a_closed_year_keeps_its_root_and_a_changed_byte_is_found(centre, archivist):
    file_year(actor=archivist, centre=centre, year=2026)
    for volume in Volume.objects.filter(year=2026):
        close_volume(actor=archivist, volume=volume)
    assert verify_year(actor=archivist, centre=centre, year=2026).sound
    item = items_of_year(centre, 2026).first()
    item.file.storage.delete(item.file.name)
    (fault,) = verify_year(actor=archivist, centre=centre, year=2026).faults
    assert "丢失" in fault
    assert [(line.year, line.closed) for line in year_lines(date(2027, 1, 12))] == [(2026, True)]
    assert [line.year for line in year_lines(date(2029, 1, 1))] == [2028, 2027, 2026]


def test_each_year_of_a_register_is_a_sheet_of_its_own(centre, archivist):
    file_year(actor=archivist, centre=centre, year=2026)
    with time_machine.travel("2027-06-10 12:00:00+08:00"):
        build.document()
    with time_machine.travel("2028-01-12 12:00:00+08:00"):
        file_year(actor=archivist, centre=centre, year=2027)
    sheets = PrintedSheet.objects.filter(slug__startswith="document-register")
    assert sorted(sheets.values_list("slug", "version", "is_outdated")) == [
        ("document-register 20260101-20261231", 1, False),
        ("document-register 20270101-20271231", 1, False),
    ]


def test_the_table_wants_a_batch_or_a_year_and_never_both(centre, batch):
    for facts in ({}, {"batch": batch, "centre": centre, "year": 2026}, {"centre": centre}):
        with pytest.raises(IntegrityError, match="volume_of_batch_or_year"), transaction.atomic():
            Volume.objects.create(number=9, title="卷", **facts)
    Volume.objects.create(number=9, title="卷", centre=centre, year=2026)
    with pytest.raises(IntegrityError, match="volume_of_year_number_once"), transaction.atomic():
        Volume.objects.create(number=9, title="卷", centre=centre, year=2026)


def test_the_year_in_the_browser(client, centre):
    client.force_login(f.make_user(Role.ARCHIVIST))
    page = reverse("archives_office:year", args=[2026])
    listed = client.get(reverse("archives_office:list")).content.decode()
    assert page in listed
    assert "2026 年度" in listed
    assert "2026 年度档案" in client.get(reverse("admin:index")).content.decode()
    assert client.get(reverse("archives_office:catalogue_year", args=[2026])).status_code == 404
    assert client.get(reverse("archives_office:year", args=[2027])).status_code == 404
    client.post(reverse("archives_office:file_year", args=[2026]))
    run_job(Job.objects.get().pk)
    for volume in Volume.objects.all():
        answer = client.post(reverse("archives_office:close", args=[volume.pk]))
        assert answer.url == page
    html = client.get(page).content.decode()
    assert "收发文登记簿 2026" in html
    assert "收集并归档" not in html
    client.post(reverse("archives_office:check_year", args=[2026]))
    run_job(Job.objects.exclude(status="done").get().pk)
    assert set(ArchiveItem.objects.values_list("check_sound", flat=True)) == {True}
    printed = client.get(reverse("archives_office:catalogue_year", args=[2026]))
    words = reading.text(printed.content)
    assert "设备台账2026" in words
    assert "2029-12-31" in words
