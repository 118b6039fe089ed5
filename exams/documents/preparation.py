"""F-306: what the site of a practical examination makes ready, and what candidates bring.

Equipment comes from the ledger of the room; tools and materials that belong to the task are written
in by whoever knows the task, because the notice must not tell the questions.
"""

from collections.abc import Iterator, Sequence

from assessment_center import pdf
from assessment_center.batches.models import AssessmentBatch
from assessment_center.catalog.enums import Subject
from exams.documents.common import own_name, room_meta, when
from exams.documents.reading import Plan, RoomPlan
from exams.documents.sheet import Kind, Made, Scope, declare, named_form
from exams.equipment.room_selectors import in_room

BLANK_LINES = 10
PROVIDED = "考核所需设备、材料和通用工具由考场提供，名称和数量见考场公布的清单。"
PROTECTION = "按本职业安全操作要求穿戴工作服、工作鞋和防护用品；长发须束起。"


def practical_rooms(plan: Plan) -> list[RoomPlan]:
    return [each for each in plan.rooms if each.sitting.subject_code == Subject.PRACTICAL]


def room_notice(plan: Plan, room: RoomPlan) -> Iterator[Made]:
    """For the head of the site: equipment of the room, then lines for tools and materials."""
    if room.sitting.subject_code != Subject.PRACTICAL:
        return
    title = own_name(plan.batch, "F-306", "考场准备通知单")
    rows: list[Sequence[str]] = [
        (
            str(number), "设备", one.name, one.model,
            f"{one.needed} {one.unit}", f"{one.station} 号工位" if one.station else "共用", "",
        )
        for number, one in enumerate(in_room(room.room), 1)
    ]  # fmt: skip
    rows += [
        (str(number), "", "", "", "", "", "")
        for number in range(len(rows) + 1, len(rows) + BLANK_LINES + 1)
    ]
    grid = room.room.room
    sheet = pdf.Roster(
        title=f"{title}（考场）",
        subtitle=plan.batch.name,
        meta=(
            *room_meta(room),
            ("工位", f"{grid.capacity} 个"),
            ("职业、等级", room.offered_text),
        ),
        columns=(
            pdf.Column("序号", 7),
            pdf.Column("类别", 11),
            pdf.Column("名称", 28, align="left"),
            pdf.Column("型号规格", 24, align="left"),
            pdf.Column("数量", 12),
            pdf.Column("位置", 16),
            pdf.Column("检查", 10),
        ),
        rows=rows,
        row_height=9.0,
        notes=(
            "工具、材料由考务组按考核要求填写，只写名称、规格和数量，不得涉及试题内容。",
            "设备留有备用；开考前检查完毕，电源、照明、通风和安全防护完好。",
        ),
        signatures=("发出人", "接收人", "检查人", "日期"),
    )
    yield Made(sheet, f"{title}（考场）")


def candidate_notice(plan: Plan) -> Iterator[Made]:
    """For candidates: what they bring themselves, what lies ready, what must stay outside."""
    title = own_name(plan.batch, "F-306", "考生准备通知单")
    sittings: dict[str, list[str]] = {}
    for room in practical_rooms(plan):
        for name, _number in room.offered:
            told = sittings.setdefault(name, [])
            if (at := when(room.sitting)) not in told:
                told.append(at)
    for number, (name, times) in enumerate(sorted(sittings.items()), 1):
        form = pdf.Form(
            title=f"{title}（考生）",
            subtitle=plan.batch.name,
            widths=(3, 13),
            rows=(
                _row("职业（工种）等级", name, 11.0),
                _row("考核时间", "；".join(times), 12.0),
                _row("考核地点", plan.batch.exam_place, 11.0),
                _row("考场提供", PROVIDED, 16.0),
                _row("自备工具、用品", "", 62.0),
                _row("劳动防护", PROTECTION, 16.0),
                _row(
                    "注意事项",
                    "只能带入本通知单列明的自备物品，不得带入有标记或涉及考核内容的资料、工件；"
                    "手机等电子设备关机后放到指定的存放处。凭准考证和身份证件入场。",
                    24.0,
                ),
            ),
            notes=("本通知单不涉及试题内容；自备物品由考务组按考核要求填写。",),
        )  # fmt: skip
        yield Made(form, f"{title}（考生） {name}", key=str(number))


def _row(label: str, text: str, height: float) -> pdf.FormRow:
    return pdf.FormRow((pdf.Cell(label, label=True), pdf.Cell(text, block=True)), height)


def _prepares(batch: AssessmentBatch) -> bool:
    return (
        named_form("F-306")(batch)
        and batch.sittings.filter(subject_code=Subject.PRACTICAL).exists()
    )


def register() -> None:
    for kind in (
        Kind("F-306", "room-preparation", "准备通知单（考场）", Scope.ROOM, room_notice, _prepares),
        Kind("F-306", "candidate-preparation", "准备通知单（考生）", Scope.SITE, candidate_notice,
             _prepares),
    ):  # fmt: skip
        declare(kind, order=318)
