"""Dual control of sealed papers: each way round it is refused, and the refusals stay on record."""

import io
import json
import zipfile

import pytest
from django.db import connection, transaction

from assessment_center.accounts.enums import Role
from assessment_center.audit.models import AuditEntry
from assessment_center.registry import SYSTEM, RefusedError
from questionbank.enums import ItemKind
from questionbank.models import KeyHolder, Paper
from questionbank.selectors import sealed_forms
from questionbank.services import banks, papers, sealing, usage
from tests.factories import foundation as f
from tests.factories import questionbank as q

pytestmark = pytest.mark.django_db
EXAM_MORNING = f.at(2026, 5, 23, 8)


@pytest.fixture
def paper():
    return q.make_sealed()


def secrets_of(paper, first=q.FIRST, second=q.SECOND):
    return {
        "first": (paper.first_holder.user, first),
        "second": (paper.second_holder.user, second),
    }


def release(paper, **more):
    facts = {
        "actor": paper.first_holder.user.as_actor(),
        "papers": [paper],
        "at": EXAM_MORNING,
        **secrets_of(paper),
        **more,
    }
    return sealing.release(**facts)


def test_a_key_is_registered_by_its_holder_and_replaced_by_a_newer_one():
    user = f.make_user(Role.HEAD)
    other = f.make_user(Role.HEAD)
    facts = {"actor": user.as_actor(), "user": user, "passphrase": "x" * 12}
    for more, words in (
        ({"actor": other.as_actor()}, "只能为自己"),
        ({"actor": SYSTEM}, "只能为自己"),
        ({"passphrase": "x" * 11}, "至少 12"),
        ({"passphrase": "x" * 11 + " " * 5}, "至少 12"),
    ):
        with pytest.raises(RefusedError, match=words):
            sealing.register_key(**{**facts, **more})
    clerk = f.make_user(Role.CLERK)
    with pytest.raises(RefusedError, match="您的角色"):
        sealing.register_key(actor=clerk.as_actor(), user=clerk, passphrase="x" * 12)
    old = sealing.register_key(**facts)
    new = sealing.register_key(**facts)
    active = KeyHolder.objects.filter(user=user).order_by("created_at")
    assert list(active.values_list("pk", "is_active")) == [(old.pk, False), (new.pk, True)]
    replaced = AuditEntry.objects.filter(verb="paper.register_key").order_by("id")
    assert [e.payload["replaced"] for e in replaced] == [False, True]


def test_after_sealing_no_clear_content_is_left_in_the_database(paper):
    assert (paper.status, paper.content) == ("sealed", None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT questionbank_paper::text FROM questionbank_paper")
        (row,) = cursor.fetchone()
    assert "的第" not in row
    assert list(sealed_forms(paper.batch).values()) == [[paper]]
    payload = AuditEntry.objects.get(verb="paper.seal").payload
    assert (payload["digest"], payload["batch"]) == (paper.digest, paper.batch.code)


def test_both_holders_open_the_master_on_the_day(paper):
    masters = release(paper)
    assert list(masters) == [paper]
    with zipfile.ZipFile(io.BytesIO(masters[paper])) as archive:
        assert sorted(archive.namelist()) == ["answers.pdf", "content.json", "paper.pdf"]
        assert archive.read("paper.pdf").startswith(b"%PDF")
        assert len(json.loads(archive.read("content.json"))["items"]) == 5
    paper.refresh_from_db()
    assert (paper.status, paper.released_at) == ("released", EXAM_MORNING)
    entry = AuditEntry.objects.get(verb="paper.release")
    assert entry.payload["holders"] == [
        str(paper.first_holder.user_id),
        str(paper.second_holder.user_id),
    ]
    assert release(paper)[paper] == masters[paper]
    assert AuditEntry.objects.filter(verb="paper.reopen").count() == 1
    assert usage.record_item_usage(actor=SYSTEM, paper=paper, master=masters[paper]) == 5
    assert usage.record_item_usage(actor=SYSTEM, paper=paper, master=masters[paper]) == 5
    assert paper.uses.count() == 5


def test_usage_is_not_noted_of_a_closed_paper(paper):
    with pytest.raises(RefusedError, match="还没有启封"):
        usage.record_item_usage(actor=SYSTEM, paper=paper, master=b"")


@pytest.mark.parametrize(
    ("first", "second", "holder"),
    [("wrong", q.SECOND, 1), (q.FIRST, "wrong", 2), (q.SECOND, q.FIRST, 1), (q.FIRST, q.FIRST, 2)],
)
@pytest.mark.django_db(transaction=True)
def test_a_wrong_passphrase_opens_nothing_and_stays_on_record(first, second, holder):
    paper = q.make_sealed()
    with pytest.raises(RefusedError, match=f"第 {holder} 把钥匙的口令不对"):
        release(paper, **secrets_of(paper, first, second))
    entry = AuditEntry.objects.get(verb="paper.release_refused")
    assert (entry.payload["holder"], entry.subject_id) == (holder, paper.pk)
    paper.refresh_from_db()
    assert paper.status == "sealed"


def test_one_person_alone_opens_nothing(paper):
    one = (paper.first_holder.user, q.FIRST)
    with pytest.raises(RefusedError, match="同一人不能用两次"):
        release(paper, first=one, second=one)
    outsider = (f.make_user(Role.HEAD), q.SECOND)
    with pytest.raises(RefusedError, match="另外的持钥人"):
        release(paper, second=outsider)
    with pytest.raises(RefusedError, match="另外的持钥人"):
        release(paper, first=secrets_of(paper)["second"], second=secrets_of(paper)["first"])


def test_papers_are_not_opened_early_unsealed_or_by_others(paper):
    with pytest.raises(RefusedError, match="不得早于 2026-05-20 09:00") as caught:
        release(paper, at=f.at(2026, 5, 20, 8, 59))
    assert [str(c) for c in caught.value.refusal.citations] == [
        str(c) for c in paper.batch.rules.settings.paper_pickup_earliest.citations
    ]
    with pytest.raises(RefusedError, match="您的角色"):
        release(paper, actor=f.make_user(Role.CLERK).as_actor())
    with pytest.raises(RefusedError, match="请选择"):
        release(paper, papers=[])
    open_one = q.make_paper(q.ready_offering(level=3))
    with pytest.raises(RefusedError, match="不在封存状态"):
        release(paper, papers=[paper, open_one])


def test_a_silent_rulebook_is_not_cited(paper, monkeypatch):
    monkeypatch.setattr(
        type(paper.batch),
        "rules",
        type(
            "R",
            (),
            {"settings": type("S", (), {"paper_pickup_earliest": None, "bank_secrecy": None})},
        ),
    )
    with pytest.raises(RefusedError) as caught:
        release(paper, at=f.at(2026, 5, 1))
    assert caught.value.refusal.citations == ()


def test_a_master_that_differs_from_what_was_sealed_is_refused(paper):
    paper.digest = "0" * 64
    with pytest.raises(RefusedError, match="与封存时不一致"):
        release(paper)
    assert AuditEntry.objects.get(verb="paper.release_refused").payload["digest"] == "differs"


def test_a_key_that_was_replaced_still_opens_what_it_sealed(paper):
    KeyHolder.objects.filter(pk=paper.first_holder_id).update(is_active=False)
    KeyHolder.objects.create(user=paper.first_holder.user, recipient="new", identity_sealed=b"")
    paper.refresh_from_db()
    assert list(release(paper)) == [paper]


def test_sealing_takes_two_people_with_keys_in_use_and_an_approved_paper():
    draft = q.make_paper()
    first, second = q.make_holder(), q.make_holder(q.SECOND, Role.HEAD)
    facts = {
        "actor": first.user.as_actor(),
        "first": first,
        "second": second,
        "not_before": f.at(2026, 5, 20),
    }
    with pytest.raises(RefusedError, match="还没有审定"):
        sealing.seal(paper=draft, **facts)
    paper = papers.approve(actor=second.user.as_actor(), paper=draft)
    with pytest.raises(RefusedError, match="两个人"):
        sealing.seal(paper=paper, **{**facts, "second": first})
    with pytest.raises(RefusedError, match="您的角色"):
        sealing.seal(paper=paper, **{**facts, "actor": f.make_user(Role.CLERK).as_actor()})
    KeyHolder.objects.filter(pk=second.pk).update(is_active=False)
    second.refresh_from_db()
    with pytest.raises(RefusedError, match="已停用"):
        sealing.seal(paper=paper, **facts)
    assert Paper.objects.get().status == "approved"


def test_all_kinds_of_items_are_printed_and_equal_content_gives_equal_bytes():
    offering = f.make_offering()
    bank = q.make_bank(occupation=offering.occupation)
    points = q.make_points(bank, areas=1, each=4)
    for kind in ItemKind:
        q.stock(bank, points, per_point=1, kind=kind)
    counts = dict.fromkeys(map(str, ItemKind), 1)
    banks.create_blueprint(
        actor=SYSTEM,
        bank=bank,
        name="全",
        counts=counts,
        marks=dict.fromkeys(counts, 25),
        minutes=60,
    )
    paper = q.make_paper(offering)
    assert sealing.package(paper) == sealing.package(paper)


def test_a_character_that_cannot_be_printed_is_named_before_sealing():
    paper = q.make_approved()
    content = paper.content
    content["items"][0]["stem"] = "字符\U0001f9ea无法打印"
    Paper.objects.filter(pk=paper.pk).update(content=content)
    first, second = q.make_holder(), q.make_holder(q.SECOND, Role.HEAD)
    with pytest.raises(RefusedError), transaction.atomic():
        sealing.seal(
            actor=first.user.as_actor(),
            paper=paper,
            first=first,
            second=second,
            not_before=f.at(2026, 5, 20),
        )
    paper.refresh_from_db()
    assert paper.status == "approved"
