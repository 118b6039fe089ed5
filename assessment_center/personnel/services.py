"""Entering the staff and their qualifications."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.catalog.models import Occupation
from assessment_center.people.models import Department, Person
from assessment_center.personnel.enums import Grade
from assessment_center.personnel.models import Qualification, StaffMember
from assessment_center.registry import Actor, RefusedError
from assessment_center.rulebooks.rules.rulebook import Rulebook


def _require(actor: Actor) -> None:
    if not actor.may(Act.PEOPLE_MANAGE):
        raise RefusedError(_("您的角色不能维护考务人员。"), remedy=_("请找考务员办理。"))


@transaction.atomic
def save_member(
    *,
    actor: Actor,
    person: Person,
    department: Department | None = None,
    title: str = "",
    is_external: bool = False,
    is_active: bool = True,
) -> StaffMember:
    """Take a person on as one who serves at examinations, or change how he does."""
    _require(actor)
    facts = {
        "department": department,
        "title": title,
        "is_external": is_external,
        "is_active": is_active,
    }
    member, created = StaffMember.objects.update_or_create(person=person, defaults=facts)
    record(
        actor=actor,
        verb="staff.take_on" if created else "staff.change",
        subject=member.subject,
        payload={"external": is_external, "active": is_active},
    )
    return member


@transaction.atomic
def add_qualification(  # noqa: PLR0913 - a card has this many facts
    *,
    actor: Actor,
    member: StaffMember,
    grade: Grade,
    valid_from: date,
    valid_until: date | None = None,
    card_number: str = "",
    occupations: Iterable[Occupation] = (),
    levels: Sequence[int] = (),
    rules: Rulebook | None = None,
) -> Qualification:
    """Enter a card with its term; `rules` may limit how many occupations an assessor has."""
    _require(actor)
    named = list(occupations)
    limit = rules.settings.max_occupations if rules else None
    if limit and grade in {Grade.ASSESSOR, Grade.SENIOR_ASSESSOR} and len(named) > limit.value:
        raise RefusedError(
            _("一名考评员最多考评 %(limit)s 个职业。") % {"limit": limit.value}, limit.citations
        )
    card = Qualification(
        member=member,
        grade=grade,
        card_number=card_number,
        levels=sorted(set(levels), reverse=True),
        valid_from=valid_from,
        valid_until=valid_until,
    )
    card.full_clean()
    card.save()
    card.occupations.set(named)
    record(
        actor=actor,
        verb="staff.qualify",
        subject=member.subject,
        payload={"grade": grade, "card": card_number},
    )
    return card
