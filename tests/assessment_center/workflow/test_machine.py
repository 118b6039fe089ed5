"""Every state × move of the foundation's tables, and how a move is made."""

import pytest

from assessment_center.accounts.enums import Act, Role
from assessment_center.audit.models import AuditEntry
from assessment_center.batches.enums import BatchStatus
from assessment_center.batches.lifecycle import ANNOUNCEMENT, BATCH, PLAN, REPORT
from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry import SYSTEM, RefusedError
from assessment_center.workflow import Machine, Move, advance, check, hooks, open_moves
from tests.factories.foundation import make_batch, make_user

MACHINES = (PLAN, BATCH, ANNOUNCEMENT, REPORT)
pytestmark = pytest.mark.django_db


def test_a_table_with_an_unknown_state_or_a_name_twice_is_an_error() -> None:
    move = Move("go", "去", {"a"}, "b", "x")
    with pytest.raises(ValueError, match="unknown states"):
        Machine(name="m", labels={"a": "甲"}, moves=(move,))
    with pytest.raises(ValueError, match="two moves"):
        Machine(name="m", labels={"a": "甲", "b": "乙"}, moves=(move, move))


@pytest.mark.parametrize("state", BATCH.labels)
def test_a_batch_moves_only_as_the_table_says(state: str) -> None:
    batch = make_batch()
    for move in BATCH.moves:
        _moves_as_said(batch, state, move.name)


def _moves_as_said(batch: AssessmentBatch, state: str, move: str) -> None:
    AssessmentBatch.objects.filter(pk=batch.pk).update(status=state)
    batch.refresh_from_db()
    step = BATCH[move]
    if state in step.sources and move != "announce":
        advance(machine=BATCH, subject=batch, move=move, actor=SYSTEM, reason="试验")
        assert batch.status == step.target
        return
    with pytest.raises(RefusedError):
        advance(machine=BATCH, subject=batch, move=move, actor=SYSTEM, reason="试验")
    batch.refresh_from_db()
    assert batch.status == state


def test_a_role_without_the_act_is_refused_and_sees_no_button() -> None:
    batch = make_batch()
    inspector = make_user(Role.INSPECTOR).as_actor()
    outcome = check(machine=BATCH, subject=batch, move="cancel", actor=inspector)
    assert "角色不能" in str(outcome)
    assert list(open_moves(machine=BATCH, subject=batch, actor=inspector)) == []
    head = make_user(Role.HEAD).as_actor()
    assert [
        move.name for move, _outcome in open_moves(machine=BATCH, subject=batch, actor=head)
    ] == [
        "announce",
        "cancel",
    ]


def test_a_reason_that_is_asked_for_is_needed() -> None:
    batch = make_batch()
    with pytest.raises(RefusedError, match="请写明"):
        advance(machine=BATCH, subject=batch, move="cancel", actor=SYSTEM, reason=" ")
    advance(machine=BATCH, subject=batch, move="cancel", actor=SYSTEM, reason="报名人数不足")
    entry = AuditEntry.objects.get(verb="batch.cancel")
    assert entry.payload == {"from": "draft", "to": "cancelled", "reason": "报名人数不足"}


def test_of_two_at_once_one_wins() -> None:
    batch = make_batch()
    stale = AssessmentBatch.objects.get(pk=batch.pk)
    advance(machine=BATCH, subject=batch, move="cancel", actor=SYSTEM, reason="一")
    with pytest.raises(RefusedError, match="刚刚被他人处理"):
        advance(machine=BATCH, subject=stale, move="cancel", actor=SYSTEM, reason="二")
    assert AuditEntry.objects.filter(verb="batch.cancel").count() == 1


def test_hooks_run_after_the_move_in_its_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[str, str]] = []
    entries = dict(hooks._entries)
    entries["test"] = (1, lambda subject, move, _actor: seen.append((subject.status, move.name)))
    monkeypatch.setattr(hooks, "_entries", entries)
    batch = make_batch()
    advance(machine=BATCH, subject=batch, move="cancel", actor=SYSTEM, reason="试验")
    assert (BatchStatus.CANCELLED, "cancel") in seen


def test_every_move_names_a_known_act_and_can_be_reached() -> None:
    for machine in MACHINES:
        for move in machine.moves:
            assert Act(move.permission)
            assert move.target not in move.sources
