"""The demo's banks and papers are made through the services, sealed, and open for the demo."""

import time

import pytest

from assessment_center.accounts.demo_users import ensure_demo_users
from assessment_center.demo import Demo
from assessment_center.personnel.enums import Grade
from questionbank.demo import release_for_demo, step
from questionbank.demo_items import FILES, facts_of, tasks_of, theory_items
from questionbank.models import Bank, ItemUse, KeyHolder, Paper
from questionbank.validators import fingerprint
from tests.factories import foundation as f

pytestmark = pytest.mark.django_db


def test_the_demo_batch_gets_sealed_papers_that_open_on_its_day():
    batch = f.make_batch()
    f.make_offering(batch, "电工")
    for _ in range(5):
        f.make_member(Grade.EXPERT)
    said: list[str] = []
    demo = Demo("chongqing", 8, said.append, users=dict(ensure_demo_users()))
    demo.batches, demo.reach = {"done": batch}, {"done": "papers"}
    began = time.monotonic()
    step(demo)
    step(demo)
    assert time.monotonic() - began < 30
    assert said == ["题库 2 个，封存试卷 6 套"] * 2
    assert KeyHolder.objects.count() == 2
    theory = Bank.objects.get(subject="theory")
    assert set(theory.items.values_list("status", flat=True)) == {"accepted"}
    assert theory.items.count() == 200
    assert all(item.writer_id != item.reviewer_id for item in theory.items.all())
    masters = release_for_demo(demo, batch)
    assert sorted((p.subject, p.form) for p in masters) == [
        ("practical", "A"),
        ("practical", "B"),
        ("theory", "A"),
        ("theory", "B"),
    ]
    assert ItemUse.objects.count() == 108
    assert release_for_demo(demo, batch) == {}
    assert Paper.objects.filter(status="sealed", is_spare=True).count() == 2


@pytest.mark.parametrize("occupation", FILES)
def test_every_occupation_has_items_that_differ(occupation):
    import random

    facts = facts_of(occupation)
    assert len(facts) == 40
    assert all(len({fact.right, *fact.wrong}) == 4 for fact in facts)
    made = theory_items(facts, random.Random(1))
    assert len({fingerprint(item.stem) for item in made}) == len(made) == 200
    assert all(len(set(item.options)) == 4 for item in made if item.kind == "single")
    assert len({task.stem for task in tasks_of(occupation)}) == 12
