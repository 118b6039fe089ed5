"""What is written when something goes wrong, and the log of photos: F-506 to F-509."""

from collections.abc import Iterator

from django.utils import timezone

from assessment_center import pdf
from exams.documents.common import called, own_name, subject_of, when_below
from exams.documents.grids import cells, wide
from exams.documents.reading import Plan
from exams.documents.sheet import Kind, Made, Scope, declare, named_form
from exams.documents.statements import admission, interview
from exams.models import Incident
from exams.selectors import incidents_of

MOMENTS = ("入场、签到", "启封、发卷", "考试进行", "收卷、密封")


def incident_records(plan: Plan) -> Iterator[Made]:
    """F-507: one for every incident entered, and a blank one to be filled in on the spot."""
    title = own_name(plan.batch, "F-507", "突发事件记录")
    for number, each in enumerate(incidents_of(plan.batch), 1):
        yield Made(_incident(plan, title, each), f"{title} {number}", key=str(number))
    yield Made(_incident(plan, title, None), f"{title}（空白）", key="blank")


def _incident(plan: Plan, title: str, each: Incident | None) -> pdf.Form:
    room = each.sitting_room if each else None
    return pdf.Form(
        title=title,
        subtitle=plan.batch.name,
        widths=(3, 5, 3, 5),
        rows=(
            cells(
                ("场次", f"第 {each.sitting.number} 场 {subject_of(each.sitting)}" if each else ""),
                ("考场", called(room) if room else ""),
            ),
            cells(
                ("类别", str(each.get_kind_display()) if each else ""),
                ("发现时间", _clock(each.happened_at) if each else ""),
            ),
            cells(
                ("首报时间", _clock(each.reported_at) if each else ""),
                ("报告对象", each.reported_to if each else ""),
            ),
            wide("起因和经过", each.text if each else "", 46.0),
            wide("处理措施", "", 38.0),
            wide("处理结果", "", 30.0),
            wide("社会影响", "", 20.0),
            wide("改进措施", "", 26.0, "负责人：　　　　　　年　月　日"),
        ),
        signatures=("记录人", "见证人", "日期"),
    )


def _clock(moment: object) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"  # type: ignore[arg-type]


def photo_log(plan: Plan) -> Iterator[Made]:
    """F-506: which photos and recordings were taken of every room, by whom, where they are kept."""
    rows = [
        (
            f"{room.sitting.number}-{room.room.number}", subject_of(room.sitting),
            when_below(room.sitting), moment, "", "", "", "",
        )
        for room in plan.rooms
        for moment in MOMENTS
    ]  # fmt: skip
    title = own_name(plan.batch, "F-506", "考试现场照片")
    sheet = pdf.Roster(
        title=f"{title}登记表",
        subtitle=plan.batch.name,
        columns=(
            pdf.Column("场次-考场", 10),
            pdf.Column("科目", 16),
            pdf.Column("时间", 26),
            pdf.Column("环节", 16),
            pdf.Column("照片（张）", 11),
            pdf.Column("视频（分钟）", 12),
            pdf.Column("拍摄人签名", 16),
            pdf.Column("存放位置、文件名", 26),
        ),
        rows=rows,
        row_height=9.0,
        notes=("照片要能看出考场号、考生座位和时间；不得拍摄试题和评分内容。",),
        signatures=("考务人员", "日期"),
    )
    yield Made(sheet, f"{title}登记表", pdf.Paper.A4_LANDSCAPE)


def register() -> None:
    for kind in (
        Kind("F-506", "photo-log", "考试现场照片登记表", Scope.SITE, photo_log,
             named_form("F-506")),
        Kind("F-507", "incident-record", "突发事件记录", Scope.BATCH, incident_records,
             named_form("F-507")),
        Kind("F-508", "interview-record", "谈话笔录", Scope.SITE, interview, named_form("F-508")),
        Kind("F-509", "substitution-admission", "签名证明", Scope.SITE, admission,
             named_form("F-509")),
    ):  # fmt: skip
        declare(kind, order=334)
