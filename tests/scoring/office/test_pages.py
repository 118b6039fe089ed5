"""The scoring pages: by role, foreign objects, what stays after a fault, and their queries."""

import io
import uuid
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from assessment_center.accounts.enums import Role
from assessment_center.accounts.models import User
from scoring import services
from scoring.models import FinalResult, ScoreEntry, ScoreReview, SubjectResult
from tests.factories import foundation as f
from tests.factories import scoring as s

pytestmark = pytest.mark.django_db
ROLES = {Role.HEAD, Role.CLERK, Role.SCORE_CLERK, Role.ASSESSOR, Role.SUPERVISOR, Role.INSPECTOR,
         Role.CERTIFICATE_CLERK}  # fmt: skip


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def url(name: str, batch, *more: object) -> str:
    return reverse(f"scoring_office:{name}", args=[batch.code, *more])


def sheet_url(name: str, batch, subject: str = s.THEORY) -> str:
    return url(name, batch, batch.offerings.get().pk, subject)


def test_pages_by_role_and_foreign_objects() -> None:
    batch, other = s.examined(1), s.examined(1)
    s.compiled(batch)
    may = {
        reverse("scoring_office:home"): ROLES,
        url("batch", batch): ROLES,
        sheet_url("entry", batch): {Role.SCORE_CLERK, Role.ASSESSOR},
        sheet_url("template", batch): {Role.SCORE_CLERK, Role.ASSESSOR},
        sheet_url("check", batch): {Role.SCORE_CLERK},
        url("results", batch): {Role.HEAD, Role.CLERK, Role.SCORE_CLERK},
        url("publicity", batch): {Role.HEAD, Role.CLERK, Role.SCORE_CLERK},
        url("reviews", batch): {Role.HEAD, Role.CLERK, Role.SCORE_CLERK},
    }
    for role in Role:
        client = client_of(f.make_user(role))
        seen = {page for page in may if client.get(page).status_code == 200}
        assert seen == {page for page, roles in may.items() if role in roles}, role
    for page in may:
        assert Client().get(page).status_code == 302
    clerk = client_of(s.clerk())
    strange = other.offerings.get().pk
    for page in (
        url("batch", batch).replace(batch.code, "NONE"),
        url("entry", batch, strange, s.THEORY),
        url("check", batch, strange, s.THEORY),
        url("entry", batch, batch.offerings.get().pk, "language"),
        url("review", batch, uuid.uuid4()),
        url("evidence_file", batch),
    ):
        assert clerk.get(page).status_code == 404, page
    entry = ScoreEntry.objects.first()
    assert clerk.post(url("correct", batch, entry.pk)).status_code == 404
    assert client_of(f.make_user(Role.HEAD)).get(url("report_file", batch)).status_code == 404
    documents = client_of(f.make_user(Role.CLERK)).get(f"/admin/work/batches/{batch.code}/print/")
    assert "考生成绩花名册" in documents.text


def test_the_grid_keeps_everything_after_a_fault_and_then_saves() -> None:
    batch = s.examined(3, absent={s.THEORY: [2]})
    one, two, gone = s.people_of(batch)
    user = s.clerk()
    client, page = client_of(user), sheet_url("entry", batch)
    shown = client.get(page).text
    assert shown.count('name="m-') == 2
    assert "缺考" in shown
    data = {f"m-{one.id}": "88.5", f"m-{two.id}": "188", f"m-{gone.id}": "60", "round": "first"}
    wrong = client.post(page, data)
    assert wrong.status_code == 422
    assert 'value="88.5"' in wrong.text
    assert 'value="188"' in wrong.text
    assert wrong.text.count("aria-invalid") == 1
    assert not ScoreEntry.objects.exists()
    zero = client.post(page, {f"m-{one.id}": "0"})
    assert "零分须写明原因" in zero.text
    data[f"m-{two.id}"] = "77"
    assert client.post(page, data).status_code == 303
    found = dict(ScoreEntry.objects.values_list("application_id", "score"))
    assert found == {one.id: Decimal("88.50"), two.id: Decimal("77.00")}
    entry = ScoreEntry.objects.get(application=one)
    fix = client.post(url("correct", batch, entry.pk), {"score": "89", "reason": "看错"})
    assert fix.status_code == 303
    assert client.post(url("correct", batch, entry.pk), {"score": "x"}).status_code == 303
    entry.refresh_from_db()
    assert entry.score == 89
    second = client_of(s.clerk())
    fresh = second.get(page).text
    assert "二登" in fresh
    assert 'value="89' not in fresh
    assert ">89" not in fresh


def _upload(content: bytes) -> io.BytesIO:
    file = io.BytesIO(content)
    file.name = "登分表.xlsx"
    return file


def test_the_excel_way_and_the_check_page() -> None:
    batch = s.examined(2)
    for _round in range(2):
        client = client_of(s.clerk())
        book = load_workbook(io.BytesIO(client.get(sheet_url("template", batch)).content))
        for row in (2, 3):
            book.active.cell(row, 3).value = 70 + row
        book.active.cell(3, 3).value = 700
        out = io.BytesIO()
        book.save(out)
        bad = client.post(sheet_url("import", batch), {"file": _upload(out.getvalue())})
        assert bad.status_code == 422
        assert "不在 0 至 100 之间" in bad.text
        book.active.cell(3, 3).value = 73
        out = io.BytesIO()
        book.save(out)
        good = client.post(sheet_url("import", batch), {"file": _upload(out.getvalue())})
        assert good.status_code == 303
        assert client.post(sheet_url("import", batch)).status_code == 303
    assert ScoreEntry.objects.count() == 4
    checker = client_of(s.clerk())
    assert "核分签字" in checker.get(sheet_url("check", batch)).text
    assert checker.post(sheet_url("check", batch)).status_code == 303
    assert SubjectResult.objects.count() == 2
    assert "退回核分" in checker.get(sheet_url("check", batch)).text
    again = {"do": "reopen", "reason": "漏登"}
    assert checker.post(sheet_url("check", batch), again).status_code == 303
    assert not SubjectResult.objects.exists()


def test_from_compiling_to_final_by_pages(clock) -> None:
    batch = s.examined(1)
    for subject in (s.THEORY, s.PRACTICAL):
        s.entered(batch, subject)
        s.check(batch, subject)
    clerk, head = client_of(f.make_user(Role.CLERK)), client_of(f.make_user(Role.HEAD))
    score_clerk = client_of(s.clerk())
    score_clerk.post(url("compile", batch))
    result = FinalResult.objects.get()
    clock.move_to(s.REPORTED)
    clerk.post(url("report", batch), {"late_reason": ""})
    assert "HZ" not in clerk.get(url("batch", batch)).text
    clerk.post(url("report", batch), {"do": "decide", "approved": "1", "receipt_number": "CJ9"})
    assert "CJ9" in clerk.get(url("batch", batch)).text
    assert clerk.get(url("report_file", batch)).content[:2] == b"PK"
    clock.move_to(s.PUBLISHED)
    shown = head.get(url("publicity", batch)).text
    assert 'value="2026-06-08"' in shown
    assert head.post(url("publish", batch), {"starts_on": "x"}).status_code == 422
    period = {"starts_on": "2026-06-01", "ends_on": "2026-06-08", "place": "网站"}
    assert head.post(url("publish", batch), period).status_code == 303
    head.post(url("evidence", batch), {"file": _upload(b"%PDF-1.4 x")})
    kept = head.get(url("evidence_file", batch))
    assert b"".join(kept.streaming_content) == b"%PDF-1.4 x"
    asked = services.request_review(
        actor=result.application.person.user.as_actor(),
        result=result, subject=s.THEORY, reason="合分",
    )  # fmt: skip
    page = url("review", batch, asked.pk)
    assert client_of(s.clerk()).post(page, {"outcome": "corrected"}).status_code == 422
    done = client_of(s.clerk()).post(page, {"outcome": "unchanged", "answer": "无误"})
    assert done.status_code == 303
    assert ScoreReview.objects.get().status == "unchanged"
    assert "成绩无误" in score_clerk.get(url("reviews", batch)).text
    stage = head.get(f"/admin/work/batches/{batch.code}/?stage=publicity")
    assert stage.status_code == 200
    clock.move_to(s.FINAL)
    clerk, head = client_of(f.make_user(Role.CLERK)), client_of(f.make_user(Role.HEAD))
    score_clerk = client_of(s.clerk())
    assert head.post(url("finalise", batch), {"objections": ""}).status_code == 422
    head.post(url("finalise", batch), {"objections": "无异议"})
    result.refresh_from_db()
    assert result.status == "final"
    for slug in (
        "score-summary",
        "score-register",
        "score-roll",
        "publicity-notice",
        "passed-roll",
    ):
        who = score_clerk if slug.startswith("score-s") or "register" in slug else clerk
        answer = who.get(f"/admin/work/batches/{batch.code}/print/{slug}/")
        assert (answer.status_code, answer.content[:2] in {b"%P", b"PK"}) == (200, True), slug
    assert head.get("/admin/").status_code == 200


@pytest.mark.parametrize("people", [1, 3])
def test_the_number_of_queries_does_not_grow(people, django_assert_max_num_queries) -> None:
    batch = s.examined(people)
    s.entered(batch, s.THEORY)
    client = client_of(s.clerk())
    client.get(url("batch", batch))
    with django_assert_max_num_queries(40):
        client.get(url("batch", batch))
    with django_assert_max_num_queries(35):
        client.get(sheet_url("entry", batch, s.PRACTICAL))
    with django_assert_max_num_queries(45):
        client.get(sheet_url("check", batch))
