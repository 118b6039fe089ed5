"""Dated duties done late, or not at all, are found; those not due yet say nothing."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from assessment_center.accounts.enums import Role
from assessment_center.conformance.checks.timely import KINDS, kept_in_time
from assessment_center.conformance.declarations import (
    Evidence,
    Failed,
    NotApplicable,
    Passed,
    checks,
)
from assessment_center.deadlines import services
from assessment_center.deadlines.models import Deadline
from tests.factories.foundation import make_batch, make_user

pytestmark = pytest.mark.django_db
look = kept_in_time(KINDS["STAFF-15"])


def test_what_was_done_late_or_not_is_found(frozen: Callable[..., Any]) -> None:
    frozen(2026, 5, 20, 9)
    batch, clerk = make_batch(rulebook="jilin"), make_user(Role.CLERK).as_actor()
    services.sync(batch)
    assert isinstance(look(batch), NotApplicable)
    row = Deadline.objects.get(kind="exams.meeting")
    services.tick(actor=clerk, deadline=row)
    found = look(batch)
    assert isinstance(found, Passed)
    assert "首场考试日 2026-05-23 前 1 天" in found.detail
    services.take_back(actor=clerk, deadline=row)
    frozen(2026, 5, 24, 9)
    page = f"/admin/work/deadlines/batches/{batch.code}/#deadline-{row.pk}"
    late = f"{row.label}应在 2026-05-22 前完成，至今没有完成。"
    assert look(batch) == Failed((Evidence(late, page),))
    services.tick(actor=clerk, deadline=row)
    late = f"{row.label}应在 2026-05-22 前完成，实际 2026-05-24。"
    assert look(batch) == Failed((Evidence(late, page),))


def test_a_silent_rulebook_has_nothing_to_check() -> None:
    batch = make_batch(rulebook="shandong")
    services.sync(batch)
    assert isinstance(look(batch), NotApplicable)


def test_every_kind_is_one_that_a_source_gives(frozen: Callable[..., Any]) -> None:
    """No check looks for a deadline that no rulebook can bring."""
    frozen(2026, 6, 12, 9)
    from certificates.enums import UPLOAD
    from tests.factories.foundation import at

    for code in ("chongqing", "jilin", "shandong"):
        batch = make_batch(rulebook=code, exam_starts=date(2026, 5, 23))
        batch.reports.create(
            kind=UPLOAD, status="returned", submitted_at=at(2026, 6, 1), decided_at=at(2026, 6, 10)
        )
        services.sync(batch)
    known = set(Deadline.objects.values_list("kind", flat=True))
    assert {kind for kinds in KINDS.values() for kind in kinds} <= known
    assert set(KINDS) <= set(checks)
