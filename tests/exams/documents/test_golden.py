"""Pages of the set against their pictures in `tests/golden/exams`.

Who sits where is drawn anew for every batch; lists and charts stand in `tests/golden/pdf`.

After a wanted change write the pictures anew and look at them:

    GOLDEN=write python -m pytest tests/exams/documents/test_golden.py
"""

import os
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from assessment_center import pdf
from assessment_center.registry.language import in_chinese
from exams.documents.reading import read
from exams.documents.sheet import KINDS, sheets_of
from tests.assessment_center.pdf import reading
from tests.exams.documents import world

pytestmark = pytest.mark.django_db
GOLDEN = Path(__file__).parents[2] / "golden" / "exams"
SCALE = 0.5
TOLERANCE = 0.5  # mean difference of grey, of 255: what another renderer's edges amount to
SHOWN = (
    "timeline-card", "door-sign", "blackboard", "room-record", "exam-timetable", "room-rules",
    "staff-sign-in",
)  # fmt: skip


@in_chinese
def pages() -> dict[str, Image.Image]:
    """The first page of the first sheet of every kind shown, in sixteen greys."""
    plan = read(world.batch_of("chongqing"))
    found = {}
    for kind in KINDS:
        if kind.slug not in SHOWN:
            continue
        made = next(iter(sheets_of(kind, plan))).made
        leaf = pdf.Leaf(made.item, pdf.Imprint("F-000", "v1", mark="HTTP://A/P/B"), made.paper)
        page = reading.picture(pdf.bind(leaf), scale=SCALE)
        found[kind.slug] = page.point([grey // 16 * 17 for grey in range(256)])
    return found


def test_the_pages_look_as_they_did() -> None:
    found = pages()
    assert set(found) == set(SHOWN)
    for slug, page in found.items():
        path = GOLDEN / f"{slug}.png"
        if os.environ.get("GOLDEN") == "write":
            GOLDEN.mkdir(parents=True, exist_ok=True)
            page.save(path, optimize=True)
        with Image.open(path) as golden:
            assert golden.size == page.size, slug
            difference = ImageStat.Stat(ImageChops.difference(page, golden)).mean[0]
        assert difference < TOLERANCE, slug
