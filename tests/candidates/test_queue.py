"""The queue asks the same few questions for fifty applications and for ten thousand."""

import os
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessment_center.accounts.enums import Role
from assessment_center.people.models import Person
from candidates.enums import ApplicationStatus as S
from candidates.models import Application
from candidates.queues import Narrowed, listed, neighbours
from tests.factories import candidates as c
from tests.factories import foundation as f

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
FEW, MANY = 60, 10_000


def url(name: str, *args: Any) -> str:
    return reverse(f"candidates_office:{name}", args=args)


def crowd(like: Application, n: int) -> None:
    """So many more applications in the same batch, of people who need no account."""
    people = [
        Person(
            id=uuid4(), name=f"考生{i}", id_kind="resident", id_sealed=b"x",
            id_lookup=os.urandom(32), id_masked="110101********1234",
        )
        for i in range(n)
    ]  # fmt: skip
    Person.objects.bulk_create(people, batch_size=2_000)
    copied = ("batch", "offering", "occupation", "job", "level", "department", "school_class")
    facts = {f"{name}_id" if name != "level" else name: None for name in copied}
    facts = {name: getattr(like, name) for name in facts}
    Application.objects.bulk_create(
        (
            Application(
                person=person, subjects=["theory"], status=S.SUBMITTED, finding="eligible",
                number=f"Q-{i:05d}", submitted_at=c.NOW + timedelta(seconds=i), **facts,
            )
            for i, person in enumerate(people)
        ),
        batch_size=2_000,
    )  # fmt: skip


def queries(client: Client, address: str, **asked: str) -> int:
    client.get(address, asked)  # the session stands
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address, asked).status_code == 200
    return len(seen)


@pytest.mark.parametrize("whole", [True, False])
def test_the_number_of_queries_is_constant(client: Client, whole: bool) -> None:
    row = c.make_submitted()
    places = (None,) if whole else (row.department,)
    client.force_login(f.make_user(Role.DEPARTMENT, departments=places))
    pages = [
        (url("queue", row.batch.code), {}),
        (url("queue", row.batch.code), {"state": "submitted", "finding": "eligible", "page": "2"}),
        (url("application", row.pk), {}),
        (url("statistics", row.batch.code), {}),
        (url("bulk", row.batch.code), {}),
        (url("home"), {}),
    ]
    crowd(row, FEW)
    few = [queries(client, address, **asked) for address, asked in pages]
    Application.objects.exclude(pk=row.pk).delete()
    crowd(row, MANY if whole else 3 * FEW)
    many = [queries(client, address, **asked) for address, asked in pages]
    assert few == many
    assert max(few) <= 40


def test_next_and_previous_follow_the_queue_as_narrowed() -> None:
    row = c.make_submitted()
    crowd(row, 5)
    actor = c.department_user().as_actor()
    Application.objects.filter(number="Q-00002").update(finding="unproven")
    line = list(listed(row.batch, actor, Narrowed(state="submitted", finding="eligible")))
    by = Narrowed(state="submitted", finding="eligible")
    for i, each in enumerate(line):
        before, after = neighbours(each, actor, by)
        assert before == (line[i - 1] if i else None)
        assert after == (line[i + 1] if i + 1 < len(line) else None)
    assert "Q-00002" not in [each.number for each in line]


def test_a_full_number_finds_its_candidate_and_stays_out_of_the_address(client: Client) -> None:
    number = f.id_number(77)
    row = c.make_submitted(person=c.make_candidate(number=number))
    client.force_login(c.department_user())
    found = client.post(url("queue", row.batch.code), {"words": number}, follow=True)
    assert row.number in found.text
    assert number not in str(found.redirect_chain)


def test_filters_narrow_and_nonsense_is_ignored(client: Client) -> None:
    row = c.make_submitted()
    crowd(row, 3)
    Application.objects.filter(number="Q-00001").update(finding="unproven", department=None)
    client.force_login(c.department_user())
    here = url("queue", row.batch.code)
    assert "Q-00001" not in client.get(here, {"finding": "eligible"}).text
    alone = client.get(here, {"department": "none"}).text
    assert "Q-00001" in alone
    assert "Q-00000" not in alone
    nonsense = {"state": "x", "finding": "x", "offering": "x", "department": "' or 1", "page": "x"}
    assert "Q-00002" in client.get(here, nonsense).text
    empty = client.get(here, {"state": "refused"}).text
    assert "没有符合的申报" in empty
