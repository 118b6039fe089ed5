"""Supervisors of the house: proposed where sittings must be watched, drawn where lots say who."""

import dataclasses
from datetime import timedelta
from typing import Any

import pytest

from assessment_center.personnel.enums import Grade, Post
from assessment_center.registry import SYSTEM, RefusedError
from assessment_center.rulebooks import CODES, load
from assessment_center.rulebooks.rules.settings_fields import SILENT_NO
from exams import services, staffing
from exams.drawing import draws_at, kinds_for, lots_now, repeats
from exams.enums import DrawKind
from exams.models import Draw
from exams.rules.staffing import supervision
from tests.exams import build
from tests.factories import foundation as f

ASKED = {"henan": (3, False), "jilin": (1, True)}


@pytest.mark.parametrize("code", CODES)
def test_who_watches_is_what_the_rulebook_asks(code: str) -> None:
    rules = load(code)
    need = supervision(rules.settings)
    assert (need and (need.number, need.by_lot)) == ASKED.get(code)
    assert need is None or need.citations
    posts = dict(staffing.whole_posts(rules))
    assert posts.get(Post.SUPERVISOR) == (need.number if need else None)
    drawn = DrawKind.SUPERVISOR in kinds_for(rules, "practical")
    assert drawn == bool(need and need.by_lot)


def test_no_share_asks_for_nobody_and_the_larger_number_counts() -> None:
    settings = load("jilin").settings
    share = settings.internal_supervision_coverage
    assert share is not None
    nothing = dataclasses.replace(share, value=0.0)
    without = dataclasses.replace(settings, internal_supervision_coverage=nothing)
    assert supervision(without) is None
    least = load("henan").settings.supervisor_min
    both = supervision(dataclasses.replace(settings, supervisor_min=least))
    assert both is not None
    assert least is not None
    assert both.number == least.value
    assert set(both.citations) >= {*least.citations, *share.citations}


@pytest.fixture
def sitting(db: None) -> Any:
    """The theory sitting of a ticketed batch whose rulebook wants supervisors drawn."""
    return build.ticketed(build.batch_with(rulebook="jilin")).sittings.get(number=1)


def people(number: int, *grades: Grade) -> list[Any]:
    return [f.make_member(*grades) for _one in range(number)]


def commit(sitting: Any) -> Draw:
    return services.commit_lots(
        actor=SYSTEM, sitting=sitting, kind=DrawKind.SUPERVISOR, at=build.TICKETS_AT
    )


def hold(draw: Draw) -> Draw:
    moment = draw.not_before + timedelta(seconds=1)
    return services.hold_lots(actor=SYSTEM, draw=draw, witness="吴建国", at=moment)


def watching(sitting: Any) -> set[Any]:
    return set(sitting.duties.filter(post=Post.SUPERVISOR).values_list("member", flat=True))


def test_supervisors_of_the_house_are_drawn_and_not_chosen(sitting: Any) -> None:
    people(8, Grade.PROCTOR, Grade.STAFF)
    inside = people(4, Grade.SUPERVISOR_INTERNAL)
    (sent,) = people(1, Grade.SUPERVISOR_EXTERNAL)
    by_hand = {"actor": SYSTEM, "sitting": sitting, "post": Post.SUPERVISOR, "room": None}
    with pytest.raises(RefusedError, match=r"随机抽取确定，不能指定.*第十条"):
        services.set_duty(member=inside[0], **by_hand)
    services.set_duty(member=sent, **by_hand)
    services.assign_duties(actor=SYSTEM, sitting=sitting)
    assert watching(sitting) == {sent.pk}, "the proposal leaves the house's supervisor to the lot"
    watch = staffing.watch_of(sitting)
    assert watch is not None
    assert (watch.need.number, watch.have, watch.drawn) == (1, 0, False)
    held = hold(commit(sitting))
    (line,) = held.lines.all()
    assert watching(sitting) == {sent.pk, line.member_id}
    assert sorted(held.inputs["panels"][0]["pool"]) == sorted(str(each.pk) for each in inside)
    kept = draws_at(sitting)[DrawKind.SUPERVISOR]
    assert repeats(kept)
    assert [lot.room for lot in lots_now(kept)] == ["全场"]
    services.assign_duties(actor=SYSTEM, sitting=sitting)
    assert watching(sitting) == {sent.pk, line.member_id}, "a new proposal leaves the drawn one"
    with pytest.raises(RefusedError, match="已由抽签确定"):
        services.remove_duty(actor=SYSTEM, duty=sitting.duties.get(member=line.member_id))


def test_another_takes_the_place_of_one_drawn_only_with_a_reason(sitting: Any) -> None:
    people(2, Grade.SUPERVISOR_INTERNAL)
    held = hold(commit(sitting))
    duty = sitting.duties.get(post=Post.SUPERVISOR)
    (other,) = people(1, Grade.SUPERVISOR_INTERNAL)
    services.replace_duty(actor=SYSTEM, duty=duty, member=other, reason="原督导员生病")
    assert watching(sitting) == {other.pk}
    assert held.corrections.get().member == other
    assert [lot.name for lot in lots_now(draws_at(sitting)[DrawKind.SUPERVISOR])] == [str(other)]


def test_a_pool_that_does_not_suffice_is_named_with_its_articles(sitting: Any) -> None:
    people(3, Grade.SUPERVISOR_EXTERNAL)
    with pytest.raises(RefusedError, match=r"督导员只有 0 人，需 1 人.*第十七条.*第十条"):
        hold(commit(sitting))
    assert not sitting.draws.get().lines.exists()


def test_without_lots_one_is_proposed(sitting: Any) -> None:
    """An office that drops the draw by an override still has every sitting watched."""
    rules = sitting.batch.rules
    settings = dataclasses.replace(rules.settings, supervisor_random=SILENT_NO)
    sitting.batch.__dict__["rules"] = dataclasses.replace(rules, settings=settings)
    inside, _out = people(1, Grade.SUPERVISOR_INTERNAL), people(2, Grade.SUPERVISOR_EXTERNAL)
    rooms, cards = staffing.seated_rooms(sitting), staffing.cards_on(sitting)
    wanted = staffing.needs(sitting, rooms, cards, pooled=False)
    (need,) = [each for each in wanted if each.post == Post.SUPERVISOR]
    assert (need.room, need.number) == (None, 1)
    assert need.eligible == {inside[0].pk}
