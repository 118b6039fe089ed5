"""`rush_5s` and `rush_200`: candidates hand in their applications through the real web server.

Two hundred candidates are signed in and have all parts filled in. In `rush_5s` they submit evenly
within five seconds, and 95 of 100 have their answer within a second; in `rush_200` all submit at
once, each of them twice in the second half (a double click), and all are answered within five.
The floor is a bare view through the same server and middleware, asked in the same pattern.
"""

import asyncio
import os
import statistics
from datetime import timedelta
from typing import Any

from tests.load.database import scratch_database
from tests.load.firing import Shot, fire, post, request
from tests.load.server import server

CANDIDATES, WITHIN = 200, 5.0
MOST_P95, MOST_ALL = 1.0, 5.0


def rush_5s(seed: int, *, n: int = CANDIDATES) -> dict[str, Any]:
    """Evenly within five seconds; `violations` counts errors, doubles and a late p95."""
    figures = _rush("rush_5s", n, lambda i: WITHIN * i / n, twice=False)
    figures["violations"] += figures["p95"] >= MOST_P95
    return figures


def rush_200(seed: int, *, n: int = CANDIDATES) -> dict[str, Any]:
    """All at once; `violations` counts errors, doubles and an answer after five seconds."""
    figures = _rush("rush_200", n, lambda _i: 0.0, twice=True)
    figures["violations"] += figures["last"] >= MOST_ALL
    return figures


def _rush(name: str, n: int, due: Any, *, twice: bool) -> dict[str, Any]:
    import django.utils.timezone

    with scratch_database():
        drafts = _drafts(n)
        with server() as web:
            port = web.port
            bare = [Shot(due(i), request(port, "GET", "/bare/")) for i in range(n)]
            asyncio.run(fire(port, bare))
            floor = asyncio.run(fire(port, bare))
            shots = [Shot(due(i), post(port, *drafts[i])) for i in range(n)]
            clicks = [Shot(each.at, each.content) for each in shots[n // 2 :]] if twice else []
            load, cpu = os.getloadavg()[0], web.cpu_seconds()
            began = django.utils.timezone.now()
            answers = asyncio.run(fire(port, [*shots, *clicks]))
            cpu = web.cpu_seconds() - cpu
            held = _held(n, began)
    times = sorted(each.seconds for each in answers)
    floors = sorted(each.seconds for each in floor)
    wrong = sum(each.status != 302 for each in answers)
    return {
        "name": name,
        "n": n,
        "requests": len(answers),
        "p50": round(statistics.median(times), 3),
        "p95": round(_p95(times), 3),
        "last": round(times[-1], 3),
        "cpu_ms": round(1000 * cpu / len(answers), 1),
        "errors": wrong,
        "lost_or_double": held,
        "floor_p95": round(_p95(floors), 3),
        "ratio": round(_p95(times) / _p95(floors), 1),
        "load_before": round(load, 1),
        "violations": wrong + held,
    }


def _p95(times: list[float]) -> float:
    return times[int(0.95 * (len(times) - 1))]


def _drafts(n: int) -> list[tuple[str, str, str]]:
    """Candidates with a draft that lacks nothing: its address, the session and the CSRF token."""
    import time_machine
    from django.conf import settings
    from django.test import Client
    from django.urls import reverse
    from django.utils import timezone

    from assessment_center.batches.models import AssessmentBatch
    from tests.factories import candidates as c

    with time_machine.travel(c.NOW, tick=False):
        offering = c.make_open_offering()
        drafts = [c.make_draft(offering, c.make_candidate()) for _ in range(n)]
    now = timezone.now()
    AssessmentBatch.objects.filter(pk=offering.batch_id).update(
        registration_opens=now - timedelta(days=1), registration_closes=now + timedelta(days=9)
    )
    ready = []
    for draft in drafts:
        client = Client()
        client.force_login(draft.person.user)
        page = reverse("portal:check", args=[draft.pk])
        client.get(page)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        ready.append((page, session, client.cookies[settings.CSRF_COOKIE_NAME].value))
    return ready


def _held(n: int, began: Any) -> int:
    """How far the database is from every draft submitted once, each with its own number."""
    from assessment_center.audit.models import AuditEntry
    from candidates.models import Application

    rows = Application.objects.filter(status="submitted", submitted_at__gte=began)
    numbers = set(rows.values_list("number", flat=True))
    moves = AuditEntry.objects.filter(verb="application.submit").count()
    return abs(n - rows.count()) + abs(n - len(numbers)) + abs(n - moves)
