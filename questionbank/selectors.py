"""Reading banks and papers."""

from collections import defaultdict
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from assessment_center.batches.models import AssessmentBatch, Offering
from questionbank.enums import ItemStatus, PaperStatus
from questionbank.models import Bank, Item, Paper


def banks() -> QuerySet[Bank]:
    """All banks with their numbers of items: in all, waiting for review, accepted."""
    return Bank.objects.select_related("occupation", "job").annotate(
        item_count=Count("items"),
        waiting_count=Count("items", filter=Q(items__status=ItemStatus.SUBMITTED)),
        accepted_count=Count("items", filter=Q(items__status=ItemStatus.ACCEPTED)),
    )


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
        .select_related("offering__occupation", "offering__job", "blueprint")
        .order_by("offering", "subject", "form")
    )


def sealed_forms(batch: AssessmentBatch) -> dict[tuple[UUID, str], list[Paper]]:
    """Sealed or released papers by offering and subject, in the order of their forms."""
    found: dict[tuple[UUID, str], list[Paper]] = defaultdict(list)
    for paper in papers_of(batch).filter(status__in=[PaperStatus.SEALED, PaperStatus.RELEASED]):
        found[paper.offering_id, paper.subject].append(paper)
    return dict(found)


def own_bank_demands(batch: AssessmentBatch) -> list[tuple[Offering, str]]:
    """Every offering and subject whose papers come from the centre's own bank."""
    rows = batch.offerings.filter(paper_source="own_bank", route="exam").order_by("id")
    return [(offering, subject) for offering in rows for subject in offering.subjects]
