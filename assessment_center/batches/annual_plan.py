"""F-201: the plan of a year on paper, with the parts its rulebook asks for (PLAN-02, R-04)."""

from collections.abc import Callable, Iterator
from uuid import UUID

from django.utils import timezone

from assessment_center import pdf
from assessment_center.batches.labels import ROUTE_LABELS
from assessment_center.batches.models import AnnualPlan, AnnualPlanLine
from assessment_center.catalog.labels import NO_LEVEL_LABEL, with_job
from assessment_center.catalog.selectors import standard_names
from assessment_center.personnel.enums import ASSESSORS
from assessment_center.personnel.selectors import qualified
from assessment_center.printed.imprint import imprint
from assessment_center.registry import Actor, Citation
from assessment_center.registry.language import in_chinese
from assessment_center.rulebooks import Rulebook
from assessment_center.rulebooks.labels import VALUE_LABELS

CODE, SLUG = "F-201", "annual-plan"
SOURCES = {"own_bank": "自建题库", "authority": "主管部门"}
ALWAYS = ("schedule", "assessors", "paper_origin", "notes")  # where no rulebook names the parts
BLANK = "＿" * 16
Told = Callable[[AnnualPlan, Rulebook], str]


@in_chinese
def plan_part(
    plan: AnnualPlan, rules: Rulebook, actor: Actor, *, batch_id: UUID | None = None
) -> tuple[str, bytes]:
    """(file stem, PDF) of the plan under this rulebook."""
    parts = _parts(rules)
    named = rules.form(CODE) or rules.form("F-203")
    title = f"{plan.year}年度{named.name.removeprefix('年度') if named else '职业技能等级认定计划'}"
    columns, rows = _table(plan, rules, parts)
    notes = [text for part, told in NOTES.items() if part in parts and (text := told(plan, rules))]
    roster = pdf.Roster(
        title=title,
        columns=columns,
        rows=rows,
        meta=(("填报单位", plan.centre.name), ("项目", f"{len(rows)} 个")),
        notes=notes,
        signatures=("编制人", "审核人", "日期"),
    )
    mark = imprint(
        actor=actor,
        form=(CODE, SLUG, title),
        subject=plan.subject,
        content=[*rows, *notes],
        cite=_cite(rules),
        batch_id=batch_id,
    )
    return f"{plan.year}年度计划", pdf.roster([roster], imprint=mark)


def _parts(rules: Rulebook) -> tuple[str, ...]:
    parts = rules.settings.annual_plan_parts
    return parts.value if parts else ALWAYS


def _cite(rules: Rulebook) -> tuple[Citation, ...]:
    """What orders the plan's contents, or the plan at all where nothing does."""
    parts, form = rules.settings.annual_plan_parts, rules.form(CODE)
    if parts or form:
        return parts.citations if parts else form.cite if form else ()
    return rules.settings.annual_plan_required.citations


def _table(
    plan: AnnualPlan, rules: Rulebook, parts: tuple[str, ...]
) -> tuple[tuple[pdf.Column, ...], list[tuple[str, ...]]]:
    lines = list(plan.lines.select_related("occupation", "job").order_by("planned_month", "id"))
    found: list[tuple[pdf.Column, list[str]]] = [
        (pdf.Column("序号", 1), [str(number) for number in range(1, len(lines) + 1)]),
        (
            pdf.Column("考核项目" if rules.is_special else "职业（工种）", 4, align="left"),
            [with_job(each.occupation, each.job) for each in lines],
        ),
    ]
    if not rules.is_special:
        named = [str(each.get_level_display() or NO_LEVEL_LABEL) for each in lines]
        found.append((pdf.Column("等级", 2.4), named))
    found += [
        (pdf.Column("预计人数", 1.8), [str(each.forecast) for each in lines]),
        (pdf.Column("计划月份", 1.8), [f"{each.planned_month}月" for each in lines]),
    ]
    found += [
        (column, [told(each) for each in lines])
        for part, (column, told) in COLUMNS.items()
        if part in parts
    ]
    rows = list(zip(*(cells for _column, cells in found), strict=True))
    return tuple(column for column, _cells in found), rows


def _assessors(line: AnnualPlanLine) -> str:
    """How many held a card for it when the plan was approved; for the pen where nobody did."""
    moment = line.plan.approved_at
    found = {
        member.pk
        for grade in ASSESSORS
        for member in qualified(
            grade=grade,
            on=timezone.localdate(moment) if moment else timezone.localdate(),
            occupation=line.occupation,
            level=line.level,
        )
    }
    return f"{len(found)} 人" if found else ""


def _standard(line: AnnualPlanLine) -> str:
    return "；".join(standard_names(line.occupation, line.job))


COLUMNS: dict[str, tuple[pdf.Column, Callable[[AnnualPlanLine], str]]] = {
    "assessors": (pdf.Column("考评人员", 1.8), _assessors),
    "paper_origin": (
        pdf.Column("命题来源", 2),
        lambda line: SOURCES.get(line.paper_source, line.paper_source),
    ),
    "standard": (pdf.Column("评价标准", 4.4, align="left"), _standard),
}


def _sessions(plan: AnnualPlan, _rules: Rulebook) -> str:
    months = sorted({line.planned_month for line in plan.lines.all()})
    return f"全年计划组织 {len(months)} 次，分别在 {'、'.join(f'{each}月' for each in months)}。"


def _place(plan: AnnualPlan, _rules: Rulebook) -> str:
    return f"认定地点：{plan.centre.address or BLANK}。"


def _audience(_plan: AnnualPlan, rules: Rulebook) -> str:
    scope = rules.settings.candidate_scope
    told = "、".join(str(VALUE_LABELS[each]) for each in scope.value) if scope else BLANK
    return f"报名对象：{told}。"


def _registration(plan: AnnualPlan, _rules: Rulebook) -> str:
    where = f"{plan.centre.name} {plan.centre.address}".strip()
    return f"报名地点：{where}；报名时间由各批次公告写明。"


def _method(_plan: AnnualPlan, rules: Rulebook) -> str:
    modes = rules.settings.assessment_modes
    told = "、".join(str(ROUTE_LABELS[each]) for each in modes.value) if modes else BLANK
    return f"评价方式：{told}。"


def _contact(plan: AnnualPlan, _rules: Rulebook) -> str:
    return f"咨询电话：{plan.centre.phone or BLANK}。"


def _noted(plan: AnnualPlan) -> Iterator[str]:
    yield from filter(None, (line.strip() for line in plan.notes.splitlines()))


# In the order they stand below the table.
NOTES: dict[str, Told] = {
    "sessions": _sessions,
    "place": _place,
    "audience": _audience,
    "conditions": lambda _plan, _rules: "申报条件：按各职业的国家职业标准，由各批次公告逐项写明。",
    "registration": _registration,
    "method": _method,
    "training": lambda plan, _rules: f"考评人员培训：{plan.training.strip() or BLANK}",
    "contact": _contact,
    "notes": lambda plan, _rules: "；".join(_noted(plan)),
}
