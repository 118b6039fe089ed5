"""Every way to a full number leaves its trace, and no address ever holds one."""

import re
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from assessment_center.accounts.enums import Role
from assessment_center.audit.models import AuditEntry
from assessment_center.jobs.running import handlers
from assessment_center.jobs.services import enqueue, run_job
from assessment_center.people import disclosures, selectors, watch
from assessment_center.people.models import Disclosure, Person
from assessment_center.people.rules.id_document import check_digit, holds_number
from tests.assessment_center.office_helpers import page_text, signed_in
from tests.conftest import PROJECT
from tests.factories import candidates as c
from tests.factories import foundation as f

NUMBER = f.id_number(1)
pytestmark = pytest.mark.django_db


def test_numbers_are_opened_in_one_place_only() -> None:
    """A new way around `selectors.id_number` would be a way without a trace."""
    openers = set()
    for package in ("assessment_center", "candidates", "exams", "questionbank", "scoring",
                    "certificates", "archives"):  # fmt: skip
        for path in (PROJECT / package).rglob("*.py"):
            text = path.read_text()
            if re.search(r"open_value\(|open_with\(", text):
                openers.add(str(path.relative_to(PROJECT)))
    assert openers == {
        "assessment_center/sealing.py",
        "assessment_center/people/selectors.py",  # notes who looks
        "assessment_center/people/rotation.py",  # under another key, shown to nobody
        "assessment_center/backup/restoring.py",  # tries the keys of a backup
        "assessment_center/accounts/second_factor.py",  # no number
        "certificates/office/ledger.py",  # the words somebody typed himself
        "candidates/vault.py",  # whole files, whose opening is recorded
        "assessment_center/filing/papers.py",  # whole papers of the centre's own filing
        "assessment_center/first_day/uploads.py",  # sheets that wait to be written, then cleared
        "assessment_center/opening/keeping.py",  # sheets of the opening balances until signed
        "assessment_center/opening/ordering.py",  # files that wait for their job
    }


def test_a_look_needs_a_reason_and_is_seen_by_the_head() -> None:
    person = f.make_person("欧阳安", number=NUMBER)
    reviewer = signed_in(Role.REVIEWER, display_name="林静")
    url = reverse("people_office:reveal", args=[person.pk])
    assert NUMBER not in page_text(reviewer.get(url))
    assert reviewer.post(url, {"reason": "  "}).status_code == 422
    assert not Disclosure.objects.exists()
    shown = reviewer.post(url, {"reason": "核对原件"})
    assert NUMBER in page_text(shown)
    assert "no-store" in shown.headers["Cache-Control"]
    row = Disclosure.objects.get()
    assert (row.actor_id, row.manner, row.place, row.purpose, row.people) == (
        reviewer.user.pk, "view", "people_office:reveal", "核对原件", [person.pk],
    )  # fmt: skip
    page = reverse("people_office:disclosures")
    for role in (Role.HEAD, Role.INSPECTOR):
        told = page_text(signed_in(role).get(page))
        assert "核对原件" in told
        assert "欧阳安" in told
        assert NUMBER not in told
    assert reviewer.get(page).status_code == 403
    head = signed_in(Role.HEAD)
    for query, seen in (
        ({"person": "oya"}, True), ({"person": "钱"}, False), ({"actor": "林"}, True),
        ({"actor": "高"}, False), ({"since": "2099-01-01"}, False), ({"until": "x"}, True),
    ):  # fmt: skip
        assert ("核对原件" in page_text(head.get(page, query))) is seen, query
    assert AuditEntry.objects.filter(verb="person.disclose").count() == 1


def test_a_printed_form_is_put_down_to_who_printed_it(frozen: Any) -> None:
    frozen(2026, 4, 2, 9)
    application = c.make_submitted()
    clerk = signed_in(Role.CLERK)
    answer = clerk.get(reverse("candidates_office:form", args=[application.pk]))
    assert answer.headers["Content-Type"] == "application/pdf"
    row = Disclosure.objects.get()
    assert (row.actor_id, row.manner, row.people) == (
        clerk.user.pk, "print", [application.person_id],
    )  # fmt: skip


def test_ones_own_number_is_no_disclosure(client: Any, frozen: Any) -> None:
    frozen(2026, 4, 2, 9)
    application = c.make_submitted()
    client.force_login(application.person.user)
    assert client.get(reverse("portal:form", args=[application.pk])).status_code == 200
    assert not Disclosure.objects.exists()


def test_a_job_is_put_down_to_who_ordered_it() -> None:
    person = f.make_person()
    user = f.make_user(Role.CLERK)

    def look(_run: Any) -> None:
        selectors.id_number(person)

    handlers.register("test.look", look)
    try:
        job = enqueue("test.look", actor=user.as_actor(), label="导出名册")
        run_job(job.pk)
    finally:
        handlers._entries.pop("test.look")
    row = Disclosure.objects.get()
    assert (row.actor_id, row.manner, row.purpose) == (user.pk, "job", "导出名册")


@pytest.mark.django_db(transaction=True)
def test_what_a_command_opens_is_written_when_it_commits() -> None:
    people = [f.make_person() for _ in range(3)]
    with transaction.atomic():
        for person in people[:2]:
            selectors.id_number(person)
        assert not Disclosure.objects.exists()
    row = Disclosure.objects.get()
    assert (row.actor_label, row.manner, set(row.people)) == (
        "系统", "internal", {p.pk for p in people[:2]},
    )  # fmt: skip
    with transaction.atomic():
        selectors.id_number(people[2])
        transaction.set_rollback(True)
    selectors.id_number(people[2])
    assert Disclosure.objects.count() == 2


def test_a_streamed_answer_is_written_down_before_its_pieces_leave(rf: Any) -> None:
    person = f.make_person(number=NUMBER)

    def view(_request: Any) -> StreamingHttpResponse:
        return StreamingHttpResponse(
            (selectors.id_number(each).encode() for each in [person]), content_type="text/csv"
        )

    request = rf.get("/x/")
    request.user = f.make_user(Role.CLERK)
    request.resolver_match = None
    answer = watch.disclosures(view)(request)
    assert not Disclosure.objects.exists()
    for piece in answer.streaming_content:
        assert piece == NUMBER.encode()
        assert Disclosure.objects.get().manner == "export"


def test_an_answer_that_cannot_be_written_down_does_not_leave(
    rf: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = f.make_person()

    def broken(**_more: Any) -> None:
        raise ConnectionError

    monkeypatch.setattr(disclosures, "record", broken)
    request = rf.get("/x/")
    request.user = f.make_user(Role.CLERK)
    request.resolver_match = None
    with pytest.raises(ConnectionError):
        watch.disclosures(lambda _r: HttpResponse(selectors.id_number(person)))(request)


def test_the_record_cannot_be_changed_or_be_of_nobody() -> None:
    person = f.make_person()
    reading = disclosures.Reading({person.pk: None})
    actor = f.make_user(Role.CLERK).as_actor()
    reading.write(actor, manner="view", place="x", purpose="y")  # type: ignore[arg-type]
    for change in (lambda: Disclosure.objects.update(purpose="z"), Disclosure.objects.all().delete):
        with pytest.raises(IntegrityError, match="不能改动"), transaction.atomic():
            change()
    facts = {"actor_kind": "x", "actor_id": person.pk, "actor_label": "x"}
    with pytest.raises(IntegrityError, match="disclosure_of_somebody"), transaction.atomic():
        Disclosure.objects.create(**facts, manner="view", people=[])
    with pytest.raises(IntegrityError, match="disclosure_manner"), transaction.atomic():
        Disclosure.objects.create(**facts, manner="x", people=[person.pk])


def test_somebody_is_found_by_a_number_that_is_posted() -> None:
    person = f.make_student(name="欧阳安", number=NUMBER)
    clerk = signed_in(Role.CLERK)
    page = reverse("people_office:find")
    shown = page_text(clerk.post(page, {"number": f" {NUMBER[:6]} {NUMBER[6:].lower()}"}))
    assert "欧阳安" in shown
    assert person.student.student_number in shown
    assert NUMBER not in shown
    assert "没有找到" in page_text(clerk.post(page, {"number": f.id_number(2)}))
    assert clerk.get(page, {"number": NUMBER}).status_code == 302


def test_words_in_an_address_find_nobody_by_a_full_number() -> None:
    f.make_person(number=NUMBER)
    assert not selectors.search(NUMBER).exists()
    assert selectors.by_full_number(NUMBER.lower()).count() == 1


@pytest.mark.parametrize(
    "url", ["/admin/people/person/", "/admin/work/audit/", "/verify/", "/portal/sign-in/"]
)
def test_an_address_with_a_number_is_led_off(url: str) -> None:
    clerk = signed_in(Role.HEAD)
    answer = clerk.get(url, {"q": NUMBER, "page": "2"})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{url}?page=2")
    spaced = clerk.get(url, {"q": f"{NUMBER[:6]} {NUMBER[6:14]} {NUMBER[14:].lower()}"})
    assert spaced.headers["Location"] == url


@given(st.text(max_size=40))
def test_only_numbers_are_taken_for_numbers(text: str) -> None:
    if holds_number(text):
        plain = "".join(c for c in text.upper() if c.isalnum())
        assert len(plain) >= 18


@given(st.integers(0, 999), st.sampled_from(["", "x ", "："]))
def test_every_number_is_taken_for_one(number: int, before: str) -> None:
    one = f.id_number(number)
    assert holds_number(before + one)
    assert holds_number(one.lower())
    wrong = one[:17] + ("1" if one[17] != "1" else "2")
    assert not holds_number(wrong)
    assert check_digit(one[:17]) == one[17]


def test_no_person_is_listed_with_his_number() -> None:
    f.make_person(number=NUMBER)
    shown = page_text(signed_in(Role.CLERK).get("/admin/people/person/"))
    assert Person.objects.get().id_masked in shown
    assert NUMBER not in shown
