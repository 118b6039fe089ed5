"""A clerk's days under Jilin's draft: mixed papers, counted staff, drawn panels, places and order."""

import os
import random
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connections

from assessment_center.batches import demo as steps
from assessment_center.batches.demo_facts import BATCHES, moment
from assessment_center.batches.demo_staff import files as staff_files
from assessment_center.batches.models import AssessmentBatch
from assessment_center.catalog.models import Occupation
from assessment_center.catalog.packaged import CATALOGUE, EDITION
from assessment_center.catalog.services import import_occupations
from assessment_center.demo import Demo
from assessment_center.registry import SYSTEM
from assessment_center.registry.entries import documents
from assessment_center.rulebooks.services import install_rulebooks
from candidates import demo as candidate_steps
from exams import demo as exam_steps
from exams.models import Draw, Sitting
from scoring.models import SubjectResult
from tests.assessment_center.pdf.reading import text as printed_text
from tests.e2e.desk import Desk, Desks

pytestmark = [pytest.mark.e2e]
CODE = "JL202601"
BEFORE = moment(5, 18)
OFFERS = (("化学检验员", 4, 260), ("电工", 4, 240))
MARKS = {"assessor": "81", "second_assessor": "84", "third_assessor": "82.5"}
PICTURES = os.environ.get("JILIN_PICTURES", "")


@pytest.fixture
def clock() -> Any:
    with time_machine.travel(BEFORE, tick=True) as traveller:
        yield traveller


@pytest.fixture
def demo(transactional_db: None, clock: Any, settings: Any, tmp_path: Path) -> Demo:
    """One approved batch of eight candidates, levels four to one, with its rooms and seats."""
    settings.MEDIA_ROOT = str(tmp_path)
    install_rulebooks()
    if not Occupation.objects.exists():
        import_occupations(file=CATALOGUE, edition=EDITION, actor=SYSTEM)
    made = Demo("jilin", 1, lambda _text: None, random.Random(1))
    for step in (steps.accounts, steps.centre, steps.people, steps.staff, staff_files):
        step(made)
    facts = replace(BATCHES[0], offers=OFFERS)
    assert made.centre is not None
    made.batches["done"] = steps._batch(made, made.centre, steps.plan(made), facts)
    made.reach["done"] = "archive"
    candidate_steps.registrations(made)
    candidate_steps.report(made)
    exam_steps.arrange(made)
    return made


@pytest.fixture
def desks(browser: Any, live_server: Any, demo: Demo, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)
    made = Desks(browser, live_server.url)
    yield made
    made.close()


def look(desk: Desk, name: str) -> None:
    """A picture for the eye, when pictures are wanted."""
    desk.accessible()
    if PICTURES:
        desk.page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)


def sitting_of(subject: str) -> Sitting:
    """The first sitting of a subject; of the reviews that of the highest offering."""
    return Sitting.objects.filter(subject_code=subject).order_by("number")[0]


def test_a_clerks_days_in_jilin(demo: Demo, desks: Desks, clock: Any) -> None:
    clerk = desks.at(demo.users["clerk"])
    mixed_seats(clerk)
    tickets_and_staff(clerk)
    review = sitting_of("review")
    draw_the_panel(clerk, review, clock)
    workstations(clerk, demo, clock)
    order_of_the_review(clerk, review, clock)
    others_sit(demo)
    panel_marks(demo, desks, review, clock)
    print_the_record(desks)
    phone = desks.at(demo.users["clerk"], phone=True).go("exams_office:draws", review.pk)
    look(phone, "draws-phone")
    assert desks.barriers == []


def mixed_seats(clerk: Desk) -> None:
    theory = sitting_of("theory")
    clerk.go("exams_office:sitting", theory.pk).sees("同卷前后左右相邻")
    room = theory.rooms.get()
    papers = set(room.seats.values_list("application__offering__occupation__name", flat=True))
    assert len(papers) > 1
    clerk.go("exams_office:chart", room.pk)
    look(clerk, "mixed-seats")


def tickets_and_staff(clerk: Desk) -> None:
    clerk.go("exams_office:tickets", CODE).press("发放准考证")
    theory = sitting_of("theory")
    clerk.go("exams_office:duties", theory.pk).press("重新拟定")
    clerk.sees("至少 2 人", "按 1:15 进位，共需 2 人", "符合").press("确认定岗").sees("已定岗")
    look(clerk, "duties-theory")


def draw_the_panel(clerk: Desk, review: Sitting, clock: Any) -> None:
    clerk.go("exams_office:duties", review.pk).sees("有考评员 0 人，需 3 人")
    clerk.press("确认定岗").sees("有考评员 0 人，需 3 人", "依据")
    clerk.go("exams_office:draws", review.pk).sees("抽取考评组", "考生抽签定答辩顺序", "规程要求")
    clerk.fill("/panel/", not_before="2026-05-18T10:00")
    clerk.press("封存密钥", form="/panel/")
    clock.move_to(moment(5, 18, 10, 1))
    draw = Draw.objects.get(sitting=review, kind="panel")
    clerk.fill(f"/{draw.pk}/hold/", witness="罗建平").press("抽签", form=f"/{draw.pk}/hold/")
    clerk.sees("重演一致", "罗建平")
    look(clerk, "draw-panel")
    clerk.press("封存密钥", form="/review_order/")
    clerk.go("exams_office:duties", review.pk).sees("考评组长", "符合").press("确认定岗")
    clerk.sees("已定岗")
    look(clerk, "duties-review")


def workstations(clerk: Desk, demo: Demo, clock: Any) -> None:
    shop = sitting_of("practical")
    clerk.go("exams_office:draws", shop.pk).press("封存密钥", form="/workstation/")
    draw = Draw.objects.get(sitting=shop)
    clock.move_to(draw.not_before - timedelta(minutes=2))
    clerk.go("exams_office:draws", shop.pk).fill(witness="罗建平").press("抽签")
    clerk.sees("还没有到时间", "依据")
    clerk.go("exams_office:day", CODE)
    card = clerk.page.locator("section.card", has_text=str(shop))
    with clerk.page.expect_navigation():
        card.get_by_role("button", name="开考", exact=True).click()
    clerk.sees("还没有考生抽签定工位", "不能开考")
    clock.move_to(draw.not_before)
    clerk.go("exams_office:draws", shop.pk).fill(witness="罗建平").press("抽签")
    clerk.sees("重演一致", "工位号")
    if draw.lines.count() > 1:
        clerk.page.get_by_text("更正结果", exact=True).click()
        clerk.fill("/swap/", first=1, second=2, reason="工位照明故障").press("两签对调")
        clerk.sees("工位照明故障", "已更正")
    look(clerk, "draw-workstations")


def order_of_the_review(clerk: Desk, review: Sitting, clock: Any) -> None:
    draw = Draw.objects.get(sitting=review, kind="review_order")
    clock.move_to(draw.not_before)
    clerk.go("exams_office:draws", review.pk).fill(witness="罗建平").press("抽签").sees("入场顺序")
    assert min(draw.lines.values_list("number", flat=True)) == 1
    look(clerk, "draw-order")


def others_sit(demo: Demo) -> None:
    """What is not special: other draws, the start and the records, through the services."""
    for sitting in Sitting.objects.exclude(status="recorded").order_by("number"):
        moment_of = sitting.starts_at - timedelta(days=2)
        if not sitting.draws.exists():
            if sitting.subject_code != "theory":
                exam_steps.services.assign_duties(actor=SYSTEM, sitting=sitting)
            exam_steps.prepare_draws(demo, sitting, moment_of)
        exam_steps.hold_draws(demo, sitting)
        exam_steps.accept_rooms(demo, sitting)
        started = exam_steps.services.start_sitting(actor=SYSTEM, sitting=sitting)
        for room in started.rooms.filter(seats__isnull=False).distinct():
            exam_steps._room(demo, started, room)
    assert set(Sitting.objects.values_list("status", flat=True)) == {"recorded"}


def panel_marks(demo: Demo, desks: Desks, review: Sitting, clock: Any) -> None:
    """Three judges by themselves, each mark kept; the score is their mean."""
    clock.move_to(moment(5, 25))
    offering = review.offerings.get()
    for key, mark in MARKS.items():
        judge = desks.at(demo.users[key]).go("scoring_office:entry", CODE, offering.pk, "review")
        for field in judge.page.locator("[name^='m-']").all():
            field.fill(mark)
        judge.press("保存")
    checker = desks.at(demo.users["score_clerk"])
    checker.go("scoring_office:check", CODE, offering.pk, "review").press("核分签字")
    scores = set(
        SubjectResult.objects.filter(subject="review", standing="scored").values_list(
            "score", flat=True
        )
    )
    assert {str(score) for score in scores} == {"82.50"}


def print_the_record(desks: Desks) -> None:
    batch = AssessmentBatch.objects.get(code=CODE)
    for slug, words in (
        (
            "draw-record",
            ("工位抽签记录", "综合评审顺序抽签记录", "考评组抽取记录", "罗建平", "F-504"),
        ),
        ("admission-tickets", ("考前抽签", "技能操作考核开始后不得入场")),
        ("seat-table", ("考场座（工）位排列表",)),
    ):
        parts = documents[slug].render(batch, SYSTEM)
        whole = "".join(printed_text(content) for _stem, content in parts).replace("\n", "")
        for word in words:
            assert word in whole, f"{slug} lacks {word}"
        if PICTURES:
            for number, (_stem, content) in enumerate(parts[:5]):
                Path(f"{PICTURES}/{slug}-{number}.pdf").write_bytes(content)
