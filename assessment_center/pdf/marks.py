"""What is drawn into a place on the page: photo, QR code, seal place, signature lines."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from io import BytesIO
from typing import Any

from PIL import Image, ImageOps
from reportlab.pdfbase.pdfdoc import PDFImageXObject

from assessment_center.pdf.codes import draw_code
from assessment_center.pdf.faces import Face
from assessment_center.pdf.page import GREY, HAIR, MM, PALE, SMALL, THIN, Box, Page
from assessment_center.pdf.text import width

QR_VERSION = 4  # at least; a longer text takes a larger code
JPEG_QUALITY = 92


def photo(page: Page, box: Box, data: bytes | None, *, words: str = "照片") -> None:
    """Draw a photo into `box`, whole and undistorted; without one, a frame that says what goes in.

    A JPEG is passed through as it is; any other format is converted once.
    """
    if not data:
        page.box(box, weight=HAIR, color=PALE)
        page.lines(box, tuple(words.split("\n")), size=9, align="center")
        return
    image, name = _image(data)
    ratio = min(box.w / image.width, box.h / image.height)
    w, h = image.width * ratio, image.height * ratio
    # ReportLab's own way in decodes every picture; these are its internals without that.
    canvas: Any = page.canvas
    registered = canvas._doc.getXObjectName(name)  # noqa: SLF001
    if registered not in canvas._doc.idToObject:  # noqa: SLF001
        canvas._setXObjects(image)  # noqa: SLF001
        canvas._doc.Reference(image, registered)  # noqa: SLF001
        canvas._doc.addForm(name, image)  # noqa: SLF001
    canvas._currentPageHasImages = 1  # noqa: SLF001
    left, bottom = box.centre - w / 2, page.height - box.middle - h / 2
    page.ink.write(f"q {w:.2f} 0 0 {h:.2f} {left:.2f} {bottom:.2f} cm /{registered} Do Q")
    canvas._formsinuse.append(name)  # noqa: SLF001
    page.box(box, weight=HAIR, color=PALE)


def _image(data: bytes) -> tuple[PDFImageXObject, str]:
    name = sha256(data).hexdigest()[:32]
    image = PDFImageXObject(name)
    if not image.loadImageFromJPEG(BytesIO(data)):
        with Image.open(BytesIO(data)) as opened:
            plain = ImageOps.exif_transpose(opened).convert("RGB")
        converted = BytesIO()
        plain.save(converted, "JPEG", quality=JPEG_QUALITY)
        image.loadImageFromJPEG(BytesIO(converted.getvalue()))
    return image, name


def qr(page: Page, box: Box, text: str) -> None:
    """Draw `text` as a QR code in the largest square centred in `box`, as one vector path."""
    side = min(box.w, box.h)
    top = page.height - (box.middle - side / 2)
    draw_code(page.ink, box.centre - side / 2, top, side, text, QR_VERSION)


def seal_place(
    page: Page, x: float, y: float, words: str = "（盖章）", *, radius: float = 20 * MM
) -> None:
    """Mark where a round seal goes: a pale dashed circle around `words`, centred on (x, y)."""
    page.ink.stroke_with(HAIR, PALE, (2, 2))
    page.canvas.circle(x, page.height - y, radius)
    page.text(x, y + SMALL / 3, words, size=SMALL + 1, align="center", color=GREY)


def signatures(page: Page, box: Box, labels: Sequence[str], *, size: float = 10.5) -> None:
    """Signature lines side by side over the width of `box`, each led by its label."""
    if not labels:
        return
    share = box.w / len(labels)
    for index, label in enumerate(labels):
        x = box.x + index * share
        words = label if label.endswith("：") else f"{label}："
        used = page.text(x, box.y + size, words, face=Face.SONG, size=size)
        end = x + share - 6 * MM
        if end - x - used > 8 * MM:
            page.rule(x + used + 1 * MM, box.y + size + 2, end, box.y + size + 2, weight=THIN)


def heading(page: Page, y: float, title: str, *, size: float = 18, face: Face = Face.HEI) -> float:
    """Draw a title centred at the top; returns the y below it. Long titles take smaller type."""
    while size > 12 and width(title, face, size) > page.body.w:  # noqa: PLR2004 - smallest title
        size -= 0.5
    page.text(page.body.centre, y + size, title, face=face, size=size, align="center")
    return y + size * 1.5
