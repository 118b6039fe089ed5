"""Reading who may serve on a day."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from assessment_center.catalog.models import Occupation
from assessment_center.people.models import Person
from assessment_center.personnel.enums import Grade
from assessment_center.personnel.exclusions import keeping
from assessment_center.personnel.models import (
    Engagement,
    Qualification,
    StaffMember,
    Undertaking,
)


def is_own_staff(person: Person) -> bool:
    """Whether the college registers this person among its own members on duty.

    No query where `person__staff_member` was selected with the person.
    """
    member: StaffMember | None = getattr(person, "staff_member", None)
    return member is not None and member.is_active and not member.is_external


def live_qualifications(on: date) -> QuerySet[Qualification]:
    """Qualifications valid that day, of members on duty whom no decision keeps from it.

    A last day still counts.
    """
    valid = (
        Qualification.objects.filter(
            Q(valid_until=None) | Q(valid_until__gte=on),
            Q(revoked_on=None) | Q(revoked_on__gt=on),
            valid_from__lte=on,
            member__is_active=True,
        )
        .select_related("member__person")
        .prefetch_related("occupations")
    )
    return keeping(valid, on)


def qualified(
    *, grade: Grade, on: date, occupation: Occupation | None = None, level: int | None = None
) -> list[StaffMember]:
    """Members so qualified that day; a card without occupations or levels holds for any."""
    found: dict[object, StaffMember] = {}
    for card in live_qualifications(on).filter(grade=grade):
        named = {each.pk for each in card.occupations.all()}
        if occupation is not None and named and occupation.pk not in named:
            continue
        if level is not None and card.levels and level not in card.levels:
            continue
        found[card.member_id] = card.member
    return sorted(found.values(), key=lambda member: (member.person.pinyin, str(member.pk)))


def live_engagements(on: date) -> QuerySet[Engagement]:
    """Contracts and letters signed and in their term that day."""
    return Engagement.objects.annotate(last=Coalesce("ended_on", "ends")).filter(
        starts__lte=on, last__gte=on, signed_on__lte=on
    )


def engaged(on: date, grades: Iterable[str]) -> set[tuple[object, str]]:
    """Who is hired for which of these grades that day: pairs of member and grade."""
    rows = live_engagements(on).filter(grade__in=list(grades))
    return set(rows.values_list("member_id", "grade"))


def undertaken(on: date, kind: str) -> QuerySet[Undertaking]:
    """Undertakings of this kind that bind that day."""
    live = Q(valid_until=None) | Q(valid_until__gte=on)
    return Undertaking.objects.filter(live, kind=kind, signed_on__lte=on)
