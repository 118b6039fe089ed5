"""F-201, the annual plan, and F-202, the announcement under its red head."""

import hashlib
from collections.abc import Sequence

from django.utils import timezone

from assessment_center import pdf
from assessment_center.accounts.enums import Act
from assessment_center.batches.enums import AnnouncementStatus
from assessment_center.batches.models import Announcement, AnnualPlan, AssessmentBatch
from assessment_center.catalog.labels import NO_LEVEL_LABEL
from assessment_center.printed.services import register_sheet
from assessment_center.registry import Actor
from assessment_center.registry.entries import DocumentKind, documents
from assessment_center.registry.language import in_chinese

SOURCES = {"own_bank": "自建题库", "authority": "主管部门"}
CHINESE_DAY = "{0.year}年{0.month}月{0.day}日"


def _digest(*parts: object) -> str:
    return hashlib.sha256("\x1f".join(str(part) for part in parts).encode()).hexdigest()


def _basis(batch: AssessmentBatch, code: str) -> str:
    form = batch.rules.form(code)
    return "、".join(str(citation) for citation in form.cite) if form else ""


def annual_plan(batch: AssessmentBatch, actor: Actor) -> Sequence[tuple[str, bytes]]:
    """F-201: occupations, levels, forecast numbers, months and source of papers."""
    plan = batch.plan
    if plan is None:
        return []
    rows = _plan_rows(plan)
    title = f"{plan.year}年度职业技能等级认定计划"
    sheet = register_sheet(
        actor=actor,
        form_code="F-201",
        slug="annual-plan",
        title=title,
        subject=plan.subject,
        batch_id=batch.pk,
        content_digest=_digest(title, *rows),
    )
    roster = pdf.Roster(
        title=title,
        columns=(
            pdf.Column("序号", 1),
            pdf.Column("职业（工种）", 4, align="left"),
            pdf.Column("等级", 3),
            pdf.Column("预计人数", 2),
            pdf.Column("计划月份", 2),
            pdf.Column("命题来源", 2),
        ),
        rows=rows,
        meta=(("填报单位", plan.centre.name),),
        notes=(plan.notes,) if plan.notes else (),
        signatures=("编制人", "审核人", "日期"),
    )
    imprint = pdf.Imprint(sheet.code, str(sheet.version), _basis(batch, "F-201"))
    return [(f"{plan.year}年度计划", pdf.roster([roster], imprint=imprint))]


def _plan_rows(plan: AnnualPlan) -> list[tuple[str, ...]]:
    lines = plan.lines.select_related("occupation", "job").order_by("planned_month", "id")
    return [
        (
            str(number),
            f"{line.occupation}{f'（{line.job}）' if line.job else ''}",
            str(line.get_level_display() or NO_LEVEL_LABEL),
            str(line.forecast),
            f"{line.planned_month}月",
            SOURCES.get(line.paper_source, line.paper_source),
        )
        for number, line in enumerate(lines, start=1)
    ]


def announcement(batch: AssessmentBatch, actor: Actor) -> Sequence[tuple[str, bytes]]:
    """F-202: every published announcement of the batch, as it was published."""
    published = batch.announcements.filter(status=AnnouncementStatus.PUBLISHED).order_by("number")
    return [
        (f"公告{each.number}", announcement_pdf(each, batch=batch, actor=actor))
        for each in published
    ]


@in_chinese
def announcement_pdf(each: Announcement, *, batch: AssessmentBatch, actor: Actor) -> bytes:
    """One announcement under the red head of the centre."""
    sheet = register_sheet(
        actor=actor,
        form_code="F-202",
        slug="announcement",
        title=each.title,
        subject=each.subject,
        batch_id=batch.pk,
        content_digest=_digest(each.title, each.body, each.document_number, each.published_at),
    )
    day = timezone.localdate(each.published_at) if each.published_at else timezone.localdate()
    notice = pdf.Notice(
        issuer=batch.centre.name,
        title=each.title,
        body=tuple(each.body.splitlines()),
        signer=batch.centre.name,
        date=CHINESE_DAY.format(day),
        number=each.document_number,
    )
    imprint = pdf.Imprint(sheet.code, str(sheet.version), _basis(batch, "F-202"))
    return pdf.notice([notice], imprint=imprint)


documents.register(
    "annual-plan",
    DocumentKind(
        "F-201", "annual-plan", "年度认定计划", annual_plan, Act.BATCH_VIEW,
        lambda batch: batch.plan is not None,
    ),
    order=10,
)  # fmt: skip
documents.register(
    "announcement",
    DocumentKind(
        "F-202", "announcement", "认定公告", announcement, Act.BATCH_VIEW,
        lambda batch: batch.announcements.filter(status=AnnouncementStatus.PUBLISHED).exists(),
    ),
    order=20,
)  # fmt: skip
