"""Reading who may serve on a day."""

from datetime import date

from django.db.models import Q, QuerySet

from assessment_center.catalog.models import Occupation
from assessment_center.people.models import Person
from assessment_center.personnel.enums import Grade
from assessment_center.personnel.models import Qualification, StaffMember


def is_own_staff(person: Person) -> bool:
    """Whether the college registers this person among its own members on duty.

    No query where `person__staff_member` was selected with the person.
    """
    member: StaffMember | None = getattr(person, "staff_member", None)
    return member is not None and member.is_active and not member.is_external


def live_qualifications(on: date) -> QuerySet[Qualification]:
    """Qualifications valid that day, of members who are on duty."""
    return (
        Qualification.objects.filter(
            Q(valid_until=None) | Q(valid_until__gte=on), valid_from__lte=on, member__is_active=True
        )
        .select_related("member__person")
        .prefetch_related("occupations")
    )


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
