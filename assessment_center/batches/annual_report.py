"""R-05: the year's plan beside what became of it, with the summary, as reported."""

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy

from assessment_center import pdf
from assessment_center.accounts.enums import Act
from assessment_center.batches.models import AnnualPlan, AnnualPlanLine, Offering
from assessment_center.batches.seams import annual_figures
from assessment_center.catalog.labels import NO_LEVEL_LABEL, with_job
from assessment_center.organization.selectors import rules_on
from assessment_center.printed.imprint import imprint
from assessment_center.registry import Actor
from assessment_center.registry.entries import DocumentKind, centre_documents
from assessment_center.registry.language import in_chinese
from assessment_center.spreadsheets import ColumnSpec, write

SLUG = "annual-report"
Project = tuple[UUID, UUID | None, int | None]


def projects_of(plan: AnnualPlan) -> dict[Project, str]:
    """Everything planned or offered in the year, by occupation, job and level."""
    named: dict[Project, str] = {}
    offered = Offering.objects.filter(
        batch__centre=plan.centre_id, batch__exam_starts__year=plan.year
    )
    lines = plan.lines.select_related("occupation", "job").order_by("occupation__code", "-level")
    others = offered.select_related("occupation", "job").order_by("occupation__code", "-level")
    found: list[AnnualPlanLine | Offering] = [*lines, *others]
    planned = {(line.occupation_id, line.job_id, line.level) for line in lines}
    for each in found:
        level = str(each.get_level_display() or NO_LEVEL_LABEL)
        key = _as_planned((each.occupation_id, each.job_id, each.level), planned)
        named.setdefault(key, f"{with_job(each.occupation, each.job)} {level}")
    return named


def _as_planned(project: Project, planned: Container[Project]) -> Project:
    """The line of the plan it counts for; one of the occupation holds for each of its jobs."""
    occupation, _job, level = project
    whole = (occupation, None, level)
    return whole if project not in planned and whole in planned else project


def year_rows(plan: AnnualPlan) -> tuple[list[str], list[tuple[str, ...]]]:
    """Heads and rows: each project with its forecast and every figure; the total last."""
    planned: Counter[Project] = Counter()
    for line in plan.lines.all():
        planned[(line.occupation_id, line.job_id, line.level)] += line.forecast
    found: list[Mapping[Project, int]] = [planned]
    lines = set(planned)
    heads = ["项目", "计划人数"]
    for figure in annual_figures:
        heads.append(str(figure.label))
        counted: Counter[Project] = Counter()
        for key, number in figure.count(plan.centre, plan.year).items():
            counted[_as_planned(key, lines)] += number
        found.append(counted)
    rows = [
        (name, *(str(each.get(key, 0)) for each in found))
        for key, name in projects_of(plan).items()
    ]
    total = ("合计", *(str(sum(int(row[at]) for row in rows)) for at in range(1, len(heads))))
    return heads, [*rows, total]


@in_chinese
def annual_report(plan: AnnualPlan, actor: Actor) -> bytes:
    """The report on paper; its digest stands in the register of printed sheets."""
    title = f"{plan.year}年度职业技能等级认定工作总结与统计"
    heads, rows = year_rows(plan)
    rules = rules_on(plan.centre, timezone.localdate())
    mark = imprint(
        actor=actor,
        form=("R-05", SLUG, title),
        subject=plan.subject,
        content=(heads, rows, plan.summary),
        cite=rules.settings.annual_plan_required.citations if rules else (),
    )
    columns = [pdf.Column(heads[0], 4, align="left")]
    columns += [pdf.Column(head, 1.6) for head in heads[1:]]
    summary = plan.summary.splitlines() or ["（待填写）"]
    notice = pdf.Notice(
        issuer=plan.centre.name,
        title=title,
        body=("一、计划与完成情况", pdf.Table(columns, rows), "二、工作总结", *summary),
        signer=plan.centre.name,
        date=f"{plan.reported_on.year}年{plan.reported_on.month}月{plan.reported_on.day}日"
        if plan.reported_on
        else "　　　　年　　月　　日",
        red_head=False,
    )
    return pdf.notice([notice], imprint=mark)


@in_chinese
def annual_workbook(plan: AnnualPlan) -> bytes:
    """The same figures as a workbook."""
    heads, rows = year_rows(plan)
    columns = [
        ColumnSpec(f"c{at}", head, width=30 if at == 0 else 12) for at, head in enumerate(heads)
    ]
    lines = ({f"c{at}": text for at, text in enumerate(row)} for row in rows)
    return write(lines, columns, title=f"{plan.year}年度统计")


def _render(plan: AnnualPlan, actor: Actor) -> Sequence[tuple[str, bytes]]:
    return [(f"{plan.year}年度总结与统计", annual_report(plan, actor))]


centre_documents.register(
    SLUG,
    DocumentKind("R-05", SLUG, gettext_lazy("年度计划、总结与统计"), _render, Act.BATCH_VIEW),
    order=12,
)
