"""The day by the clock: the rulebook's minutes as a table, as a card of each room, as signals."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from assessment_center import pdf
from assessment_center.catalog.enums import Subject
from exams.documents.common import day, own_name, room_meta, subject_of
from exams.documents.reading import Plan, RoomPlan
from exams.documents.sheet import Kind, Made, Scope, declare
from exams.labels import MOMENT_LABELS
from exams.models import Sitting
from exams.rules.timetable import Moment, timetable

STRONG = frozenset({"start", "end"})
# The moments a signal is given for; what it sounds like is the site's own and written in.
SIGNALS = {
    "t_candidate_entry": ("预备（入场）", "", "考生开始入场，按座位号入座"),
    "t_paper_open": ("启封发卷", "", "当众验封、启封、分发试卷，考生检查试卷"),
    "start": ("开考", "", "开始作答；此前不得动笔"),
    "end_reminder": ("临近结束", "", "监考员提醒剩余时间"),
    "end": ("结束", "", "立即停止作答，等候收卷，不得带走试卷和草稿纸"),
}
# What they tell at a workstation and before a panel, where it is not the same.
DEMANDS = {
    Subject.PRACTICAL: {
        "t_candidate_entry": "考生开始入场，到指定工位就位",
        "t_paper_open": "当众验封、启封，分发试卷、图纸和材料，考生检查",
        "start": "开始操作；此前不得动用设备、工具和材料",
        "end_reminder": "考评员提醒剩余时间",
        "end": "立即停止操作，离开工位，不得带走试件、作品和图纸",
    },
    Subject.REVIEW: {
        "t_candidate_entry": "考生到候考区集合，按顺序等候",
        "t_paper_open": "当众验封、启封评审材料",
        "start": "开始评审，考生按顺序入场",
        "end_reminder": "考评员提醒剩余时间",
        "end": "评审结束，考生离场",
    },
}


def together(plan: Plan) -> list[list[Sitting]]:
    """The sittings of the plan, those of a subject at the same time as one."""
    found: dict[tuple[object, ...], list[Sitting]] = {}
    for each in plan.sittings:
        found.setdefault((each.subject_code, each.starts_at, each.ends_at), []).append(each)
    return list(found.values())


def numbers(sittings: list[Sitting]) -> str:
    return "、".join(str(each.number) for each in sittings)


def moments(plan: Plan, sitting: Sitting) -> list[Moment]:
    return timetable(plan.rules.settings, sitting.subject_code, sitting.starts_at, sitting.ends_at)


def clock(moment: Moment) -> str:
    return f"{timezone.localtime(moment.at):%H:%M}"


def offset(moment: Moment, sitting: Sitting) -> str:
    """How far from the start, or before the end, in words."""
    minutes = round((moment.at - sitting.starts_at) / timedelta(minutes=1))
    if moment.key in STRONG:
        return ""
    if moment.key == "end_reminder":
        left = round((sitting.ends_at - moment.at) / timedelta(minutes=1))
        return f"结束前 {left} 分钟"
    if minutes == 0:
        return "开考时"
    return f"开考后 {minutes} 分钟" if minutes > 0 else f"开考前 {-minutes} 分钟"


def _point(moment: Moment, sitting: Sitting) -> pdf.Point:
    return pdf.Point(
        clock=clock(moment),
        offset=offset(moment, sitting),
        text=str(MOMENT_LABELS[moment.key]),
        basis="、".join(str(each) for each in moment.citations),
        strong=moment.key in STRONG,
    )


def card(plan: Plan, room: RoomPlan) -> pdf.Timeline:
    """The card that lies on the proctors' desk."""
    return pdf.Timeline(
        title="考场时间卡",
        subtitle=plan.batch.name,
        meta=room_meta(room),
        points=[_point(each, room.sitting) for each in moments(plan, room.sitting)],
        notes=("以考点统一信号为准；每完成一项，在时间旁打勾。",),
        signatures=("执行人", "复核人"),
    )


def table(plan: Plan) -> Iterator[Made]:
    """F-313: what happens when, by the rulebook's minutes."""
    title = own_name(plan.batch, "F-313", "考试时间表")
    rows = [
        (
            numbers(held),
            subject_of(held[0]),
            day(held[0]),
            clock(each),
            str(MOMENT_LABELS[each.key]),
            "、".join(str(cited) for cited in each.citations),
        )
        for held in together(plan)
        for each in moments(plan, held[0])
    ]
    sheet = pdf.Roster(
        title=title,
        subtitle=plan.batch.name,
        columns=(
            pdf.Column("场次", 12),
            pdf.Column("科目", 20),
            pdf.Column("日期", 26),
            pdf.Column("时间", 12),
            pdf.Column("事项", 50, align="left"),
            pdf.Column("依据", 34, align="left"),
        ),
        rows=rows,
    )
    yield Made(sheet, title, pdf.Paper.A4_LANDSCAPE)


def _signal(key: str, subject: str) -> tuple[str, str, str]:
    """Its name, what it sounds like, and what it asks for in a subject."""
    name, sound, demand = SIGNALS[key]
    return name, sound, DEMANDS.get(Subject(subject), {}).get(key, demand)


def signals(plan: Plan) -> Iterator[Made]:
    """F-313: the signals of the day with their times, for the wall and for who rings the bell."""
    rows = [
        (
            day(held[0]),
            f"第 {numbers(held)} 场 {subject_of(held[0])}",
            clock(each),
            *_signal(each.key, held[0].subject_code),
        )
        for held in together(plan)
        for each in moments(plan, held[0])
        if each.key in SIGNALS
    ]
    sheet = pdf.Roster(
        title="考试信号说明",
        subtitle=plan.batch.name,
        columns=(
            pdf.Column("日期", 24),
            pdf.Column("场次", 26, align="left"),
            pdf.Column("时间", 11),
            pdf.Column("信号", 18, face=pdf.Face.HEI),
            pdf.Column("铃声或哨声", 22),
            pdf.Column("要求", 52, align="left"),
        ),
        rows=rows,
        row_height=11.0,
        notes=("铃声、哨声或广播由考点写明；信号由专人按北京时间发出，不提前、不延后。",),
    )
    yield Made(sheet, "考试信号说明", pdf.Paper.A4_LANDSCAPE)


def register() -> None:
    declare(Kind("F-313", "exam-timetable", "考试时间表", Scope.SITE, table), order=300)
    declare(Kind("F-313", "exam-signals", "考试信号说明", Scope.SITE, signals), order=300)
