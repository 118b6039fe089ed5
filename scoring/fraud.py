"""Scores that rest on a fraudulent application fall with it (REG-16)."""

from assessment_center.audit.services import record
from assessment_center.registry import Actor
from candidates.models import Application, FraudCase
from candidates.seams import fraud_consequences
from scoring.enums import ResultStatus
from scoring.models import FinalResult
from scoring.services.outdating import outdate_sheets

VOID = "作废"


def void_result(actor: Actor, case: FraudCase, application: Application) -> None:
    """A result not yet final becomes failed and void; a final one stays as a record.

    `scoring.selectors.passed` counts neither: the application is no longer confirmed.
    """
    found = FinalResult.objects.select_for_update().filter(application=application).first()
    if found is None:
        return
    if found.status != ResultStatus.FINAL:
        found.passed, found.grade_label = False, VOID
        found.save(update_fields=["passed", "grade_label"])
    for subject in application.subjects:
        outdate_sheets(application.offering, subject)
    payload = {"case": str(case.pk), "effects": case.effects}
    record(actor=actor, verb="result.void", subject=found.subject, payload=payload)


fraud_consequences.register("scoring.results", void_result, order=10)
