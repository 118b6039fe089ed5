"""The database keeps the registers: no gap, no change, no deletion, nobody alone."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction

from assessment_center.accounts.enums import Role
from assessment_center.registers import services
from assessment_center.registers.models import DocumentEntry, Minutes, SealUse, Transfer
from tests.assessment_center.registers import build
from tests.factories import foundation as make


def broken(match):
    return pytest.raises(IntegrityError, match=match)


@pytest.mark.django_db
def test_the_database_keeps_every_line():
    rows = (build.document(), build.transfer(), build.minutes(), build.seal())
    for row, change in zip(rows, ("title", "receiver", "resolutions", "purpose"), strict=True):
        model = type(row)
        with broken("登记不能改动"), transaction.atomic():
            model.objects.filter(pk=row.pk).update(**{change: "另一内容"})
        with broken("登记不能改动"), transaction.atomic():
            model.objects.filter(pk=row.pk).update(number=9)
        with broken("登记不能"), transaction.atomic():
            model.objects.all()._raw_delete("default")


@pytest.mark.django_db
@pytest.mark.parametrize("model", [DocumentEntry, Minutes, Transfer, SealUse])
def test_numbers_have_no_gap(model):
    enter = {
        DocumentEntry: build.document, Minutes: build.minutes, Transfer: build.transfer,
        SealUse: build.seal,
    }[model]  # fmt: skip
    row = enter()
    for number in (1, 3, 0):
        copy = model.objects.get(pk=row.pk)
        copy.pk, copy._state.adding, copy.number = None, True, number
        with broken("连续|number_once"), transaction.atomic():
            copy.save(force_insert=True)


@pytest.mark.django_db
def test_consent_is_given_once_and_by_somebody_else():
    clerk, head = make.make_user(Role.CLERK), make.make_user(Role.HEAD)
    row = build.seal(clerk.as_actor())
    found = SealUse.objects.filter(pk=row.pk)
    now = build.NOW
    for change, match in (
        ({"consent": "given"}, "seal_use_consent_whole"),
        ({"consent": "given", "decided_at": now, "decided_by": clerk}, "seal_use_two_people"),
        ({"consent": "used", "decided_at": now, "decided_by": head}, "登记不能改动"),
        ({"consent": "not_needed"}, "登记不能改动"),
    ):
        with broken(match), transaction.atomic():
            found.update(**change)
    services.decide(actor=head.as_actor(), line=row, agreed=False, words="不需要")
    for change in (
        {"consent": "given"},
        {"decision": "需要"},
        {"consent": "asked", "decided_at": None},
    ):
        with broken("登记不能改动"), transaction.atomic():
            found.update(**change)


@pytest.mark.django_db
def test_an_important_hand_over_is_never_entered_as_agreed():
    row = build.transfer()
    copy = Transfer.objects.get(pk=row.pk)
    copy.pk, copy._state.adding, copy.number, copy.consent = None, True, 2, "not_needed"
    with broken("transfer_of_weight_is_consented"), transaction.atomic():
        copy.save(force_insert=True)
    copy.consent, copy.receiver = "asked", copy.giver
    with broken("transfer_between_two"), transaction.atomic():
        copy.save(force_insert=True)


@pytest.mark.django_db
def test_a_correction_stays_in_its_register():
    first, out = build.document(), build.document(series="out")
    copy = DocumentEntry.objects.get(pk=first.pk)
    copy.pk, copy._state.adding, copy.number = None, True, 2
    copy.corrects, copy.reason = out, "错"
    with broken("同一登记簿"), transaction.atomic():
        copy.save(force_insert=True)


@pytest.mark.django_db(transaction=True)
def test_two_clerks_at_once_get_two_numbers():
    ready = threading.Barrier(3)
    failed = []

    def write():
        try:
            ready.wait()
            build.document()
        except Exception as fault:  # noqa: BLE001 - told below
            failed.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _ in range(3)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert failed == []
    assert sorted(DocumentEntry.objects.values_list("number", flat=True)) == [1, 2, 3]
