"""What the papers show on the rail, the home page, the calendar, and leave for the archive."""

import json
from datetime import date

import pytest
from django.urls import reverse

from assessment_center.accounts.enums import Role
from assessment_center.registry import SYSTEM
from assessment_center.registry.entries import documents
from questionbank.archive_sources import collect
from questionbank.deadline_sources import sealing_deadline
from questionbank.models import Paper
from questionbank.panels import approval_lines, papers_stage, review_lines
from questionbank.services import items, papers, sealing
from tests.factories import foundation as f
from tests.factories import questionbank as q

pytestmark = pytest.mark.django_db


@pytest.fixture
def offering():
    made = q.ready_offering()
    made.subjects = ["theory"]
    made.save()
    return made


def stage(batch):
    view = papers_stage(batch, SYSTEM)
    return view.state, [fact.value for fact in view.facts], [line.title for line in view.blockers]


def test_the_stage_goes_from_the_draw_to_the_seal_and_the_opening(offering):
    batch = offering.batch
    name = f"{offering} 理论知识考试"
    nobody = "持钥人不足两位"
    assert stage(batch) == ("idle", [1, 0, 0], [f"{name}：还没有组卷", nobody])
    paper = q.make_paper(offering)
    assert stage(batch) == ("now", [1, 1, 0], ["1 套试卷待审定", nobody])
    assert [line.title for line in approval_lines(SYSTEM)] == [batch.name]
    paper = papers.approve(actor=f.make_user(Role.HEAD).as_actor(), paper=paper)
    first, second = q.make_holder(q.FIRST), q.make_holder(q.SECOND, Role.HEAD)
    assert stage(batch) == ("now", [1, 1, 0], ["1 套试卷待封存"])
    due, opens = sealing_deadline(batch)
    assert (due.due, due.done) == (date(2026, 5, 20), False)
    assert (opens.due, opens.done, opens.nature) == (date(2026, 5, 20), False, "from")
    sealing.seal(
        actor=first.user.as_actor(),
        paper=paper,
        first=first,
        second=second,
        not_before=f.at(2026, 5, 20),
    )
    assert stage(batch) == ("seal", [1, 1, 1], [])
    assert sealing_deadline(batch)[0].done
    Paper.objects.filter(pk=paper.pk).update(status="released", released_at=f.at(2026, 5, 23))
    assert stage(batch) == ("done", [1, 1, 1], [])
    assert [spec.done for spec in sealing_deadline(batch)] == [True, True]


def test_batches_without_offerings_or_with_the_authoritys_papers_need_none():
    batch = f.make_batch()
    assert papers_stage(batch, SYSTEM).state == "idle"
    f.make_offering(batch, paper_source="authority")
    view = papers_stage(batch, SYSTEM)
    assert (view.state, view.primary.url) == (
        "idle",
        reverse("exams_office:supply", args=[batch.code]),
    )
    assert sealing_deadline(batch) == []
    assert collect(batch) == []


def test_a_subject_without_a_bank_blocks(offering):
    f.make_offering(offering.batch, "焊工")
    assert "焊工 四级/中级工 技能操作考核：还没有题库" in stage(offering.batch)[2]


def test_items_wait_for_another_than_their_writer():
    writer = f.make_user(Role.ITEM_WRITER)
    item = q.make_item(writer=writer)
    items.submit_item(actor=writer.as_actor(), item=item)
    assert review_lines(writer.as_actor()) == []
    (line,) = review_lines(f.make_user(Role.ITEM_WRITER).as_actor())
    assert (line.title, line.detail) == (str(item.bank), "待审题 1 题")


@pytest.mark.parametrize(("code", "named"), [("chongqing", False), ("jilin", True)])
def test_closed_papers_are_listed_and_archived_still_closed(code, named):
    batch = f.make_batch(rulebook=code)
    paper = q.make_sealed(q.ready_offering(batch))
    form = documents["paper-storage-list"]
    assert form.applies(batch) is named
    ((stem, data),) = form.render(batch, SYSTEM)
    assert (stem, data[:4]) == (f"{batch.code} 保密室试卷保存清单", b"%PDF")
    pieces = collect(batch)
    kinds = [
        "answer_papers",
        "answer_papers",
        "drawn_papers_electronic" if named else "answer_papers",
    ]
    assert [piece[0] for piece in pieces] == kinds
    (facts,) = json.loads(pieces[1][3])
    assert (facts["digest"], facts["released_at"]) == (paper.digest, None)
    assert pieces[2][3].startswith(b"age-encryption.org")
    assert pieces[2][4] == paper.ref
