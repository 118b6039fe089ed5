"""Papers of the time before: their questions rest, and no form is one of them over again."""

from datetime import date

import pytest

from assessment_center.accounts.enums import Role
from assessment_center.registry import SYSTEM, RefusedError
from questionbank.models import EarlierItem, EarlierPaper, Item
from questionbank.services import papers
from tests.assessment_center.opening import build as b
from tests.factories import foundation as f
from tests.factories import questionbank as q
from tests.questionbank.test_constraints import refused

pytestmark = pytest.mark.django_db


def earlier(items: list[Item], code: str = "2025-A") -> EarlierPaper:
    bank = items[0].bank
    made = EarlierPaper.objects.create(
        opening=f.make_centre().opening,
        code=code,
        occupation=bank.occupation,
        job=bank.job,
        level=bank.level,
        subject_code=bank.subject,
        used_on=date(2025, 11, 15),
    )
    for item in items:
        EarlierItem.objects.create(paper=made, fingerprint=item.fingerprint)
    return made


def drawn(offering, **more) -> set[str]:
    actor = f.make_user(Role.BANK_MANAGER).as_actor()
    facts = {"batch": offering.batch, "offering": offering, "subject": "theory", "forms": 1}
    (paper,) = papers.assemble(actor=actor, **facts, **more)
    return {row["id"] for row in paper.content["items"]}


def test_questions_of_before_come_last() -> None:
    offering = q.ready_offering()
    first = drawn(offering, draw_key="k")
    used = list(Item.objects.filter(pk__in=first))
    for paper in offering.papers.all():
        papers.void(actor=SYSTEM, paper=paper, reason="重组")
    earlier(used)
    assert not drawn(offering, draw_key="k") & first


def test_a_paper_of_before_is_never_drawn_again() -> None:
    offering = q.ready_offering()
    first = drawn(offering, draw_key="k")
    for paper in offering.papers.all():
        papers.void(actor=SYSTEM, paper=paper, reason="重组")
    Item.objects.exclude(pk__in=first).update(status="retired")
    earlier(list(Item.objects.filter(pk__in=first)))
    with pytest.raises(RefusedError, match="题目完全相同"):
        drawn(offering, draw_key="k")
    EarlierItem.objects.first().delete()
    assert drawn(offering, draw_key="k") == first


def test_wrong_papers_are_named(frozen) -> None:
    frozen(2026, 6, 1, 9)
    made = b.begun(b.centre())
    rows = [
        b.paper("A"),
        b.paper("B", digest="zz"),
        b.paper("C"),
        b.paper("D", digest=None, used_on=date(2026, 7, 1)),
    ]
    found = b.take(made, b.PAPERS, rows).problems
    assert [(p.row, p.header) for p in found] == [(3, "母卷摘要"), (4, "母卷摘要"), (5, "使用日期")]
    stems = [{"code": "A", "stem": "甲、乙"}, {"code": "A", "stem": "甲乙 "}]
    found = b.take(made, b.ITEMS, stems).problems
    assert [(p.row, p.header) for p in found] == [(3, "题干")]


def test_questions_belong_to_a_declared_paper(frozen) -> None:
    from assessment_center.opening import services

    frozen(2026, 6, 1, 9)
    made = b.filled(
        b.centre(),
        questionbank_papers=[b.paper("A")],
        questionbank_items=[{"code": "B", "stem": "甲"}],
    )
    with pytest.raises(RefusedError, match="没有这个编号"):
        services.prepare(actor=b.clerk(), declaration=made)


def test_the_same_question_of_a_paper_is_kept_once() -> None:
    offering = q.ready_offering()
    paper = earlier(list(Item.objects.filter(bank__occupation=offering.occupation)[:1]))
    mark = paper.items.get().fingerprint
    refused("earlier_item_once", lambda: EarlierItem.objects.create(paper=paper, fingerprint=mark))
    facts = {"opening": paper.opening, "occupation": paper.occupation, "subject_code": "theory"}
    day = {"used_on": paper.used_on, "digest": "a" * 64}
    EarlierPaper.objects.create(code="X", **facts, **day)
    refused(
        "earlier_paper_digest_once", lambda: EarlierPaper.objects.create(code="Y", **facts, **day)
    )
