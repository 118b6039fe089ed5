"""Badges: one a person, all his posts and days, eight on a sheet."""

import pytest
from pypdfium2 import PdfDocument

from assessment_center.registry import SYSTEM
from assessment_center.registry.entries import documents
from exams.models import Duty
from tests.exams import build

pytestmark = pytest.mark.django_db


def test_everybody_on_duty_has_one_badge() -> None:
    batch = build.arranged()
    kind = documents["badges"]
    staff = build.staff(2)
    assert not kind.applies(batch)
    assert list(kind.render(batch, SYSTEM)) == []
    first, second = batch.sittings.order_by("number")[:2]
    for sitting, member, post in (
        (first, staff[0], "proctor"),
        (second, staff[0], "panel_leader"),
        (first, staff[1], "exam_staff"),
    ):
        Duty.objects.create(
            sitting=sitting,
            member=member,
            post=post,
            period=(sitting.starts_at, sitting.ends_at),
            card_number="JK-2026-0001" if post == "proctor" else "",
        )
    assert kind.applies(batch)
    ((stem, data),) = kind.render(batch, SYSTEM)
    pages = PdfDocument(data)
    text = "".join("".join(page.get_textpage().get_text_range() for page in pages).split())
    assert (stem, len(pages)) == ("工作证", 1)
    for member in staff:
        assert text.count(member.person.name) == 1
    assert "监考员、考评组长" in text
    assert "JK-2026-0001" in text
