"""Uploads: what is hostile or unfit is refused in a sentence; what is kept is made anew."""

import io
import struct
import zlib
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from PIL import Image
from PIL.ExifTags import IFD
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from candidates.validators import MAX_BYTES, PHOTO_SIZE, clean_evidence, clean_photo
from tests.factories.candidates import picture


def pdf(*, act: Any = None, lock: str = "") -> bytes:
    """One empty page; `act` may add to the writer what evidence must not hold."""
    writer = PdfWriter()
    writer.add_blank_page(200, 280)
    if act is not None:
        act(writer)
    if lock:
        writer.encrypt(lock)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def acts(kind: str) -> Any:
    """Open an action of this kind with the document, its name spelled so that no search finds it."""

    def add(writer: PdfWriter) -> None:
        action = DictionaryObject(
            {NameObject("/S"): NameObject(kind), NameObject("/F"): TextStringObject("x")}
        )
        writer.root_object[NameObject("/OpenAction")] = action

    return add


PDF = pdf()


def huge_png() -> bytes:
    """A few hundred bytes that claim 30,000 × 30,000 pixels."""
    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def tagged() -> bytes:
    """A picture with a place in its EXIF, turned on its side."""
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "SECRET-CAMERA"
    exif.get_ifd(IFD.GPSInfo).update({1: "N", 2: (34.0, 45.0, 12.0), 29: "2026:04:10"})
    Image.new("RGB", (420, 300), "white").save(out, "JPEG", exif=exif)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a" + b"0" * 50,
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<html><script>alert(1)</script></html>",
        b"MZ" + b"\0" * 100,
        picture()[:400],
        b"\xff" * (MAX_BYTES + 1),
        huge_png(),
        huge_png()[:40],
    ],
    ids=["empty", "gif", "svg", "html", "exe", "cut", "too-big", "pixels", "torn"],
)
@pytest.mark.parametrize("clean", [clean_evidence, clean_photo])
def test_what_is_no_usable_picture_is_refused(clean: Any, content: bytes) -> None:
    with pytest.raises(ValidationError) as refused:
        clean(content)
    assert refused.value.messages[0].endswith(("。", "PNG。"))


def test_a_picture_is_made_anew_without_its_tags() -> None:
    given = Image.open(io.BytesIO(tagged())).getexif().get_ifd(IFD.GPSInfo)
    assert given[2] == (34.0, 45.0, 12.0)  # the phone told where it was taken
    kept = clean_evidence(tagged())
    assert (kept.media_type, kept.suffix) == ("image/jpeg", ".jpg")
    assert b"SECRET-CAMERA" not in kept.content
    assert b"2026:04:10" not in kept.content
    assert not Image.open(io.BytesIO(kept.content)).getexif().get_ifd(IFD.GPSInfo)
    image = Image.open(io.BytesIO(kept.content))
    assert (image.size, len(image.getexif())) == ((300, 420), 0)


def with_comment() -> bytes:
    """A JPEG that a careless browser would run: its comment is a page with a script."""
    out = io.BytesIO()
    image = Image.new("RGB", (300, 420), "white")
    image.save(out, "JPEG", comment=b"*/alert('evil')/*<script>evil()</script>")
    return out.getvalue()


@pytest.mark.parametrize("content", [picture() + b"PK\x03\x04evil", with_comment()])
def test_what_hides_in_or_behind_a_picture_is_gone(content: bytes) -> None:
    assert b"evil" in content
    kept = clean_evidence(content)
    assert b"evil" not in kept.content
    assert len(kept.digest) == 64


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_the_portrait_has_one_ratio(form: str) -> None:
    kept = clean_photo(picture(600, 700, form))
    assert Image.open(io.BytesIO(kept.content)).size == PHOTO_SIZE


def test_a_transparent_picture_lies_on_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (200, 280), (0, 0, 0, 0)).save(out, "PNG")
    image = Image.open(io.BytesIO(clean_photo(out.getvalue()).content))
    assert image.getpixel((10, 10)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("size", "words"), [((100, 140), "照片太小"), ((600, 300), "竖幅")], ids=["small", "wide"]
)
def test_an_unfit_portrait_is_told(size: tuple[int, int], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        clean_photo(picture(*size))


def test_a_pdf_is_known_by_its_bytes() -> None:
    kept = clean_evidence(PDF)
    assert (kept.content, kept.media_type) == (PDF, "application/pdf")
    with pytest.raises(ValidationError):
        clean_photo(PDF)


def spelled(content: bytes) -> bytes:
    """The same name with one letter as a number, as PDF allows."""
    return content.replace(b"/JavaScript", b"/J#61vaScript").replace(b"/JS", b"/J#53")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.4\n1 0 obj", "不完整"),
        (PDF + b"PK\x03\x04hidden", "夹带"),
        (pdf(act=acts("/JavaScript")), "脚本或附件"),
        (spelled(pdf(act=acts("/JavaScript"))), "脚本或附件"),
        (pdf(act=lambda writer: writer.add_attachment("x.exe", b"MZ")), "脚本或附件"),
        (pdf(act=acts("/Launch")), "脚本或附件"),
        (pdf(act=acts("/SubmitForm")), "脚本或附件"),
        (pdf(lock="secret"), "加了密码"),
        (b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n", "打不开|1 至 60 页"),
        (b"%PDF-1.4" + b"0" * MAX_BYTES + b"%%EOF", "5.0 MB"),
        (b"%PDF-1.4" + b"0" * 30 * 1024 * 1024 + b"%%EOF", "30.0 MB"),
    ],
    ids=[
        "cut", "tail", "script", "spelled", "attached", "launch", "submit", "locked", "empty",
        "heavy", "thirty",
    ],
)  # fmt: skip
def test_a_pdf_with_more_than_pages_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        clean_evidence(content)


def packed() -> bytes:
    """A document whose only object with a script lies in a compressed object stream."""
    hidden = b"3 0 <</S/JavaScript/JS(app.alert(1))>>"
    body = zlib.compress(hidden)
    parts = [
        b"1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction 3 0 R>>endobj\n",
        b"2 0 obj<</Type/Pages/Kids[5 0 R]/Count 1>>endobj\n",
        b"4 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n%s\nendstream"
        b" endobj\n" % (len(body), body),
        b"5 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 280]>>endobj\n",
    ]
    content, places = b"%PDF-1.5\n", {}
    for number, part in zip((1, 2, 4, 5), parts, strict=True):
        places[number] = len(content)
        content += part
    rows = [(0, 0, 255)]
    rows += [(1, places[1], 0), (1, places[2], 0), (2, 4, 0), (1, places[4], 0), (1, places[5], 0)]
    rows += [(1, len(content), 0)]
    table = zlib.compress(b"".join(struct.pack(">BHB", *row) for row in rows))
    start = len(content)
    content += (
        b"6 0 obj<</Type/XRef/Size 7/W[1 2 1]/Root 1 0 R/Filter/FlateDecode/Length %d>>stream\n"
        b"%s\nendstream endobj\nstartxref\n%d\n%%%%EOF\n" % (len(table), table, start)
    )
    return content


def test_a_script_in_a_compressed_object_is_found() -> None:
    content = packed()
    assert b"JavaScript" not in content
    with pytest.raises(ValidationError, match="脚本或附件"):
        clean_evidence(content)


@pytest.mark.parametrize("brand", [b"heic", b"mif1", b"avif"])
@pytest.mark.parametrize("clean", [clean_evidence, clean_photo])
def test_a_phones_own_format_is_told_in_a_sentence(clean: Any, brand: bytes) -> None:
    with pytest.raises(ValidationError, match="HEIC 格式的照片，请存为 JPG"):
        clean(b"\0\0\0\x18ftyp" + brand + b"\0" * 200)
