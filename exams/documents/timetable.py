"""The day by the clock: the rulebook's minutes as a table, as a card of each room, as signals."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from assessment_center import pdf
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
            str(sitting.number),
            subject_of(sitting),
            day(sitting),
            clock(each),
            str(MOMENT_LABELS[each.key]),
            "、".join(str(cited) for cited in each.citations),
        )
        for sitting in plan.sittings
        for each in moments(plan, sitting)
    ]
    sheet = pdf.Roster(
        title=title,
        subtitle=plan.batch.name,
        columns=(
            pdf.Column("场次", 8),
            pdf.Column("科目", 20),
            pdf.Column("日期", 26),
            pdf.Column("时间", 12),
            pdf.Column("事项", 50, align="left"),
            pdf.Column("依据", 34, align="left"),
        ),
        rows=rows,
    )
    yield Made(sheet, title, pdf.Paper.A4_LANDSCAPE)


def signals(plan: Plan) -> Iterator[Made]:
    """F-313: the signals of the day with their times, for the wall and for who rings the bell."""
    rows = [
        (
            day(sitting),
            f"第 {sitting.number} 场 {subject_of(sitting)}",
            clock(each),
            *SIGNALS[each.key],
        )
        for sitting in plan.sittings
        for each in moments(plan, sitting)
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
