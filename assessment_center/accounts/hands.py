"""Whose hand did an act: a deputy's is also the hand of the one he stands for.

Two steps that two people must do stay apart only if neither person is on both sides, in his own
name or through a deputy. Records name the person (`…_by`); in whose name he acted stands in the
trail, under its MAC, or in a column `…_for` beside it.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from assessment_center.audit.models import AuditEntry
from assessment_center.registry import Actor, SubjectRef


def principal_of(actor: Actor) -> UUID | None:
    """In whose name a deputy acts, for a column `…_for`."""
    return actor.in_name_of.uuid if actor.in_name_of else None


def hands(actor: Actor) -> frozenset[UUID]:
    """The person who acts and the one in whose name; nobody for the system."""
    found = (actor.user_id, principal_of(actor))
    return frozenset(each for each in found if each is not None)


def shares(actor: Actor, *earlier: UUID | None) -> bool:
    """Whether the actor, or whom he stands for, is among those who did the earlier step."""
    return bool(hands(actor) & set(earlier))


def alike(
    actor: Actor, subjects: SubjectRef | Iterable[SubjectRef], *verbs: str
) -> frozenset[UUID]:
    """Everybody whose name on the earlier step means the actor's own hand.

    The actor, the one he stands for, and whoever did that step in the name of either: `verbs` are
    those under which the trail keeps the step for `subjects`. Empty for the system.
    """
    mine = hands(actor)
    if not mine:
        return mine
    refs = [subjects] if isinstance(subjects, SubjectRef) else list(subjects)
    lent = AuditEntry.objects.filter(
        verb__in=verbs,
        subject_kind__in={ref.kind for ref in refs},
        subject_id__in={ref.uuid for ref in refs},
        payload__in_name_of__in=[str(each) for each in mine],
    )
    return mine | frozenset(lent.values_list("actor_id", flat=True))


def did(
    actor: Actor, by: UUID | None, subjects: SubjectRef | Iterable[SubjectRef], *verbs: str
) -> bool:
    """Whether the actor's hand did the earlier step that the record says `by` did."""
    return by is not None and by in alike(actor, subjects, *verbs)


def touched(actor: Actor, subject: SubjectRef, *verbs: str) -> bool:
    """Whether the actor's hand did any of these acts on `subject`, in whoever's name."""
    mine = hands(actor)
    if not mine:
        return False
    entries = AuditEntry.objects.filter(
        verb__in=verbs, subject_kind=subject.kind, subject_id=subject.uuid
    )
    names = [str(each) for each in mine]
    return entries.filter(Q(actor_id__in=mine) | Q(payload__in_name_of__in=names)).exists()
