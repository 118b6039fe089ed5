"""Attacks on the trail: what the application's role may not do, and what the owner cannot hide."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, ProgrammingError, connection, transaction

from assessment_center.audit.models import AuditEntry, SealedHead, SealedLeaf
from assessment_center.audit.services import record, seal_entries
from assessment_center.audit.tasks import seal
from assessment_center.audit.verify import verify_trail
from assessment_center.registry import SYSTEM, SubjectRef

pytestmark = pytest.mark.django_db
TABLES = ("audit_auditentry", "audit_sealedleaf", "audit_sealedhead")
AsApp = Callable[[], AbstractContextManager[None]]


def write(count: int = 3) -> list[AuditEntry]:
    subject = SubjectRef("people.person", uuid4())
    return [
        record(actor=SYSTEM, verb="person.enter", subject=subject, payload={"n": n})
        for n in range(count)
    ]


def as_owner(statement: str) -> None:
    """What the owner of the tables could do: put the triggers to sleep and write."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement)
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def test_a_sound_trail_is_sound() -> None:
    write()
    assert seal_entries() == 3
    write(2)
    report = verify_trail()
    assert report.sound
    assert (report.entries, report.sealed, report.unsealed) == (5, 3, 2)
    assert seal() == 2
    assert seal_entries() == 0
    assert verify_trail(known_head=report.head).sound


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_the_application_may_not_delete(db_as_app_role: AsApp, table: str, statement: str) -> None:
    write()
    seal_entries()
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        db_as_app_role(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table))


@pytest.mark.parametrize(
    "change",
    [
        "audit_auditentry SET verb = 'x'",
        "audit_sealedleaf SET position = 9",
        "audit_sealedhead SET size = 9",
    ],
)
def test_the_application_may_not_update(db_as_app_role: AsApp, change: str) -> None:
    write()
    seal_entries()
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        db_as_app_role(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE {change}")


def test_the_application_may_write_seal_and_verify(db_as_app_role: AsApp) -> None:
    with db_as_app_role():
        write()
        assert seal_entries() == 3
        assert verify_trail().sound


@pytest.mark.parametrize("table", TABLES)
def test_triggers_refuse_even_the_owner(table: str) -> None:
    write()
    seal_entries()
    with (
        pytest.raises(IntegrityError, match="审计记录不能改动"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"DELETE FROM {table}")


def test_an_edit_is_found_by_its_entry() -> None:
    entry = write()[1]
    seal_entries()
    as_owner(f"UPDATE audit_auditentry SET payload = '{{\"n\": 7}}' WHERE id = {entry.id}")
    assert verify_trail().faults == [f"审计记录 {entry.id} 被改动"]


def test_an_edit_before_sealing_is_found_and_never_sealed() -> None:
    entry = write()[0]
    as_owner(f"UPDATE audit_auditentry SET verb = 'person.forget' WHERE id = {entry.id}")
    assert verify_trail().faults == [f"审计记录 {entry.id} 不是系统写入的（插入或改动）"]
    assert seal_entries() == 2
    assert not SealedLeaf.objects.filter(entry_id=entry.id).exists()


def test_a_deletion_is_found() -> None:
    entry = write()[2]
    seal_entries()
    as_owner(f"DELETE FROM audit_auditentry WHERE id = {entry.id}")
    assert verify_trail().faults == [f"审计记录 {entry.id} 被删除"]


def test_an_insertion_is_found() -> None:
    write()
    seal_entries()
    as_owner(
        "INSERT INTO audit_auditentry (at, actor_kind, actor_id, actor_label, verb, subject_kind,"
        " subject_id, payload, mac) SELECT at, actor_kind, actor_id, actor_label, 'role.grant',"
        " subject_kind, subject_id, payload, mac FROM audit_auditentry LIMIT 1"
    )
    added = AuditEntry.objects.get(verb="role.grant")
    assert verify_trail().faults == [f"审计记录 {added.id} 不是系统写入的（插入或改动）"]


def test_a_leaf_taken_out_breaks_its_block() -> None:
    write()
    seal_entries()
    as_owner("DELETE FROM audit_sealedleaf WHERE position = 2")
    faults = verify_trail().faults
    assert any("封存 1" in fault for fault in faults)


def test_a_changed_head_breaks_its_signature() -> None:
    write()
    seal_entries()
    as_owner("UPDATE audit_sealedhead SET at = at + interval '1 hour'")
    assert verify_trail().faults == ["封存 1 的摘要或签名不对"]


def test_a_head_taken_out_of_the_middle_is_found() -> None:
    for _block in range(3):
        write(1)
        seal_entries()
    as_owner(
        "DELETE FROM audit_sealedleaf WHERE head_id = 2; DELETE FROM audit_sealedhead WHERE number = 2"
    )
    assert any("封存 3" in fault for fault in verify_trail().faults)


@pytest.mark.parametrize("known", ["1:00", "x:00", "9:00"])
def test_a_cut_tail_is_found_with_an_exported_head(known: str) -> None:
    write()
    seal_entries()
    assert not verify_trail(known_head=known).sound


def test_sealing_keeps_blocks_in_one_chain() -> None:
    write(1)
    seal_entries()
    write(2)
    seal_entries()
    first, second = SealedHead.objects.order_by("number")
    assert (first.size, second.size) == (1, 3)
    assert second.at - first.at < timedelta(minutes=1)


@pytest.mark.parametrize("json", [False, True])
def test_the_command_tells_and_fails(capsys: pytest.CaptureFixture[str], *, json: bool) -> None:
    entry = write()[0]
    seal_entries()
    call_command("verify_audit", json=json)
    assert "3" in capsys.readouterr().out
    as_owner(f"DELETE FROM audit_auditentry WHERE id = {entry.id}")
    with pytest.raises(CommandError, match="被删除"):
        call_command("verify_audit", json=json)
