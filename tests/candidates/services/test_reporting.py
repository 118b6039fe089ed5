"""What goes to the authority, and what holds it back."""

import hashlib
import io
import json
import zipfile
from typing import Any
from uuid import uuid4

import pytest
from openpyxl import load_workbook

from assessment_center.accounts.enums import Role
from assessment_center.batches import services as batches
from assessment_center.batches.models import Offering
from assessment_center.registry import SYSTEM, RefusedError
from candidates import documents
from candidates.models import Application, ReportPackage
from candidates.services import registration, reporting, waivers
from candidates.sheets import AUTHORITY_COLUMNS
from tests.factories import candidates as c
from tests.factories import foundation as f

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def closed(row: Any, clock: Any) -> Any:
    clock.move_to(f.at(2026, 4, 21))
    batches.close_registration(actor=SYSTEM, batch=row.batch)
    return row.batch


def test_roll_data_and_photos_are_kept_sealed_with_their_digests(clock: Any) -> None:
    row = c.make_admitted()
    batch = closed(row, clock)
    report = reporting.report_batch(actor=SYSTEM, batch=batch)
    assert (report.candidate_count, report.status) == (1, "submitted")
    package = ReportPackage.objects.get()
    with package.sealed.open("rb") as kept:
        assert b"PK" not in kept.read()[:64]
    content = reporting.open_package(actor=SYSTEM, package=package)
    assert hashlib.sha256(content).hexdigest() == package.digest
    bundle = zipfile.ZipFile(io.BytesIO(content))
    listed = json.loads(bundle.read("manifest.json"))
    assert listed == package.manifest
    assert {n: hashlib.sha256(bundle.read(n)).hexdigest() for n in listed} == listed
    sheet = load_workbook(io.BytesIO(bundle.read("考生报名数据.xlsx"))).active
    assert sheet is not None
    head, line = sheet.iter_rows(values_only=True)
    assert head == tuple(column.header for column in AUTHORITY_COLUMNS)
    assert len(head) == 20
    found = dict(zip(head, line, strict=True))
    assert found["姓名"] == row.person.name
    assert (found["理论考试"], found["实操考试"], found["综合考试"]) == ("新考", "新考", None)
    assert found["考生证照"] == f"{row.number}.jpg"
    with pytest.raises(RefusedError, match="不能下载"):
        reporting.open_package(actor=f.make_user(Role.REVIEWER).as_actor(), package=package)


def test_every_project_has_its_own_data(clock: Any) -> None:
    """The columns of the data say nothing of the project; the file does."""
    first = c.make_admitted()
    batch = first.batch
    other = Offering.objects.get(pk=first.offering_id)
    other.pk, other.level, other.route, other.subjects = uuid4(), 3, "direct", []
    other.save(force_insert=True)
    Application.objects.create(
        batch=batch, offering=other, person=f.make_person(), occupation=other.occupation,
        level=3, route="direct", number="X-1", status="confirmed", fee_state="none", subjects=[],
        submitted_at=first.submitted_at, first_reviewed_at=first.first_reviewed_at,
        confirmed_at=first.confirmed_at,
    )  # fmt: skip
    found = documents.authority_workbooks(batch)
    assert set(found) == {
        f"考生报名数据-{first.offering}.xlsx".replace("/", "／"),
        "考生报名数据-电工 三级／高级工 直接认定.xlsx",
    }
    for name, content in found.items():
        sheet = load_workbook(io.BytesIO(content)).active
        assert sheet is not None
        names = [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)]
        assert (names == [first.person.name]) == ("直接" not in name)
        assert len(names) == 1


def test_an_application_in_review_holds_the_report_back(clock: Any) -> None:
    offering = c.make_open_offering()
    row = c.make_admitted(offering)
    c.make_submitted(offering)
    with pytest.raises(RefusedError, match="还有 1 份申报没有审完"):
        reporting.report_batch(actor=SYSTEM, batch=closed(row, clock))


def test_who_has_not_paid_is_not_reported(clock: Any) -> None:
    row = c.make_confirmed()
    batch = closed(row, clock)
    with pytest.raises(RefusedError, match="没有已确认的考生"):
        reporting.report_batch(actor=SYSTEM, batch=batch)
    waivers.waive_fee(actor=SYSTEM, application=row, reason="x")
    assert reporting.report_batch(actor=SYSTEM, batch=batch).candidate_count == 1


def test_after_the_report_the_office_changes_no_photo(clock: Any) -> None:
    row = c.make_admitted()
    batch = closed(row, clock)
    reporting.report_batch(actor=SYSTEM, batch=batch)
    with pytest.raises(RefusedError, match="不能再换照片"):
        registration.attach_photo(actor=SYSTEM, application=row, content=c.picture())
    with pytest.raises(RefusedError, match="不能代考生"):
        registration.attach_photo(
            actor=f.make_user(Role.REVIEWER).as_actor(), application=row, content=c.picture()
        )
