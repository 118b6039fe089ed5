"""The demo's safety agreements, and a forged paper that waits for the head's decision."""

from datetime import timedelta

from django.utils import timezone

from assessment_center.accounts.enums import Role
from assessment_center.demo import Demo
from assessment_center.registry.entries import demo_steps
from candidates import selectors
from candidates.cases import false_paper_rules, unsigned, wants_safety
from candidates.enums import ApplicationStatus as S
from candidates.services.fraud import find_fraud
from candidates.services.safety import enter_agreements

FACTS = (
    "考生提交的工作年限证明加盖的公章与单位备案印模不符，"
    "经电话向单位人事部门核实，该证明不是单位出具。"
)


def enter_cases(demo: Demo) -> None:
    """All who sit a dangerous trade have signed; one forged paper was found in the review."""
    for name, batch in demo.batches.items():
        if demo.reaches(name, "report") and wants_safety(batch):
            day = timezone.localdate(batch.registration_closes) + timedelta(days=8)
            waiting = list(unsigned(batch).values_list("pk", flat=True))
            if waiting:
                enter_agreements(
                    actor=demo.actor(Role.CLERK),
                    batch=batch,
                    applications=waiting,
                    signed_on=min(day, timezone.localdate()),
                )
    _forged(demo)


def _forged(demo: Demo) -> None:
    batch = demo.batches.get("reviewing")
    if batch is None:
        return
    acts = false_paper_rules(batch.rules)
    row = selectors.queue(batch, state=S.FIRST_REVIEWED).last()
    if acts and row is not None:
        find_fraud(
            actor=demo.actor(Role.REVIEWER), application=row, act_code=acts[0].code, facts=FACTS
        )


demo_steps.register("candidates.cases", enter_cases, order=205)
