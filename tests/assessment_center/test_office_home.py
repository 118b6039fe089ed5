"""The home page: what waits, what is due, how the year goes."""

from collections.abc import Callable
from datetime import date

import pytest

from assessment_center.accounts.enums import Act, Role
from assessment_center.dashboard import greeting, measured
from assessment_center.deadlines.models import Deadline
from assessment_center.due import days_left
from assessment_center.office import HomeChart, home_charts
from assessment_center.registry.entries import HomePanel, Line, home_panels
from assessment_center.workdays.rules.calendar import packaged
from tests.assessment_center.office_helpers import only, page_text, signed_in
from tests.factories.foundation import make_batch, make_user

pytestmark = pytest.mark.django_db


def panel(title: str, *lines: Line, permission: str = "") -> HomePanel:
    return HomePanel(title, title, lambda _actor: lines, permission)


def test_what_waits_is_shown_to_whom_it_concerns() -> None:
    with only(
        home_panels,
        mine=panel("待审核", Line("机电学院 23 份", url="/admin/", link="去审核")),
        empty=panel("待缴费"),
        other=panel("待签发", Line("证书"), permission=Act.CERTIFICATE_ISSUE),
    ):
        text = page_text(signed_in(Role.CLERK).get("/admin/"))
    assert [word in text for word in ("机电学院 23 份", "待缴费", "待签发")] == [True, False, False]


def test_nothing_waits() -> None:
    with only(home_panels):
        assert "没有等您处理的事" in page_text(signed_in(Role.CLERK).get("/admin/"))


def test_charts_come_with_their_table() -> None:
    with only(
        home_charts,
        a=HomeChart("a", "各等级发证", lambda _actor: [("三级", 120), ("四级", 60)], "本"),
        b=HomeChart("b", "空", lambda _actor: [], "本"),
        c=HomeChart("c", "成绩", lambda _actor: [("x", 1)], "", Act.AUDIT_VIEW),
    ):
        text = page_text(signed_in(Role.CLERK).get("/admin/"))
    assert '<th scope="row">三级</th><td class="n">120本</td>' in text
    assert "还没有数据。" in text
    assert "成绩</h2>" not in text


@pytest.mark.parametrize(
    ("unit", "values", "lengths"),
    [
        ("本", [120, 60, 0], [150.0, 75.0, 0.0]),
        ("%", [50.0], [75.0]),
        ("份", [0, 0], [0.0, 0.0]),
        ("份", [], []),
    ],
)
def test_bars_are_in_proportion(unit: str, values: list[float], lengths: list[float]) -> None:
    chart = measured("t", unit, [(str(i), value) for i, value in enumerate(values)])
    assert [bar.length for bar in chart.bars] == lengths


@pytest.mark.parametrize(("hour", "word"), [(8, "早上好"), (12, "下午好"), (18, "晚上好")])
def test_greeting_fits_the_hour(frozen: Callable[..., object], hour: int, word: str) -> None:
    frozen(2026, 4, 2, hour)
    actor = make_user(display_name="林晓岚").as_actor()
    assert greeting(actor) == f"林晓岚，{word}"


def test_deadlines_of_all_batches_lead_to_them(frozen: Callable[..., object]) -> None:
    frozen(2026, 4, 22)
    batch = make_batch("2026-03")
    Deadline.objects.create(
        batch=batch,
        kind="x",
        label="发放准考证",
        due=date(2026, 4, 24),
        subject_kind=batch.subject.kind,
        subject_id=batch.pk,
    )
    clerk = page_text(signed_in(Role.CLERK).get("/admin/"))
    writer = page_text(signed_in(Role.ITEM_WRITER).get("/admin/"))
    assert "发放准考证" in clerk
    assert 'href="/admin/work/batches/2026-03/"' in clerk
    assert "发放准考证" not in writer


@pytest.mark.parametrize(
    ("due", "told"),
    [
        (date(2049, 4, 22), ("idle", "还有 8401 天")),
        (date(2003, 4, 22), ("bad", "已过期 8401 天")),
        (date(2026, 4, 22), ("due", "今天截止")),
        (date(2026, 4, 25), ("due", "还有 2 个工作日")),
        (date(2026, 4, 19), ("bad", "已过期 2 个工作日")),
    ],
)
def test_days_left_in_words(due: date, told: tuple[str, str]) -> None:
    assert days_left(date(2026, 4, 22), due, packaged()) == told
