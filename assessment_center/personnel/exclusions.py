"""Who is kept from duty on a day, and by which article."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from assessment_center.personnel.enums import Grade
from assessment_center.personnel.judging_enums import POST_GRADES, ExclusionKind
from assessment_center.personnel.models import Qualification, StaffMember
from assessment_center.personnel.models.conduct import Exclusion
from assessment_center.registry import ALLOWED, Outcome, Refused

STAFF = (Grade.STAFF,)


def in_force(on: date, *, session: UUID | None = None) -> QuerySet[Exclusion]:
    """Exclusions that hold that day; those of one assessment only where it is `session`."""
    own = Q(session_id=None) | Q(session_id=session) if session else Q(session_id=None)
    return Exclusion.objects.filter(
        own,
        Q(until=None) | Q(until__gte=on),
        Q(lifted_on=None) | Q(lifted_on__gt=on),
        starts__lte=on,
    )


def keeping(cards: QuerySet[Qualification], on: date) -> QuerySet[Qualification]:
    """The cards that no exclusion takes out that day; a later card outlives a dismissal."""
    against = in_force(on).filter(member=OuterRef("member"), grades__contains=[OuterRef("grade")])
    lasting = against.exclude(kind=ExclusionKind.DISMISSED.value)
    dismissed = against.filter(
        kind=ExclusionKind.DISMISSED.value, starts__gte=OuterRef("valid_from")
    )
    return cards.exclude(Exists(lasting)).exclude(Exists(dismissed))


def grades_of(post: str) -> tuple[Grade, ...]:
    return POST_GRADES.get(post, STAFF)


def kept_from(
    members: Iterable[Any], post: str, on: date, *, session: UUID | None = None
) -> dict[UUID, Exclusion]:
    """Which of these members (by key) may not take the post that day, each with the reason."""
    grades = [grade.value for grade in grades_of(post)]
    found = in_force(on, session=session).filter(member_id__in=members, grades__overlap=grades)
    held: dict[UUID, Exclusion] = {}
    for each in found.order_by("starts"):
        if each.kind != ExclusionKind.DISMISSED or not _carded_since(each, grades, on):
            held[each.member_id] = each
    return held


def _carded_since(dismissal: Exclusion, grades: Sequence[str], on: date) -> bool:
    """Whether a card was given after the dismissal, so that it is over."""
    newer = Qualification.objects.filter(
        member=dismissal.member_id,
        grade__in=set(grades) & set(dismissal.grades),
        valid_from__gt=dismissal.starts,
        valid_from__lte=on,
    )
    return newer.exists()


def may_serve(member: StaffMember, post: str, on: date, *, session: UUID | None = None) -> Outcome:
    """Whether a member may take the post that day; a refusal names the decision and its article."""
    against = kept_from([member.pk], post, on, session=session).get(member.pk)
    if against is None:
        return ALLOWED
    return Refused(
        _("%(member)s %(what)s，不能担任这个岗位。")
        % {"member": member, "what": in_words(against)},
        against.cited,
        _("请换人。"),
    )


def may_qualify(member: StaffMember, grade: str, on: date) -> Outcome:
    """Whether a member may apply for, or be given, a card of this grade: not while barred."""
    bars = in_force(on).filter(
        member=member, kind=ExclusionKind.BARRED.value, grades__contains=[grade]
    )
    against = bars.order_by("-for_good", "-until").first()
    if against is None:
        return ALLOWED
    return Refused(
        _("%(member)s %(what)s，不能申报。") % {"member": member, "what": in_words(against)},
        against.cited,
    )


def in_words(against: Exclusion) -> str:
    """“自 2025-03-01 起禁任至 2028-02-29（…）”."""
    facts = {
        "starts": against.starts,
        "kind": against.get_kind_display(),
        "until": against.until,
        "why": against.reason,
    }
    if against.for_good:
        return _("自 %(starts)s 起%(kind)s，今后不得从事（%(why)s）") % facts
    if against.until:
        return _("自 %(starts)s 起%(kind)s，至 %(until)s（%(why)s）") % facts
    return _("自 %(starts)s 起%(kind)s（%(why)s）") % facts
