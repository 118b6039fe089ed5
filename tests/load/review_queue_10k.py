"""`review_queue_10k`: the page of the review queue makes the same queries for 100 as for 10,000."""

import time
from typing import Any

from tests.load.applications import fill
from tests.load.database import scratch_database

FEW, MANY = 100, 10_000


def review_queue_10k(seed: int, *, few: int = FEW, many: int = MANY) -> dict[str, Any]:
    """The figures; `violations` is how far the numbers of queries differ, and failed answers."""
    import time_machine

    with scratch_database():
        from django.test import override_settings

        from tests.factories.candidates import NOW

        with time_machine.travel(NOW), override_settings(SECOND_FACTOR_ROLES="none"):
            return _measured(seed, few, many)


def _measured(seed: int, few: int, many: int) -> dict[str, Any]:
    from assessment_center.accounts.enums import Role
    from tests.factories import candidates as c
    from tests.factories import foundation as f

    reviewer = f.make_user(Role.REVIEWER)
    found = []
    for n in (few, many):
        offering = c.make_open_offering(code=f"QUEUE{n}")
        fill_from = offering.batch.code
        fill(offering, n, seed + n)
        found.append(_asked(reviewer, fill_from))
    (small, _, good), (large, seconds, also) = found
    return {
        "name": "review_queue_10k",
        "n": many,
        "queries": large,
        "queries_of_100": small,
        "seconds": round(seconds, 3),
        "violations": abs(large - small) + (not good) + (not also),
    }


def _asked(user: Any, code: str) -> tuple[int, float, bool]:
    """Queries, seconds and success of the page; asked once before, to have everything warm."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    client = Client()
    client.force_login(user)
    page = reverse("candidates_office:queue", args=[code])
    client.get(page)
    start = time.perf_counter()
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(page)
    return len(seen), time.perf_counter() - start, answer.status_code == 200
