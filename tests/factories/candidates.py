"""Applications for tests, carried to any state through the services; clock: 10 April 2026."""

import io
from datetime import datetime
from typing import Any

from PIL import Image, ImageDraw

from assessment_center.accounts.enums import Role
from assessment_center.accounts.models import User
from assessment_center.batches.models import AssessmentBatch, Offering
from assessment_center.people import services as people
from assessment_center.people.enums import StudentStatus
from assessment_center.people.models import Person
from assessment_center.registry import SYSTEM
from candidates.models import Application
from candidates.rules.declaration import Declaration
from candidates.services import fees, registration, review
from tests.factories import foundation as f
from tests.remembered import remembered

NOW = f.at(2026, 4, 10)
MAJOR = "机电一体化技术"


def picture(
    width: int = 300,
    height: int = 420,
    form: str = "JPEG",
    colour: str = "white",
    *,
    blank: bool = False,
) -> bytes:
    """A dark figure before the given colour; `blank` is nobody."""
    image = Image.new("RGB", (width, height), colour)
    if not blank:
        pen = ImageDraw.Draw(image)
        pen.ellipse((width * 0.3, height * 0.1, width * 0.7, height * 0.65), fill="#403830")
        pen.rectangle((width * 0.1, height * 0.75, width * 0.9, height), fill="#404a60")
    out = io.BytesIO()
    image.save(out, form)
    return out.getvalue()


@remembered
def make_open_offering(*, code: str = "", fee_cents: int | None = 30000, **more: Any) -> Offering:
    """An offering of level 4 in an announced batch; students of `MAJOR` fit."""
    batch = f.make_batch(code)
    offering = f.make_offering(batch, fee_cents=fee_cents, **more)
    offering.standard.related_majors = [MAJOR]
    offering.standard.save()
    f.announced(batch)
    offering.refresh_from_db()
    return offering


def make_candidate(**more: Any) -> Person:
    """A final-year student with a sign-in of his own."""
    person = f.make_person(phone="13800000000", **more)
    people.enrol(
        actor=SYSTEM,
        person=person,
        school_class=f.make_class(major=MAJOR),
        student_number=f"T{person.pk.hex[:12]}",
        status=StudentStatus.FINAL_YEAR,
    )
    people.open_candidate_account(actor=SYSTEM, person=person, password=f.PASSWORD)
    return person


@remembered
def make_draft(offering: Offering | None = None, person: Person | None = None) -> Application:
    """A draft with every part filled in."""
    offering = offering or make_open_offering()
    person = person or make_candidate()
    actor = person.user.as_actor()
    draft = registration.start_application(actor=actor, person=person, offering=offering)
    return fill(draft)


def fill(draft: Application) -> Application:
    actor = draft.person.user.as_actor()
    registration.save_facts(
        actor=actor,
        application=draft,
        declaration=Declaration(intends_to_work=True),
        ethnicity="汉族",
        education="college",
        address="江州市学府路1号",
        post_code="450000",
        condition_id="ELIG-L4-3",
    )
    registration.set_photo(actor=actor, application=draft, content=picture())
    registration.sign_commitment(
        actor=actor, application=draft, typed_name=draft.person.name, address="127.0.0.1"
    )
    draft.refresh_from_db()
    return draft


@remembered
def make_submitted(offering: Offering | None = None, **more: Any) -> Application:
    draft = make_draft(offering, **more)
    return registration.submit_application(actor=draft.person.user.as_actor(), application=draft)


@remembered
def department_user() -> User:
    return f.make_user(Role.DEPARTMENT)


@remembered
def make_first_reviewed(offering: Offering | None = None, **more: Any) -> Application:
    row = make_submitted(offering, **more)
    return review.first_review(actor=department_user().as_actor(), application=row)


@remembered
def make_confirmed(offering: Offering | None = None, **more: Any) -> Application:
    row = make_first_reviewed(offering, **more)
    return review.confirm(actor=f.make_user(Role.REVIEWER).as_actor(), application=row)


@remembered
def make_admitted(offering: Offering | None = None, **more: Any) -> Application:
    """Confirmed and paid."""
    row = make_confirmed(offering, **more)
    if row.fee_state == "due":
        fees.record_fee(
            actor=SYSTEM,
            application=row,
            receipt_number=f"P{row.pk.hex[:10]}",
            amount_cents=row.fee_cents,
        )
        row.refresh_from_db()
    return row


@remembered
def moved_to(batch: AssessmentBatch, status: str) -> AssessmentBatch:
    """Put a batch into a state without the way there, for tests of a single refusal."""
    AssessmentBatch.objects.filter(pk=batch.pk).update(status=status)
    batch.refresh_from_db()
    return batch


def moment(day: int, hour: int = 9) -> datetime:
    return f.at(2026, 4, day, hour)
