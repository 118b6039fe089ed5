from dataclasses import replace

import pytest

from assessment_center import pdf
from assessment_center.pdf.flow import Line
from assessment_center.pdf.layouts.wall_notice import LARGEST, SMALLEST, _largest
from assessment_center.pdf.page import MM, Box
from tests.assessment_center.pdf import reading, samples

BODY = Box(0, 0, 230 * MM, 350 * MM)


def type_size(item: pdf.WallNotice) -> tuple[int, float]:
    pages = _largest(item, BODY)
    return len(pages), next(
        unit.size for _, unit in pages[0] if isinstance(unit, Line) and unit.number
    )


@pytest.mark.parametrize("items", [4, 12])
def test_rules_are_as_large_as_one_page_allows(items: int) -> None:
    pages, size = type_size(samples.wall_notice(items=items))
    assert pages == 1
    assert SMALLEST <= size <= LARGEST


def test_fewer_rules_are_larger() -> None:
    assert type_size(samples.wall_notice(items=4))[1] > type_size(samples.wall_notice(items=16))[1]


def test_too_many_rules_go_on_at_the_smallest_size() -> None:
    pages, size = type_size(samples.wall_notice(items=90))
    assert pages > 1
    assert size == SMALLEST
    data = pdf.wall_notice(samples.wall_notice(items=90), imprint=samples.IMPRINT)
    assert "90." in reading.text(data)
    assert f"共 {len(reading.pages(data))} 页" in reading.pages(data)[0]


def test_items_with_their_own_numbers() -> None:
    item = replace(samples.wall_notice(items=1), numbered=False, subtitle="", issuer="", date="")
    assert "1." not in reading.text(pdf.wall_notice(item, imprint=pdf.Imprint()))
