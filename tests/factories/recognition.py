"""Applications that rest on papers instead of an examination, under the rulebook that has them."""

from datetime import date
from decimal import Decimal
from typing import Any

from assessment_center.accounts.enums import Role
from assessment_center.accounts.models import User
from assessment_center.batches import services as batches
from assessment_center.batches.models import Offering, RecognitionBasis
from assessment_center.batches.rules.recognition import Course, Terms
from assessment_center.people.models import Person
from assessment_center.registry import SYSTEM
from candidates.models import Application
from candidates.rules.claims import Claim, ContestFact, OneXFact
from candidates.rules.declaration import Declaration
from candidates.services import registration, review
from tests.factories import candidates as c
from tests.factories import foundation as f
from tests.remembered import remembered

RECEIVED = f.at(2026, 4, 10)
COURSES = (Course("电工基础", "theory"), Course("电工实训", "practical"))
CREDITS = (Course("电工基础", credits=Decimal(4)), Course("电工实训", credits=Decimal(6)))
TERMS = {
    "direct": Terms(),
    "process": Terms(courses=COURSES),
    "credit": Terms(courses=CREDITS),
    "contest": Terms(max_rank=3, organisers=("school", "city")),
}
CONDITIONS = {
    "direct": "ELIG-HN-4-3",
    "process": "ELIG-HN-5-1",
    "credit": "ELIG-HN-6-3",
    "contest": "ELIG-HN-7-3",
}
PAPERS = {"direct": "one_x", "process": "transcript", "credit": "transcript", "contest": "contest"}
GOOD: dict[str, dict[str, Any]] = {
    "direct": {"one_x": OneXFact("intermediate", "1X-0001", date(2025, 12, 1))},
    "process": {
        "courses": {"电工基础": Decimal(82), "电工实训": Decimal(60)},
        "daily": "良好",
    },
    "credit": {"courses": {"电工基础": Decimal(4), "电工实训": Decimal(6)}},
    "contest": {"contest": ContestFact(2, "city", date(2026, 3, 1), "二等奖")},
}


@remembered
def make_basis(route: str, occupation: str = "电工", **more: Any) -> RecognitionBasis:
    return batches.enter_basis(
        actor=SYSTEM,
        route=route,
        title=more.pop("title", f"{occupation}{route}"),
        document="校认定办〔2026〕1号",
        occupation=f.make_occupation(occupation),
        terms=more.pop("terms", TERMS[route]),
        **more,
    )


@remembered
def routed_offering(route: str = "direct", *, exam: bool = False, **more: Any) -> Offering:
    """An offering of level 3 by this route in an announced Henan batch; `exam` beside it."""
    batch = f.make_batch(rulebook="henan")
    offering = f.make_offering(batch, level=3, route=route, **more)
    if exam:
        f.make_offering(batch, level=4)
    f.announced(batch)
    offering.refresh_from_db()
    return offering


@remembered
def claimed(
    offering: Offering,
    basis: RecognitionBasis,
    *,
    person: Person | None = None,
    paper: bool = True,
    **facts: Any,
) -> Application:
    """Entered by the office with its paper, not yet handed in."""
    route = offering.route
    draft = registration.start_application(
        actor=SYSTEM,
        person=person or c.make_candidate(),
        offering=offering,
        received_at=RECEIVED,
    )
    claim = Claim(str(basis.pk), **(GOOD[route] | facts))
    registration.save_facts(
        actor=SYSTEM,
        application=draft,
        declaration=Declaration(claim=claim),
        ethnicity="汉族",
        education="college",
        address="江州市学府路1号",
        post_code="450000",
        condition_id=CONDITIONS[route],
    )
    registration.set_photo(actor=SYSTEM, application=draft, content=c.picture())
    registration.sign_commitment(
        actor=draft.person.user.as_actor(),
        application=draft,
        typed_name=draft.person.name,
        address="127.0.0.1",
    )
    if paper:
        registration.add_evidence(
            actor=SYSTEM, application=draft, kind=PAPERS[route], content=c.picture()
        )
    draft.refresh_from_db()
    return draft


@remembered
def confirmed(application: Application) -> Application:
    """Handed in and looked at by two reviewers, who note what they saw."""
    row = registration.submit_application(actor=SYSTEM, application=application)
    note = "已核对原件。"
    row = review.first_review(
        actor=f.make_user(Role.DEPARTMENT).as_actor(), application=row, note=note
    )
    return review.confirm(actor=f.make_user(Role.REVIEWER).as_actor(), application=row, note=note)


@remembered
def office(role: Role) -> User:
    return f.make_user(role)
