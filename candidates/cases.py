"""Reading what becomes of applications beside their review: safety agreements, fraud."""

from django.db.models import QuerySet

from assessment_center.batches.models import AssessmentBatch
from assessment_center.catalog.enums import Subject
from assessment_center.registry import Citation
from assessment_center.rulebooks import Rulebook, ViolationRule
from candidates.enums import CaseStatus
from candidates.models import Application, FraudCase
from candidates.selectors import RELATED, admitted

FALSE_PAPERS = "VIO-30"


def wants_safety(batch: AssessmentBatch) -> bool:
    """Whether the rulebook wants safety agreements and anything offered is dangerous (REG-18)."""
    rule = batch.rules.settings.safety_agreement
    return rule.value and batch.offerings.filter(standard__hazardous=True).exists()


def in_danger(batch: AssessmentBatch) -> QuerySet[Application]:
    """Who sits a practical of a dangerous trade, by number; nobody where none is wanted."""
    found = admitted(batch).select_related(*RELATED, "safety_agreement")
    if not wants_safety(batch):
        return found.none()
    return found.filter(
        offering__standard__hazardous=True, subjects__contains=[Subject.PRACTICAL.value]
    )


def unsigned(batch: AssessmentBatch) -> QuerySet[Application]:
    """Those of them whose agreement has not been entered."""
    return in_danger(batch).filter(safety_agreement=None)


def false_paper_rules(rules: Rulebook) -> tuple[ViolationRule, ...]:
    """The acts of the rulebook that are fraud in the application (VIO-30)."""
    return tuple(rule for rule in rules.violations if rule.row == FALSE_PAPERS)


def false_paper_citations(rules: Rulebook) -> tuple[Citation, ...]:
    found = [cited for rule in false_paper_rules(rules) for cited in rule.cite]
    return tuple(dict.fromkeys(found))


def fraud_cases(batch: AssessmentBatch) -> QuerySet[FraudCase]:
    """The cases of a batch, those to be decided first."""
    return (
        FraudCase.objects.filter(application__batch=batch)
        .select_related("application__person", "application__offering", "found_by", "decided_by")
        .order_by("-status", "-created_at")
    )


def upheld(application: Application) -> FraudCase | None:
    """The fraud this application was found guilty of, if any."""
    return application.fraud_cases.filter(status=CaseStatus.UPHELD).first()
