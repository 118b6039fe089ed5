"""Numbers without gaps, and where none may be given."""

import random
import threading
from datetime import date

import pytest
from django.db import IntegrityError, connection, connections, transaction

from assessment_center.accounts.enums import Role
from assessment_center.audit.models import AuditEntry
from assessment_center.batches.models import AssessmentBatch
from assessment_center.organization.models import FiledScope, Filing
from assessment_center.registry import SYSTEM, RefusedError
from certificates.models import Certificate, NumberSeries, SpoiledNumber
from certificates.services import assign_numbers, spoil_number
from tests.certificates.build import ISSUE_DAY, final_batch
from tests.factories import foundation as make

pytestmark = pytest.mark.django_db
FILING = "Y000050012345"


def numbers(batch: AssessmentBatch) -> list[str]:
    return list(batch.certificates.order_by("number").values_list("number", flat=True))


def test_every_passed_result_gets_the_next_number() -> None:
    batch = final_batch(3, failed=1)
    made = assign_numbers(actor=SYSTEM, batch=batch, on=ISSUE_DAY)
    assert [each.number for each in made] == [f"{FILING}264{n:06d}" for n in (1, 2, 3)]
    ordered = batch.applications.order_by("number").values_list("pk", flat=True)[:3]
    assert [each.application_id for each in made] == list(ordered)
    entry = AuditEntry.objects.get(verb="certificate.number")
    assert entry.payload == {"count": 3, "first": made[0].number, "last": made[-1].number}


def test_a_second_run_numbers_nothing_again() -> None:
    batch = final_batch(2)
    assign_numbers(actor=SYSTEM, batch=batch, on=ISSUE_DAY)
    assert assign_numbers(actor=SYSTEM, batch=batch, on=ISSUE_DAY) == []
    assert len(numbers(batch)) == 2


def test_the_next_batch_goes_on_where_the_last_one_ended() -> None:
    assign_numbers(actor=SYSTEM, batch=final_batch(2), on=ISSUE_DAY)
    later = final_batch(1)
    assign_numbers(actor=SYSTEM, batch=later, on=ISSUE_DAY)
    assert numbers(later) == [f"{FILING}264000003"]


def test_a_new_year_starts_at_one() -> None:
    assign_numbers(actor=SYSTEM, batch=final_batch(1), on=ISSUE_DAY)
    later = final_batch(1)
    assign_numbers(actor=SYSTEM, batch=later, on=date(2027, 1, 4))
    assert numbers(later) == [f"{FILING}274000001"]


@transaction.atomic
def numbered_then_broken_off(batch: AssessmentBatch) -> None:
    assign_numbers(actor=SYSTEM, batch=batch, on=ISSUE_DAY)
    raise ZeroDivisionError


def test_a_rolled_back_block_leaves_no_gap() -> None:
    batch = final_batch(2)
    with pytest.raises(ZeroDivisionError):
        numbered_then_broken_off(batch)
    assign_numbers(actor=SYSTEM, batch=batch, on=ISSUE_DAY)
    assert numbers(batch) == [f"{FILING}264000001", f"{FILING}264000002"]


def test_a_spoiled_number_is_passed_over() -> None:
    first, second = final_batch(1), final_batch(1)
    assign_numbers(actor=SYSTEM, batch=first, on=ISSUE_DAY)
    series = NumberSeries.objects.get()
    spoiled = spoil_number(actor=SYSTEM, series=series, reason="印制损坏")
    assert (spoiled.serial, series.last_serial) == (2, 2)
    assign_numbers(actor=SYSTEM, batch=second, on=ISSUE_DAY)
    assert numbers(second) == [f"{FILING}264000003"]


def test_spoiling_needs_the_role_and_a_reason() -> None:
    assign_numbers(actor=SYSTEM, batch=final_batch(1), on=ISSUE_DAY)
    series = NumberSeries.objects.get()
    with pytest.raises(RefusedError, match="原因"):
        spoil_number(actor=SYSTEM, series=series, reason=" ")
    with pytest.raises(RefusedError, match="角色"):
        spoil_number(actor=make.make_user(Role.CLERK).as_actor(), series=series, reason="坏")
    assert SpoiledNumber.objects.count() == 0


def test_a_full_series_gives_no_number(monkeypatch: pytest.MonkeyPatch) -> None:
    first, batch = final_batch(1), final_batch(1)
    assign_numbers(actor=SYSTEM, batch=first, on=ISSUE_DAY)
    for module in ("rules", "services"):
        monkeypatch.setattr(f"certificates.{module}.numbering.MAX_SERIAL", 1)
    with pytest.raises(RefusedError, match="6 位"):
        assign_numbers(actor=SYSTEM, batch=batch, on=ISSUE_DAY)
    with pytest.raises(RefusedError, match="6 位"):
        spoil_number(actor=SYSTEM, series=NumberSeries.objects.get(), reason="坏")


def broken_off(breaks: bool) -> None:
    if breaks:
        raise ZeroDivisionError


def refusal(batch: AssessmentBatch, on: date = ISSUE_DAY, actor=SYSTEM) -> str:
    with pytest.raises(RefusedError) as refused:
        assign_numbers(actor=actor, batch=batch, on=on)
    assert Certificate.objects.count() == 0
    return str(refused.value)


def test_without_the_role() -> None:
    clerk = make.make_user(Role.CLERK).as_actor()
    assert "角色" in refusal(final_batch(1), actor=clerk)


def test_before_the_authority_approved_the_results() -> None:
    said = refusal(final_batch(1, approved=False))
    assert "尚未经主管部门审核" in said
    assert "依据" in said


def test_before_the_results_were_final() -> None:
    assert "不能早于" in refusal(final_batch(1), date(2026, 6, 14))


@pytest.mark.parametrize("on", [date(2028, 1, 1), date(2030, 5, 5)])
def test_outside_the_term_of_the_filing(on: date) -> None:
    said = refusal(final_batch(1), on)
    assert "备案有效期" in said
    assert "依据" in said


def test_outside_the_filed_scope() -> None:
    batch = final_batch(1)
    FiledScope.objects.all().update(levels=[5])
    assert "没有备案 4 级" in refusal(batch)


@pytest.mark.parametrize("number", ["HZ-2025-17", "Y00005001234", "y000050012345"])
def test_a_filing_number_that_makes_no_number(number: str) -> None:
    batch = final_batch(1)
    Filing.objects.update(number=number)
    assert "备案号" in refusal(batch)


def test_the_basic_filing_gives_the_number_though_an_incremental_one_is_newer() -> None:
    batch = final_batch(1)
    make.make_filing(number="ZL-2026-3", valid_from=date(2026, 3, 1), is_incremental=True)
    assign_numbers(actor=SYSTEM, batch=batch, on=ISSUE_DAY)
    assert numbers(batch) == [f"{FILING}264000001"]


@pytest.mark.parametrize("code", ["shandong", "fujian"])
def test_where_the_authority_prints_nothing_is_numbered(code: str) -> None:
    from certificates.policies import numbering_allowed

    make.make_filing()
    batch = make.make_batch(rulebook=code)
    outcome = numbering_allowed(batch, ISSUE_DAY)
    assert not outcome
    assert "主管部门编号" in str(outcome)


@pytest.mark.django_db(transaction=True)
def test_many_threads_of_which_a_third_break_off_leave_no_gap() -> None:
    """Blocks of one to three numbers, a filing and level, twelve threads at a time."""
    batch = final_batch(1)
    assign_numbers(actor=SYSTEM, batch=batch, on=ISSUE_DAY)
    series = NumberSeries.objects.get()
    chance = random.Random(7)
    plan = [(chance.randint(1, 3), chance.random() < 0.3) for _ in range(20)]
    faults: list[BaseException] = []

    def work(size: int, breaks: bool) -> None:
        try:
            with transaction.atomic():
                for _ in range(size):
                    spoil_number(actor=SYSTEM, series=NumberSeries(pk=series.pk), reason="试验")
                broken_off(breaks)
        except ZeroDivisionError:
            pass
        except BaseException as fault:  # noqa: BLE001 - handed to the test
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=each) for each in plan]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert faults == []
    kept = sum(size for size, breaks in plan if not breaks)
    series.refresh_from_db()
    assert series.last_serial == 1 + kept
    used = sorted([1, *SpoiledNumber.objects.values_list("serial", flat=True)])
    assert used == list(range(1, kept + 2))


@pytest.mark.django_db(transaction=True)
def test_batches_numbered_at_the_same_time_share_the_series() -> None:
    batches = [final_batch(2) for _ in range(5)]
    faults: list[BaseException] = []
    start = threading.Barrier(len(batches) * 2)

    def work(batch: AssessmentBatch, breaks: bool) -> None:
        try:
            start.wait(30)
            with transaction.atomic():
                assign_numbers(actor=SYSTEM, batch=batch, on=ISSUE_DAY)
                broken_off(breaks)
        except ZeroDivisionError:
            pass
        except BaseException as fault:  # noqa: BLE001 - handed to the test
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=work, args=(batch, breaks))
        for batch in batches
        for breaks in (False, True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert faults == []
    serials = sorted(Certificate.objects.values_list("serial", flat=True))
    assert serials == list(range(1, 11))
    assert NumberSeries.objects.get().last_serial == 10


def test_the_constraint_of_numbers_is_checked_at_the_end() -> None:
    assign_numbers(actor=SYSTEM, batch=final_batch(1), on=ISSUE_DAY)
    NumberSeries.objects.update(last_serial=5)
    with pytest.raises(IntegrityError, match="不能有空号"):
        connection.check_constraints()
    transaction.set_rollback(True)
