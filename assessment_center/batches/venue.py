"""F-218 for the projects of a batch; filing prints the same form for the first pre-check."""

from collections.abc import Sequence

from assessment_center.batches.models import AssessmentBatch, Offering
from assessment_center.catalog.enums import Subject
from assessment_center.filing.documents.venue import PLACES, Venue, venue_pdf
from assessment_center.printed.imprint import imprint
from assessment_center.registry import Actor

CODE, SLUG = "F-218", "venue-form"
WRITTEN = frozenset({Subject.THEORY, Subject.LANGUAGE})


def venue_forms(batch: AssessmentBatch, actor: Actor) -> Sequence[tuple[str, bytes]]:
    """One form for each project: its rooms, its equipment, room for both opinions (R-08)."""
    offerings = batch.offerings.select_related("occupation", "job").order_by("occupation__code")
    return [(f"{CODE} {each}", _one(batch, each, actor)) for each in offerings]


def _one(batch: AssessmentBatch, offering: Offering, actor: Actor) -> bytes:
    form = batch.rules.form(CODE)
    title = form.name if form else "考场设施设备申报表"
    venue = Venue(
        centre=batch.centre,
        project=str(offering),
        occupation=offering.occupation,
        place=batch.exam_place,
        expected=_expected(batch, offering),
        rules=batch.rules,
        parts=_places(offering),
    )
    mark = imprint(
        actor=actor,
        form=(CODE, SLUG, title),
        subject=offering.ref,
        content=venue.content(),
        cite=form.cite if form else (),
        batch_id=batch.pk,
    )
    return venue_pdf(venue, title, mark)


def _places(offering: Offering) -> tuple[str, ...]:
    """The kinds of rooms its subjects are held in: a practical alone needs no classroom."""
    written = any(subject in WRITTEN for subject in offering.subjects)
    return PLACES if written or not offering.subjects else PLACES[1:]


def _expected(batch: AssessmentBatch, offering: Offering) -> str:
    if batch.plan is None:
        return ""
    line = batch.plan.lines.filter(
        occupation=offering.occupation_id, job=offering.job_id, level=offering.level
    ).first()
    return str(line.forecast) if line else ""
