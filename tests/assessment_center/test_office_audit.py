"""The trail as a page: filters, chain state, and who may read it."""

from collections.abc import Callable
from typing import Any

import pytest

from assessment_center.accounts.enums import Role
from assessment_center.audit.models import AuditEntry
from assessment_center.audit.services import record, seal_entries
from assessment_center.registry import SYSTEM
from tests.assessment_center.office_helpers import page_text, signed_in
from tests.factories.foundation import make_batch, make_user

pytestmark = pytest.mark.django_db
TRAIL = "/admin/work/audit/"


@pytest.mark.parametrize("role", list(Role))
def test_who_reads_the_trail(role: Role) -> None:
    may = role in {Role.HEAD, Role.ADMINISTRATOR, Role.INSPECTOR}
    assert signed_in(role).get(TRAIL).status_code == (200 if may else 403)


def shown(asked: dict[str, Any]) -> list[str]:
    response = signed_in(Role.INSPECTOR).get(TRAIL, asked)
    return [entry.verb for entry in response.context["entries"]]


def test_filters(frozen: Callable[..., object]) -> None:
    frozen(2026, 4, 2)
    someone = make_user(display_name="林晓岚").as_actor()
    batch = make_batch()
    record(actor=someone, verb="batch.touch", subject=batch.subject, payload={"code": batch.code})
    travel = frozen(2026, 4, 5)
    record(actor=SYSTEM, verb="batch.later", subject=batch.subject)
    travel.shift(0)
    assert shown({"actor": "林晓"}) == ["batch.touch"]
    assert shown({"verb": "later"}) == ["batch.later"]
    assert "batch.open" in shown({"verb": "开设"})
    assert shown({"subject": str(batch.pk)}) == ["batch.later", "batch.touch", "batch.open"]
    assert shown({"kind": batch.subject.kind, "since": "2026-04-05"}) == ["batch.later"]
    assert "batch.later" not in shown({"until": "2026-04-04"})
    assert shown({"subject": "nonsense"}) == []
    assert shown({"since": "31.2.", "verb": "later"}) == ["batch.later"]


def test_the_chain_is_verified_from_the_page() -> None:
    make_batch()
    seal_entries()
    client = signed_in(Role.INSPECTOR)
    assert "第 1 次封存" in page_text(client.get(TRAIL))
    text = page_text(client.post(f"{TRAIL}verify/", follow=True))
    assert "封存链完整" in text


def test_a_forged_entry_is_named() -> None:
    client = signed_in(Role.INSPECTOR)
    entry = record(actor=SYSTEM, verb="x", subject=client.user.subject)
    AuditEntry.objects.bulk_create(
        [
            AuditEntry(
                at=entry.at,
                actor_kind="system",
                actor_id=entry.actor_id,
                actor_label="系统",
                verb="forged",
                subject_kind=entry.subject_kind,
                subject_id=entry.subject_id,
                mac=b"0" * 32,
            )
        ]
    )
    text = page_text(client.post(f"{TRAIL}verify/", follow=True))
    assert "不是系统写入的" in text
