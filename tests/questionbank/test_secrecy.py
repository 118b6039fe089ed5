"""Nobody without the promise the rulebook wants sees or handles items and papers (SEC-08)."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from assessment_center.accounts.demo_users import ensure_demo_users
from assessment_center.accounts.enums import Role
from assessment_center.demo import Demo
from assessment_center.people.posts import identify
from assessment_center.personnel.enums import UndertakingKind
from assessment_center.personnel.models import StaffMember, Undertaking
from assessment_center.personnel.services import save_member
from assessment_center.registry import SYSTEM, RefusedError
from questionbank.demo_people import people
from questionbank.models import Item, Paper
from questionbank.panels import papers_stage
from questionbank.secrecy import admitted
from questionbank.selectors import breakdown
from questionbank.services import items, papers, sealing
from tests.assessment_center.personnel.build import filed
from tests.factories import foundation as f
from tests.factories import questionbank as q

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-05-10 10:00:00+08:00")]
TODAY = date(2026, 5, 10)
OPENED = f.at(2026, 5, 23, 7)


def promising(user, **facts):
    """Tie the account to a member of the staff with this promise, signed in 2024 if not said."""
    member = save_member(actor=SYSTEM, person=f.make_person())
    identify(actor=SYSTEM, user=user, person=member.person)
    sign(member, **facts)
    return member


def sign(member, **facts):
    given = {
        "kind": UndertakingKind.SECRECY,
        "signed_on": date(2024, 1, 1),
        "signed_name": member.person.name,
        "text": "保守秘密。",
    }
    Undertaking.objects.create(member=member, **{**given, **facts})


def written(actor):
    bank = q.make_bank()
    point = q.make_points(bank)[0]
    return items.write_item(actor=actor, bank=bank, draft=q.draft(point, "题干"))


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (None, "还没有登记本人"),
        ({"kind": "conduct"}, "还没有签订保密承诺书"),
        ({"valid_until": date(2026, 5, 9)}, "已于 2026-05-09 到期"),
        ({"signed_on": date(2026, 5, 11)}, "自 2026-05-11 起才有效"),
    ],
)
def test_without_a_promise_that_binds_today_nothing_is_written(facts, words):
    filed("jilin")
    user = f.make_user(Role.ITEM_WRITER)
    if facts is not None:
        promising(user, **facts)
    with pytest.raises(RefusedError, match=words) as refused:
        written(user.as_actor())
    assert any("第三十三条" in str(each) for each in refused.value.refusal.citations)
    assert refused.value.refusal.remedy
    assert not Item.objects.exists()


def test_who_has_left_is_not_admitted_though_he_signed():
    filed("jilin")
    user = f.make_user(Role.ITEM_WRITER)
    member = promising(user)
    StaffMember.objects.filter(pk=member.pk).update(is_active=False)
    with pytest.raises(RefusedError, match="已不在岗"):
        written(user.as_actor())


def test_every_step_of_an_item_asks_and_the_last_day_still_counts():
    filed("jilin")
    writer, reviewer, stranger = (f.make_user(Role.ITEM_WRITER) for _ in range(3))
    promising(writer, valid_until=TODAY)
    promising(reviewer, valid_until=TODAY)
    item = written(writer.as_actor())
    for step in (
        lambda: items.submit_all(actor=stranger.as_actor(), bank=item.bank),
        lambda: items.review_all(actor=stranger.as_actor(), bank=item.bank),
        lambda: items.review_item(actor=stranger.as_actor(), item=item, passed=True),
    ):
        with pytest.raises(RefusedError, match="还没有登记本人"):
            step()
    item = items.submit_item(actor=writer.as_actor(), item=item)
    with (
        time_machine.travel("2026-05-11 00:01:00+08:00"),
        pytest.raises(RefusedError, match="到期"),
    ):
        items.review_item(actor=reviewer.as_actor(), item=item, passed=True)


@pytest.mark.parametrize("code", ["chongqing", "henan", "shandong", "fujian"])
def test_where_the_rulebook_is_silent_nobody_is_asked(code):
    filed(code)
    assert written(f.make_user(Role.ITEM_WRITER).as_actor()).status == "draft"


def test_who_only_inspects_is_not_asked_for_the_houses_promise():
    rules = f.make_batch(rulebook="jilin").rules
    assert admitted(f.make_user(Role.INSPECTOR).as_actor(), rules)
    assert admitted(SYSTEM, rules)
    assert not admitted(f.make_user(Role.HEAD).as_actor(), rules)


@pytest.fixture
def house():
    """Manager and head under JL, the head's promise ending early; a batch whose bank is full."""
    filed("jilin")
    manager, head = q.make_holder(q.FIRST), q.make_holder(q.SECOND, Role.HEAD)
    promising(manager.user)
    promising(head.user, valid_until=date(2026, 5, 22))
    return q.ready_offering(f.make_batch(rulebook="jilin")), manager, head


def test_papers_are_made_sealed_and_opened_by_the_promised_only(house):
    offering, manager, head = house
    stranger = f.make_user(Role.BANK_MANAGER, Role.HEAD)
    with pytest.raises(RefusedError, match="保密承诺书"):
        q.make_paper(offering, author=stranger)
    paper = q.make_paper(offering, author=manager.user)
    with pytest.raises(RefusedError, match="保密承诺书"):
        papers.approve(actor=stranger.as_actor(), paper=paper)
    paper = papers.approve(actor=head.user.as_actor(), paper=paper)
    facts = {"actor": manager.user.as_actor(), "paper": paper, "first": manager, "second": head}
    with pytest.raises(RefusedError, match="已于 2026-05-22 到期"):
        sealing.seal(**facts, not_before=OPENED)
    assert "已于 2026-05-22 到期" in str(papers_stage(offering.batch, SYSTEM).blockers)
    sign(head.user.identity.person.staff_member, valid_until=date(2026, 5, 23))
    paper = sealing.seal(**facts, not_before=OPENED)
    opening = {"first": (manager.user, q.FIRST), "second": (head.user, q.SECOND), "at": OPENED}
    with pytest.raises(RefusedError, match="还没有登记本人"):
        sealing.release(actor=stranger.as_actor(), papers=[paper], **opening)
    late = {**opening, "at": f.at(2026, 5, 24, 7)}
    with pytest.raises(RefusedError, match="已于 2026-05-23 到期"):
        sealing.release(actor=manager.user.as_actor(), papers=[paper], **late)
    assert Paper.objects.get().status == "sealed"
    assert sealing.release(actor=manager.user.as_actor(), papers=[paper], **opening)


def test_the_pages_open_neither_item_nor_paper_without_a_promise(signed_in, house):
    offering, manager, _head = house
    paper = q.make_paper(offering, author=manager.user)
    item = Item.objects.filter(bank=paper.blueprint.bank).first()
    client = signed_in(f.make_user(Role.BANK_MANAGER, Role.ITEM_WRITER))
    bank = reverse("questionbank_office:bank", args=[item.bank_id])
    page = client.get(bank).content.decode()
    assert item.stem not in page
    assert "还没有登记本人" in page
    assert "第三十三条" in page
    assert client.get(reverse("questionbank_office:item", args=[item.pk])).url == f"{bank}#items"
    seen = client.get(reverse("questionbank_office:preview", args=[paper.pk]))
    assert seen.status_code == 303
    promising(client.user)
    assert item.stem in client.get(bank).content.decode()
    assert client.get(reverse("questionbank_office:item", args=[item.pk])).status_code == 200
    preview = client.get(reverse("questionbank_office:preview", args=[paper.pk]))
    assert preview["Content-Type"] == "application/pdf"


@pytest.mark.parametrize("code", ["chongqing", "henan", "shandong", "fujian", "jilin"])
def test_the_demos_house_has_promised_once_under_every_rulebook(code):
    filed(code)
    demo = Demo(code, 8, [].append, users=dict(ensure_demo_users()))
    people(demo)
    people(demo)
    rules = f.make_batch(rulebook=code).rules
    for role in (Role.HEAD, Role.BANK_MANAGER, Role.ITEM_WRITER, "second_item_writer"):
        assert admitted(demo.actor(role), rules)
    hired = StaffMember.objects.filter(engagements__grade="item_writer")
    assert (StaffMember.objects.count(), hired.count(), Undertaking.objects.count()) == (5, 2, 5)


def test_banks_and_points_stand_in_their_order(signed_in):
    banks = [q.make_bank(level=level) for level in (3, 5, 4)]
    made = q.make_points(banks[0], areas=3, each=2)
    assert [point.code for point in breakdown(banks[0])] == sorted(point.code for point in made)
    listed = signed_in(Role.HEAD).get(reverse("questionbank_office:list")).context["banks"]
    assert [bank.level for bank in listed] == [5, 4, 3]
