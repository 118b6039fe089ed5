"""Uploads: what is hostile or unfit is refused in a sentence; what is kept is made anew."""

import io
import struct
import zlib
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from candidates.validators import MAX_BYTES, PHOTO_SIZE, clean_evidence, clean_photo
from tests.factories.candidates import picture

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


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
    kept = clean_evidence(tagged())
    assert (kept.media_type, kept.suffix) == ("image/jpeg", ".jpg")
    assert b"SECRET-CAMERA" not in kept.content
    image = Image.open(io.BytesIO(kept.content))
    assert (image.size, len(image.getexif())) == ((300, 420), 0)


def test_a_hidden_archive_behind_the_picture_is_gone() -> None:
    kept = clean_evidence(picture() + b"PK\x03\x04evil")
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


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.4\n1 0 obj", "不完整"),
        (PDF.replace(b"<<>>", b"<</S/JavaScript>>", 1), "脚本"),
        (b"%PDF-1.4" + b"0" * MAX_BYTES + b"%%EOF", "5 MB"),
    ],
)
def test_a_pdf_with_more_than_pages_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        clean_evidence(content)
