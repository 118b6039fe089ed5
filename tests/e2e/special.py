"""A small centre under another rulebook, carried by the demo's own steps to a stage."""

import io
import os
import random
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest

from assessment_center.accounts.models import User
from assessment_center.batches import demo as foundation
from assessment_center.batches import demo_crowd, demo_opening
from assessment_center.batches.demo_facts import BATCHES
from assessment_center.batches.models import AssessmentBatch
from assessment_center.catalog.models import Occupation
from assessment_center.catalog.packaged import CATALOGUE, EDITION
from assessment_center.catalog.services import import_occupations
from assessment_center.demo import Demo
from assessment_center.registry import SYSTEM
from assessment_center.registry.entries import demo_steps, documents
from assessment_center.rulebooks.services import install_rulebooks
from exams import services
from tests.e2e.desk import Desk, Desks

PAPERS = os.environ.get("SPECIAL_PAPERS", "")
TO_TICKETS = (
    "candidates.registrations",
    "exams.arrange_first",
    "candidates.report",
    "exams.arrange",
    "exams.tickets",
)
TO_RESULTS = ("scoring.score", "scoring.publicity")


@dataclass
class SmallOffice:
    demo: Demo

    @property
    def batch(self) -> AssessmentBatch:
        return AssessmentBatch.objects.get(pk=self.demo.batches["done"].pk)

    def user(self, key: str) -> User:
        return self.demo.users[key]

    def go_on(self, stage: str, steps: Sequence[str]) -> None:
        """Let the demo carry the batch on, as people would."""
        self.demo.reach["done"] = stage
        self.demo.batches["done"] = self.batch
        for name in steps:
            demo_steps[name](self.demo)


def open_small(
    rulebook: str,
    offers: tuple[tuple[str, int, int], ...],
    patch: pytest.MonkeyPatch,
    *,
    reach: str = "ticket",
    steps: Sequence[str] = TO_TICKETS,
) -> SmallOffice:
    """Centre, people and one batch with a handful of candidates, by default with their tickets."""
    install_rulebooks()
    if not Occupation.objects.exists():
        import_occupations(file=CATALOGUE, edition=EDITION, actor=SYSTEM)
    patch.setattr(foundation, "BATCHES", (replace(BATCHES[0], reach=reach, offers=offers),))
    patch.setattr(demo_crowd, "SPARE_STUDENTS", 6)
    demo = Demo(rulebook, 6, lambda _text: None, random.Random(5))
    first = (foundation.accounts, foundation.centre, demo_opening.begin, demo_opening.sign)
    for step in (*first, foundation.people, foundation.staff, foundation.batches):
        step(demo)
    office = SmallOffice(demo)
    office.go_on(reach, steps)
    return office


def text_of(content: bytes) -> str:
    """All words of a PDF, one after another; where a cell breaks its line says nothing."""
    with pypdfium2.PdfDocument(content) as paper:
        pages = [page.get_textpage().get_text_bounded() for page in paper]
    return "".join("".join(pages).split())


def printed(desk: Desk, batch: AssessmentBatch, slug: str) -> str:
    """The words of a form as the printing address gives it; kept for the eye when wanted."""
    answer = desk.context.request.get(f"{desk.base}/admin/work/batches/{batch.code}/print/{slug}/")
    assert answer.ok, answer.status
    content = answer.body()
    kind = answer.headers["content-type"].partition(";")[0]
    if kind == "text/html":  # nothing to print: back at the list, with the reason
        return ""
    if PAPERS:
        Path(f"{PAPERS}/{batch.code}-{slug}.{kind.rpartition('/')[2]}").write_bytes(content)
    if kind != "application/zip":
        return text_of(content)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return "".join(text_of(parts.read(name)) for name in parts.namelist())


OWN_TITLES = {
    "announcement",
    "publicity-notice",
    "desk-labels",
    "door-notice",
    "blackboard",
    "staff-handbook",
    "venue-map",
    "exam-signals",
    "banner",
    "signs",
    "timeline-card",
    "reported-seating",
}
"""Headed by the batch, the room or, of two papers in one form, by their own name."""


def every_form(desk: Desk, batch: AssessmentBatch, *named: str) -> dict[str, str]:
    """Print all that the page offers; each form bears the name its rulebook gives it.

    `named` are slugs that this rulebook must know by name and that must not be empty.
    """
    desk.go("batches_office:documents", batch.code)
    links = [
        one.get_attribute("href") for one in desk.page.locator("table a[href*='/print/']").all()
    ]
    told = {(slug := str(link).split("/")[-2]): printed(desk, batch, slug) for link in links}
    assert set(named) <= {slug for slug, text in told.items() if text}, told.keys()
    kinds = {kind.slug: kind for kind in documents}
    strange = []
    for slug, text in told.items():
        forms = [batch.rules.form(code) for code in kinds[slug].codes]
        names = ["".join(form.name.split()) for form in forms if form]
        assert names or slug not in named, f"{slug} has no name in {batch.rules.code}"
        if text and slug not in OWN_TITLES and not any(name in text for name in names or [""]):
            strange.append(f"{slug} is not {names}: {text[:300]}")
    assert strange == [], "\n".join(strange)
    return told


def filled(content: bytes, *rows: dict[str, Any]) -> bytes:
    """The workbook with these cells written in, row by row, under their headers."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.active
    heads = {str(cell.value).rstrip(" *"): cell.column for cell in sheet[1]}
    for number, row in enumerate(rows, start=2):
        for header, value in row.items():
            sheet.cell(number, heads[header], value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def hand_in_arranged(
    office: SmallOffice, desks: Desks, *, article: str, papers: set[str], outdated: str
) -> Desk:
    """RPT-02: what is not arranged keeps the report back; what is goes with it into the package.

    `papers` lie in the package, `outdated` is the one of them a change of staff makes untrue.
    """
    batch = office.batch
    clerk = desks.at(office.user("clerk")).go("batches_process:report", batch.code)
    clerk.sees("还没有安排场次和考场，须随申请一并报送", "未备齐")
    assert clerk.page.get_by_role("button", name="生成材料并上报").count() == 0
    clerk.page.get_by_text("依据", exact=True).last.click()
    clerk.sees(article).shot("report-before-arranging")
    office.go_on("report", ("exams.arrange_first",))
    clerk.go("batches_process:report", batch.code).shot("report-arranged")
    clerk.press("生成材料并上报").sees("报出")
    clerk.go("candidates_office:packages", batch.code)
    link = clerk.page.locator("a[href*='/packages/']").first.get_attribute("href")
    with zipfile.ZipFile(io.BytesIO(clerk.context.request.get(clerk.base + link).body())) as found:
        names = {name.rpartition("/")[2] for name in found.namelist()}
    assert papers <= names, names
    clerk.go("batches_process:report", batch.code)
    clerk.fill(decision="approve", receipt_number="核 7 号").press("登记批复").sees("核准")
    clerk.shot("report-approved")
    assert "已过时" not in clerk.page.content()
    duty = batch.sittings.get(number=1).duties.filter(post="proctor").first()
    services.remove_duty(actor=SYSTEM, duty=duty)
    clerk.go("batches_process:report", batch.code)
    clerk.sees(f"随申请报送的《{outdated}》已过时").press("生成新版材料并登记补报")
    clerk.sees("的考务人员还没有安排好").shot("report-outdated")
    services.assign_duties(actor=SYSTEM, sitting=duty.sitting)
    clerk.press("生成新版材料并登记补报").sees("已登记补报", "补报").shot("report-supplemented")
    assert "已过时" not in clerk.page.content()
    return clerk
