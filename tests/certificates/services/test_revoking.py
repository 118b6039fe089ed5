"""A revoked certificate, ours or of the time before, is no longer held by anybody."""

import pytest
from django.db import IntegrityError, transaction

from assessment_center.accounts.enums import Role
from assessment_center.audit.models import AuditEntry
from assessment_center.registry import SYSTEM, RefusedError
from candidates.models import HeldCertificate
from certificates import services
from certificates.models import EarlierCertificate
from certificates.services.verifying import Answer, Query, verify_facts
from tests.assessment_center.opening import build as b
from tests.certificates.build import one_issued
from tests.factories import foundation as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def earlier(frozen) -> EarlierCertificate:
    """One that two people signed into the opening list, found by the public and held."""
    frozen(2026, 6, 20, 9)
    b.signed(b.centre(), certificates_serials=[b.LAST], certificates_issued=[b.certificate(11)])
    return EarlierCertificate.objects.get()


def test_an_earlier_certificate_is_revoked_by_the_head_with_a_reason(earlier) -> None:
    query = Query(number=earlier.number, name=earlier.person.name)
    (before,) = verify_facts(query=query, address="1.1.1.1")
    assert before.answer == Answer.VALID
    with pytest.raises(RefusedError, match="原因"):
        services.revoke_earlier(actor=SYSTEM, certificate=earlier, reason=" ")
    clerk = make.make_user(Role.CERTIFICATE_CLERK).as_actor()
    with pytest.raises(RefusedError, match="角色"):
        services.revoke_earlier(actor=clerk, certificate=earlier, reason="登记有误")
    assert HeldCertificate.objects.filter(number=earlier.number).exists()
    head = make.make_user(Role.HEAD).as_actor()
    services.revoke_earlier(actor=head, certificate=earlier, reason="登记有误")
    (after,) = verify_facts(query=query, address="1.1.1.1")
    assert (after.answer, str(after.revoked_on)) == (Answer.REVOKED, "2026-06-20")
    assert not HeldCertificate.objects.filter(number=earlier.number).exists()
    verbs = AuditEntry.objects.values_list("verb", flat=True)
    assert {"earlier_certificate.revoke", "person.withdraw_certificate"} <= set(verbs)
    with pytest.raises(RefusedError, match="已注销"):
        services.revoke_earlier(actor=head, certificate=earlier, reason="再次")


def test_a_revoked_one_stays_revoked_and_its_face_as_it_was(earlier) -> None:
    services.revoke_earlier(actor=SYSTEM, certificate=earlier, reason="登记有误")
    rows = EarlierCertificate.objects.filter(pk=earlier.pk)
    for change in (
        {"status": "issued", "revoked_on": None, "revoked_reason": ""},
        {"face": {"name": "另一人"}},
    ):
        with pytest.raises(IntegrityError, match="只能注销"), transaction.atomic():
            rows.update(**change)


def test_one_of_ours_is_no_longer_held_when_revoked() -> None:
    one = one_issued()
    assert HeldCertificate.objects.get().number == one.number
    services.revoke(actor=SYSTEM, certificate=one, reason="冒名顶替")
    assert not HeldCertificate.objects.exists()
