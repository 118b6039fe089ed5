"""Reading banks and papers."""

from collections import defaultdict
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from assessment_center.batches.models import AssessmentBatch, Offering
from questionbank.enums import ItemStatus, PaperStatus
from questionbank.models import Bank, Item, Paper, Point

# Said again wherever something is counted: counting forgets the order of the table.
BANK_ORDER = ("occupation__code", "job__name", "-level", "subject")


def banks() -> QuerySet[Bank]:
    """All banks with their numbers of items: in all, waiting for review, accepted."""
    counted = Bank.objects.select_related("occupation", "job").annotate(
        item_count=Count("items"),
        waiting_count=Count("items", filter=Q(items__status=ItemStatus.SUBMITTED)),
        accepted_count=Count("items", filter=Q(items__status=ItemStatus.ACCEPTED)),
    )
    return counted.order_by(*BANK_ORDER)


def bank_for(offering: Offering, subject: str) -> Bank | None:
    return Bank.objects.filter(
        occupation=offering.occupation_id,
        job=offering.job_id,
        level=offering.level,
        subject=subject,
    ).first()


def accepted(bank: Bank) -> QuerySet[Item]:
    return bank.items.filter(status=ItemStatus.ACCEPTED).select_related("point")


def papers_of(batch: AssessmentBatch) -> QuerySet[Paper]:
    return (
        Paper.objects.filter(batch=batch)
        .exclude(status=PaperStatus.VOID)
        .select_related(
            "offering__occupation",
            "offering__job",
            "batch__centre",
            "first_holder__user",
            "second_holder__user",
        )
        .order_by("offering", "subject", "form")
    )


def sealed_forms(batch: AssessmentBatch) -> dict[tuple[UUID, str], list[Paper]]:
    """Sealed or released papers by offering and subject, in the order of their forms."""
    found: dict[tuple[UUID, str], list[Paper]] = defaultdict(list)
    for paper in papers_of(batch).filter(status__in=[PaperStatus.SEALED, PaperStatus.RELEASED]):
        found[paper.offering_id, paper.subject].append(paper)
    return dict(found)


def items_by_status(bank: Bank) -> dict[str, int]:
    """How many items stand in each state."""
    rows = bank.items.values_list("status").annotate(n=Count("id")).order_by("status")
    return dict(rows)


def breakdown(bank: Bank) -> QuerySet[Point]:
    """The points of a bank in their order, with their numbers of items, all and accepted."""
    return bank.points.annotate(
        item_count=Count("items"),
        accepted_count=Count("items", filter=Q(items__status=ItemStatus.ACCEPTED)),
    ).order_by("code")


def waiting_for_review(user_id: UUID | None) -> QuerySet[Bank]:
    """Banks with submitted items that somebody else than this user wrote, with their number."""
    others = Q(items__status=ItemStatus.SUBMITTED) & ~Q(items__writer=user_id)
    counted = Bank.objects.annotate(waiting=Count("items", filter=others))
    waiting = counted.filter(waiting__gt=0).select_related("occupation", "job")
    return waiting.order_by(*BANK_ORDER)


def bank_sizes(batch: AssessmentBatch) -> dict[tuple[UUID, str], tuple[Bank, int]]:
    """The bank of each offering and subject of the batch with its number of accepted items."""
    offerings = list(batch.offerings.all())
    kept = Bank.objects.filter(occupation__in=[o.occupation_id for o in offerings])
    counted = kept.select_related("occupation", "job").annotate(
        accepted_count=Count("items", filter=Q(items__status=ItemStatus.ACCEPTED))
    )
    by_key = {(b.occupation_id, b.job_id, b.level, b.subject): b for b in counted}
    found: dict[tuple[UUID, str], tuple[Bank, int]] = {}
    for offering in offerings:
        for subject in offering.subjects:
            key = (offering.occupation_id, offering.job_id, offering.level, subject)
            if key in by_key:
                found[offering.pk, subject] = (by_key[key], by_key[key].accepted_count)
    return found
