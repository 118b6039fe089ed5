"""The registration form that goes into the personal file says what came of it."""

import io
from datetime import date
from typing import Any

import pytest
from pypdfium2 import PdfDocument

from assessment_center.printed.models import PrintedSheet
from assessment_center.registry import SYSTEM
from candidates.documents.application import application_form, application_table
from scoring.models import FinalResult, Publicity, SubjectResult
from tests.exams.build import admit
from tests.factories import foundation as f

pytestmark = pytest.mark.django_db
PUBLISHED, FINAL = f.at(2026, 6, 1), f.at(2026, 6, 16)


def admitted(rulebook: str) -> Any:
    batch = f.make_batch(rulebook=rulebook)
    return admit(f.make_offering(batch, level=4))[0]


def published(row: Any, practical: str) -> FinalResult:
    marks = (("theory", "80.00"), ("practical", practical))
    facts = [
        {"subject": subject, "standing": "scored", "score": score, "passed": score >= "60.00"}
        for subject, score in marks
    ]
    for each in facts:
        SubjectResult.objects.create(application=row, **each)
    span = {"starts_on": PUBLISHED.date(), "ends_on": date(2026, 6, 12), "place": "公告栏"}
    Publicity.objects.create(batch=row.batch, **span)
    return FinalResult.objects.create(
        application=row, batch=row.batch, subjects=facts, passed=all(x["passed"] for x in facts),
        status="published", published_at=PUBLISHED,
    )  # fmt: skip


def text_of(row: Any) -> str:
    pages = PdfDocument(io.BytesIO(application_form(row, SYSTEM)))
    return "".join("".join(p.get_textpage().get_text_range() for p in pages).split())


def rows_of(row: Any) -> list[str]:
    return [line.cells[0].text for line in application_table(row).rows]


@pytest.mark.parametrize(("practical", "outcome"), [("75.50", "合格"), ("50.00", "不合格")])
def test_the_result_stands_on_the_form_once_it_is_final(practical: str, outcome: str) -> None:
    row = admitted("jilin")
    before = text_of(row)
    assert "职业技能等级认定登记表" in before
    assert rows_of(row)[-1] == "认定结果"  # an empty row, to be filled in by hand
    assert "结论" not in before
    result = published(row, practical)
    assert text_of(row) == before  # publicity runs, nothing stands yet
    result.status, result.final_at = "final", FINAL
    result.save()
    after = text_of(row)
    assert f"理论知识考试80.00；技能操作考核{practical}结论：{outcome}" in after
    assert "（盖章）2026-06-16" in after
    sheets = PrintedSheet.objects.filter(slug="application-form", subject_id=row.pk)
    versions = sheets.order_by("version").values_list("version", "is_outdated")
    assert list(versions) == [(1, True), (2, False)]


@pytest.mark.parametrize("rulebook", ["chongqing", "henan", "shandong"])
def test_forms_of_application_have_no_such_row(rulebook: str) -> None:
    assert "认定结果" not in rows_of(admitted(rulebook))
