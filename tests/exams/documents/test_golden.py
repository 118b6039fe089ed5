"""Every form of a room and a site, and the ticket, against its picture in `tests/golden/exams`.

Who sits where is drawn anew for every batch; here everybody sits by number.

After a wanted change write the pictures anew and look at them:

    GOLDEN=write python -m pytest tests/exams/documents/test_golden.py
"""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from assessment_center import pdf
from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry import SYSTEM
from assessment_center.registry.language import in_chinese
from exams.documents import tickets
from exams.documents.reading import read
from exams.documents.sheet import KINDS, sheets_of
from exams.models import SeatAssignment
from exams.selectors import valid_tickets
from tests.assessment_center.pdf import reading
from tests.exams.documents import world

pytestmark = pytest.mark.django_db
GOLDEN = Path(__file__).parents[2] / "golden" / "exams"
SCALE = 0.5
TOLERANCE = 0.5  # mean difference of grey, of 255: what another renderer's edges amount to
TICKET = "admission-ticket"
FORMS = (
    "timeline-card", "door-sign", "door-notice", "seat-table", "photo-roll", "sign-in",
    "blackboard", "desk-labels", "room-record", "exam-timetable", "exam-signals", "room-rules",
    "candidate-notice", "penalty-rules", "arrangement-table", "room-distribution", "venue-map",
    "rooms-by-occupation", "signs", "banner", "staff-sign-in", "staff-on-site",
    "implementation-plan", "staff-handbook", "room-preparation", "candidate-preparation",
)  # fmt: skip
WORKSHOP = ("seat-table", "sign-in", "desk-labels", "room-record")  # with its workstations too


def seat_by_number(batch: AssessmentBatch) -> None:
    """Everybody on the seat of his place in the list, five in a row."""
    for sitting in batch.sittings.all():
        seats = list(sitting.seats.order_by("application__number"))
        for aside, step in ((100, 100), (0, 5)):
            for at, seat in enumerate(seats):
                places = SeatAssignment.objects.filter(pk=seat.pk)
                row, column = aside + at // step + 1, aside + at % step + 1
                places.update(seat_number=aside + at + 1, row=row, column=column)


def the_ticket(batch: AssessmentBatch) -> pdf.Ticket:
    """The first candidate's, without what differs from run to run."""
    first = valid_tickets(batch)[:1]
    (drawn,) = tickets._drawn(batch, SYSTEM, list(first))
    facts = [("证件号码", "500101200001010017"), *list(drawn.facts)[1:]]
    same = {"contact": "咨询电话 023-10000001", "mark": "F-214 A  v1", "photo": None}
    return replace(drawn, facts=facts, **same)


def shown(batch: AssessmentBatch) -> Iterator[tuple[str, bytes]]:
    """Every picture's name with its form: the first sheet of each kind, and the workshop's."""
    imprint = pdf.Imprint("F-000", "v1", mark="HTTP://A/P/B")
    yield TICKET, pdf.ticket(the_ticket(batch), imprint=imprint, per_page=2)
    plan = read(batch)
    for kind in KINDS:
        if kind.slug not in FORMS:
            continue
        made = [each.made for each in sheets_of(kind, plan)]
        yield kind.slug, pdf.bind(pdf.Leaf(made[0].item, imprint, made[0].paper))
        if kind.slug in WORKSHOP:
            yield f"{kind.slug}-2", pdf.bind(pdf.Leaf(made[-1].item, imprint, made[-1].paper))


@in_chinese
def pages() -> dict[str, Image.Image]:
    """The first pages in sixteen greys."""
    batch = world.batch_of("chongqing")
    seat_by_number(batch)
    greys = [grey // 16 * 17 for grey in range(256)]
    return {
        name: reading.picture(content, scale=SCALE).point(greys) for name, content in shown(batch)
    }


def test_the_pages_look_as_they_did() -> None:
    found = pages()
    assert set(found) == {TICKET, *FORMS, *(f"{slug}-2" for slug in WORKSHOP)}
    assert {path.stem for path in GOLDEN.glob("*.png")} == set(found) or os.environ.get("GOLDEN")
    strange = []
    for name, page in found.items():
        path = GOLDEN / f"{name}.png"
        if os.environ.get("GOLDEN") == "write":
            GOLDEN.mkdir(parents=True, exist_ok=True)
            page.save(path, optimize=True)
        with Image.open(path) as golden:
            assert golden.size == page.size, name
            difference = ImageStat.Stat(ImageChops.difference(page, golden)).mean[0]
        if difference >= TOLERANCE:
            strange.append((name, round(difference, 2)))
    assert strange == []
