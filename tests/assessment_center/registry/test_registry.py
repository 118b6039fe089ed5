"""References, citations, outcomes and open sets."""

from uuid import UUID, uuid4

import pytest

from assessment_center.registry import (
    ALLOWED,
    SYSTEM,
    Actor,
    Citation,
    OpenSet,
    Refused,
    RefusedError,
    SubjectRef,
)
from assessment_center.registry.outcomes import require


def test_a_reference_reads_back() -> None:
    ref = SubjectRef("batches.offering", uuid4())
    assert SubjectRef.parse(str(ref)) == ref


@pytest.mark.parametrize("text", ["", "batches.offering", "batches.offering:12", "x:y:z"])
def test_anything_else_is_no_reference(text: str) -> None:
    with pytest.raises(ValueError, match=r"badly formed|UUID"):
        SubjectRef.parse(text)


def test_open_sets_keep_order_and_refuse_a_second_entry() -> None:
    found: OpenSet[str] = OpenSet("things")
    found.register("b", "two", order=20)
    found.register("a", "one", order=10)
    found.register("c", "three", order=20)
    assert list(found) == ["one", "two", "three"]
    assert found.register("a", found["a"], order=10) == "one"
    assert (found.get("x"), "a" in found, len(found)) == (None, True, 3)
    with pytest.raises(ValueError, match="a is registered twice"):
        found.register("a", "another")


def test_a_refusal_says_why_by_what_and_what_to_do() -> None:
    refusal = Refused("报名已截止。", (Citation("CQ", "考务办法 第六条"),), "可在下一批次报名。")
    assert str(refusal) == "报名已截止。（依据：考务办法 第六条）可在下一批次报名。"
    assert not refusal
    assert ALLOWED
    fault = RefusedError("报名已截止。", [Citation("CQ", "考务办法 第六条")], "可在下一批次报名。")
    assert fault.refusal == refusal
    with pytest.raises(RefusedError) as caught:
        require(refusal)
    assert caught.value.refusal is refusal
    require(ALLOWED)


def test_the_system_may_everything_and_has_no_user() -> None:
    assert SYSTEM.may("anything")
    assert SYSTEM.user_id is None
    user = Actor(SubjectRef("accounts.user", UUID(int=7)), "周晓梅", frozenset({"batches.view"}))
    assert user.may("batches.view")
    assert not user.may("batches.plan")
    assert user.user_id == UUID(int=7)
