"""Writing, reviewing and accepting items."""

from decimal import Decimal

import pytest

from assessment_center.accounts.enums import Role
from assessment_center.audit.models import AuditEntry
from assessment_center.registry import SYSTEM, RefusedError
from assessment_center.rulebooks.selectors import rules_of
from questionbank.enums import ItemKind
from questionbank.models import Item
from questionbank.services import items
from questionbank.validators import check_item, fingerprint, read_answer
from tests.factories import foundation as f
from tests.factories import questionbank as q

pytestmark = pytest.mark.django_db
HALF = Decimal("0.5")


@pytest.fixture
def writer():
    return f.make_user(Role.ITEM_WRITER).as_actor()


@pytest.fixture
def reviewer():
    return f.make_user(Role.ITEM_WRITER).as_actor()


def rules(code: str = "chongqing"):
    return rules_of(f.make_rulebook(code))


def experts(n: int):
    return [f.make_member() for _ in range(n)]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"kind": "essay"}, "题型"),
        ({"stem": " 　"}, "题干"),
        ({"difficulty": Decimal("1.1")}, "难度"),
        ({"kind": ItemKind.PRACTICAL, "answer": " "}, "评分要点"),
        ({"kind": ItemKind.PRACTICAL, "answer": True}, "评分要点"),
        ({"kind": ItemKind.TRUE_FALSE, "answer": "对"}, "判断题"),
        ({"options": ("甲",)}, "两个不同"),
        ({"options": ("甲", "甲 ")}, "两个不同"),
        ({"options": ("甲", "")}, "两个不同"),
        ({"options": tuple("甲乙丙丁戊己庚辛壬")}, "最多 8"),
        ({"answer": []}, "所列选项"),
        ({"answer": 1}, "所列选项"),
        ({"answer": [2]}, "所列选项"),
        ({"answer": [True]}, "所列选项"),
        ({"answer": [0, 1]}, "只能有一个"),
        ({"kind": ItemKind.MULTIPLE, "answer": [0, 0]}, "至少要有两个"),
    ],
)
def test_an_item_that_cannot_be_answered_is_refused(facts, words):
    sound = {
        "kind": ItemKind.SINGLE,
        "stem": "题干",
        "options": ("甲", "乙"),
        "answer": [0],
        "difficulty": HALF,
    }
    check_item(**sound)
    with pytest.raises(RefusedError, match=words):
        check_item(**{**sound, **facts})


@pytest.mark.parametrize(
    ("kind", "text", "wanted"),
    [
        ("single", "b", [1]),
        ("multiple", "\uff21、C", [0, 2]),
        ("multiple", "CA A", [0, 2]),
        ("single", "9", None),
        ("single", " ", None),
        ("true_false", "√", True),
        ("true_false", "错误", False),
        ("true_false", "A", None),
        ("practical", " 按表评分 ", "按表评分"),
    ],
)
def test_answers_are_read_as_people_write_them(kind, text, wanted):
    assert read_answer(kind, text) == wanted


def test_stems_are_the_same_past_width_and_punctuation():
    assert fingerprint("\uff30\uff24\uff23\uff21 循环，是（）") == fingerprint("pdca循环是")
    assert fingerprint("？") != fingerprint("！")


def test_a_written_item_is_a_draft_of_its_writer(writer):
    bank = q.make_bank()
    point = q.make_points(bank)[0]
    item = items.write_item(actor=writer, bank=bank, draft=q.draft(point, " 题干一 "))
    assert (item.status, item.writer_id, item.stem) == ("draft", writer.user_id, "题干一")
    entry = AuditEntry.objects.get(verb="item.write")
    assert entry.payload == {"count": 1, "items": [str(item.pk)]}


def test_writing_refuses_strangers_other_banks_and_repeats(writer):
    bank, other = q.make_bank(), q.make_bank(level=3)
    point, foreign = q.make_points(bank)[0], q.make_points(other)[0]
    with pytest.raises(RefusedError, match="不能命题"):
        items.write_item(
            actor=f.make_user(Role.CLERK).as_actor(), bank=bank, draft=q.draft(point, "题")
        )
    with pytest.raises(RefusedError, match="不属于"):
        items.write_item(actor=writer, bank=bank, draft=q.draft(foreign, "题"))
    twice = [q.draft(point, "电流的单位是"), q.draft(point, "电流的单位，是？")]
    with pytest.raises(RefusedError, match="相同的题干"):
        items.write_items(actor=writer, bank=bank, drafts=twice)
    assert Item.objects.count() == 0


def test_a_returned_item_is_revised_and_handed_in_again(writer, reviewer):
    bank = q.make_bank()
    points = q.make_points(bank)
    item = items.write_item(actor=writer, bank=bank, draft=q.draft(points[0], "旧题干"))
    with pytest.raises(RefusedError, match="本人可以提交"):
        items.submit_item(actor=reviewer, item=item)
    item = items.submit_item(actor=writer, item=item)
    with pytest.raises(RefusedError, match="不能再改"):
        items.revise_item(actor=writer, item=item, draft=q.draft(points[0], "新题干"))
    with pytest.raises(RefusedError, match="自己命的题"):
        items.review_item(actor=writer, item=item, passed=True)
    with pytest.raises(RefusedError, match="原因"):
        items.review_item(actor=reviewer, item=item, passed=False)
    item = items.review_item(actor=reviewer, item=item, passed=False, reason="选项有歧义")
    assert (item.status, item.reviewer_id) == ("returned", reviewer.user_id)
    with pytest.raises(RefusedError, match="命题人本人"):
        items.revise_item(actor=reviewer, item=item, draft=q.draft(points[0], "新题干"))
    item = items.revise_item(actor=writer, item=item, draft=q.draft(points[1], "新题干"))
    assert (item.stem, item.point) == ("新题干", points[1])
    item = items.submit_item(actor=writer, item=item)
    assert (item.status, item.reviewer_id) == ("submitted", None)
    assert items.review_item(actor=reviewer, item=item, passed=True).status == "reviewed"


def test_an_item_without_a_writer_becomes_its_submitters(writer):
    bank = q.make_bank()
    point = q.make_points(bank)[0]
    item = items.write_item(actor=SYSTEM, bank=bank, draft=q.draft(point, "导入的题"))
    assert item.writer_id is None
    assert items.submit_item(actor=writer, item=item).writer_id == writer.user_id


def test_all_items_go_through_review_at_once(writer, reviewer):
    bank = q.make_bank()
    point = q.make_points(bank)[0]
    items.write_items(actor=writer, bank=bank, drafts=[q.draft(point, f"题{n}") for n in range(3)])
    with pytest.raises(RefusedError, match="没有可以提交审题"):
        items.submit_all(actor=reviewer, bank=bank)
    assert items.submit_all(actor=writer, bank=bank) == 3
    with pytest.raises(RefusedError, match="没有可以审题通过"):
        items.review_all(actor=writer, bank=bank)
    with pytest.raises(RefusedError, match="您的角色不能"):
        items.review_all(actor=f.make_user(Role.CLERK).as_actor(), bank=bank)
    assert items.review_all(actor=reviewer, bank=bank) == 3
    assert set(bank.items.values_list("status", "reviewer")) == {("reviewed", reviewer.user_id)}


@pytest.mark.parametrize(
    ("code", "number", "needed"), [("chongqing", 4, 5), ("jilin", 4, 5), ("henan", 0, 1)]
)
def test_acceptance_needs_the_rulebooks_experts(writer, reviewer, code, number, needed):
    manager = f.make_user(Role.BANK_MANAGER).as_actor()
    bank = q.make_bank()
    items.write_item(actor=writer, bank=bank, draft=q.draft(q.make_points(bank)[0], "题"))
    items.submit_all(actor=writer, bank=bank)
    items.review_all(actor=reviewer, bank=bank)
    facts = {"actor": manager, "bank": bank, "rules": rules(code)}
    few = experts(number)
    with pytest.raises(RefusedError, match=f"不少于 {needed} 人") as caught:
        items.accept_items(**facts, experts=few * 2, opinion="同意")
    assert bool(caught.value.refusal.citations) == (code != "henan")
    enough = few + experts(needed - number)
    with pytest.raises(RefusedError, match="验收意见"):
        items.accept_items(**facts, experts=enough, opinion=" ")
    with pytest.raises(RefusedError, match="您的角色不能"):
        items.accept_items(**{**facts, "actor": writer}, experts=enough, opinion="同意")
    made = items.accept_items(**facts, experts=enough, opinion="同意入库")
    assert (made.item_count, made.experts.count()) == (1, needed)
    item = bank.items.get()
    assert (item.status, item.accepted_at) == ("accepted", made.accepted_at)
    with pytest.raises(RefusedError, match="没有可以验收入库"):
        items.accept_items(**facts, experts=enough, opinion="同意")
    assert items.retire_item(actor=manager, item=item, reason="标准更新").status == "retired"
