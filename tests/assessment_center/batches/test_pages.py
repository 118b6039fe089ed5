"""A clerk and the head carry a batch from the plan to its announcement in the office."""

import pytest
from django.urls import reverse

from assessment_center.accounts.enums import Role
from assessment_center.batches import services
from assessment_center.batches.models import Announcement, AnnualPlan, AssessmentBatch
from assessment_center.batches.printing import render
from assessment_center.registry import SYSTEM
from tests.factories.foundation import (
    announced,
    at,
    closed,
    make_batch,
    make_centre,
    make_filing,
    make_occupation,
    make_offering,
    make_rulebook,
    make_scope,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(client):
    user = make_user(Role.CLERK)
    client.force_login(user)
    return client


@pytest.fixture
def head(client):
    client.force_login(make_user(Role.HEAD))
    return client


def page(name, *args):
    return reverse(f"batches_process:{name}", args=args)


def test_plan_batch_and_offering_by_hand(client, frozen):
    frozen(2026, 2, 1, 9)
    make_rulebook()
    make_centre()
    occupation = make_occupation()
    line = make_scope(occupation)
    client.force_login(make_user(Role.HEAD))
    client.post(page("index"), {"year": 2026, "notes": ""})
    client.post(
        page("plan", 2026),
        {"occupation": occupation.pk, "level": 4, "forecast": 30, "planned_month": 5},
    )
    client.post(page("plan_approve", 2026))
    plan = AnnualPlan.objects.get()
    assert plan.status == "approved"
    assert plan.lines.get().forecast == 30
    facts = {
        "code": "CQ202699",
        "name": "春季认定",
        "plan": plan.pk,
        "rulebook_code": "chongqing",
        "registration_opens": "2026-04-01T09:00",
        "registration_closes": "2026-04-20T17:00",
        "exam_starts": "2026-05-23",
        "exam_ends": "2026-05-24",
        "exam_place": "实训中心",
        "relax_reason": "新任职人员下周到岗",
    }
    client.post(page("batch_new"), facts)
    batch = AssessmentBatch.objects.get()
    client.post(
        page("offerings", batch.code), {"line": line.pk, "level": 4, "route": "exam", "fee": "240"}
    )
    assert batch.offerings.get().fee_cents == 24000
    client.post(page("draft", batch.code))
    shown = client.get(page("announcements", batch.code))
    assert shown.status_code == 200
    draft = Announcement.objects.get()
    edited = {"title": "春季公告", "body": draft.body, "reason": "", "consent_number": ""}
    client.post(page("announcements", batch.code), edited)
    client.post(page("publish", draft.pk), {"document_number": "〔2026〕1号"})
    batch.refresh_from_db()
    draft.refresh_from_db()
    assert (batch.status, draft.title, draft.document_number) == (
        "announced",
        "春季公告",
        "〔2026〕1号",
    )


@pytest.mark.parametrize("name", ["offerings", "announcements", "report"])
@pytest.mark.parametrize("stage", ["draft", "announced", "closed"])
def test_pages_of_a_batch_open_at_every_stage(clerk, name, stage):
    batch = make_batch()
    if stage == "announced":
        announced(batch)
    elif stage == "closed":
        closed(batch)
    assert clerk.get(page(name, batch.code)).status_code == 200


def test_batch_page_with_errors_keeps_what_was_typed(clerk):
    make_rulebook()
    make_centre()
    facts = {
        "code": "X1",
        "name": "倒序",
        "rulebook_code": "chongqing",
        "registration_opens": "2026-04-20T09:00",
        "registration_closes": "2026-04-01T17:00",
        "exam_starts": "2026-05-24",
        "exam_ends": "2026-05-23",
        "exam_place": "实训中心",
    }
    answer = clerk.post(page("batch_new"), facts)
    assert answer.status_code == 200
    assert "倒序" in answer.text
    assert "报名截止须晚于报名开始" in answer.text
    assert not AssessmentBatch.objects.exists()


def test_a_new_batch_begins_with_the_rulebook_of_the_filing(clerk):
    jilin = make_rulebook("jilin")
    assert 'value="jilin" selected' not in clerk.get(page("batch_new")).text
    make_filing(rulebook_version=jilin)
    assert 'value="jilin" selected' in clerk.get(page("batch_new")).text


def test_a_refused_opening_stays_on_the_form(clerk):
    batch = make_batch("X2")
    facts = {
        "code": "X2",
        "name": "重号",
        "rulebook_code": "chongqing",
        "registration_opens": "2026-04-01T09:00",
        "registration_closes": "2026-04-20T17:00",
        "exam_starts": "2026-05-23",
        "exam_ends": "2026-05-24",
        "exam_place": "实训中心",
        "relax_reason": "新任职人员下周到岗",
    }
    assert "已被使用" in clerk.post(page("batch_new"), facts).text
    assert AssessmentBatch.objects.get() == batch


def test_clerk_may_not_publish(clerk):
    batch = make_batch()
    make_offering(batch)
    draft = services.draft_announcement(actor=SYSTEM, batch=batch)
    assert clerk.post(page("publish", draft.pk)).status_code == 403


def test_decision_is_recorded(head):
    batch = closed(make_batch())
    report = services.submit_report(
        actor=SYSTEM, batch=batch, candidate_count=3, at=at(2026, 4, 22)
    )
    assert head.get(page("report", batch.code)).status_code == 200
    head.post(
        page("decide", report.pk), {"decision": "approve", "receipt_number": "HZ-9", "note": ""}
    )
    report.refresh_from_db()
    assert (report.status, report.receipt_number) == ("approved", "HZ-9")


def test_closing_from_the_page(clerk, frozen):
    batch = make_batch()
    announced(batch)
    frozen(2026, 4, 20, 18)
    clerk.post(page("close", batch.code))
    batch.refresh_from_db()
    assert batch.status == "registration_closed"


def test_documents_print():
    batch = make_batch()
    announced(batch)
    for slug in ("annual-plan", "announcement", "F-202"):
        (part,) = render(batch, slug, SYSTEM)
        assert part[1].startswith(b"%PDF")


def test_conformance_page_and_cockpit_open(clerk):
    batch = make_batch()
    announced(batch)
    assert clerk.get(reverse("conformance_office:batch", args=[batch.code])).status_code == 200
    assert (
        clerk.get(
            reverse("conformance_office:batch", args=[batch.code]) + "?state=passed"
        ).status_code
        == 200
    )
    assert clerk.get(reverse("batches_office:batch", args=[batch.code])).status_code == 200
