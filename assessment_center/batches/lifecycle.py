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
            "approve",
            _("批准计划"),
            {PlanStatus.DRAFT},
            PlanStatus.APPROVED,
            Act.PLAN_APPROVE,
            guard=_plan_has_lines,
        ),
    ),
)

BATCH = Machine(
    name="batch",
    labels=BATCH_LABELS,
    moves=(
        Move(
            "announce",
            _("开始报名"),
            {BatchStatus.DRAFT},
            BatchStatus.ANNOUNCED,
            Act.ANNOUNCE,
            guard=_batch_announced,
        ),
        Move(
            "close_registration",
            _("截止报名"),
            {BatchStatus.ANNOUNCED},
            BatchStatus.REGISTRATION_CLOSED,
            Act.BATCH_PLAN,
        ),
        Move(
            "report",
            _("上报"),
            {BatchStatus.REGISTRATION_CLOSED},
            BatchStatus.REPORTED,
            Act.REPORT,
            cite=_cited("report_lead_workdays"),
        ),
        Move(
            "take_back",
            _("退回补正"),
            {BatchStatus.REPORTED},
            BatchStatus.REGISTRATION_CLOSED,
            Act.REPORT,
        ),
        Move("approve", _("登记核准"), {BatchStatus.REPORTED}, BatchStatus.APPROVED, Act.REPORT),
        Move(
            "complete", _("完成批次"), {BatchStatus.APPROVED}, BatchStatus.COMPLETED, Act.BATCH_PLAN
        ),
        Move("archive", _("归档"), {BatchStatus.COMPLETED}, BatchStatus.ARCHIVED, Act.ARCHIVE_FILE),
        Move(
            "cancel",
            _("取消批次"),
            {BatchStatus.DRAFT, BatchStatus.ANNOUNCED},
            BatchStatus.CANCELLED,
            Act.PLAN_APPROVE,
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
            "publish",
            _("发布公告"),
            {AnnouncementStatus.DRAFT},
            AnnouncementStatus.PUBLISHED,
            Act.ANNOUNCE,
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
            "submit",
            _("上报"),
            {ReportStatus.DRAFT, ReportStatus.RETURNED},
            ReportStatus.SUBMITTED,
            Act.REPORT,
            cite=_cited("report_lead_workdays"),
        ),
        Move("return", _("登记退回"), {ReportStatus.SUBMITTED}, ReportStatus.RETURNED, Act.REPORT),
        Move("approve", _("登记核准"), {ReportStatus.SUBMITTED}, ReportStatus.APPROVED, Act.REPORT),
    ),
)
