"""F-504: the record of every draw that was held, with its lots, key and corrections."""

from collections.abc import Sequence

from django.utils import timezone

from assessment_center import pdf
from assessment_center.accounts.enums import Act
from assessment_center.batches.models import AssessmentBatch
from assessment_center.batches.selectors import is_examined
from assessment_center.registry import Actor
from assessment_center.registry.entries import DocumentKind, documents
from exams.documents.common import imprint, when
from exams.drawing import OF_CANDIDATES, corrections_in_words, draws_of, lots_now
from exams.enums import DrawKind
from exams.labels import DRAW_LABELS
from exams.models import Draw

FORM = ("F-504", "draw-record", "抽签记录")
TITLES = {
    DrawKind.PROCTOR_ROOMS: ("监考员抽签记录", "组内序号"),
    DrawKind.PANEL: ("考评组抽取记录", "组内序号"),
    DrawKind.SUPERVISOR: ("质量督导员抽取记录", "组内序号"),
    DrawKind.WORKSTATION: ("工位抽签记录", "工位号"),
    DrawKind.REVIEW_ORDER: ("综合评审顺序抽签记录", "入场顺序"),
}


def _moment(draw: Draw) -> str:
    return f"{timezone.localtime(draw.held_at):%Y-%m-%d %H:%M}"


def _sheet(draw: Draw) -> pdf.Roster:
    kind = DrawKind(draw.kind)
    title, number = TITLES[kind]
    candidates = kind in OF_CANDIDATES
    columns = [
        pdf.Column("序号", 8),
        pdf.Column("姓名", 18, face=pdf.Face.KAI, names=True),
        *([pdf.Column("准考证号", 26), pdf.Column("职业（工种）等级", 32)] if candidates else []),
        pdf.Column("考场", 16),
        pdf.Column(number, 20),
        pdf.Column("本人签名", 22),
    ]
    rows = []
    for lot in lots_now(draw):
        ticket = (lot.ticket, lot.offering) if candidates else ()
        drawn = f"{lot.number or 0:02d}{'（更正）' if lot.corrected else ''}"
        rows.append((str(lot.line.position), lot.name, *ticket, lot.room, drawn, ""))
    return pdf.Roster(
        title=title,
        subtitle=draw.sitting.batch.name,
        columns=tuple(columns),
        rows=rows,
        meta=(
            ("场次", str(draw.sitting)),
            ("考试时间", when(draw.sitting)),
            ("抽签时间", _moment(draw)),
            ("主持人", draw.held_by_name),
            ("见证人", draw.witness),
        ),
        signatures=("主持人", "见证人", "日期"),
        notes=(
            f"密钥摘要 {draw.commitment}",
            f"密钥 {draw.key}；名单摘要 {draw.list_digest}；算法 {draw.algorithm}",
            *corrections_in_words(draw),
        ),
    )


def render(batch: AssessmentBatch, actor: Actor) -> Sequence[tuple[str, bytes]]:
    """One part for every held draw, in the order of the timetable."""
    parts = []
    for draw in draws_of(batch):
        sheet = _sheet(draw)
        corner = imprint(batch, actor, form=FORM, subject=draw.subject, content=sheet)
        stem = f"{draw.sitting.number:02d}场-{DRAW_LABELS[draw.kind]}"
        parts.append((stem, pdf.roster(sheet, imprint=corner)))
    return parts


def register() -> None:
    kind = DocumentKind(FORM[0], FORM[1], FORM[2], render, Act.EXAM_VIEW, is_examined)
    documents.register(FORM[1], kind, order=325)
