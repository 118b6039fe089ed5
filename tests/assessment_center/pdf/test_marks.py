from io import BytesIO

import pypdf
import pytest
from PIL import Image, UnidentifiedImageError

from assessment_center.pdf import Box, Document, heading, photo, qr, seal_place, signatures
from assessment_center.pdf.codes import dark_runs
from tests.assessment_center.pdf import reading, samples

PLACE = Box(50, 50, 120, 160)


def images(data: bytes) -> list[bytes]:
    return [image.data for page in pypdf.PdfReader(BytesIO(data)).pages for image in page.images]


def test_a_jpeg_is_passed_through_byte_for_byte_and_kept_once() -> None:
    document = Document("")
    for _ in range(2):
        page = document.page()
        photo(page, PLACE, samples.photo())
    data = document.finish()
    assert data.count(samples.photo()) == 1
    assert len(images(data)) == 2


def test_another_format_is_converted() -> None:
    document = Document("")
    photo(document.page(), PLACE, samples.photo("PNG"))
    (found,) = images(document.finish())
    assert Image.open(BytesIO(found)).format == "JPEG"


def test_a_file_that_is_no_picture_is_refused() -> None:
    with pytest.raises(UnidentifiedImageError):
        photo(Document("").page(), PLACE, b"not a picture")


def test_without_a_photo_the_frame_says_what_goes_in() -> None:
    document = Document("")
    photo(document.page(), PLACE, None)
    assert reading.text(document.finish()) == "照片"


@pytest.mark.parametrize(
    "words", ["AC1:T:20260301000128:K7Q2M9", "https://example.org/v/" + "Y" * 120, "证书 一号"]
)
def test_a_code_is_read_back(words: str) -> None:
    document = Document("")
    qr(document.page(), Box(50, 50, 90, 90), words)
    assert reading.codes(document.finish()) == [words]


def test_dark_runs() -> None:
    assert dark_runs([True, True, False, True, None]) == [(0, 2), (3, 1)]
    assert dark_runs([False]) == []


def test_seal_place_signatures_and_heading() -> None:
    document = Document("")
    page = document.page()
    seal_place(page, 300, 300)
    signatures(page, Box(50, 500, 400, 0), ("监考员", "主考："))
    signatures(page, Box(50, 500, 400, 0), ())
    below = heading(page, 50, "很长的标题" * 20)
    assert below == pytest.approx(50 + 12 * 1.5)
    text = reading.text(document.finish())
    assert "监考员：" in text
    assert "主考：" in text
    assert "主考：：" not in text
    assert "（盖章）" in text
