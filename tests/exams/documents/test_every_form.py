"""Every form of an examination, under every rulebook: what it shows is found in its text."""

import re
from collections import defaultdict

import pypdfium2
import pytest

from assessment_center import pdf
from assessment_center.pdf.text import normalise, texts
from assessment_center.registry import SYSTEM
from assessment_center.registry.language import in_chinese
from exams.documents import venue
from exams.documents.reading import read
from exams.documents.sheet import KINDS, Sheet, issue, sheets_of
from tests.exams.documents import world

pytestmark = pytest.mark.django_db
LISTS = ("door-notice", "seat-table", "photo-roll", "sign-in", "desk-labels")
UNPRINTED = {"left", "center", "right", "up", "text", *pdf.Face}  # how, not what
PAGE = re.compile(r"第\d+页共\d+页")
PIECE = re.compile(r"[^。；，、：\n]+")
FORMS = {
    "chongqing": {"F-301", "F-306", "F-307", "F-308", "F-311", "F-312", "F-314", "F-317", "F-506"},
    "henan": {"F-301", "F-308", "F-312", "F-313", "F-318", "F-508", "F-509"},
    "shandong": {"F-301", "F-302", "F-303", "F-304", "F-306", "F-308", "F-309", "F-310"},
    "fujian": {"F-306", "F-312", "F-313", "F-316", "F-501"},
    "jilin": {"F-301", "F-306", "F-307", "F-308", "F-316", "F-318", "F-319", "F-507"},
}


def plain(text: str) -> str:
    """Letters and figures alone: lines are broken and justified anywhere."""
    return "".join(normalise(text).split()).replace("\ufffe", "")


@in_chinese
def printed(rulebook: str) -> list[tuple[Sheet, str]]:
    """Every sheet with the text of its pages, told apart by the codes in their corners."""
    batch = world.batch_of(rulebook)
    kinds = [kind for kind in KINDS if kind.applies(batch)]
    sheets = [sheet for kind in kinds for sheet in sheets_of(kind, read(batch))]
    leaves = issue(sheets, batch, SYSTEM)
    pages: dict[str, str] = defaultdict(str)
    for page in pypdfium2.PdfDocument(pdf.bind(leaves)):
        found = plain(page.get_textpage().get_text_range())
        (corner,) = {leaf.imprint for leaf in leaves if plain(leaf.imprint.code) in found}
        basis = f"依据：{corner.basis}" if corner.basis else ""
        for part in (f"{corner.code}{corner.version}", basis):
            assert plain(part) in found
            found = found.replace(plain(part), "")
        pages[corner.code] += PAGE.sub("", found)
    return [(sheet, pages[leaf.imprint.code]) for sheet, leaf in zip(sheets, leaves, strict=True)]


@pytest.mark.parametrize("rulebook", list(FORMS))
def test_everything_on_every_form_is_found_in_its_text(rulebook: str) -> None:
    found = printed(rulebook)
    assert {sheet.code for sheet, _text in found} >= FORMS[rulebook]
    for sheet, text in found:
        for _who, told in texts(sheet.made.item):
            for piece in PIECE.findall("" if told in UNPRINTED else normalise(told)):
                assert plain(piece) in text, (sheet.stem, piece)
    for slug in LISTS:
        listed = [text for sheet, text in found if sheet.kind.slug == slug and "01场" in sheet.stem]
        assert len(listed) == 1
        assert [name for name in world.NAMES if name not in listed[0]] == []
    staff = next(text for sheet, text in found if sheet.kind.slug == "staff-on-site")
    assert [name for name in world.STAFF if name not in staff] == []


@pytest.mark.parametrize(
    ("rulebook", "table", "drawing"),
    [
        ("chongqing", "考场分布表", "考生分布图"),
        ("henan", "考场分布表", "考场示意图"),
        ("shandong", "考场分布表", "考场示意图"),
        ("jilin", "考场分布表", "考场示意图"),
    ],
)
def test_table_and_map_of_the_rooms_never_share_a_name(
    rulebook: str, table: str, drawing: str
) -> None:
    plan = read(world.batch_of(rulebook))
    (listed,), (drawn,) = venue.distribution(plan), venue.venue_map(plan)
    assert isinstance(listed.item, pdf.Roster)
    assert isinstance(drawn.item, pdf.RoomCards)
    assert (listed.item.title, drawn.label) == (table, drawing)
    assert drawn.item.title.endswith(drawing)


@pytest.mark.parametrize(
    ("rulebook", "words"), [("fujian", "福建省专项职业能力考核{}考点"), ("henan", "{}考点")]
)
def test_sign_and_banner_say_what_the_rulebook_words(rulebook: str, words: str) -> None:
    plan = read(world.batch_of(rulebook))
    told = words.format(plan.batch.centre.name)
    banner = [made.item for made in venue.banner(plan)]
    assert "".join(each.main for each in banner if isinstance(each, pdf.Sign)) == told
    (sign,) = (made.item for made in venue.signs(plan) if made.key == "site")
    assert isinstance(sign, pdf.Sign)
    assert (sign.main.replace("\n", "") == told) == (rulebook == "fujian")
