"""F-111 as it is filed: each meeting, or each piece of work, on a sheet of its own."""

from collections.abc import Iterable, Iterator

from django.utils import timezone

from assessment_center import pdf
from assessment_center.registers.enums import Series
from assessment_center.registers.models import Minutes

TITLES = {Series.MEETING.value: "会议记录", Series.WORK.value: "工作记录"}
PART = 500  # letters of a row: a third of a page of A4
SIGN = "签名：　　　　　　　　　　年　　月　　日"


def minutes_forms(found: Iterable[Minutes], head: str) -> list[pdf.Form]:
    """One form a record, in the order of their numbers."""
    return [_form(each, head) for each in found]


def _form(line: Minutes, head: str) -> pdf.Form:
    held = timezone.localtime(line.held_at)
    when = f"{held.year}年{held.month}月{held.day}日 {held:%H:%M}"
    return pdf.Form(
        title=TITLES.get(line.series, "会议/工作记录"),
        subtitle=head,
        widths=(17, 33, 17, 33),
        rows=(
            pdf.fact_row("登记号", str(line), "登记日期", f"{line.entered_on}"),
            pdf.wide_row("名称", line.title),
            pdf.fact_row("时间", when, "地点", line.place),
            pdf.fact_row("主持人", _name(line.chair), "记录人", _name(line.recorder)),
            *_long("参加人员", line.present, 16),
            *_long("议题\n（工作内容）", line.agenda, 52),
            *_long("决议\n（结果）", line.resolutions, 80),
            *_long("签名人", line.signed, 24, SIGN),
            *_long("备注", _standing(line), 10),
        ),
        who=line.title,
    )


def _name(text: str) -> pdf.Cell:
    return pdf.Cell(text, face=pdf.Face.KAI)


def _long(label: str, text: str, height: float, foot: str = "") -> Iterator[pdf.FormRow]:
    """Running text; a long one is parted after a sentence, so that it goes on over the page."""
    parts = list(_parts(text))
    least = height if len(parts) == 1 else 0.0
    for place, part in enumerate(parts):
        last = place == len(parts) - 1
        cell = pdf.Cell(part, span=3, block=True, foot=foot if last else "")
        yield pdf.FormRow((pdf.label_cell("（续）" if place else label), cell), height=least)


def _parts(text: str) -> Iterator[str]:
    rest = text
    while len(rest) > PART:
        end = max(rest.rfind(mark, PART // 2, PART) for mark in "。；\n") + 1 or PART
        yield rest[:end].rstrip("\n")
        rest = rest[end:]
    yield rest


def _standing(line: Minutes) -> str:
    """Which record this one puts right, or is put right by."""
    told = [f"更正 {line.corrects}：{line.reason}"] if line.corrects else []
    if line.is_corrected:
        told.append(f"已由 {line.corrected_by} 更正")
    return "；".join(told)
