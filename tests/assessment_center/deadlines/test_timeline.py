"""The picture: every label inside its own row and column, whatever the labels and the days."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessment_center.accounts.enums import Role
from assessment_center.batches import services as batches
from assessment_center.deadlines import services
from assessment_center.deadlines.models import Deadline
from assessment_center.deadlines.rules.lettering import FONT, width_of, wrap
from assessment_center.deadlines.rules.timeline import (
    DATE,
    FEW,
    HEAD,
    PHONE,
    SHEET,
    WIDE,
    Item,
    Layout,
    Phase,
    draw,
    sheets,
)
from assessment_center.deadlines.timeline import timeline_of
from assessment_center.registry import SYSTEM
from tests.assessment_center.office_helpers import page_text, signed_in
from tests.factories.foundation import approved, make_batch, make_offering

ROOT = Path(__file__).resolve().parents[3]
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))
LABELS = st.text("考试日上报成绩公示ABC abc123（）", min_size=1, max_size=60)
STATES = st.sampled_from(["idle", "done", "due", "bad", "now"])
ITEMS = st.builds(
    Item,
    LABELS,
    st.one_of(st.none(), DAYS),
    STATES,
    st.just("05-23 周六"),
    st.one_of(st.none(), DAYS),
)


@st.composite
def phases(draw_: Any) -> list[Phase]:
    found = []
    for _each in range(draw_(st.integers(1, 7))):
        first, last = sorted([draw_(DAYS), draw_(DAYS)])
        items = draw_(st.lists(ITEMS, max_size=8))
        found.append(Phase(draw_(LABELS), first, last, draw_(STATES), items))
    return found


@pytest.mark.parametrize("layout", [WIDE, PHONE], ids=["wide", "phone"])
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
@given(given_phases=phases(), today=DAYS)
def test_nothing_overlaps(layout: Layout, given_phases: list[Phase], today: date) -> None:
    picture = draw(given_phases, today, layout)
    assert len(picture.rows) == len(given_phases) + sum(len(each.items) for each in given_phases)
    bottom = 0.0
    for row in picture.rows:
        assert row.y >= bottom - 0.05
        bottom = row.y + row.height
        assert [line.y for line in row.lines] == sorted({line.y for line in row.lines})
        assert row.lines[-1].y <= bottom
        assert row.lines[0].y - FONT >= row.y - FONT
        date_left = row.told.x - width_of(row.told.text)
        for line in row.lines:
            assert (
                line.x + width_of(line.text) * (14 / FONT if row.is_phase else 1)
                <= max(date_left + 1, row.told.x - DATE + 24)
                or len(line.text) == 1
            )
        if row.x1 is not None and row.x2 is not None:
            assert picture.left <= min(row.x1, row.x2)
            assert max(row.x1, row.x2) <= picture.right + 4
            assert layout.stacked or min(row.x1, row.x2) > row.told.x
            assert row.y <= row.track - 4
            assert row.track + 4 <= bottom
    assert bottom <= picture.height
    marks = [tick.x for tick in picture.ticks]
    assert all(b - a >= 30 for a, b in pairwise(marks))


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
@given(given_phases=phases(), today=DAYS)
def test_on_paper_it_comes_in_pieces_that_keep_their_letters(
    given_phases: list[Phase], today: date
) -> None:
    picture = draw(given_phases, today, WIDE)
    pieces = sheets(picture)
    rows = [row for piece in pieces for row in piece.rows]
    assert [row.told.text for row in rows] == [row.told.text for row in picture.rows]
    assert [len(row.lines) for row in rows] == [len(row.lines) for row in picture.rows]
    for piece in pieces:
        assert (piece.width, piece.ticks) == (picture.width, picture.ticks)
        assert piece.rows[0].y == HEAD
        assert piece.foot <= SHEET or len(piece.rows) <= 2
        for above, below in pairwise(piece.rows):
            assert abs(above.y + above.height - below.y) < 0.2
            assert above.lines[0].y < below.lines[0].y
    if len(pieces) > 1 and len(pieces[-1].rows) < FEW:
        before = pieces[-2].rows
        start = max((at for at, row in enumerate(before) if row.is_phase), default=0)
        whole = [*before[start:], *pieces[-1].rows]
        assert not start or sum(row.height for row in whole) + HEAD > SHEET - 1


def test_letters_on_paper_have_eight_points() -> None:
    """A4 across is 267 mm wide between the margins that the page of the timeline sets."""
    css = (ROOT / "static/css/timeline.css").read_text()
    assert "size: A4 landscape; margin: 14mm 12mm 14mm 18mm" in css
    screen, printed = css.split("@media print")
    unit = (297 - 12 - 18) / 25.4 * 72 / WIDE.width
    lines = [line for line in screen.splitlines() if line.startswith(".tl")]
    sizes = [float(n) for line in lines for n in re.findall(r"font-size: ([\d.]+)px", line)]
    small = {size for size in sizes if size * unit < 8}
    assert small == {11}
    assert ".tl .tl-now text { font-size: 12px; }" in printed
    assert 12 * unit >= 8
    assert SHEET * unit / 72 * 25.4 < 210 - 14 - 14


@given(LABELS, st.floats(40, 300))
def test_a_label_is_wrapped_and_never_cut(label: str, room: float) -> None:
    lines = wrap(label, room)
    assert "".join(lines) == label
    assert all(width_of(line) <= room or len(line) == 1 for line in lines)


def test_the_marker_stands_on_its_day() -> None:
    item = Item("上报", date(2026, 5, 11), "idle", "05-11", date(2026, 5, 23))
    phase = Phase("上报", date(2026, 4, 1), date(2026, 5, 31), "now", [item])
    picture = draw([phase], date(2026, 5, 11), WIDE)
    _phase, row = picture.rows
    assert row.x2 == picture.today
    assert row.x1 is not None
    assert row.x1 > (row.x2 or 0)
    away = draw([phase], date(2028, 1, 1), WIDE)
    assert away.today is None


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["chongqing", "henan", "shandong", "fujian", "jilin"])
def test_the_timeline_of_every_rulebook(code: str, frozen: Callable[..., Any]) -> None:
    frozen(2026, 3, 1, 9)
    batch = make_batch(rulebook=code)
    services.sync(batch)
    rows = list(Deadline.objects.filter(batch=batch).order_by("due", "label"))
    found = timeline_of(batch, rows)
    drawn = [row for row in rows if not row.outlives]
    items = [row for row in found.wide.rows if not row.is_phase]
    assert len(items) == len(drawn)
    assert found.summary.startswith(f"共 {len(drawn)} 项期限，已完成 0 项，逾期 0 项。")
    labels = {"".join(line.text for line in row.lines) for row in items}
    assert labels == {row.label for row in drawn}


@pytest.mark.django_db
def test_the_page_shows_picture_and_table(frozen: Callable[..., Any]) -> None:
    frozen(2026, 5, 19, 9)
    batch = approved(make_batch("2026-03", rulebook="jilin"))
    services.sync(batch)
    text = page_text(signed_in(Role.CLERK).get("/admin/work/deadlines/batches/2026-03/"))
    on_paper = text.count('class="tl-paper"')
    assert on_paper >= 1
    assert text.count('role="img"') == 2 + on_paper
    assert "的时间线</title>" in text
    assert text.count('<th scope="row">') == batch.deadlines.count()
    assert "首场考试日 2026-05-23 前 1 天" in strip_tags(text)
    assert "第九条(六)" in text
    assert (
        text.count("登记办结<span")
        == batch.deadlines.filter(by_hand=True, responsible__startswith="exams.").count()
    )
    assert 'aria-current="page">期限</a>' in text


@pytest.mark.django_db
def test_query_count_does_not_grow_with_the_deadlines(frozen: Callable[..., Any]) -> None:
    frozen(2026, 5, 19, 9)
    client = signed_in(Role.CLERK)
    batch = make_batch("2026-03")
    make_offering(batch)
    services.sync(batch)
    client.get("/admin/work/deadlines/batches/2026-03/")  # what a process reads but once
    counts = []
    for n in (0, 12):
        for i in range(n):
            Deadline.objects.create(
                batch=batch,
                kind=f"more{i}",
                label=f"事项{i}",
                due=date(2026, 5, 1) + timedelta(days=i),
                by_hand=True,
                subject_kind=batch.subject.kind,
                subject_id=batch.pk,
            )
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get("/admin/work/deadlines/batches/2026-03/")
        counts.append(len(captured))
    assert counts[0] == counts[1]


@pytest.mark.django_db
def test_a_cancelled_batch_still_has_its_picture() -> None:
    batch = make_batch("2026-03")
    services.sync(batch)
    batches.cancel_batch(actor=SYSTEM, batch=batch, reason="人数不足")
    answer = signed_in(Role.CLERK).get("/admin/work/deadlines/batches/2026-03/")
    assert answer.status_code == 200
