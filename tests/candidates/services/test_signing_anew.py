"""A signature covers the facts it was given for; changed ones are signed anew, whoever did it."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from assessment_center.accounts.enums import Role
from assessment_center.notices.models import Notice
from assessment_center.registry import RefusedError
from candidates.models import Application, Commitment
from candidates.rules.declaration import Declaration
from candidates.services import registration, reopening, review
from candidates.signature import outdated, signature_of
from tests.factories import candidates as c
from tests.factories import foundation as f

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
INTENDS = Declaration(intends_to_work=True)


def again(row: Application) -> Application:
    return Application.objects.get(pk=row.pk)


def saved(row: Application, **facts: Any) -> None:
    declaration = facts.pop("declaration", INTENDS)
    own = row.person.user.as_actor()
    registration.save_facts(actor=own, application=row, declaration=declaration, **facts)


def signed(row: Application) -> Application:
    registration.sign_commitment(
        actor=row.person.user.as_actor(),
        application=row,
        typed_name=row.person.name,
        address="10.0.0.1",
    )
    return again(row)


def jilin() -> Any:
    batch = f.make_batch(rulebook="jilin")
    offering = f.make_offering(batch)
    offering.standard.related_majors = [c.MAJOR]
    offering.standard.save()
    f.announced(batch)
    offering.batch.refresh_from_db()
    return offering


@pytest.mark.parametrize(
    "change", [{"address": "新路2号"}, {"declaration": Declaration(intends_to_work=None)}]
)
def test_a_candidate_who_changes_facts_after_signing_signs_anew(change: dict[str, Any]) -> None:
    row = c.make_draft()
    saved(row, address=row.address)
    assert signature_of(again(row)) is not None  # saved as it was
    saved(row, **change)
    assert outdated(again(row))
    own = row.person.user.as_actor()
    with pytest.raises(RefusedError, match="签署承诺书以后又改了申报信息，请重新签署"):
        registration.submit_application(actor=own, application=again(row))
    first = again(row).commitment.covers
    done = registration.submit_application(actor=own, application=signed(row))
    assert done.status == "submitted"
    assert done.commitment.covers != first


def test_what_the_office_corrects_the_candidate_signs_before_it_is_confirmed() -> None:
    row = c.make_submitted(jilin())
    clerk, reviewer = f.make_user(Role.CLERK).as_actor(), f.make_user(Role.REVIEWER).as_actor()
    reopening.correct(actor=clerk, application=row, address="新路2号")
    assert Notice.objects.filter(recipient=row.person.user, body__contains="重新签署").exists()
    review.first_review(actor=c.department_user().as_actor(), application=row)
    with pytest.raises(RefusedError, match="考生还没有重新签署") as refused:
        review.confirm(actor=reviewer, application=row)
    rule = row.batch.rules.settings.double_commitment
    assert refused.value.refusal.citations == rule.citations != ()
    signed(row)
    assert review.confirm(actor=reviewer, application=row).status == "confirmed"


def test_the_pages_lead_to_the_signature_while_it_is_reviewed(client: Client) -> None:
    row = c.make_submitted(jilin())
    page = reverse("portal:commitment", args=[row.pk])
    client.force_login(row.person.user)
    assert client.get(page).status_code == 302
    reopening.correct(actor=f.make_user(Role.CLERK).as_actor(), application=row, address="新路2号")
    status = reverse("portal:application", args=[row.pk])
    assert page in client.get(status).content.decode()
    assert "请核对后重新签署" in client.get(page).content.decode()
    done = client.post(page, {"typed_name": row.person.name, "agreed": "on"})
    assert (done.status_code, done["Location"]) == (303, status)
    assert page not in client.get(status).content.decode()


def test_where_the_rulebook_is_silent_the_office_goes_on_without_it() -> None:
    row = c.make_submitted()
    reopening.correct(actor=f.make_user(Role.CLERK).as_actor(), application=row, address="新路2号")
    assert outdated(again(row))
    review.first_review(actor=c.department_user().as_actor(), application=row)
    reviewer = f.make_user(Role.REVIEWER).as_actor()
    assert review.confirm(actor=reviewer, application=row).status == "confirmed"


def test_the_database_wants_to_know_what_is_signed() -> None:
    row = c.make_draft()
    with pytest.raises(IntegrityError, match="commitment_covers_facts"), transaction.atomic():
        Commitment.objects.filter(application=row).update(covers="")
    with pytest.raises(IntegrityError, match="application_post_code_form"), transaction.atomic():
        Application.objects.filter(pk=row.pk).update(post_code="45000")
