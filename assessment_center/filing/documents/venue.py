"""F-218, rooms and equipment of a project, with the opinions of assessor and station."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assessment_center import pdf
from assessment_center.catalog.models import Occupation
from assessment_center.filing.documents.base import Made, imprint
from assessment_center.filing.models import FilingApplication, ScopeRequest
from assessment_center.filing.selectors import lines_of
from assessment_center.organization.models import AssessmentCentre
from assessment_center.registry import Actor
from assessment_center.registry.entries import FilingFact, filing_facts
from assessment_center.registry.language import in_chinese
from assessment_center.rulebooks import Rulebook

TITLE = "专项职业能力考核考场设施设备申报表"
BLANK_ROOMS, BLANK_PIECES = 2, 4
A_BLOCK = 12  # rows under one label; a longer list goes on below a label of its own
PLACES = ("theory_place", "practical_place")
KINDS = {"theory_place": "理论（机考）", "practical_place": "实操"}


@dataclass(frozen=True, slots=True)
class Venue:
    """What one form tells; rooms and equipment come from whoever keeps them."""

    centre: AssessmentCentre
    project: str
    occupation: Occupation
    place: str
    expected: str
    rules: Rulebook
    parts: Sequence[str] = PLACES

    def rooms(self) -> list[tuple[str, str, str]]:
        """Name, kind and area in m² of what serves this project; empty cells are for the pen."""
        found = [
            (str(fact.cells[0]), KINDS[each.part], str(fact.cells[2]))
            for each in filing_facts
            if each.part in self.parts
            for fact in each.facts(self.centre)
            if not fact.serves or self.occupation.code in fact.serves
        ]
        return found or [("", "", "")] * BLANK_ROOMS

    def pieces(self) -> list[tuple[str, str, str]]:
        """Name, model and quantity of what serves this project."""
        found = [
            (str(fact.cells[0]), str(fact.cells[1]), str(fact.cells[2]))
            for each in filing_facts
            if each.part == "equipment"
            for fact in each.facts(self.centre)
            if _serves(fact, self.occupation)
        ]
        return found or [("", "", "")] * BLANK_PIECES

    def content(self) -> Sequence[object]:
        """What another version of the sheet would show differently."""
        facts = (self.centre.name, *self.contact(), self.project, self.place, self.expected)
        return (*facts, self.rooms(), self.pieces())

    def contact(self) -> tuple[str, str]:
        """Who is asked, and the number; the centre's own where nobody is named."""
        profile = getattr(self.centre, "profile", None)
        name, phone = (profile.contact_name, profile.contact_phone) if profile else ("", "")
        return name, phone or self.centre.phone


def _serves(fact: FilingFact, occupation: Occupation) -> bool:
    group = str(fact.group)
    return not group or group.split(" · ", maxsplit=1)[0] == occupation.name


@in_chinese
def venue_pdf(venue: Venue, title: str, mark: pdf.Imprint) -> bytes:
    """The form as the annex has it: facts, rooms, equipment, opinions."""
    return pdf.form_table(venue_sheet(venue, title), imprint=mark)


def venue_sheet(venue: Venue, title: str) -> pdf.Form:
    return pdf.Form(
        title=title,
        widths=(2.2, 3.6, 2.6, 3.2),
        rows=[*_head(venue), *_tables(venue), *_opinions()],
        notes=tuple(_notes(venue.rules)),
        who=venue.project,
    )


def _notes(rules: Rulebook) -> Iterator[str]:
    lead = rules.settings.report_lead_workdays
    if lead and lead.value.venue:
        yield (
            f"场地情况和设施设备情况的电子资料，开考前{lead.value.venue}个工作日"
            "发送至所属鉴定指导中心。"
        )
    first = rules.filing_rule("precheck")
    if first:
        yield f"{first.label}；在考核计划发布前填写本表，连同考场照片或视频报送。"


def _head(venue: Venue) -> Iterator[pdf.FormRow]:
    name, phone = venue.contact()
    yield _line(("鉴定机构", venue.centre.name))
    yield _line(("考核地点", venue.place))
    yield _line(("考核项目", venue.project), ("预估报考人数", venue.expected))
    yield _line(("联系人", name), ("联系电话", phone))


def _line(*facts: tuple[str, str]) -> pdf.FormRow:
    """One fact across the form, or two side by side."""
    span = 1 if len(facts) > 1 else 3
    cells = [
        cell for name, value in facts for cell in (pdf.label_cell(name), pdf.Cell(value, span=span))
    ]
    return pdf.FormRow(tuple(cells), 11)


def _tables(venue: Venue) -> Iterator[pdf.FormRow]:
    yield from _block("考核场地", ("场地名称", "场地类型", "面积（㎡）"), venue.rooms())
    yield from _block("设施设备", ("名称", "型号规格", "数量"), venue.pieces())


def _block(name: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[pdf.FormRow]:
    """A list under its heads, its name beside all of it as the annex has it."""
    for at in range(0, len(rows), A_BLOCK):
        part = rows[at : at + A_BLOCK]
        lines = [
            *([[pdf.label_cell(head) for head in heads]] if at == 0 else ()),
            *([pdf.Cell(text) for text in row] for row in part),
        ]
        words = name if at == 0 else f"{name}（续）"
        beside = pdf.Cell(words, label=True, rows=len(lines))
        for number, cells in enumerate(lines):
            yield pdf.FormRow((*([beside] if number == 0 else ()), *cells))


def _opinions() -> Iterator[pdf.FormRow]:
    for who, signed in (("考评员意见", "（签字）"), ("鉴定站意见", "（盖章）")):
        foot = f"{signed}　　　　年　　月　　日"
        yield pdf.FormRow(
            (pdf.label_cell(who), pdf.Cell("", span=3, align="left", block=True, foot=foot)), 26
        )


@in_chinese
def form(application: FilingApplication, actor: Actor) -> Made:
    """The forms of all projects asked for, one after the other."""
    named = application.rules.form("F-218")
    title = named.name if named else TITLE
    venues = [_venue(application, line) for line in lines_of(application)]
    mark = imprint(
        application,
        actor,
        code="F-218",
        slug="venue-form",
        title=title,
        content=[each.content() for each in venues],
    )
    sheets = [venue_sheet(each, title) for each in venues]
    return Made(title, "pdf", pdf.form_table(sheets, imprint=mark))


def _venue(application: FilingApplication, line: ScopeRequest) -> Venue:
    job = f"（{line.job}）" if line.job else ""
    return Venue(
        centre=application.centre,
        project=f"{line.occupation}{job}",
        occupation=line.occupation,
        place=application.centre.address,
        expected="",
        rules=application.rules,
    )
