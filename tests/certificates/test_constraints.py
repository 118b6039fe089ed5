"""What the database itself refuses, tried by plain SQL."""

import uuid

import pytest
from django.db import IntegrityError, connection, transaction

from assessment_center.registry import SYSTEM
from certificates.models import Certificate, NumberSeries
from certificates.services import assign_numbers, hand_out, revoke, spoil_number
from tests.certificates.build import ISSUE_DAY, final_batch, issued_batch, one_issued

pytestmark = pytest.mark.django_db
T = "certificates_certificate"


def broken(sql: str, params: list[object] | None = None) -> str:
    with pytest.raises(IntegrityError) as refused:
        execute(sql, params)
    return str(refused.value)


def execute(sql: str, params: list[object] | None) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
        connection.check_constraints()


@pytest.mark.parametrize(
    "change",
    [
        "face = '{}'",
        "token = 'JN1.A.B'",
        "digest = repeat('0', 64)",
        "issued_on = '2026-07-01'",
        "pdf = 'other.pdf'",
        "medium = 'paper', blank_number = '7'",
        "issued_by_id = NULL, face = '[]'",
    ],
)
def test_the_content_of_an_issued_certificate_stays(change: str) -> None:
    one_issued()
    assert "内容不能改动" in broken(f"UPDATE {T} SET {change}")


@pytest.mark.parametrize(
    "change",
    ["number = 'Y000050012345264000009'", "serial = 9", "batch_id = gen_random_uuid()"],
)
@pytest.mark.parametrize("issued", [True, False])
def test_number_and_basis_stay_from_the_first(change: str, issued: bool) -> None:
    batch = issued_batch() if issued else final_batch(1)
    if not issued:
        assign_numbers(actor=SYSTEM, batch=batch, on=ISSUE_DAY)
    assert "编号和依据不能改动" in broken(f"UPDATE {T} SET {change}")


def test_a_certificate_is_never_deleted() -> None:
    one_issued()
    assert "不能删除" in broken(f"DELETE FROM {T}")


def test_a_state_is_never_taken_back() -> None:
    certificate = one_issued()
    assert "不能退回" in broken(f"UPDATE {T} SET status = 'numbered'")
    hand_out(actor=SYSTEM, certificate=certificate, to="本人")
    assert "不能退回" in broken(f"UPDATE {T} SET status = 'issued'")
    revoke(actor=SYSTEM, certificate=certificate, reason="冒名顶替")
    assert "不能退回" in broken(
        f"UPDATE {T} SET status = 'issued', revoked_at = NULL, revoked_reason = ''"
    )


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ("status = 'issued'", "certificate_issued_whole"),
        ("status = 'revoked'", "certificate_revoked_why"),
        ("revoked_at = now(), revoked_reason = 'x'", "certificate_revoked_why"),
    ],
)
def test_a_numbered_certificate_is_not_issued_by_half(change: str, name: str) -> None:
    assign_numbers(actor=SYSTEM, batch=final_batch(1), on=ISSUE_DAY)
    assert "certificate_" in broken(f"UPDATE {T} SET {change}")


def test_handing_out_names_the_receiver() -> None:
    one_issued()
    assert "certificate_handed_to_whom" in broken(f"UPDATE {T} SET status = 'handed_out'")


def test_paper_needs_its_blank() -> None:
    assign_numbers(actor=SYSTEM, batch=final_batch(1), on=ISSUE_DAY)
    said = broken(
        f"UPDATE {T} SET medium = 'paper', status = 'issued', token = 't', digest = 'd', "
        "pdf = 'p', issued_on = '2026-06-16'"
    )
    assert "certificate_paper_has_blank" in said


def test_a_series_only_grows_and_is_never_deleted() -> None:
    one_issued()
    table = "certificates_numberseries"
    assert "只能增长" in broken(f"UPDATE {table} SET last_serial = 0")
    assert "只能增长" in broken(f"UPDATE {table} SET year = 2027")
    assert "不能删除" in broken(f"DELETE FROM {table}")
    assert "空号" in broken(f"UPDATE {table} SET last_serial = 3")


def test_a_new_series_starts_empty() -> None:
    one_issued()
    said = broken(
        "INSERT INTO certificates_numberseries (id, created_at, filing_number, year, level, "
        "opening_serial, last_serial, centre_id) SELECT gen_random_uuid(), now(), filing_number, "
        "2027, level, 0, 1, centre_id FROM certificates_numberseries"
    )
    assert "空号" in said


def test_a_spoiled_number_stays() -> None:
    one_issued()
    spoil_number(actor=SYSTEM, series=NumberSeries.objects.get(), reason="印坏")
    assert "作废编号" in broken("DELETE FROM certificates_spoilednumber")
    assert "作废编号" in broken("UPDATE certificates_spoilednumber SET serial = 9")


def insert(**change: object) -> str:
    """Try to take in a copy of the one certificate under other values."""
    held = Certificate.objects.get()
    other = final_batch(1)
    result = other.results.get()
    row = {
        "pk": uuid.uuid4(),
        "application": result.application,
        "basis": result,
        "batch": other,
        "series": held.series,
        "serial": 1,
        "number": held.number,
        **change,
    }
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Certificate.objects.create(**row)
    return str(refused.value)


def test_no_certificate_under_a_serial_that_was_not_given() -> None:
    one_issued()
    assert "还没有给出" in insert(serial=2, number="Y000050012345264000002")
    assert "还没有给出" in insert(serial=0, number="Y000050012345264000000")


def test_no_certificate_under_a_spoiled_serial() -> None:
    one_issued()
    spoil_number(actor=SYSTEM, series=NumberSeries.objects.get(), reason="印坏")
    assert "已经用过" in insert(serial=2, number="Y000050012345264000002")


def test_no_second_certificate_under_a_serial_or_number() -> None:
    one_issued()
    assert "duplicate key" in insert()
    assert "不符" in insert(number="Y000050012345264000002")


def test_no_spoiled_number_under_the_serial_of_a_certificate() -> None:
    one_issued()
    said = broken(
        "INSERT INTO certificates_spoilednumber (id, created_at, serial, reason, series_id) "
        "SELECT gen_random_uuid(), now(), 1, 'x', id FROM certificates_numberseries"
    )
    assert "已经用过" in said
