"""Every layout against its picture in `tests/golden/pdf`.

After a wanted change write the pictures anew and look at them:

    python -m tests.assessment_center.pdf.test_golden
"""

from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from tests.assessment_center.pdf import reading, samples

GOLDEN = Path(__file__).parents[2] / "golden" / "pdf"
SCALE = 0.6
TOLERANCE = 0.4  # mean difference of grey, of 255: what another renderer's edges amount to


def first_page(name: str) -> Image.Image:
    """The page in sixteen greys, which keeps the files small."""
    page = reading.picture(samples.LAYOUTS[name](), scale=SCALE)
    return page.point([grey // 16 * 17 for grey in range(256)])


@pytest.mark.parametrize("name", samples.LAYOUTS)
def test_the_first_page_looks_as_it_did(name: str) -> None:
    page = first_page(name)
    with Image.open(GOLDEN / f"{name}.png") as golden:
        assert golden.size == page.size
        difference = ImageStat.Stat(ImageChops.difference(page, golden)).mean[0]
    assert difference < TOLERANCE


if __name__ == "__main__":
    GOLDEN.mkdir(parents=True, exist_ok=True)
    for name in samples.LAYOUTS:
        first_page(name).save(GOLDEN / f"{name}.png", optimize=True)
