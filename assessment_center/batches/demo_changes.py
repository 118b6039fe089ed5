"""The demo's reports before an announcement, and an announcement that had to be changed."""

from datetime import datetime, timedelta

from assessment_center.accounts.enums import Role
from assessment_center.batches import services
from assessment_center.batches.models import AssessmentBatch
from assessment_center.batches.seams import paper_makers
from assessment_center.batches.selectors import CHANGE, change_waiting, paper_kinds
from assessment_center.demo import Demo

CHANGED = "arranging"


def report_papers(demo: Demo, batch: AssessmentBatch, announced: datetime) -> None:
    """What the rulebook wants reported before anything is public, and its receipt."""
    actor = demo.actor(Role.CLERK)
    for kind in paper_kinds(batch):
        for maker in paper_makers:
            at = announced - timedelta(days=6)
            report = maker(actor=actor, batch=batch, kind=kind, at=at)
            number = f"SL{batch.code}-{kind}"
            services.log_receipt(actor=actor, report=report, number=number, at=at)
            services.decide_report(
                actor=actor,
                report=report,
                approved=True,
                receipt_number=f"PF{batch.code}-{kind}",
                at=announced - timedelta(days=2),
            )


def change_place(demo: Demo, name: str, batch: AssessmentBatch, announced: datetime) -> None:
    """One batch moves house, as far as the rulebook lets it."""
    rule = batch.rules.settings.announcement_change
    if name != CHANGED or (rule and rule.value == "forbidden"):
        return
    draft = services.draft_announcement(
        actor=demo.actor(Role.CLERK),
        batch=batch,
        reason="实训中心二楼电路检修",
        changes={"exam_place": f"{batch.exam_place}（二楼改至三楼）"},
    )
    if change_waiting(batch):
        _ask(demo, batch, announced)
        draft.refresh_from_db()
    services.publish_announcement(
        actor=demo.actor(Role.HEAD),
        announcement=draft,
        document_number=f"江化院认〔2026〕{int(batch.code[-2:])}号之一",
        at=announced + timedelta(days=3),
    )
    batch.refresh_from_db()


def _ask(demo: Demo, batch: AssessmentBatch, announced: datetime) -> None:
    """The authority is asked for the other place and agrees the day before it is announced."""
    actor = demo.actor(Role.CLERK)
    for maker in paper_makers:
        sent = announced + timedelta(days=1)
        report = maker(actor=actor, batch=batch, kind=CHANGE, at=sent)
        services.log_receipt(actor=actor, report=report, number=f"SL{batch.code}-{CHANGE}", at=sent)
        services.decide_report(
            actor=actor,
            report=report,
            approved=True,
            receipt_number=f"核准〔2026〕{batch.code[-2:]}号",
            at=announced + timedelta(days=2),
        )
