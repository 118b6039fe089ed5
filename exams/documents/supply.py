"""Forms of the papers from the authority: requisition, F-407 receipt, F-408 ledger of custody."""

from collections.abc import Sequence

from django.utils import timezone

from assessment_center import pdf
from assessment_center.accounts.enums import Act
from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry import Actor
from assessment_center.registry.entries import DocumentKind, documents
from exams.documents.common import imprint, own_name, place, when
from exams.enums import PacketState
from exams.models import Handover, PaperDisposal, PaperParcel, RequisitionLine
from exams.selectors import packets_of
from exams.supply import asked_of, lines_of, parcels_of

Parts = Sequence[tuple[str, bytes]]
INTACT, BROKEN, RESEALED = "完好", "破损", "重新封签"


def _clock(moment: object) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"  # type: ignore[arg-type]


def _printed(
    batch: AssessmentBatch, actor: Actor, form: tuple[str, str, str], sheet: pdf.Roster
) -> Parts:
    corner = imprint(batch, actor, form=form, subject=batch.subject, content=sheet)
    return [(form[2], pdf.roster(sheet, imprint=corner, paper=pdf.Paper.A4_LANDSCAPE))]


def _what(line: RequisitionLine) -> tuple[str, ...]:
    room = line.sitting_room
    return (
        f"{room.sitting.number}-{room.number}",
        str(line.offering),
        str(line.get_subject_display()),
        f"{line.form}{'（备用）' if line.is_spare else ''}",
    )


def requisition(batch: AssessmentBatch, actor: Actor) -> Parts:
    """How many copies of which paper for which room, in bags as the authority is to pack them."""
    asked = asked_of(batch)
    lines = lines_of(asked)
    rows = [
        (*_what(line), when(line.sitting_room.sitting), place(line.sitting_room), str(line.count))
        for line in lines
    ]
    total = sum(line.count for line in lines)
    sheet = pdf.Roster(
        title="试卷需求单",
        subtitle=f"报 {batch.centre.authority_name}",
        meta=(
            ("机构", batch.centre.name),
            ("批次", batch.name),
            ("次数", f"第 {asked.number} 次" if asked else ""),
            ("合计", f"{len(lines)} 袋 {total} 份"),
        ),
        columns=(
            pdf.Column("场次-考场", 10),
            pdf.Column("职业（项目）", 26, align="left"),
            pdf.Column("科目", 16),
            pdf.Column("卷别", 11),
            pdf.Column("考试时间", 32),
            pdf.Column("考场地点", 28, align="left"),
            pdf.Column("份数", 8),
        ),
        rows=rows,
        notes=("请按本单逐行分袋密封，袋面注明场次、考场、项目、卷别和份数；备用卷另装一袋。",),
        signatures=("经办人", "负责人（盖章）", "日期"),
    )
    return _printed(batch, actor, ("", "paper-requisition", "试卷需求单"), sheet)


def receipt(batch: AssessmentBatch, actor: Actor) -> Parts:
    """F-407: every bag with what was found; what has not come yet stands with empty cells."""
    title = own_name(batch, "F-407", "试卷交接单")
    arrived = list(parcels_of(batch))
    come = {each.line_id for each in arrived if each.state != "refused"}
    rows = [_arrived(each) for each in arrived]
    rows += [
        ("", *_what(line), str(line.count), "", "", "", "", "", "")
        for line in lines_of(asked_of(batch))
        if line.pk not in come
    ]
    sheet = pdf.Roster(
        title=title,
        subtitle=f"{batch.centre.authority_name} — {batch.centre.name}",
        meta=(("批次", batch.name), ("合计", f"{len(rows)} 袋")),
        columns=(
            pdf.Column("袋号", 12),
            pdf.Column("场次-考场", 10),
            pdf.Column("职业（项目）", 18, align="left"),
            pdf.Column("科目", 14),
            pdf.Column("卷别", 11),
            pdf.Column("应收", 6),
            pdf.Column("实收", 6),
            pdf.Column("封签", 7),
            pdf.Column("时间", 17),
            pdf.Column("交卷人", 9),
            pdf.Column("接收人（两人）", 18),
            pdf.Column("检查情况", 21, align="left"),
        ),
        rows=rows,
        signatures=("交卷人", "接收人", "同行接收人", "日期"),
    )
    return _printed(batch, actor, ("F-407", "paper-receipt", title), sheet)


def _arrived(parcel: PaperParcel) -> tuple[str, ...]:
    told = "；".join(text for text in (parcel.note, parcel.decision) if text)
    return (
        parcel.number,
        *_what(parcel.line),
        str(parcel.asked),
        str(parcel.count),
        INTACT if parcel.seal_intact else BROKEN,
        _clock(parcel.received_at),
        parcel.giver,
        f"{parcel.receiver}、{parcel.second}",
        told or str(parcel.get_state_display()),
    )


def ledger(batch: AssessmentBatch, actor: Actor) -> Parts:
    """F-408: every step of every bag from store to return, and where the papers went at last."""
    title = own_name(batch, "F-408", "试卷保管交接台账")
    rows = [
        (
            packet.seal_number,
            f"{packet.sitting_room.sitting.number}-{packet.sitting_room.number}",
            f"{packet.form}{'（备用）' if packet.kind == 'spare' else ''}",
            "入库" if packet.parcel_id and step.state == "packed" else step.get_state_display(),
            _clock(step.at),
            str(step.count),
            _seal(step),
            str(step.giver),
            str(step.receiver),
            "；".join(text for text in ("、".join(step.witnesses), step.note) if text),
        )
        for packet in packets_of(batch)
        for step in packet.handovers.all()
    ]
    end = PaperDisposal.objects.filter(batch=batch).first()
    sheet = pdf.Roster(
        title=title,
        subtitle=batch.name,
        columns=(
            pdf.Column("袋号（封签号）", 18),
            pdf.Column("场次-考场", 10),
            pdf.Column("卷别", 11),
            pdf.Column("环节", 9),
            pdf.Column("时间", 18),
            pdf.Column("份数", 7),
            pdf.Column("封签", 7),
            pdf.Column("交出人", 11),
            pdf.Column("接收人", 11),
            pdf.Column("见证人、说明", 26, align="left"),
        ),
        rows=rows,
        notes=(_told(end),) if end else (),
        signatures=("保管人", "负责人", "日期"),
    )
    return _printed(batch, actor, ("F-408", "paper-ledger", title), sheet)


def _seal(step: Handover) -> str:
    """The seal at this step; at its return the opened bag carries a new one."""
    if not step.seal_intact:
        return BROKEN
    return RESEALED if step.state == PacketState.RETURNED else INTACT


def _told(end: PaperDisposal) -> str:
    back = f"退回主管部门 {end.sent_back} 份" + (f"（{end.taker} 接收）" if end.taker else "")
    return (
        f"清退：收回 {end.total} 份，{back}，销毁 {end.destroyed} 份，留存归档 {end.kept} 份；"
        f"{end.first}、{end.second} {_clock(end.at)} 经办。"
    )


def _asked(batch: AssessmentBatch) -> bool:
    return asked_of(batch) is not None


def _kept(batch: AssessmentBatch) -> bool:
    return packets_of(batch).exists()


def register() -> None:
    for code, slug, label, render, applies in (
        ("", "paper-requisition", "试卷需求单", requisition, _asked),
        ("F-407", "paper-receipt", "试卷交接单", receipt, _asked),
        ("F-408", "paper-ledger", "试卷保管交接台账", ledger, _kept),
    ):
        kind = DocumentKind(code, slug, label, render, Act.EXAM_VIEW, applies)
        documents.register(slug, kind, order=340)
