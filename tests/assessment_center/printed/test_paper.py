"""From paper to record: codes scanned or typed, whole sets registered at once."""

from uuid import uuid4

import pytest
from django.urls import reverse

from assessment_center.accounts.enums import Role
from assessment_center.audit.models import AuditEntry
from assessment_center.printed.imprint import corner, record_address
from assessment_center.printed.models import PrintedSheet
from assessment_center.printed.services import Wanted, register_set, register_sheet
from assessment_center.registry import SYSTEM, SubjectRef
from tests.factories.foundation import make_batch, make_user

pytestmark = pytest.mark.django_db


def wanted(slug: str, digest: str, subject: SubjectRef) -> Wanted:
    return Wanted("F-501", slug, "考生签到表", subject, digest * 64)


def test_a_set_is_registered_as_its_sheets_would_be():
    batch, one, two = make_batch(), *(SubjectRef("exams.sittingroom", uuid4()) for _ in "12")
    first = register_set(
        actor=SYSTEM,
        batch_id=batch.pk,
        wanted=[wanted("a", "1", one), wanted("a", "1", two), wanted("a", "1", one)],
    )
    assert first[0] == first[2] != first[1]
    alone = register_sheet(
        actor=SYSTEM, form_code="F-501", slug="a", title="考生签到表", subject=one,
        content_digest="2" * 64, batch_id=batch.pk,
    )  # fmt: skip
    again = register_set(
        actor=SYSTEM,
        batch_id=batch.pk,
        wanted=[wanted("a", "3", one), wanted("a", "1", two)],
    )
    assert [each.version for each in again] == [3, 1]
    assert again[1] == first[1]
    kept = PrintedSheet.objects.filter(subject_id=one.uuid).order_by("version")
    assert [each.is_outdated for each in kept] == [True, True, False]
    assert kept[1] == alone
    told = AuditEntry.objects.filter(verb="sheet.print", subject_id=one.uuid)
    assert sorted(each.payload["version"] for each in told) == [1, 2, 3]


def test_a_set_asks_the_database_as_often_whatever_its_size(django_assert_max_num_queries):
    batch = make_batch()
    many = [wanted("a", "1", SubjectRef("exams.sittingroom", uuid4())) for _ in range(300)]
    with django_assert_max_num_queries(10):
        register_set(actor=SYSTEM, batch_id=batch.pk, wanted=many)


def sheet(digest: str, subject: SubjectRef) -> PrintedSheet:
    batch = PrintedSheet.objects.values_list("batch_id", flat=True).first() or make_batch().pk
    return register_set(actor=SYSTEM, batch_id=batch, wanted=[wanted("a", digest, subject)])[0]


def test_a_code_opens_the_record_of_a_sheet_that_still_holds(client, settings):
    subject = SubjectRef("exams.sittingroom", uuid4())
    old, new = sheet("1", subject), sheet("2", subject)
    settings.SITE_URL = "https://office.example"
    assert record_address(new.code) == f"HTTPS://OFFICE.EXAMPLE/P/{new.code}"
    assert corner(new).mark == record_address(new.code)
    scanned = reverse("paper_office:scanned", args=[new.code])
    assert client.get(scanned).url.startswith(reverse("admin:login"))
    client.force_login(make_user(Role.CLERK))
    assert client.get(scanned).url == reverse("exams_office:chart", args=[subject.uuid])
    page = reverse("paper_office:sheet", args=[old.code])
    assert client.get(reverse("paper_office:scanned", args=[old.code])).url == page
    told = client.get(page).content.decode()
    assert new.code in told
    assert "已过期" in told
    assert client.get(reverse("paper_office:sheet", args=["NOTHING"])).status_code == 404


@pytest.mark.parametrize("typed", ["{}", " {} ", "HTTPS://OFFICE.EXAMPLE/P/{}"])
def test_typed_or_read_by_a_scanner_it_is_found(typed, client):
    kept = sheet("1", SubjectRef("exams.sittingroom", uuid4()))
    client.force_login(make_user(Role.CLERK))
    find = reverse("paper_office:find")
    answer = client.post(find, {"code": typed.format(kept.code).lower()})
    assert answer.url == reverse("paper_office:sheet", args=[kept.code])
    assert client.post(find, {"code": " "}).status_code == 200
