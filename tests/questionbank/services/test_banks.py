"""Banks, breakdown tables and blueprints."""

from decimal import Decimal

import pytest

from assessment_center.accounts.enums import Role
from assessment_center.registry import SYSTEM, RefusedError
from questionbank.models import Point
from questionbank.services import banks
from tests.factories import foundation as f
from tests.factories import questionbank as q

pytestmark = pytest.mark.django_db


def row(code: str = "1", weight: str = "10", **more: str) -> banks.PointRow:
    return banks.PointRow(code, more.get("area", "范围"), more.get("name", "点"), Decimal(weight))


def test_a_bank_is_opened_once_by_its_manager():
    welder = f.make_occupation("焊工")
    facts = {"occupation": welder, "level": 4, "subject": "theory"}
    manager = f.make_user(Role.BANK_MANAGER).as_actor()
    bank = banks.create_bank(actor=manager, **facts)
    assert str(bank) == "焊工 四级/中级工 理论知识考试"
    with pytest.raises(RefusedError, match="已经有了"):
        banks.create_bank(actor=manager, **facts)
    with pytest.raises(RefusedError, match="不能建立题库"):
        banks.create_bank(actor=f.make_user(Role.ITEM_WRITER).as_actor(), **facts)
    job = f.make_job(f.make_occupation("电工"), "外线电工")
    with pytest.raises(RefusedError, match="不属于这个职业"):
        banks.create_bank(actor=manager, **facts, job=job)
    with pytest.raises(RefusedError):
        banks.create_bank(actor=manager, occupation=welder, level=4, subject="singing")


def test_points_have_codes_of_their_own_and_weigh_no_more_than_all():
    bank = q.make_bank()
    made = banks.add_points(actor=SYSTEM, bank=bank, rows=[row("1", "60"), row("2", "30")])
    assert [str(point) for point in made] == ["1 点", "2 点"]
    for rows, words in (
        ([row("1")], "重复：1"),
        ([row("3"), row("3")], "重复：3"),
        ([row("3", "10.01")], "100.01%"),
        ([row("3", "0")], "权重"),
        ([row("3", name="")], "此字段|必填|不能为"),
    ):
        with pytest.raises(RefusedError, match=words):
            banks.add_points(actor=SYSTEM, bank=bank, rows=rows)
    with pytest.raises(RefusedError, match="您的角色"):
        banks.add_points(actor=f.make_user(Role.CLERK).as_actor(), bank=bank, rows=[row("3")])
    assert Point.objects.count() == 2


@pytest.mark.parametrize(
    ("counts", "marks", "words"),
    [
        ({}, {}, "每种题型"),
        ({"single": 10}, {}, "每种题型"),
        ({"essay": 10}, {"essay": 10}, "每种题型"),
        ({"single": 0}, {"single": 10}, "大于 0"),
        ({"single": 10}, {"single": -10}, "大于 0"),
        (
            {"single": 80, "true_false": 20},
            {"single": 1, "true_false": 0.5},
            "合计 90 分，应为 100",
        ),
    ],
)
def test_a_blueprint_gives_the_full_score(counts, marks, words):
    bank = q.make_bank()
    with pytest.raises(RefusedError, match=words):
        banks.create_blueprint(
            actor=SYSTEM, bank=bank, name="案", counts=counts, marks=marks, minutes=90
        )


def test_blueprints_are_named_once_and_made_by_the_manager():
    bank = q.make_bank()
    facts = {"bank": bank, "name": "案", "counts": {"single": 80, "true_false": 40}, "minutes": 90}
    facts["marks"] = {"single": 1, "true_false": 0.5}
    made = banks.create_blueprint(actor=SYSTEM, **facts)
    assert str(made) == f"{bank} · 案"
    with pytest.raises(RefusedError, match="同名"):
        banks.create_blueprint(actor=SYSTEM, **facts)
    with pytest.raises(RefusedError, match="您的角色"):
        banks.create_blueprint(actor=f.make_user(Role.ITEM_WRITER).as_actor(), **facts)
