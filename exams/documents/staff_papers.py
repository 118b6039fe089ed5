"""What the staff signs: dispatch, sign-in, the meeting before the day, preparation handed over."""

from collections.abc import Iterator

from assessment_center import pdf
from assessment_center.batches.models import AssessmentBatch
from assessment_center.catalog.enums import Subject
from exams.documents.common import called, day, own_name, place, subject_of, when, when_below
from exams.documents.grids import cells, wide
from exams.documents.handbook import on_duty
from exams.documents.preparation import practical_rooms
from exams.documents.reading import Plan
from exams.documents.sheet import Kind, Made, Scope, declare, named_form
from exams.models import Duty

SENT = frozenset({"assessor", "panel_leader", "supervisor"})
NAME = pdf.Column("姓名", 16, face=pdf.Face.KAI, names=True)
AGENDA = (
    "宣布主考、考务组长、各考场监考（考评）人员和分工",
    "学习考务管理规定、考场规则和违纪违规处理规定",
    "强调保密纪律：试卷、考场与人员安排开考前不得外传",
    "统一时间、信号和入场、启封、收卷、密封的程序",
    "统一评分尺度和评分记录的填写（考评人员）",
    "突发情况的报告顺序和联系电话",
    "检查考场、设备、材料、安全和医疗准备",
)


def dispatch(plan: Plan) -> Iterator[Made]:
    """F-316: assessors and supervisors sent, with card, project and the papers they are for."""
    sent = [each for each in plan.duties if each.post in SENT]
    if not sent:
        return
    title = own_name(plan.batch, "F-316", "考评员、内部质量督导员派遣记录")
    sheet = pdf.Roster(
        title=title,
        subtitle=plan.batch.name,
        columns=(
            pdf.Column("序号", 6),
            NAME,
            pdf.Column("岗位", 13),
            pdf.Column("证卡编号", 20),
            pdf.Column("日期", 22),
            pdf.Column("考场", 14),
            pdf.Column("考核项目", 34, align="left"),
            pdf.Column("卷号", 12),
            pdf.Column("本人签名", 18),
        ),
        rows=[_sent(plan, number, each) for number, each in enumerate(sent, 1)],
        signatures=("派遣单位（盖章）", "经办人", "日期"),
        row_height=10.0,
    )
    yield Made(sheet, title, pdf.Paper.A4_LANDSCAPE)


def _sent(plan: Plan, number: int, duty: Duty) -> tuple[str, ...]:
    rooms = [room for room in plan.of(duty.sitting) if duty.sitting_room_id in {None, room.room.pk}]
    projects = dict.fromkeys(name for room in rooms for name, _n in room.offered)
    return (
        str(number), duty.member.person.name, str(duty.get_post_display()), duty.card_number,
        day(duty.sitting), called(duty.sitting_room) if duty.sitting_room else "全场",
        "、".join(projects), "", "",
    )  # fmt: skip


def staff_sign_in(plan: Plan) -> Iterator[Made]:
    """F-317: proctors and assessors sign in on the day, one sheet a sitting."""
    for sitting in plan.sittings:
        rows = [
            (str(number), post, room, name, "", "", "")
            for number, (post, room, name) in enumerate(on_duty(plan, sitting), 1)
        ]
        title = own_name(plan.batch, "F-317", "监考人员、考评人员签到表")
        sheet = pdf.Roster(
            title=title,
            subtitle=plan.batch.name,
            meta=(
                ("场次", f"第 {sitting.number} 场 {subject_of(sitting)}"),
                ("时间", when(sitting)),
            ),
            columns=(
                pdf.Column("序号", 7),
                pdf.Column("岗位", 17),
                pdf.Column("考场", 17),
                NAME,
                pdf.Column("本人签名", 26),
                pdf.Column("到岗时间", 16),
                pdf.Column("备注", 16),
            ),
            rows=rows,
            blank_rows=3 if rows else 12,
            row_height=11.0,
            signatures=("考务人员", "日期"),
        )
        yield Made(sheet, f"{title} 第 {sitting.number} 场", key=str(sitting.number))


def meeting_record(plan: Plan) -> Iterator[Made]:
    """F-318: the minutes of the meeting before the day, its points in print."""
    batch = plan.batch
    title = own_name(batch, "F-318", "考务会记录")
    agenda = "\n".join(f"{number}. {text}；" for number, text in enumerate(AGENDA, 1))
    form = pdf.Form(
        title=title,
        subtitle=batch.name,
        widths=(3, 5, 3, 5),
        rows=(
            cells(("会议时间", ""), ("会议地点", "")),
            cells(("主持人", ""), ("记录人", "")),
            wide("参加人员（签名）", "", 42.0),
            wide("会议内容", agenda, 62.0),
            wide("会议记录", "", 66.0),
            wide("议定事项", "", 30.0),
        ),
        signatures=("主持人", "记录人", "日期"),
    )
    yield Made(form, title)


def hand_over(plan: Plan) -> Iterator[Made]:
    """F-319: the preparation notices pass from the office to the heads of the practical sites."""
    rooms = practical_rooms(plan)
    if not rooms:
        return
    title = own_name(plan.batch, "F-319", "准备通知单移交记录")
    sheet = pdf.Roster(
        title=title,
        subtitle=plan.batch.name,
        columns=(
            pdf.Column("序号", 6),
            pdf.Column("场次-考场", 11),
            pdf.Column("考场地点", 24, align="left"),
            pdf.Column("职业（工种）等级", 30, align="left"),
            pdf.Column("考核时间", 28),
            pdf.Column("份数", 8),
            pdf.Column("移交人签名", 18),
            pdf.Column("接收人签名", 18),
            pdf.Column("移交时间", 18),
        ),
        rows=[
            (
                str(number), f"{room.sitting.number}-{room.room.number}", place(room.room),
                "、".join(name for name, _n in room.offered), when_below(room.sitting),
                "", "", "", "",
            )
            for number, room in enumerate(rooms, 1)
        ],
        row_height=12.0,
        notes=("按规程规定的时间移交；双方当面清点份数后签名。",),
        signatures=("考务组长", "日期"),
    )  # fmt: skip
    yield Made(sheet, title, pdf.Paper.A4_LANDSCAPE)


def _hands_over(batch: AssessmentBatch) -> bool:
    return (
        named_form("F-319")(batch)
        and batch.sittings.filter(subject_code=Subject.PRACTICAL).exists()
    )


def register() -> None:
    for kind in (
        Kind("F-316", "dispatch-record", "派遣记录", Scope.BATCH, dispatch, named_form("F-316")),
        Kind("F-318", "meeting-record", "考务会记录", Scope.BATCH, meeting_record,
             named_form("F-318")),
        Kind("F-319", "preparation-handover", "准备通知单移交记录", Scope.BATCH, hand_over,
             _hands_over),
        Kind("F-317", "staff-sign-in", "考务人员签到表", Scope.SITE, staff_sign_in),
    ):  # fmt: skip
        declare(kind, order=332)
