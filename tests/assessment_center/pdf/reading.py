"""Reading printed bytes back: text by two readers, pictures, QR codes."""

from io import BytesIO

import pypdf
import pypdfium2
import zxingcpp
from PIL import Image


def pages(data: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(BytesIO(data)).pages]


def text(data: bytes) -> str:
    """All text without white space, so that wrapped lines read as one."""
    return "".join("".join(pages(data)).split())


def text_by_pdfium(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    found = "".join(page.get_textpage().get_text_range() for page in document)
    return "".join(found.split())


def picture(data: bytes, page: int = 0, scale: float = 1.0) -> Image.Image:
    return pypdfium2.PdfDocument(data)[page].render(scale=scale).to_pil().convert("L")


def codes(data: bytes) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(picture(data, scale=3))]


def font_names(data: bytes) -> set[str]:
    names = set()
    for page in pypdf.PdfReader(BytesIO(data)).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            names.add(font.get_object()["/BaseFont"].split("+")[-1].strip("/"))
    return names


def is_inside_the_paper(data: bytes, margin: int = 12) -> bool:
    """Whether a margin of so many points is left white on every page."""
    for page in range(len(pypdfium2.PdfDocument(data))):
        shown = picture(data, page)
        w, h = shown.size
        sides = [(0, 0, margin, h), (w - margin, 0, w, h), (0, 0, w, margin), (0, h - margin, w, h)]
        if any(shown.crop(side).getextrema()[0] < 255 for side in sides):
            return False
    return True
