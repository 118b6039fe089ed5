"""What the database itself keeps, tried past the services."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from assessment_center.accounts.enums import Role
from questionbank.models import Bank, Blueprint, Item, ItemUse, KeyHolder, Paper, Point
from tests.factories import foundation as f
from tests.factories import questionbank as q

pytestmark = pytest.mark.django_db


def refused(name: str, do) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        do()


def test_a_bank_stands_once_even_without_job_and_level():
    bank = q.make_bank(level=None)
    refused(
        "bank_once",
        lambda: Bank.objects.create(
            occupation=bank.occupation, level=None, subject=bank.subject, job=None
        ),
    )


def test_points_and_blueprints_have_unique_names_and_sound_weights():
    bank = q.make_bank()
    point = q.make_points(bank)[0]
    facts = {"bank": bank, "area": "甲", "name": "乙"}
    refused("point_code_once", lambda: Point.objects.create(code=point.code, weight=1, **facts))
    for weight in (0, 101):
        refused(
            "point_weight_range", lambda w=weight: Point.objects.create(code="z", weight=w, **facts)
        )
    made = q.make_blueprint(bank)
    refused(
        "blueprint_name_once",
        lambda: Blueprint.objects.create(bank=bank, name=made.name, counts={}, marks={}, minutes=1),
    )


def test_items_differ_are_of_sound_difficulty_and_never_reviewed_by_their_writer():
    item = q.make_item()
    rows = Item.objects.filter(pk=item.pk)
    for value in (Decimal("-0.01"), Decimal("1.01")):
        refused("item_difficulty_range", lambda v=value: rows.update(difficulty=v))
    refused("item_reviewer_not_writer", lambda: rows.update(reviewer=item.writer))
    item.pk = None
    item._state.adding = True
    refused("item_stem_once", item.save)


def test_a_holder_has_one_key_in_use():
    holder = q.make_holder()
    refused(
        "paper_key_once",
        lambda: KeyHolder.objects.create(user=holder.user, recipient="x", identity_sealed=b""),
    )


def test_an_item_is_used_once_in_a_paper():
    paper = q.make_paper()
    item = Item.objects.first()
    facts = {"item": item, "paper": paper, "used_on": "2026-05-23"}
    ItemUse.objects.create(**facts)
    refused("item_use_once", lambda: ItemUse.objects.create(**facts))


def test_a_paper_is_approved_by_another_and_sealed_whole_for_two():
    paper = q.make_paper()
    rows = Paper.objects.filter(pk=paper.pk)
    refused("paper_approver_not_author", lambda: rows.update(approved_by=paper.assembled_by))
    refused("paper_sealed_whole", lambda: rows.update(status="sealed"))
    refused("paper_released_when", lambda: rows.update(released_at=f.at(2026, 5, 23)))
    holder = q.make_holder()
    refused("paper_two_holders", lambda: rows.update(first_holder=holder, second_holder=holder))
    paper.pk, paper.code, paper._state.adding = None, "other", True
    refused("paper_form_once", paper.save)


SEALED_CHANGES = (
    "sealed = '\\x00'",
    "digest = 'x'",
    "not_before = now()",
    "status = 'approved'",
    "status = 'released'",
    "status = 'released', released_at = now(), digest = 'x'",
    "first_holder_id = second_holder_id, second_holder_id = first_holder_id",
    "form = 'Z'",
    "created_at = now()",
)


def run(sql: str, paper: Paper) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [paper.pk])


@pytest.mark.parametrize("change", SEALED_CHANGES)
def test_a_sealed_paper_cannot_be_changed(change):
    paper = q.make_sealed()
    with pytest.raises(IntegrityError):
        run(f"UPDATE questionbank_paper SET {change} WHERE id = %s", paper)
    paper.refresh_from_db()
    assert paper.status == "sealed"


def test_a_sealed_paper_can_only_be_released_and_then_stays():
    paper = q.make_sealed()
    delete = "DELETE FROM questionbank_paper WHERE id = %s"
    refused("不能删除", lambda: run(delete, paper))
    run(
        "UPDATE questionbank_paper SET status = 'released', released_at = now() WHERE id = %s",
        paper,
    )
    refused("已启封", lambda: run("UPDATE questionbank_paper SET form = 'Z' WHERE id = %s", paper))
    refused("不能删除", lambda: run(delete, paper))


def test_the_roles_of_a_holder_are_kept_apart():
    assert f.make_user(Role.CLERK).has_perm("papers.hold_key") is False
