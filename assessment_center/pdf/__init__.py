"""Everything that is printed: dataclasses in, bytes of a PDF out. No Django, no tables.

    from assessment_center import pdf
    data = pdf.roster(pdf.Roster(title="考场签到表", columns=(...), rows=[...]),
                      imprint=pdf.Imprint(code="F-12", version="1", basis="考务管理办法第十条"))

All texts are normalised and checked first: a character that no face draws raises
`GlyphMissing(who, character, codepoint)` before anything is printed. Nothing is ever cut, nothing
is smaller than 8 pt, every character stays searchable. Equal input gives equal bytes.

Common
    Paper.A4 | A4_LANDSCAPE | A3 | A3_LANDSCAPE | CARD (a staff card; only `staff_cards` fills it)
    Face.SONG | HEI | KAI | FANGSONG | TITLE          (role on paper; Latin in a Times-like face)
    Imprint(code="", version="", basis="", mark="")   small at the page edge; “依据：{basis}”;
                                                      mark: address of the record, as a QR code
    Column(label, width, align="center", face=Face.SONG, names=False)
                                                      width is a share; names=True: Kai, and the
                                                      name that GlyphMissing reports

Layouts: `f(X | Iterable[X], *, imprint: Imprint, paper: Paper = ...) -> bytes`
    roster(sheets, *, imprint, paper=A4)              a new page per sheet, header repeated, pages
                                                      counted within the sheet
        Roster(title, columns, rows, subtitle="", meta=((label, value), ...), signatures=(label,
               ...), notes=(text, ...), blank_rows=0, row_height=8.0)            height in mm
    form_table(forms, *, imprint, paper=A4)           bordered grid of labels and values
        Form(title, widths=(share, ...), rows=(FormRow, ...), subtitle="", meta=(), notes=(),
             signatures=(), who="")
        label_cell(text); fact_row(label, value, second, other); wide_row(label, value)
        FormRow(cells=(Cell, ...), height=9.0, heads=False)                      height in mm
                                                      heads: never parted from the row below
        Cell(text="", span=1, rows=1, label=False, kind="text"|"photo"|"qr", image=None,
             align="", face=None, block=False, foot="")
                                                      block: running text from the top left;
                                                      foot: signature line at the lower right
    ticket(tickets, *, imprint, per_page=1|2)         admission tickets, A4; two on a page when
                                                      all have room, one otherwise
        Ticket(centre, name, number, facts=((label, value), ...), sittings=(TicketSitting, ...),
               rules=(text, ...), title="准考证", subtitle="", photo=None, qr="", contact="")
        TicketSitting(subject, time, place, room="", seat="")
    certificate(certificates, *, imprint, paper=A4 | A4_LANDSCAPE, face=Face.KAI, size=12.0)
        Certificate(title, facts=(Fact, ...), centre, issue_date, title_en="", statement="",
                    statement_en="", photo=None, qr="", queries=(text, ...), seal="（盖章）",
                    serial="", who="")
        Fact(label, value, label_en="")
        certificate_facts(*, name, id_type, id_number, occupation, job, level, number,
                          english=False) -> tuple[Fact, ...]
    notice(notices, *, imprint)                       announcement under a red head
        Notice(issuer, title, body=(str | Table | FlowChart, ...), signer, date, number="",
               addressee="", attachments=(text, ...), contact="", red_head=True)
        Table(columns, rows, caption="")              lines “一、…” and “（一）…” become headings
        FlowChart(caption, steps)                     boxes joined by arrows, in the text
    wall_notice(notices, *, imprint, paper=A3)        rules posted on a wall, as large as they fit
        WallNotice(title, items=(text, ...), issuer="", date="", subtitle="", numbered=True)
    exam_paper(papers, *, imprint, paper=A4)          items numbered on, options in columns
        ExamPaper(title, sections=(PaperSection, ...), subtitle="", mark="", meta=(),
                  blanks=("姓名", "准考证号", "单位"), notes=())
        PaperSection(heading, items=(PaperItem, ...))
        PaperItem(stem, options=(text, ...), lines=0)          letters and numbers are added here
    staff_cards(items, *, imprint, paper=A4|CARD)     cards of the staff, ten on a sheet or one each
        StaffCard(title, name, facts=((label, value), ...), issuer, photo=None, qr="", seal="")
    letter(letters, *, imprint)                       letters of appointment, A4 landscape
        Letter(title, text, issuer, date, number="", seal="（盖章）", who="")
    labels(items, *, imprint=Imprint(), across=2, down=5)      desk and packet labels, cut lines
        Label(main, lines=(text, ...), corner="", heading="", qr="")
    seating_chart(charts, *, imprint, paper=A4_LANDSCAPE)
        SeatingChart(title, seats=(Seat, ...), rows, columns, meta=(), doors=("front-left", ...),
                     notes=(), subtitle="")
        Seat(row, column, number, name="", detail="") row 1 is at the podium, column 1 at its left

Several sheets in one document
    bind(leaves, *, title="")                         Leaf(item, imprint, paper=A4, copies=1); item
                                                      is what a layout above takes, or
        LabelSheet(items, across=2, down=5)           labels cut together
        Timeline(title, points=(Point(clock, offset, text, basis="", strong=False), ...),
                 subtitle="", meta=(), notes=(), signatures=())    a day by the clock
        Sign(main, arrow=""|"left"|"right"|"up", heading="", lines=())         read from afar
        PhotoRoll(title, people=(Portrait(number, name, lines=(), photo=None), ...), ...)
        RoomCards(title, groups=(CardGroup(heading, cards=(Card(number, place, lines=()), ...)),
                  ...), subtitle="")                  the map of a venue
        Cover(main, lines=((name, code, version, copies), ...), heading="", meta=(), notes=(),
              signatures=(), step=0)                  the leaf between two sets, with its tab

Text
    normalise(text) -> str
    missing_glyphs(text, face=Face.SONG) -> list[str]
    check_glyphs(items: Iterable[tuple[who, text]]) -> None        raises GlyphMissing
    GlyphMissing(who, character)  .who .character .codepoint       str() is the Chinese message

A layout of one's own
    Document(title, *, paper=Paper.A4, imprint=None)  .page(number=0, total=0) -> Page  .finish()
    Page.body: Box, .text(x, y, text, ...), .lines(box, lines, ...), .rule(...), .box(...)
    photo(page, box, data, words="照片"), qr(page, box, text), seal_place(page, x, y, words),
    signatures(page, box, labels), heading(page, y, title)
    Box(x, y, w, h) in points from the top left; MM is points per millimetre
"""

from assessment_center.pdf.binding import Item, Leaf, bind
from assessment_center.pdf.faces import Face
from assessment_center.pdf.layouts.certificate import (
    Certificate,
    Fact,
    certificate,
    certificate_facts,
)
from assessment_center.pdf.layouts.common import Pairs
from assessment_center.pdf.layouts.cover import Cover
from assessment_center.pdf.layouts.exam_paper import (
    ExamPaper,
    PaperItem,
    PaperSection,
    exam_paper,
)
from assessment_center.pdf.layouts.flow_chart import FlowChart
from assessment_center.pdf.layouts.form_table import (
    Cell,
    Form,
    FormRow,
    fact_row,
    form_table,
    label_cell,
    wide_row,
)
from assessment_center.pdf.layouts.labels import Label, LabelSheet, labels
from assessment_center.pdf.layouts.letter import Letter, letter
from assessment_center.pdf.layouts.notice import Notice, Table, notice
from assessment_center.pdf.layouts.photo_roll import PhotoRoll, Portrait
from assessment_center.pdf.layouts.room_cards import Card, CardGroup, RoomCards
from assessment_center.pdf.layouts.roster import Roster, roster
from assessment_center.pdf.layouts.seating_chart import Seat, SeatingChart, seating_chart
from assessment_center.pdf.layouts.sign import Sign
from assessment_center.pdf.layouts.staff_cards import StaffCard, staff_cards
from assessment_center.pdf.layouts.ticket import Ticket, TicketSitting, ticket
from assessment_center.pdf.layouts.timeline import Point, Timeline
from assessment_center.pdf.layouts.wall_notice import WallNotice, wall_notice
from assessment_center.pdf.marks import heading, photo, qr, seal_place, signatures
from assessment_center.pdf.page import MM, Box, Document, Imprint, Page, Paper
from assessment_center.pdf.table import Column
from assessment_center.pdf.text import GlyphMissing, check_glyphs, missing_glyphs, normalise

__all__ = [
    "MM", "Box", "Card", "CardGroup", "Cell", "Certificate", "Column", "Cover", "Document",
    "ExamPaper", "Face", "Fact", "FlowChart", "Form", "FormRow", "GlyphMissing", "Imprint",
    "Item", "Label", "LabelSheet", "Leaf", "Letter", "Notice", "Page", "Pairs", "Paper",
    "PaperItem",
    "PaperSection", "PhotoRoll", "Point", "Portrait", "RoomCards", "Roster", "Seat",
    "SeatingChart", "Sign", "StaffCard", "Table", "Ticket", "TicketSitting", "Timeline",
    "WallNotice", "bind", "certificate", "certificate_facts", "check_glyphs", "exam_paper",
    "fact_row", "form_table", "heading", "label_cell", "labels", "letter", "missing_glyphs",
    "normalise", "notice", "photo", "qr", "roster", "seal_place", "seating_chart", "signatures",
    "staff_cards", "ticket", "wall_notice", "wide_row",
]  # fmt: skip
