"""F-106, the evaluation table as filled in, and F-109, what the experts found."""

from assessment_center import pdf
from assessment_center.filing import selectors
from assessment_center.filing.documents.base import (
    Made,
    basis_of,
    chinese_day,
    imprint,
    profile_of,
)
from assessment_center.filing.models import AssessmentMark, FilingApplication
from assessment_center.filing.rules.evaluation import figure
from assessment_center.pdf import Cell, Form, FormRow
from assessment_center.registry import Actor, RefusedError
from assessment_center.registry.language import in_chinese
from assessment_center.rulebooks.rules.filing import FilingCriterion


@in_chinese
def evaluation(application: FilingApplication, actor: Actor) -> Made:
    """Project, content, standard, points, way, score and remark, then the sum."""
    if not selectors.needs_assessment(application):
        raise RefusedError("这类申请没有评分表。", application.way.cite)
    title = "院校类职业技能等级评价机构备案技术评估评分表"
    marks = {each.code: each for each in application.marks.all()}
    rows = [_row(each, marks.get(each.code)) for each in application.rules.filing_criteria]
    found = selectors.evaluation_of(application)
    passed = f"（{found.pass_score} 分及以上具备备案条件）" if found.pass_score else ""
    veto = f"；否决项 {'、'.join(found.vetoed)} 不符合" if found.vetoed else ""
    rows.append(("", "合计", "", passed, "100", "", figure(found.total), veto.lstrip("；")))
    sheet = pdf.Roster(
        title=title,
        columns=(
            pdf.Column("编号", 1.1),
            pdf.Column("项目", 2.2),
            pdf.Column("评估内容", 2.6),
            pdf.Column("评估标准", 5, align="left"),
            pdf.Column("分值", 1),
            pdf.Column("评估方式", 2.2),
            pdf.Column("得分", 1.1),
            pdf.Column("备注", 2.8, align="left"),
        ),
        rows=rows,
        meta=(("申请单位", profile_of(application).school_name),),
        signatures=("自评人", "负责人", "日期"),
    )
    mark = imprint(
        application, actor, code="F-106", slug="filing-evaluation", title=title, content=rows
    )
    content = pdf.roster([sheet], imprint=mark, paper=pdf.Paper.A4_LANDSCAPE)
    return Made(title, "pdf", content)


def _row(criterion: FilingCriterion, mark: AssessmentMark | None) -> tuple[str, ...]:
    points = "否决项" if criterion.veto else f"{'+' if criterion.bonus else ''}{criterion.points}"
    return (
        criterion.code,
        criterion.part,
        criterion.label,
        criterion.standard,
        points,
        criterion.way,
        _score(mark),
        mark.note if mark else "",
    )


def _score(mark: AssessmentMark | None) -> str:
    if mark is None:
        return ""
    if mark.met is not None:
        return "符合" if mark.met else "不符合"
    return figure(mark.points) if mark.points is not None else ""


@in_chinese
def opinions(application: FilingApplication, actor: Actor) -> Made:
    """F-109: one box for every expert; an empty one to be filled in by hand where none spoke."""
    title = "评审专家意见"
    found = list(application.opinions.all())
    school = profile_of(application).school_name
    boxes: list[tuple[str, str, str, bool | None, str]] = [
        (each.expert, each.unit, each.opinion, each.supports, chinese_day(each.signed_on))
        for each in found
    ] or [("", "", "", None, chinese_day(None))]
    rows = [
        FormRow((Cell("申请单位", label=True), Cell(school, span=3))),
        FormRow((Cell("申请类别", label=True), Cell(str(application.get_kind_display()), span=3))),
    ]
    for expert, unit, opinion, supports, day in boxes:
        told = {True: "同意推荐", False: "不同意推荐", None: "□ 同意推荐　□ 不同意推荐"}[supports]
        rows += [
            FormRow((Cell("专家", label=True), Cell(expert),
                     Cell("单位", label=True), Cell(unit))),
            FormRow((Cell("意见", label=True),
                     Cell(opinion, span=3, block=True, foot=f"签字　　　　　{day}")), height=34),
            FormRow((Cell("结论", label=True), Cell(told, span=3))),
        ]  # fmt: skip
    shown = [[cell.text for cell in row.cells] for row in rows]
    mark = imprint(
        application, actor, code="F-109", slug="filing-opinions", title=title, content=shown
    )
    sheet = Form(title=title, widths=(1.4, 3, 1.4, 3), rows=rows, who=school)
    if not basis_of(application.rules, "F-109"):
        raise RefusedError("本规程没有评审专家意见。", application.way.cite)
    return Made(title, "pdf", pdf.form_table([sheet], imprint=mark))
