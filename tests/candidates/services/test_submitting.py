"""Many hand in at once: in few statements, side by side, and nobody closes the batch meanwhile."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction

from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry import SYSTEM
from candidates import selectors
from candidates.models import Application
from candidates.services import registration, standing, submitting
from tests.factories import candidates as c

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_a_candidate_is_handed_in_with_few_statements(
    client: Any, clock: Any, django_assert_max_num_queries: Any
) -> None:
    offering = c.make_open_offering()
    first, second = c.make_draft(offering), c.make_draft(offering)
    page = "/portal/applications/{}/check/"
    clock.move_to(c.NOW + timedelta(hours=1))  # the rulebook was frozen a while ago
    client.force_login(first.person.user)
    client.post(page.format(first.pk))
    client.force_login(second.person.user)
    with django_assert_max_num_queries(17):
        answer = client.post(page.format(second.pk))
    assert answer.url.endswith("/receipt/")
    with django_assert_max_num_queries(4):
        again = client.post(page.format(second.pk))
    assert again.url == answer.url


def test_what_is_known_under_the_lock_is_not_believed_afterwards() -> None:
    row = c.make_submitted()
    assert selectors.active_ban(row.person, c.NOW.date()) is None
    standing.impose_ban(
        actor=SYSTEM,
        person=row.person,
        starts=c.NOW.date(),
        until=None,
        reason="替考",
        citations=(),
        source=row.subject,
    )
    assert selectors.active_ban(row.person, c.NOW.date()) is not None


@pytest.mark.django_db(transaction=True)
def test_two_hand_in_side_by_side_while_nobody_closes() -> None:
    offering = c.make_open_offering()
    drafts = [c.make_draft(offering), c.make_draft(offering)]
    told: dict[str, Any] = {}

    def beside() -> None:
        """What another connection may do while the first candidate is being handed in."""
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '300ms'")
        told["checks"] = _waits(lambda: submitting.locked(drafts[1]))
        told["number"] = _waits(lambda: _submit(drafts[1]))
        change = AssessmentBatch.objects.filter(pk=offering.batch_id)
        told["closing"] = _waits(lambda: change.update(status="registration_closed"))
        connection.close()

    with transaction.atomic():
        _submit(drafts[0])
        other = threading.Thread(target=beside)
        other.start()
        other.join()
    assert told == {"checks": False, "number": True, "closing": True}
    _submit(drafts[1])
    numbers = Application.objects.order_by("number").values_list("number", flat=True)
    assert [each.rpartition("-")[2] for each in numbers] == ["00001", "00002"]


def _submit(draft: Application) -> None:
    registration.submit_application(actor=draft.person.user.as_actor(), application=draft)


def _waits(act: Callable[[], object]) -> bool:
    try:
        with transaction.atomic():
            act()
            transaction.set_rollback(True)
    except OperationalError:
        return True
    return False
