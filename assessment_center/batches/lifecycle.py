"""The moves of plans, batches, announcements and reports."""

from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from assessment_center.accounts.enums import Act
from assessment_center.batches import policies
from assessment_center.batches.enums import (
    AnnouncementStatus,
    BatchStatus,
    PlanStatus,
    ReportStatus,
)
from assessment_center.batches.labels import (
    ANNOUNCEMENT_LABELS,
    BATCH_LABELS,
    PLAN_LABELS,
    REPORT_LABELS,
)
from assessment_center.registry import ALLOWED, Actor, Citation, Outcome, Refused
from assessment_center.workflow import Machine, Move


def _cited(key: str) -> Any:
    def cite(subject: Any) -> tuple[Citation, ...]:
        batch = getattr(subject, "batch", subject)
        cited = getattr(batch.rules.settings, key)
        return cited.citations if cited else ()

    return cite


def _plan_has_lines(plan: Any, _actor: Actor) -> Outcome:
    if plan.lines.exists():
        return ALLOWED
    return Refused(_now("计划里还没有项目。"), remedy=_now("请先添加职业、等级和预计人数。"))


def _batch_announced(batch: Any, _actor: Actor) -> Outcome:
    if batch.announcements.filter(status=AnnouncementStatus.PUBLISHED).exists():
        return ALLOWED
    return Refused(_now("公告还没有发布。"), remedy=_now("请先发布公告。"))


PLAN = Machine(
    name="plan",
    labels=PLAN_LABELS,
    moves=(
        Move(
            name="approve",
            label=_("批准计划"),
            sources=frozenset({PlanStatus.DRAFT.value}),
            target=PlanStatus.APPROVED.value,
            permission=Act.PLAN_APPROVE,
            guard=_plan_has_lines,
        ),
    ),
)

BATCH = Machine(
    name="batch",
    labels=BATCH_LABELS,
    moves=(
        Move(
            name="announce",
            label=_("开始报名"),
            sources=frozenset({BatchStatus.DRAFT.value}),
            target=BatchStatus.ANNOUNCED.value,
            permission=Act.ANNOUNCE,
            guard=_batch_announced,
        ),
        Move(
            name="close_registration",
            label=_("截止报名"),
            sources=frozenset({BatchStatus.ANNOUNCED.value}),
            target=BatchStatus.REGISTRATION_CLOSED.value,
            permission=Act.BATCH_PLAN,
        ),
        Move(
            name="report",
            label=_("上报"),
            sources=frozenset({BatchStatus.REGISTRATION_CLOSED.value}),
            target=BatchStatus.REPORTED.value,
            permission=Act.REPORT,
            cite=_cited("report_lead_workdays"),
        ),
        Move(
            name="take_back",
            label=_("退回补正"),
            sources=frozenset({BatchStatus.REPORTED.value}),
            target=BatchStatus.REGISTRATION_CLOSED.value,
            permission=Act.REPORT,
        ),
        Move(
            name="approve",
            label=_("登记核准"),
            sources=frozenset({BatchStatus.REPORTED.value}),
            target=BatchStatus.APPROVED.value,
            permission=Act.REPORT,
        ),
        Move(
            name="complete",
            label=_("完成批次"),
            sources=frozenset({BatchStatus.APPROVED.value}),
            target=BatchStatus.COMPLETED.value,
            permission=Act.BATCH_PLAN,
        ),
        Move(
            name="archive",
            label=_("归档"),
            sources=frozenset({BatchStatus.COMPLETED.value}),
            target=BatchStatus.ARCHIVED.value,
            permission=Act.ARCHIVE_FILE,
        ),
        Move(
            name="cancel",
            label=_("取消批次"),
            sources=frozenset({BatchStatus.DRAFT.value, BatchStatus.ANNOUNCED.value}),
            target=BatchStatus.CANCELLED.value,
            permission=Act.PLAN_APPROVE,
            needs_reason=True,
            danger=True,
        ),
    ),
)

ANNOUNCEMENT = Machine(
    name="announcement",
    labels=ANNOUNCEMENT_LABELS,
    moves=(
        Move(
            name="publish",
            label=_("发布公告"),
            sources=frozenset({AnnouncementStatus.DRAFT.value}),
            target=AnnouncementStatus.PUBLISHED.value,
            permission=Act.ANNOUNCE,
            guard=policies.may_publish,
            cite=policies.announcement_citations,
            danger=True,
        ),
    ),
)

REPORT = Machine(
    name="report",
    labels=REPORT_LABELS,
    moves=(
        Move(
            name="submit",
            label=_("上报"),
            sources=frozenset({ReportStatus.DRAFT.value, ReportStatus.RETURNED.value}),
            target=ReportStatus.SUBMITTED.value,
            permission=Act.REPORT,
            cite=_cited("report_lead_workdays"),
        ),
        Move(
            name="return",
            label=_("登记退回"),
            sources=frozenset({ReportStatus.SUBMITTED.value}),
            target=ReportStatus.RETURNED.value,
            permission=Act.REPORT,
        ),
        Move(
            name="approve",
            label=_("登记核准"),
            sources=frozenset({ReportStatus.SUBMITTED.value}),
            target=ReportStatus.APPROVED.value,
            permission=Act.REPORT,
        ),
    ),
)
