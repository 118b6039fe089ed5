"""Seats and rooms as pictures: with the mouse, the keyboard and a finger, on desk and phone."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from assessment_center.accounts.enums import Role
from assessment_center.registry import SYSTEM
from exams import services
from exams.models import Room, SeatAssignment, Sitting
from tests.exams import build
from tests.factories import foundation as make

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture
def sitting(transactional_db: None) -> Sitting:
    batch = build.batch_with((("电工", 12), ("焊工", 10), ("钳工", 8)))
    rooms = [build.room(rows=4, columns=5, accessible=[[1, 5]]), build.room(rows=4, columns=5)]
    slot = build.theory_slot(rooms)
    made = services.plan_sittings(actor=SYSTEM, batch=batch, slots=[slot])[0]
    return services.arrange_seats(actor=SYSTEM, sitting=made, draw_key="k")


@pytest.fixture
def page(browser: Any, live_server: Any, sitting: Sitting) -> Iterator[Any]:
    client = Client()
    client.force_login(make.make_user(Role.CLERK))
    context = browser.new_context(base_url=live_server.url, viewport=DESK, has_touch=True)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
    )
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    context.close()
    assert complaints == []


def look(page: Any, name: str) -> None:
    """Neither width scrolls sideways; pictures are kept where they are wanted."""
    for width, size in (("desk", DESK), ("phone", PHONE)):
        page.set_viewport_size(size)
        page.wait_for_timeout(100)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if folder := os.environ.get("SEAT_PICTURES"):
            page.screenshot(path=str(Path(folder) / f"{name}-{width}.png"), full_page=True)
        assert wide <= 1, f"{name} {width}: {wide} px too wide"
    page.set_viewport_size(DESK)


def test_a_seat_is_moved_by_clicking_and_by_keys(page: Any, sitting: Sitting) -> None:
    room = sitting.rooms.order_by("number").first()
    one, two, three = room.seats.order_by("seat_number")[:3]
    page.goto(reverse("exams_office:chart", args=[room.pk]))
    look(page, "chart")
    page.locator(f"td[data-name='{one.application.person.name}']").click()
    assert one.application.person.name in page.locator("#seat-help").inner_text()
    page.locator(f"td[data-row='{two.row}'][data-column='{two.column}']").tap()
    page.wait_for_url("**/move/**")
    look(page, "move")
    page.get_by_label("原因").fill("视力不好，往前坐")
    page.locator("form[method=post] button.primary").click()
    page.wait_for_url("**/chart/")
    assert "座位已调整" in page.locator("body").inner_text()
    assert SeatAssignment.objects.get(pk=one.pk).seat_number == two.seat_number
    look(page, "chart-after")

    cell = page.locator(f"td[data-name='{three.application.person.name}']")
    cell.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_url("**/move/**")
    assert f"row={three.row}&column={three.column + 1}" in page.url


def test_a_room_is_drawn_with_mouse_keys_and_text(page: Any, sitting: Sitting) -> None:
    room = build.room(rows=3, columns=4, name="新考场")
    page.goto(reverse("exams_office:layout", args=[room.pk]))
    page.get_by_label("过道（不设座）").check()
    cell = page.locator(".room-grid button[data-row='0'][data-column='2']")
    cell.click()
    page.get_by_label("无障碍").check()
    page.locator(".room-grid button[data-row='0'][data-column='3']").tap()
    page.get_by_role("button", name="加一排").click()
    page.locator(".room-grid button[data-row='3'][data-column='0']").focus()
    page.get_by_label("备用（留给补排）").check()
    page.locator(".room-grid button[data-row='3'][data-column='0']").focus()
    page.keyboard.press("Space")
    look(page, "layout")
    assert "好的座位 15 个" in page.locator(".room-count").inner_text()
    page.get_by_role("button", name="保存布局").click()
    page.wait_for_load_state()
    drawn = Room.objects.get(pk=room.pk)
    assert (drawn.rows, drawn.capacity) == (4, 15)
    assert (drawn.blocked, drawn.accessible, drawn.reserved) == ([[1, 3]], [[1, 4]], [[4, 1]])
    page.goto(reverse("exams_office:places"))
    look(page, "places")


def test_the_pages_of_a_sitting_and_its_acceptance(page: Any, sitting: Sitting) -> None:
    build.staff(2)
    page.goto(reverse("exams_office:sitting", args=[sitting.pk]))
    look(page, "sitting")
    room = sitting.rooms.order_by("number").first()
    page.goto(reverse("exams_office:accept", args=[room.pk]))
    look(page, "accept")
