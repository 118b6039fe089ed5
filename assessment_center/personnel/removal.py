"""Taking a member out: cards revoked, hires ended, exclusions set, always with the article.

And back in, where an appeal reverses the decision.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from assessment_center.audit.services import record
from assessment_center.personnel.exclusions import may_qualify
from assessment_center.personnel.judging_enums import ExclusionKind
from assessment_center.personnel.models import Engagement, Qualification, StaffMember
from assessment_center.personnel.models.conduct import Exclusion
from assessment_center.personnel.services.cards import next_card_number
from assessment_center.registry import Actor, Refused


def exclude(  # noqa: PLR0913 - a decision has this many facts
    *,
    actor: Actor,
    member: StaffMember,
    grades: Sequence[str],
    kind: ExclusionKind,
    starts: date,
    reason: str,
    source: Any,
    until: date | None = None,
    for_good: bool = False,
    session_id: UUID | None = None,
) -> Exclusion:
    """Keep the member from duty under these cards; `source` is the cited decision behind it."""
    row, created = Exclusion.objects.get_or_create(
        member=member,
        kind=kind,
        source_kind=source.subject.kind,
        source_id=source.pk,
        defaults={
            "grades": [str(each) for each in grades],
            "starts": starts,
            "until": until,
            "for_good": for_good,
            "session_id": session_id,
            "reason": reason[:300],
            "citations": source.citations,
            "rulebook": source.rulebook,
        },
    )
    if created:
        payload = {
            "kind": kind.value,
            "from": starts.isoformat(),
            "until": until.isoformat() if until else None,
            "for_good": for_good,
            "source": str(source.subject),
            "cited": row.citations,
        }
        record(actor=actor, verb="staff.exclude", subject=member.subject, payload=payload)
    return row


def withdraw(
    *, actor: Actor, member: StaffMember, grades: Sequence[str], on: date, reason: str, source: Any
) -> None:
    """Revoke the member's cards of these grades and end the hires that rest on them.

    The decision's own permission has been checked; who decides need not manage cards.
    """
    named = [str(each) for each in grades]
    facts: dict[str, Any] = {"actor": actor, "on": on, "reason": reason[:300]}
    cards = Qualification.objects.select_for_update(of=("self",)).filter(
        Q(valid_until=None) | Q(valid_until__gte=on),
        member=member,
        grade__in=named,
        revoked_on=None,
    )
    for card in cards:
        _revoke(card, source, **facts)
    hires = Engagement.objects.select_for_update(of=("self",)).filter(
        member=member, grade__in=named, ends__gte=on, ended_on=None
    )
    for hire in hires:
        _end(hire, **facts)


def restore(*, actor: Actor, on: date, source: Any) -> list[Qualification]:
    """Give another card for the rest of the term for each that a reversed decision took.

    The cancelled card keeps its number and its history; a contract is signed anew. Nothing is
    given where the term is over, another decision still keeps the member away, or a card of the
    grade was issued meanwhile.
    """
    taken = Qualification.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=on), revoked_source=source.pk
    )
    made = []
    for old in taken.select_related("member").order_by("grade"):
        if isinstance(may_qualify(old.member, old.grade, on), Refused) or _carded(old, on):
            continue
        card = Qualification.objects.create(
            member=old.member,
            grade=old.grade,
            card_number=next_card_number(old.grade, on),
            levels=old.levels,
            valid_from=max(on, old.valid_from),
            valid_until=old.valid_until,
            issued_on=on,
            issuer=old.issuer,
        )
        card.occupations.set(old.occupations.all())
        payload = {"grade": card.grade, "card": card.card_number, "for": old.card_number}
        record(actor=actor, verb="staff.restore", subject=old.member.subject, payload=payload)
        made.append(card)
    return made


def _carded(old: Qualification, on: date) -> bool:
    later = Qualification.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=on),
        member=old.member,
        grade=old.grade,
        revoked_on=None,
    )
    return later.exists()


def _revoke(card: Qualification, source: Any, *, actor: Actor, on: date, reason: str) -> None:
    card.revoked_on, card.revoked_reason, card.revoked_source = on, reason, source.pk
    card.save(update_fields=["revoked_on", "revoked_reason", "revoked_source"])
    cited = list(source.citations)
    payload = {"grade": card.grade, "card": card.card_number, "reason": reason, "cited": cited}
    record(actor=actor, verb="staff.revoke", subject=card.member.subject, payload=payload)


def _end(hire: Engagement, *, actor: Actor, on: date, reason: str) -> None:
    """A hire that has not begun ends on its first day: its card is gone by then."""
    hire.ended_on, hire.ended_reason = max(on, hire.starts), reason
    hire.save(update_fields=["ended_on", "ended_reason"])
    payload = {"number": hire.number, "reason": reason}
    record(actor=actor, verb="staff.end_hire", subject=hire.member.subject, payload=payload)
