"""The demo's candidates of recognitions: their claims, and papers drawn to go with them."""

import io
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone
from PIL import Image, ImageDraw

from assessment_center.accounts.demo_users import PASSWORD
from assessment_center.accounts.enums import Role
from assessment_center.batches.models import AssessmentBatch, Offering
from assessment_center.batches.rules.recognition import read_terms
from assessment_center.demo import Demo
from assessment_center.people.models import Person
from assessment_center.people.services import open_candidate_account
from assessment_center.registry import SYSTEM
from candidates import selectors
from candidates.demo_portraits import portrait
from candidates.models import Application
from candidates.recognition import CLAIM_EVIDENCE, bases_for
from candidates.rules.claims import Claim, ContestFact, OneXFact
from candidates.rules.declaration import Declaration
from candidates.services import registration

EACH = 3
ADDRESS = "江州市学府大道88号"
POST_CODE = "450000"
PAPER = (900, 640)


def claim_all(demo: Demo, batch: AssessmentBatch, used: set[Any]) -> None:
    """A few students for each offering that has no examination."""
    mine = demo.rulebook[:2].upper()
    for offering in batch.offerings.exclude(route="exam").select_related("occupation", "job"):
        majors = selectors.majors_for(offering, batch)
        students = Person.objects.filter(student__student_number__startswith=mine)
        fitting = students.filter(student__school_class__major__in=majors).exclude(pk__in=used)
        for place, person in enumerate(fitting.order_by("student__student_number")[:EACH]):
            used.add(person.pk)
            _claim(demo, offering, person, place)


def claim_for(offering: Offering, place: int) -> Claim:
    """A claim that meets the published terms; the contest's ranks follow one another."""
    basis = bases_for(offering)[0]
    terms = read_terms(basis.terms)
    facts: dict[str, Any] = {
        "direct": {"one_x": OneXFact("intermediate", f"1X2025{place:06d}", date(2025, 12, 15))},
        "process": {
            "courses": {c.name: Decimal(78 + 3 * place) for c in terms.courses},
            "daily": "良好",
        },
        "credit": {"courses": {c.name: c.credits for c in terms.courses}},
        "contest": {"contest": ContestFact(place + 1, "school", date(2026, 3, 28), "校级奖")},
    }
    return Claim(str(basis.pk), **facts[offering.route])


def drawn_paper(title: str, lines: list[str]) -> bytes:
    """A framed sheet as a scanner would give it; the words are in the claim, not in the pixels."""
    image = Image.new("RGB", PAPER, "#fdfcf7")
    draw = ImageDraw.Draw(image)
    draw.rectangle((24, 24, PAPER[0] - 24, PAPER[1] - 24), outline="#8a6d3b", width=4)
    for place, text in enumerate((title, *lines)):
        wide = 120 + 24 * len(text)
        top = 110 + 70 * place
        draw.rectangle((120, top, min(wide, PAPER[0] - 120), top + 18), fill="#5d6470")
    draw.ellipse((620, 420, 780, 580), outline="#b03a2e", width=6)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()


def _claim(demo: Demo, offering: Offering, person: Person, place: int) -> Application:
    if person.user_id is None:
        open_candidate_account(actor=SYSTEM, person=person, password=PASSWORD)
    own = person.user.as_actor()  # type: ignore[union-attr]
    batch = offering.batch
    wanted = batch.registration_closes - timedelta(days=1)
    now = timezone.now()
    draft = registration.start_application(
        actor=demo.actor(Role.CLERK),
        person=person,
        offering=offering,
        received_at=now if batch.registration_opens <= now < wanted else wanted,
    )
    conditions = selectors.conditions_for(offering, batch)
    fitting = (c.id for c in conditions if c.level == offering.level and offering.route in c.routes)
    claim = claim_for(offering, place)
    registration.save_facts(
        actor=own,
        application=draft,
        declaration=Declaration(claim=claim),
        ethnicity="汉族",
        education="college",
        address=ADDRESS,
        post_code=POST_CODE,
        condition_id=next(fitting, ""),
    )
    photo = portrait(demo.rng, long_hair=person.sex == "female")
    registration.set_photo(actor=own, application=draft, content=photo)
    kind = CLAIM_EVIDENCE[offering.route]  # type: ignore[index]
    content = drawn_paper(str(offering), [person.name, draft.pk.hex])
    registration.add_evidence(actor=own, application=draft, kind=kind, content=content)
    registration.sign_commitment(
        actor=own,
        application=draft,
        typed_name=person.name,
        address="127.0.0.1",
        at=draft.received_at,
    )
    return registration.submit_application(actor=own, application=draft)
