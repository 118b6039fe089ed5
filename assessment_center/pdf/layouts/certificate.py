"""Certificates, printed on plain paper with all their facts, photo, code and place for the seal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assessment_center.pdf.faces import Face
from assessment_center.pdf.layouts.common import each
from assessment_center.pdf.marks import photo, qr, seal_place
from assessment_center.pdf.page import GREY, HAIR, MM, Box, Document, Imprint, Page, Paper
from assessment_center.pdf.text import width
from assessment_center.pdf.wrap import fit, wrap

PHOTO = (30 * MM, 40 * MM)
CODE = 26 * MM
BORDER = 14 * MM
FACT_STEP = 13 * MM
ENGLISH_LABELS = {
    "姓名": "Name",
    "证件类型": "ID Type",
    "证件号码": "ID No.",
    "职业名称": "Occupation",
    "工种/职业方向": "Job",
    "职业技能等级": "Skill Level",
    "证书编号": "Certificate No.",
}


@dataclass(frozen=True)
class Fact:
    """One labelled value."""

    label: str
    value: str
    label_en: str = ""


@dataclass(frozen=True)
class Certificate:
    """One certificate. Facts stand in their order; an empty value is the caller's dash."""

    title: str
    facts: Sequence[Fact]
    centre: str
    issue_date: str
    title_en: str = ""
    statement: str = ""
    statement_en: str = ""
    photo: bytes | None = None
    qr: str = ""
    queries: Sequence[str] = ()
    seal: str = "（盖章）"
    serial: str = ""
    who: str = ""


def certificate_facts(
    *,
    name: str,
    id_type: str,
    id_number: str,
    occupation: str,
    job: str,
    level: str,
    number: str,
    english: bool = False,
) -> tuple[Fact, ...]:
    """The prescribed facts under their official labels, in the order of the sample certificate."""
    values = (name, id_type, id_number, occupation, job, level, number)
    return tuple(
        Fact(label, value, label_en if english else "")
        for (label, label_en), value in zip(ENGLISH_LABELS.items(), values, strict=True)
    )


def certificate(
    certificates: Certificate | Iterable[Certificate],
    *,
    imprint: Imprint,
    paper: Paper = Paper.A4,
    face: Face = Face.KAI,
    size: float = 12.0,
) -> bytes:
    """Print certificates, one on a page; `face` and `size` are those of the filled-in values."""
    document: Document | None = None
    for item in each(certificates, Certificate):
        document = document or Document(item.title, paper=paper, imprint=imprint)
        page = document.page()
        _frame(page, document.foot + (4 * MM if document.basis else 0))
        if page.width > page.height:
            _draw_landscape(page, item, face, size)
        else:
            _draw_portrait(page, item, face, size)
    return (document or Document("", paper=paper, imprint=imprint)).finish()


def _frame(page: Page, foot: float) -> None:
    edge = Box(0, 0, page.width, page.height - foot).inset(BORDER)
    page.box(edge, weight=1.6, color=GREY)
    page.box(edge.inset(1.6 * MM), weight=HAIR, color=GREY)


def _draw_portrait(page: Page, item: Certificate, face: Face, size: float) -> None:
    area = Box(0, 0, page.width, page.height).inset(30 * MM, 32 * MM)
    y = _draw_title(page, item, area)
    y = _draw_statement(page, item, Box(area.x, y + 9 * MM, area.w, 0))
    y += 11 * MM
    photo_box = Box(area.right - PHOTO[0], y, *PHOTO)
    photo(page, photo_box, item.photo)
    if item.qr:
        code = Box(photo_box.centre - CODE / 2, photo_box.bottom + 6 * MM, CODE, CODE)
        qr(page, code, item.qr)
    facts = Box(area.x, y, area.w - PHOTO[0] - 8 * MM, FACT_STEP)
    _draw_facts(page, item.facts, facts, face, size)
    _draw_issuer(page, item, Box(area.x, page.height - 76 * MM, area.w, 40 * MM), face, size)


def _draw_landscape(page: Page, item: Certificate, face: Face, size: float) -> None:
    area = Box(0, 0, page.width, page.height).inset(30 * MM, 26 * MM)
    y = _draw_title(page, item, area) + 9 * MM
    left = Box(area.x, y, area.w * 0.36, 0)
    photo_box = Box(left.centre - PHOTO[0] / 2, y, *PHOTO)
    photo(page, photo_box, item.photo)
    below = photo_box.bottom + 5 * MM
    if item.qr:
        qr(page, Box(left.centre - CODE / 2, below, CODE, CODE), item.qr)
        below += CODE
    _draw_statement(page, item, Box(left.x, below + 4 * MM, left.w, 0))
    right = Box(area.x + area.w * 0.42, y, area.w * 0.58, FACT_STEP * 0.86)
    _draw_facts(page, item.facts, right, face, size)
    issuer = Box(right.x, page.height - 62 * MM, right.w, 36 * MM)
    _draw_issuer(page, item, issuer, face, size)


def _draw_title(page: Page, item: Certificate, area: Box) -> float:
    y = area.y + 30
    size, spacing = 30.0, 5.0
    while width(item.title, Face.KAI, size) + spacing * len(item.title) > area.w:
        size -= 1
    page.text(area.centre, y, item.title, face=Face.KAI, size=size, align="center", spacing=spacing)
    if item.title_en:
        y += 20
        page.text(area.centre, y, item.title_en, size=12, align="center")
    return y


def _draw_statement(page: Page, item: Certificate, at: Box) -> float:
    y = at.y
    size = 12.0
    for line in _indented(item.statement, Face.KAI, size, at.w):
        y += size * 1.7
        page.text(at.x, y, line, face=Face.KAI, size=size)
    size = 11.0
    if item.statement_en:
        y += 2 * MM
        for line in wrap(item.statement_en, Face.SONG, size, at.w):
            y += size * 1.45
            page.text(at.x, y, line, size=size)
    return y


def _indented(text: str, face: Face, size: float, limit: float) -> list[str]:
    if not text:
        return []
    lines = wrap(text, face, size, limit, indent=2 * size)
    return [f"\u3000\u3000{lines[0]}", *lines[1:]]


def _draw_facts(page: Page, facts: Sequence[Fact], at: Box, face: Face, size: float) -> float:
    label_width = max(
        (
            max(width(f"{fact.label}：", Face.SONG, 12), width(fact.label_en, Face.SONG, 9))
            for fact in facts
        ),
        default=0,
    )
    y = at.y
    for fact in facts:
        room = at.w - label_width - 2 * MM
        value = fit(fact.value, face, size, room)
        height = max(at.h, len(value.lines) * value.size * 1.3 + 3 * MM)
        baseline = y + 14
        page.text(at.x, baseline, f"{fact.label}：", size=12)
        if fact.label_en:
            page.text(at.x, baseline + 11, fact.label_en, size=9, color=GREY)
        for line in value.lines:
            page.text(at.x + label_width + 2 * MM, baseline, line, face=face, size=value.size)
            baseline += value.size * 1.3
        y += height
    return y


def _draw_issuer(page: Page, item: Certificate, at: Box, face: Face, size: float) -> None:
    lines = fit(item.centre, face, size + 2, 80 * MM)
    longest = max(width(line, face, lines.size) for line in lines.lines)
    x = at.right - max(longest / 2, 30 * MM)
    seal_place(page, x, at.y + 13 * MM, item.seal)
    y = at.y + 10 * MM
    for line in lines.lines:
        page.text(x, y, line, face=face, size=lines.size, align="center")
        y += lines.size * 1.4
    page.text(x, y + 4 * MM, item.issue_date, face=face, size=size, align="center")
    y = at.bottom
    for line in reversed(item.queries):
        page.text(at.x, y, line, size=9, color=GREY)
        y -= 13
    if item.serial:
        page.text(at.right, at.bottom, item.serial, size=9, align="right", color=GREY)
