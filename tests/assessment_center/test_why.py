"""“依据” stands beside every refusal, deadline and requirement, and opens in our own words."""

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from assessment_center.accounts.enums import Role
from assessment_center.batches import services as batches
from assessment_center.deadlines.services import sync
from assessment_center.registry import SYSTEM
from tests.factories import candidates as c
from tests.factories.foundation import announced, at, make_batch, make_offering, make_user

pytestmark = pytest.mark.django_db
TEMPLATES = Path(__file__).parents[2] / "templates"


class Boxes(HTMLParser):
    """The text of every “依据” of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "details" and ("class", "cited") in attrs:
            self.found.append("")
            self.inside = True

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "details"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.found[-1] += data


def boxes(page: str) -> list[str]:
    parser = Boxes()
    parser.feed(page)
    return parser.found


def test_a_refusal_message_carries_it(client: Client) -> None:
    may_day = {"exam_starts": date(2026, 4, 30), "exam_ends": date(2026, 5, 1)}
    batch = make_batch(rulebook="jilin", **may_day)
    make_offering(batch)
    draft = batches.draft_announcement(actor=SYSTEM, batch=batch)
    client.force_login(make_user(Role.HEAD))
    with time_machine.travel(at(2026, 3, 20, 9), tick=False):
        page = client.post(
            reverse("batches_process:publish", args=[draft.pk]), follow=True
        ).content.decode()
    message = page[page.index('<div class="message error"') :]
    [first, *_rest] = boxes(message)
    assert "《吉林省职业技能等级认定报名资格管理实施细则》第四条" in first
    assert "法定节假日不排考" in first


def test_a_deadline_line_carries_it(client: Client) -> None:
    with time_machine.travel(at(2026, 4, 1, 9), tick=False):
        batch = make_batch()
        announced(batch)
        sync(batch)
        client.force_login(make_user(Role.HEAD))
        home = client.get("/admin/").content.decode()
    found = boxes(home)
    assert any("提前15个工作日" in each and "二(一)" in each for each in found)


def test_a_requirement_of_the_checklist_carries_it(client: Client) -> None:
    """The blockers of a stage are its checklist: what stands open, and by which article."""
    may_day = {"exam_starts": date(2026, 4, 30), "exam_ends": date(2026, 5, 1)}
    batch = make_batch(rulebook="jilin", **may_day)
    make_offering(batch)
    batches.draft_announcement(actor=SYSTEM, batch=batch)
    client.force_login(make_user(Role.HEAD))
    url = reverse("batches_office:batch", args=[batch.code])
    with time_machine.travel(at(2026, 3, 20, 9), tick=False):
        page = client.get(url, {"stage": "announce"}).content.decode()
    assert any("法定节假日不排考" in each for each in boxes(page))
    assert "第 1 版" not in "".join(boxes(page))


def test_a_requirement_of_the_portal_carries_it(client: Client) -> None:
    with time_machine.travel(c.NOW, tick=False):
        row = c.make_draft()
        client.force_login(row.person.user)
        page = client.get(reverse("portal:choose", args=[row.batch.pk])).content.decode()
    found = boxes(page)
    assert found
    assert all(re.search("《.+》", each) for each in found)
    assert any("申报" in each or "毕业" in each for each in found)
    assert "查看本条" not in page


def test_no_page_writes_citations_by_itself() -> None:
    """The one part is used everywhere: no template prints the text of citations."""
    loose = re.compile(r"\{\{[^}]*\b(citations?|cite|cited)\b[^}]*\}\}|for \w+ in [\w.]*citations")
    found = {p.name for p in TEMPLATES.rglob("*.html") if loose.search(p.read_text("utf-8"))}
    assert found == set()


def test_what_opens_stands_in_no_paragraph() -> None:
    """`details` ends an open `p`: around it a `div` stands."""
    broken = re.compile(r"<p(?: [^>]*)?>(?:(?!</p>).)*\{% why ")
    found = {p.name for p in TEMPLATES.rglob("*.html") if broken.search(p.read_text("utf-8"))}
    assert found == set()
