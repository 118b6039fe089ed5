"""What was issued before goes on: serials, verification, held certificates, blanks."""

import threading
from datetime import date

import pytest
from django.db import IntegrityError, connection, connections, transaction
from hypothesis import given
from hypothesis import strategies as st

from assessment_center.opening import services as opening
from assessment_center.opening.enums import Beginning
from assessment_center.registry import SYSTEM, RefusedError
from candidates.models import HeldCertificate
from certificates.models import BlankMovement, Certificate, EarlierCertificate, NumberSeries
from certificates.rules.numbering import MAX_SERIAL, NumberParts, compose, parse
from certificates.rules.opening import (
    BlankRange,
    RangeError,
    blank_range,
    overlapping,
    serial_problem,
)
from certificates.selectors import blank_balance, known_numbers
from certificates.services import assign_numbers, issue_batch, spoil_number
from certificates.services.verifying import Answer, Query, verify_facts
from tests.assessment_center.opening import build as b
from tests.certificates.build import ISSUE_DAY, final_batch
from tests.factories import foundation as f

pytestmark = pytest.mark.django_db
T = "certificates_earliercertificate"


@pytest.fixture
def clock(frozen) -> None:
    frozen(2026, 6, 20, 9)


def working(**sheets):
    """A working centre with these sheets signed, and what is declared about it."""
    return b.signed(b.centre(), **sheets)


def numbered(n: int = 2) -> list[str]:
    made = assign_numbers(actor=SYSTEM, batch=final_batch(n), on=ISSUE_DAY)
    return [each.number for each in made]


def test_before_the_first_day_is_signed_no_number_is_given(clock) -> None:
    centre = b.centre()
    batch = final_batch(1)
    with pytest.raises(RefusedError) as refused:
        assign_numbers(actor=SYSTEM, batch=batch, on=ISSUE_DAY)
    said = str(refused.value)
    assert "期初数据还没有签署" in said
    assert "两人签署" in said
    assert "依据" in said
    made = opening.prepare(actor=b.clerk(), declaration=b.begun(centre, Beginning.NEW))
    with pytest.raises(RefusedError, match="期初数据"):
        assign_numbers(actor=SYSTEM, batch=batch, on=ISSUE_DAY)
    opening.sign(actor=b.head(), declaration=made)
    assert len(assign_numbers(actor=SYSTEM, batch=batch, on=ISSUE_DAY)) == 1


def test_where_the_authority_makes_them_the_first_day_comes_first_too(clock) -> None:
    from certificates.policies import request_faults

    f.make_centre(opened=False)
    batch = final_batch(1, rulebook="fujian")
    assert "期初数据" in str(next(request_faults(batch)))


def test_the_database_takes_no_certificate_before_that_day(clock) -> None:
    declared = working()
    batch = final_batch(1)
    assign_numbers(actor=SYSTEM, batch=batch, on=ISSUE_DAY)
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgname LIKE '%_opening'")
        assert cursor.fetchall() == [("certificates_certificate_opening",)]
    with pytest.raises(IntegrityError, match="第一份证书"), transaction.atomic():
        type(declared).objects.filter(pk=declared.pk).update(
            status="draft", prepared_by=None, prepared_at=None, digest="",
            signed_by=None, signed_at=None,
        )  # fmt: skip


def test_numbers_go_on_after_the_last_serial(clock) -> None:
    working(certificates_serials=[b.LAST, {**b.LAST, "level": 3, "last_serial": 99}])
    assert numbered(3) == [f"{b.FILING}264{n:06d}" for n in (13, 14, 15)]
    assert numbered(1) == [f"{b.FILING}264000016"]
    spoiled = spoil_number(actor=SYSTEM, series=NumberSeries.objects.get(level=4), reason="损坏")
    assert spoiled.serial == 17
    assert numbered(1) == [f"{b.FILING}264000018"]


def test_no_serial_of_the_time_before_is_taken_by_hand(clock) -> None:
    working(certificates_serials=[b.LAST])
    numbered(1)
    taken = (
        "INSERT INTO certificates_spoilednumber (id, created_at, series_id, serial, reason)"
        " SELECT gen_random_uuid(), now(), id, 5, 'x' FROM certificates_numberseries"
    )
    refused = pytest.raises(IntegrityError, match="期初以前")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(taken)
    with pytest.raises(IntegrityError), transaction.atomic():
        NumberSeries.objects.update(opening_serial=11)


@pytest.mark.django_db(transaction=True)
def test_threads_go_on_without_a_gap(clock) -> None:
    working(certificates_serials=[b.LAST])
    batches = [final_batch(2) for _each in range(4)]
    faults: list[BaseException] = []

    def work(batch) -> None:
        try:
            assign_numbers(actor=SYSTEM, batch=batch, on=ISSUE_DAY)
        except BaseException as fault:  # noqa: BLE001 - handed to the test
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(batch,)) for batch in batches]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert faults == []
    serials = sorted(Certificate.objects.values_list("serial", flat=True))
    assert serials == list(range(13, 21))


@pytest.mark.django_db(transaction=True)
def test_the_first_day_is_not_taken_back_while_numbers_are_given(clock) -> None:
    """Whoever comes first wins; never both."""
    declared = working(certificates_serials=[b.LAST])
    batch, head = final_batch(1), b.head()
    begun, done = threading.Event(), []

    def take_back() -> None:
        try:
            begun.wait(10)
            opening.reopen(actor=head, declaration=declared, reason="试")
            done.append("reopened")
        except RefusedError:
            done.append("refused")
        finally:
            connections.close_all()

    thread = threading.Thread(target=take_back)
    thread.start()
    with transaction.atomic():
        assign_numbers(actor=SYSTEM, batch=batch, on=ISSUE_DAY)
        begun.set()
        thread.join(1)
        assert done == []
    thread.join(30)
    assert done == ["refused"]
    declared.refresh_from_db()
    assert declared.status == "signed"


def test_after_the_first_certificate_nothing_of_it_changes(clock) -> None:
    declared = working(**b.everything())
    numbered(1)
    with pytest.raises(RefusedError, match="第一份证书"):
        opening.reopen(actor=b.head(), declaration=declared, reason="抄错")
    for sql in (
        f"DELETE FROM {T}",
        f"UPDATE {T} SET number = 'X1'",
        f"UPDATE {T} SET face = '{{}}'",
        "DELETE FROM certificates_blankmovement",
        "UPDATE certificates_blankmovement SET note = 'x'",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_the_public_finds_them_and_they_are_held(clock) -> None:
    working(**b.everything())
    number = f"{b.FILING}264000011"
    (found,) = verify_facts(query=Query(number=number, name="周安安"), address="1.1.1.1")
    assert (found.answer, found.face["occupation"], found.issued_on) == (
        Answer.VALID,
        "电工",
        date(2026, 3, 2),
    )
    by_document = Query(name="周安安", id_number=f.id_number(700))
    assert [v.face["number"] for v in verify_facts(query=by_document, address="1.1.1.1")] == [
        number
    ]
    gone = Query(number=f"{b.FILING}264000012", name="周恩恩")
    (revoked,) = verify_facts(query=gone, address="1.1.1.1")
    assert (revoked.answer, revoked.revoked_on) == (Answer.REVOKED, date(2026, 4, 1))
    wrong = Query(number=number, name="周恩恩")
    assert verify_facts(query=wrong, address="1.1.1.1") == []
    held = HeldCertificate.objects.get()
    assert (held.number, held.level, held.application) == (number, 4, None)


def test_a_number_is_registered_once_whoever_issued_it(clock) -> None:
    working(certificates_serials=[b.LAST], certificates_issued=[b.certificate(11)])
    number = f"{b.FILING}264000011"
    assert known_numbers([number, "X"]) == {number}
    batch = final_batch(1)
    issue_batch(actor=SYSTEM, batch=batch, on=ISSUE_DAY)
    taken = Certificate.objects.get()
    earlier = EarlierCertificate.objects.get()
    fresh = EarlierCertificate(
        **{
            name: getattr(earlier, name)
            for name in ("centre", "opening", "person", "occupation", "issued_on")
        },
        number=taken.number,
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        fresh.save()


def test_blanks_are_the_first_rows_of_the_stock(clock) -> None:
    declared = working(certificates_blanks=[b.blanks(), {**b.blanks("", "", 30), "blank": "封皮"}])
    assert blank_balance(declared.centre) == [("封皮", 30), ("证书内页", 100)]
    moved = {"centre": declared.centre, "blank": "证书内页", "moved_on": date(2026, 6, 1)}
    BlankMovement.objects.create(kind="used", count=7, **moved)
    assert blank_balance(declared.centre)[1] == ("证书内页", 93)
    assert str(BlankMovement.objects.get(kind="opening", blank="证书内页")) == (
        "证书内页 KB0000501 至 KB0000600"
    )
    numbers = {"prefix": "KB", "width": 7, "first": 600, "last": 601, "count": 2}
    for name, facts in (
        ("blank_numbers_come_once", {"kind": "received", **numbers}),
        ("blank_movement_counted", {"kind": "received", **numbers, "count": 3}),
        ("blank_movement_known", {"kind": "used", "count": 0}),
        ("blank_movement_opening", {"kind": "opening", "count": 1}),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            BlankMovement.objects.create(**moved, **facts)


@pytest.mark.parametrize(
    ("change", "header"),
    [
        ({"filing": "Y000050099999"}, "备案号"),
        ({"year": 2027}, "年份"),
        ({"last_serial": 0}, "最后流水号"),
        ({"last_serial": 1_000_000}, "最后流水号"),
    ],
)
def test_wrong_series_are_named_by_column(clock, change, header) -> None:
    made = b.begun(b.centre())
    outcome = b.take(made, b.SERIALS, [{**b.LAST, **change}])
    assert [(p.row, p.header) for p in outcome.problems] == [(2, header)]


def test_wrong_certificates_and_blanks_are_named_by_column(clock) -> None:
    made = b.begun(b.centre())
    f.make_person("钱多多", number=f.id_number(704))
    rows = [
        {**b.certificate(1), "level": 3},
        {**b.certificate(2), "number": f"{b.FILING}26400"},
        b.certificate(3, issued_on=date(2026, 7, 1)),
        b.certificate(4, status="revoked"),
        b.certificate(5, revoked_on=date(2026, 4, 1)),
        b.certificate(6, number=704),
        {**b.certificate(7), "id_number": "110101199001011234"},
    ]
    outcome = b.take(made, b.ISSUED, rows)
    assert [(p.row, p.header) for p in outcome.problems] == [
        (2, "证书编号"),
        (3, "证书编号"),
        (4, "发证日期"),
        (5, "注销日期"),
        (6, "状态"),
        (7, "姓名"),
        (8, "证件号码"),
    ]
    assert all(f.id_number(704) not in str(p) for p in outcome.problems)
    rows = [
        b.blanks(count=99),
        b.blanks("KB1", "KC2", 2),
        b.blanks(),
        b.blanks("KB0000600", "KB0000601", 2),
    ]
    outcome = b.take(made, b.BLANKS, rows)
    assert [(p.row, p.header) for p in outcome.problems] == [(2, "起号"), (3, "起号"), (5, "起号")]


def test_certificates_beyond_the_last_serials_are_not_signed_for(clock) -> None:
    centre = b.centre()
    made = b.filled(
        centre,
        certificates_serials=[b.LAST],
        certificates_issued=[
            b.certificate(13),
            b.certificate(1, number=701, name="周恩恩", level=3)
            | {"number": f"{b.FILING}253000001"},
        ],
    )
    with pytest.raises(RefusedError) as refused:
        opening.prepare(actor=b.clerk(), declaration=made)
    assert "大于登记的最后流水号" in str(refused.value)
    assert "没有 2025 年这一等级" in str(refused.value)


# The scheme itself.

FILINGS = st.from_regex(r"\A[A-Z][0-9]{12}\Z")
YEARS, LEVELS = st.integers(2000, 2099), st.integers(1, 5)


@given(FILINGS, YEARS, LEVELS, st.integers(0, MAX_SERIAL - 1), st.integers(1, 50))
def test_the_next_numbers_are_new_and_follow_each_other(filing, year, level, last, count) -> None:
    ahead = range(last + 1, min(last + count, MAX_SERIAL) + 1)
    made = [compose(filing=filing, year=year, level=level, serial=n) for n in ahead]
    assert [parse(number).serial for number in made] == list(ahead)
    lasts = {(filing, year, level): last}
    assert all(serial_problem(parse(number), lasts) is not None for number in made)
    if last:
        before = NumberParts(filing, year, level, last)
        assert serial_problem(before, lasts) is None
        assert str(before) < made[0]


@given(st.text("ABK-", max_size=4), st.integers(1, 12), st.data())
def test_ranges_of_blanks_are_read_as_they_are_printed(head, width, data) -> None:
    first = data.draw(st.integers(0, 10**width - 1))
    last = data.draw(st.integers(first, 10**width - 1))
    made = blank_range(f"{head}{first:0{width}d}", f"{head}{last:0{width}d}", last - first + 1)
    assert made == BlankRange(head, width, first, last)
    with pytest.raises(RangeError):
        blank_range(f"{head}{first:0{width}d}", f"{head}{last:0{width}d}", last - first + 2)


SPANS = st.tuples(st.integers(0, 60), st.integers(0, 8))


@given(st.lists(SPANS, max_size=8))
def test_shared_blanks_are_always_found(spans) -> None:
    ranges = [BlankRange("K", 4, start, start + more) for start, more in spans]
    shared = any(
        one.overlaps(other) for place, one in enumerate(ranges) for other in ranges[place + 1 :]
    )
    assert bool(overlapping(enumerate(ranges))) == shared
