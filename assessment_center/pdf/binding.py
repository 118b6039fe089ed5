"""Sheets of any layout bound into one document, each under its own imprint."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from assessment_center.pdf.layouts.cover import Cover, draw_cover
from assessment_center.pdf.layouts.form_table import Form, draw_form
from assessment_center.pdf.layouts.labels import LabelSheet, draw_labels
from assessment_center.pdf.layouts.notice import Notice, draw_notice
from assessment_center.pdf.layouts.photo_roll import PhotoRoll, draw_photo_roll
from assessment_center.pdf.layouts.room_cards import RoomCards, draw_room_cards
from assessment_center.pdf.layouts.roster import Roster, draw_roster
from assessment_center.pdf.layouts.seating_chart import SeatingChart, draw_seating_chart
from assessment_center.pdf.layouts.sign import Sign, draw_sign
from assessment_center.pdf.layouts.timeline import Timeline, draw_timeline
from assessment_center.pdf.layouts.wall_notice import WallNotice, draw_wall_notice
from assessment_center.pdf.page import Document, Imprint, Paper
from assessment_center.pdf.text import check_glyphs, texts

Item: TypeAlias = (
    Cover | Form | LabelSheet | Notice | PhotoRoll | RoomCards | Roster | SeatingChart
    | Sign | Timeline | WallNotice
)  # fmt: skip

DRAW: dict[type[Any], Callable[[Document, Any], None]] = {
    Cover: draw_cover,
    Form: draw_form,
    LabelSheet: draw_labels,
    Notice: draw_notice,
    PhotoRoll: draw_photo_roll,
    RoomCards: draw_room_cards,
    Roster: draw_roster,
    SeatingChart: draw_seating_chart,
    Sign: draw_sign,
    Timeline: draw_timeline,
    WallNotice: draw_wall_notice,
}


@dataclass(frozen=True)
class Leaf:
    """One sheet of a document: what it shows, on which paper, how often."""

    item: Item
    imprint: Imprint = field(default_factory=Imprint)
    paper: Paper = Paper.A4
    copies: int = 1


def bind(leaves: Leaf | Iterable[Leaf], *, title: str = "") -> bytes:
    """Print sheets one after the other; each begins a page and counts its own pages."""
    document: Document | None = None
    for leaf in (leaves,) if isinstance(leaves, Leaf) else leaves:
        check_glyphs(texts(leaf.item))
        if document is None:
            name = title or str(getattr(leaf.item, "title", ""))
            document = Document(name, paper=leaf.paper, imprint=leaf.imprint)
        document.turn(leaf.paper, leaf.imprint)
        for _copy in range(leaf.copies):
            DRAW[type(leaf.item)](document, leaf.item)
    return (document or Document(title)).finish()
