"""Confirming by hand: who may, once, taken back with a reason, never changed; and the pages."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from assessment_center.accounts.enums import Role
from assessment_center.accounts.models import User
from assessment_center.audit.models import AuditEntry
from assessment_center.batches.models import AssessmentBatch
from assessment_center.conformance import printing, services
from assessment_center.conformance.enums import Outcome, State
from assessment_center.conformance.models import ManualConfirmation
from assessment_center.conformance.running import confirmers, run, run_one
from assessment_center.jobs.models import Job
from assessment_center.organization.models import FiledScope
from assessment_center.registry import SYSTEM, Actor, RefusedError
from tests.assessment_center.pdf.reading import text as text_of
from tests.factories.foundation import announced, approved, at, make_batch, make_user

pytestmark = pytest.mark.django_db
RULE = "FEE-05"
OFFICE_RULE = "FEE-07"
PDF = b"%PDF-1.4 seen"


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def batch() -> AssessmentBatch:
    made = make_batch()
    announced(made)
    return made


@pytest.fixture
def head() -> User:
    return make_user(Role.HEAD)


def confirm(batch: AssessmentBatch, actor: Actor, **more: Any) -> ManualConfirmation:
    facts = {"rule": RULE, "outcome": Outcome.KEPT, "note": "对照账目", **more}
    return services.confirm_rule(actor=actor, batch=batch, **facts)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_confirmed_rule_tells_who_and_when(
    batch: AssessmentBatch, head: User, frozen: Callable[..., Any]
) -> None:
    frozen(2026, 4, 2, 9)
    assert run_one(batch, RULE).state == State.MANUAL
    made = confirm(batch, head.as_actor(), attachment=PDF)
    result = run_one(batch, RULE)
    assert (result.state, result.detail) == (
        State.CONFIRMED,
        f"2026-04-02 {head.display_name}：对照账目",
    )
    with made.attachment.open("rb") as kept:
        assert kept.read() == PDF
    entry = AuditEntry.objects.get(verb="conformance.confirm")
    assert entry.payload["digest"] == made.attachment_digest


def test_what_was_not_kept_fails_the_rule(batch: AssessmentBatch, head: User) -> None:
    confirm(batch, head.as_actor(), outcome=Outcome.BROKEN, note="超支")
    assert run_one(batch, RULE).state == State.FAILED


def test_it_is_taken_back_with_a_reason_and_stays_readable(
    batch: AssessmentBatch, head: User
) -> None:
    made = confirm(batch, head.as_actor())
    with pytest.raises(RefusedError, match="已经确认过"):
        confirm(batch, head.as_actor())
    with pytest.raises(RefusedError, match="撤回的原因"):
        services.revoke_confirmation(actor=head.as_actor(), confirmation=made, reason=" ")
    services.revoke_confirmation(actor=head.as_actor(), confirmation=made, reason="看错年度")
    assert run_one(batch, RULE).state == State.MANUAL
    with pytest.raises(RefusedError, match="已经撤回"):
        services.revoke_confirmation(actor=head.as_actor(), confirmation=made, reason="再次")
    confirm(batch, head.as_actor())
    assert batch.confirmations.count() == 2
    assert AuditEntry.objects.filter(verb="conformance.revoke").count() == 1


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"rule": "FIL-01"}, "不由人工确认"),
        ({"rule": "NO-1"}, "没有编号为"),
        ({"rule": "FIL-12"}, "未作规定"),
        ({"note": " "}, "写明核对了什么"),
        ({"attachment": b"MZ"}, "PNG、JPG"),
        ({"attachment": b"%PDF-" + b"0" * 10 * 1024 * 1024}, "10 MB"),
    ],
)
def test_what_cannot_be_confirmed_is_refused(
    batch: AssessmentBatch, head: User, more: dict[str, Any], said: str
) -> None:
    with pytest.raises(RefusedError, match=said):
        confirm(batch, head.as_actor(), **more)
    assert not ManualConfirmation.objects.exists()


@pytest.mark.parametrize("role", [Role.CLERK, Role.INSPECTOR, Role.ADMINISTRATOR])
def test_another_role_confirms_nothing_and_takes_nothing_back(
    batch: AssessmentBatch, head: User, role: Role
) -> None:
    actor = make_user(role).as_actor()
    with pytest.raises(RefusedError, match="您的角色不能确认"):
        confirm(batch, actor)
    made = confirm(batch, head.as_actor())
    with pytest.raises(RefusedError, match="您的角色不能确认"):
        services.revoke_confirmation(actor=actor, confirmation=made, reason="试")
    with pytest.raises(RefusedError, match="您的角色不能确认"):
        confirm(batch, SYSTEM, rule=OFFICE_RULE)


def test_the_database_keeps_what_was_signed(batch: AssessmentBatch, head: User) -> None:
    made = confirm(batch, head.as_actor())
    mine = ManualConfirmation.objects.filter(pk=made.pk)
    tries: list[tuple[str, Callable[[], Any]]] = [
        ("不能修改", lambda: mine.update(note="别的")),
        ("不能修改", lambda: mine.update(outcome="broken")),
        ("不能删除", mine.delete),
        ("confirmation_revoked_whole", lambda: mine.update(revoked_at=at(2026, 5, 1))),
        ("one_live_confirmation", lambda: copy_of(made)),
        ("confirmation_says_what", lambda: copy_of(made, rule="FEE-06", note="")),
        ("confirmation_says_what", lambda: copy_of(made, rule="FEE-06", outcome="maybe")),
        (
            "confirmation_attachment_digest",
            lambda: copy_of(made, rule="FEE-06", attachment="x.pdf"),
        ),
    ]
    for said, attempt in tries:
        with pytest.raises(IntegrityError, match=said), transaction.atomic():
            attempt()
    services.revoke_confirmation(actor=head.as_actor(), confirmation=made, reason="错")
    with pytest.raises(IntegrityError, match="已撤回的确认"), transaction.atomic():
        mine.update(revoke_reason="别的")


def copy_of(made: ManualConfirmation, **more: Any) -> ManualConfirmation:
    facts = {
        "batch": made.batch,
        "rule": made.rule,
        "outcome": made.outcome,
        "note": made.note,
        "confirmed_by": made.confirmed_by,
        "confirmed_at": made.confirmed_at,
        **more,
    }
    return ManualConfirmation.objects.create(**facts)


def test_the_page_counts_filters_finds_and_links(batch: AssessmentBatch, head: User) -> None:
    client = client_of(head)
    url = reverse("conformance_office:batch", args=[batch.code])
    whole = client.get(url).content.decode()
    results = {each.rule: each for each in run(batch)}
    assert all(f"<b>{rule}</b>" in whole for rule in results)
    assert reverse("batches_process:announcements", args=[batch.code]) in whole
    silent = next(each for each in results.values() if each.detail == "本规程未作规定。")
    assert silent.state == State.NOT_APPLICABLE
    narrowed = client.get(url, {"state": "manual", "q": "收费", "area": "7"}).content.decode()
    assert "<b>FEE-01</b>" in narrowed
    assert "<b>FEE-02</b>" not in narrowed
    assert "没有这样的规则" in client.get(url, {"q": "不会有"}).content.decode()
    assert client.get(reverse("conformance_office:batch", args=["B0"])).status_code == 404


def test_a_broken_rule_is_named_first(frozen: Callable[..., Any], head: User) -> None:
    frozen(2026, 5, 20, 9)
    batch = approved(make_batch())
    FiledScope.objects.update(levels=[5])
    page = client_of(head).get(reverse("conformance_office:batch", args=[batch.code]))
    assert "FIL-01" in {each.rule for each in page.context["failed"]}
    assert "请先处理" in page.content.decode()


def test_a_rule_is_confirmed_and_taken_back_on_its_page(batch: AssessmentBatch, head: User) -> None:
    client = client_of(head)
    args = [batch.code, RULE]
    page = reverse("conformance_office:rule", args=args)
    assert "签认" in client.get(page).content.decode()
    confirm_url = reverse("conformance_office:confirm", args=args)
    faulty = client.post(confirm_url, {"outcome": "kept", "note": ""})
    assert faulty.status_code == 400
    sent = {"outcome": "kept", "note": "对照账目", "attachment": SimpleUploadedFile("a.pdf", PDF)}
    assert client.post(confirm_url, sent).status_code == 303
    made = ManualConfirmation.objects.get()
    shown = client.get(page).content.decode()
    assert "对照账目" in shown
    file_url = reverse("conformance_office:attachment", args=[*args, made.pk])
    assert file_url in shown
    assert b"".join(client.get(file_url).streaming_content) == PDF
    assert AuditEntry.objects.filter(verb="conformance.open_file").count() == 1
    revoke_url = reverse("conformance_office:revoke", args=args)
    client.post(revoke_url, {"reason": "看错"})
    assert "看错" in client.get(page).content.decode()
    assert client.post(revoke_url, {"reason": "再次"}).status_code == 404
    empty = confirm(batch, head.as_actor())
    bare = reverse("conformance_office:attachment", args=[*args, empty.pk])
    assert client.get(bare).status_code == 404
    assert client.get(reverse("conformance_office:rule", args=[batch.code, "X"])).status_code == 404


def test_who_may_not_confirm_sees_who_may(batch: AssessmentBatch) -> None:
    client = client_of(make_user(Role.CLERK))
    shown = client.get(reverse("conformance_office:rule", args=[batch.code, RULE])).content.decode()
    assert "中心主任" in shown
    assert "签认</button>" not in shown
    enforced = client.get(reverse("conformance_office:rule", args=[batch.code, "REG-01"]))
    assert "test_one_application_for_occupation_and_level" in enforced.content.decode()


def test_the_report_is_printed_by_a_job_with_its_articles(
    batch: AssessmentBatch, head: User, django_capture_on_commit_callbacks: Any
) -> None:
    confirm(batch, head.as_actor())
    client = client_of(head)
    response = client.post(reverse("conformance_office:report", args=[batch.code]))
    assert response.status_code == 303
    assert Job.objects.get().name == "conformance.report"
    words = text_of(printing.report(batch)).replace("\r\n", "").replace("\n", "")
    spoken = [each for each in run(batch) if each.citations]
    assert all(each.rule in words for each in spoken)
    assert "对照账目" in words
    assert str(spoken[0].citations[0])[:6] in words


def test_the_roles_are_those_declared() -> None:
    assert confirmers(RULE) == {Role.HEAD}
    assert confirmers(OFFICE_RULE) == {Role.HEAD, Role.CLERK}


def test_the_page_asks_as_often_whatever_the_number_of_confirmations(
    batch: AssessmentBatch, head: User, django_assert_max_num_queries: Any
) -> None:
    client, url = client_of(head), reverse("conformance_office:batch", args=[batch.code])
    client.get(url)
    with django_assert_max_num_queries(200) as before:
        client.get(url)
    for rule in ("FEE-05", "FEE-06", "FEE-09", "ORG-01"):
        confirm(batch, head.as_actor(), rule=rule)
    with django_assert_max_num_queries(len(before)):
        client.get(url)
