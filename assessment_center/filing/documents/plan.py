"""F-107, the work plan: the written sections in their chapters, with what the records add."""

from collections.abc import Iterator

from django.utils import timezone

from assessment_center import pdf
from assessment_center.filing import selectors
from assessment_center.filing.documents.base import (
    NO_JOB,
    Made,
    chinese_day,
    imprint,
    level_figures,
    profile_of,
    standard_words,
)
from assessment_center.filing.models import FilingApplication, OrgUnit
from assessment_center.personnel.enums import Grade
from assessment_center.personnel.models import GRADE_LABELS
from assessment_center.personnel.selectors import live_qualifications
from assessment_center.registry import Actor, RefusedError
from assessment_center.registry.entries import FilingPart, batch_stages
from assessment_center.registry.language import in_chinese
from assessment_center.rulebooks.rules.filing import PlanChapter
from assessment_center.rulebooks.wording import words

CHAPTERS = "一二三四五六七八九十"
PLACES: tuple[FilingPart, ...] = ("work_place", "theory_place", "practical_place")
RECOGNISED = (
    "制定并发布认定计划",
    "组织报名",
    "审核成绩、证书等认定依据",
    "提出认定意见，逐项确认",
    "内部质量督导",
    "公示认定结果",
    "核发证书，上传证书信息",
    "材料归档",
)
RECOGNISING = "recognise"  # the rail's stage where nobody is examined
Part = str | pdf.Table | pdf.FlowChart


@in_chinese
def plan(application: FilingApplication, actor: Actor) -> Made:
    """Print the plan; a section not written yet stands there empty, so that it is seen.

    Refused where the rulebook orders no chapters.
    """
    if not application.rules.plan_chapters:
        raise RefusedError("本规程没有规定工作方案的章节。", application.way.cite)
    school = profile_of(application).school_name
    title = f"{school}职业技能等级认定工作方案"
    body = tuple(_body(application))
    notice = pdf.Notice(
        issuer=school,
        title=f"{school}\n职业技能等级认定工作方案",
        body=body,
        signer=application.centre.name,
        date=chinese_day(application.submitted_on),
        red_head=False,
    )
    mark = imprint(
        application,
        actor,
        code="F-107",
        slug="work-plan",
        title=title,
        content=[str(p) for p in body],
    )
    return Made(title, "pdf", pdf.notice([notice], imprint=mark))


def _body(application: FilingApplication) -> Iterator[Part]:
    texts = selectors.written(application)
    if basis := application.rules.filing_rule("basis"):
        yield f"本方案依据下列文件编制：{basis.label}。"
    for chapter in application.rules.plan_chapters:
        yield _heading(chapter)
        yield from (line for line in texts.get(chapter.code, "").splitlines() if line.strip())
        if chapter.prints:
            yield from PRINTS[chapter.prints](application)


def _heading(chapter: PlanChapter) -> str:
    """“一、…” for a chapter, “（一）…” for a section: the layout sets them as headings."""
    head, _dot, section = chapter.code.partition(".")
    if section:
        return f"（{CHAPTERS[int(section) - 1]}）{chapter.label}"
    return f"{CHAPTERS[int(head) - 1]}、{chapter.label}"


def _scope(application: FilingApplication) -> Iterator[Part]:
    rows = [
        (
            line.occupation.name,
            line.job.name if line.job else NO_JOB,
            level_figures(line),
            line.major,
            standard_words(line),
        )
        for line in selectors.lines_of(application)
    ]
    columns = (
        pdf.Column("职业", 3),
        pdf.Column("工种", 3),
        pdf.Column("等级", 2),
        pdf.Column("对应专业", 3),
        pdf.Column("评价标准", 3),
    )
    yield pdf.Table(columns, rows)


def _units_of(application: FilingApplication) -> list[OrgUnit]:
    held = selectors.units_in_force(application.centre)
    return selectors.in_order(held, application.rules)


def _units(application: FilingApplication) -> Iterator[Part]:
    duties = {each.code: each for each in application.rules.org_units}
    for number, unit in enumerate(_units_of(application), start=1):
        people = "；".join(f"{each.post} {each.member.person.name}" for each in unit.members.all())
        yield f"{number}. {unit.name}。{people}".rstrip("。") + "。"
        if rule := duties.get(unit.code):
            yield f"主要职责：{'；'.join(rule.duties)}。"


def _places(application: FilingApplication) -> Iterator[Part]:
    rows = [
        (str(fact.group or ""), *(str(cell) for cell in fact.cells))
        for part in PLACES
        for fact in selectors.facts_of(application.centre, part)
    ]
    if rows:
        columns = (
            pdf.Column("考点", 3),
            pdf.Column("场所", 3),
            pdf.Column("地点", 4),
            pdf.Column("面积（㎡）", 2),
            pdf.Column("数量", 2),
        )
        yield pdf.Table(columns, rows, caption="考核场所")


def _regulations(application: FilingApplication) -> Iterator[Part]:
    held = selectors.regulations_in_force(application.centre, timezone.localdate())
    rows = [(each.title, each.number, each.issued_on.isoformat()) for each in held]
    if rows:
        columns = (
            pdf.Column("制度", 5, align="left"),
            pdf.Column("文号", 4),
            pdf.Column("制定日期", 3),
        )
        yield pdf.Table(columns, rows)


def _teams(application: FilingApplication) -> Iterator[Part]:
    counted: dict[str, set[object]] = {}
    for card in live_qualifications(timezone.localdate()):
        counted.setdefault(card.grade, set()).add(card.member_id)
    rows = [
        (str(label), f"{len(counted[grade])} 人")
        for grade, label in GRADE_LABELS.items()
        if grade in counted and grade is not Grade.PROCTOR
    ]
    fulltime = len(selectors.fulltime_staff(application.centre))
    rows.insert(0, ("专职工作人员", f"{fulltime} 人"))
    yield pdf.Table((pdf.Column("队伍", 4), pdf.Column("人数", 2)), rows)


def _flow(application: FilingApplication) -> Iterator[Part]:
    """How each way of assessing goes that the rulebook lets the centre use (FIL-22).

    Ways that go by the same steps share a chart.
    """
    rule = application.rules.settings.assessment_modes
    modes = rule.value if rule else ("exam",)
    examined = [str(each.label) for each in batch_stages if each.key != RECOGNISING]
    if "exam" in modes and examined:
        yield pdf.FlowChart(f"{words('exam')}工作流程图", examined)
    if others := [str(words(mode)) for mode in modes if mode != "exam"]:
        yield pdf.FlowChart(f"{'、'.join(others)}工作流程图", RECOGNISED)


PRINTS = {
    "scope": _scope,
    "units": _units,
    "places": _places,
    "regulations": _regulations,
    "teams": _teams,
    "flow": _flow,
}
