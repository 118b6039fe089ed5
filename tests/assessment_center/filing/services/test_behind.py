"""School, regulations, units; what holds today, and what a centre that ceased still does."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from assessment_center.batches.policies import _scope_faults
from assessment_center.batches.selectors import in_scope
from assessment_center.filing import selectors, services
from assessment_center.filing.standing import standing
from assessment_center.organization.services import cease
from assessment_center.registry import SYSTEM, RefusedError
from tests.factories import filing as make
from tests.factories.foundation import (
    make_batch,
    make_centre,
    make_member,
    make_occupation,
    make_scope,
)

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 20)


@pytest.fixture(autouse=True)
def _clock(frozen: Callable[..., object]) -> None:
    frozen(2026, 5, 20, 9)


def test_a_centre_that_ceased_examines_nothing() -> None:
    filing = make.filed()
    electrician = make_occupation("电工")
    make_scope(electrician, filing=filing, levels=(4,))
    centre = make_centre()
    assert in_scope(centre, electrician, None, 4, DAY)
    with pytest.raises(RefusedError, match="请写明停止认定的原因"):
        cease(actor=SYSTEM, centre=centre, on=DAY, reason=" ")
    centre = cease(actor=SYSTEM, centre=centre, on=date(2026, 5, 21), reason="撤销专业")
    assert in_scope(centre, electrician, None, 4, DAY)
    refused = in_scope(centre, electrician, None, 4, date(2026, 5, 21))
    assert not refused
    assert "自 2026-05-21 起停止认定" in str(refused)
    assert standing(centre, date(2026, 5, 21)).lines == []
    with pytest.raises(RefusedError, match="已登记自 2026-05-21 起"):
        cease(actor=SYSTEM, centre=centre, on=DAY, reason="再次")


@pytest.mark.parametrize(
    ("until", "holds"), [(date(2026, 5, 19), False), (DAY, True), (date(2026, 5, 21), True)]
)
def test_a_filing_holds_through_its_last_day(until: date, holds: bool) -> None:
    filing = make.filed(valid_from=date(2024, 1, 1), valid_until=until)
    electrician = make_occupation("电工")
    make_scope(electrician, filing=filing, levels=(4,))
    outcome = in_scope(make_centre(), electrician, None, 4, DAY)
    assert bool(outcome) == holds
    if not holds:
        assert "没有有效的备案" in str(outcome)
        assert outcome.citations  # type: ignore[union-attr]
        assert standing(make_centre()).last == filing
        assert standing(make_centre()).base is None


def test_levels_of_an_increment_count_from_its_reply() -> None:
    base = make.filed()
    electrician = make_occupation("电工")
    make_scope(electrician, filing=base, levels=(4,))
    added = make.filed(
        is_incremental=True, base=base, valid_from=date(2026, 5, 10), reply_number="豫〔2026〕9号"
    )
    make_scope(electrician, filing=added, levels=(3,))
    centre = make_centre()
    assert in_scope(centre, electrician, None, 3, DAY)
    assert in_scope(centre, electrician, None, 4, DAY)
    assert not in_scope(centre, electrician, None, 3, date(2026, 5, 9))
    assert not in_scope(centre, electrician, None, 2, DAY)
    now = standing(centre)
    assert now.base == base
    assert [line.levels for line in now.lines] == [[4], [3]] or len(now.lines) == 2


def test_an_announcement_needs_the_filing_through_the_last_day() -> None:
    batch = make_batch("B1", exam_starts=date(2026, 6, 1), exam_ends=date(2026, 6, 3))
    filing = batch.centre.filings.first() or make.filed()
    electrician = make_occupation("电工")
    make_scope(electrician, filing=filing, levels=(4,))
    from assessment_center.batches.services import add_offering

    add_offering(actor=SYSTEM, batch=batch, occupation=electrician, level=4, route="exam")
    assert list(_scope_faults(batch)) == []
    filing.valid_until = date(2026, 6, 2)
    filing.save(update_fields=["valid_until"])
    faults = [each.reason for each in _scope_faults(batch)]
    assert faults == ["2026-06-03 没有有效的备案。"]


def test_a_renamed_unit_hands_everything_to_its_successor() -> None:
    application = make.begin(rulebook="chongqing")
    office = make.staff_up(application)
    with pytest.raises(RefusedError, match="请填写承继单位的新名称"):
        services.succeed_unit(actor=SYSTEM, unit=office, name=office.name, on=DAY)
    with pytest.raises(RefusedError, match="不能早于成立日期"):
        services.succeed_unit(actor=SYSTEM, unit=office, name="新办公室", on=date(2020, 1, 1))
    heir = services.succeed_unit(actor=SYSTEM, unit=office, name="技能认定处", on=DAY)
    office.refresh_from_db()
    assert (office.successor, office.ended_on, heir.code) == (heir, DAY, office.code)
    assert (office.members.count(), heir.members.count()) == (0, 2)
    held = set(selectors.units_in_force(application.centre))
    assert heir in held
    assert office not in held
    assert selectors.units_missing(application.centre, application.rules) == []
    with pytest.raises(RefusedError, match="承继职责"):
        services.succeed_unit(actor=SYSTEM, unit=office, name="又一处", on=DAY)
    with pytest.raises(RefusedError, match="已停用"):
        services.join_unit(actor=SYSTEM, unit=office, member=make_member(), post="干事")
    heir.ended_on = DAY
    with pytest.raises(IntegrityError, match="ended_unit_has_successor"), transaction.atomic():
        heir.save()


def test_units_are_those_the_rulebook_orders() -> None:
    application = make.begin()
    missing = {each.code for each in selectors.units_missing(application.centre, application.rules)}
    assert {"leading_group", "centre", "affairs", "supervision", "experts"} <= missing
    with pytest.raises(RefusedError, match="没有规定这个机构"):
        services.set_up_unit(
            actor=SYSTEM,
            centre=application.centre,
            rules=application.rules,
            code="moon_base",
            name="月球站",
            since=DAY,
        )


def test_a_member_leaves() -> None:
    office = make.staff_up(make.begin())
    assert len(selectors.fulltime_staff(make_centre())) == 2
    services.leave_unit(actor=SYSTEM, membership=office.members.all()[1])
    assert len(selectors.fulltime_staff(make_centre())) == 1


def test_regulations_are_counted_while_in_force() -> None:
    application = make.begin()
    make.regulate(application)
    centre, rules = application.centre, application.rules
    assert selectors.regulations_missing(centre, rules, DAY) == []
    rules_of_work = centre.regulations.get(code="work_rules")
    services.end_regulation(actor=SYSTEM, regulation=rules_of_work, on=DAY)
    assert selectors.regulations_missing(centre, rules, DAY) == []
    told = selectors.regulations_missing(centre, rules, date(2026, 5, 21))
    assert told == ["职业技能等级认定工作规则"]
    with pytest.raises(RefusedError, match="已经废止"):
        services.end_regulation(actor=SYSTEM, regulation=rules_of_work, on=DAY)
    with pytest.raises(RefusedError, match="没有规定“x”"):
        services.issue_regulation(
            actor=SYSTEM, centre=centre, code="x", title="某制度", number="1",
            issuer="院办", issued_on=DAY, rules=rules,
        )  # fmt: skip


def test_a_regulation_is_not_of_tomorrow() -> None:
    with pytest.raises(RefusedError, match="不能晚于今天"):
        services.issue_regulation(
            actor=SYSTEM, centre=make_centre(), title="某制度", number="1",
            issuer="院办", issued_on=date(2026, 5, 21),
        )  # fmt: skip


def test_a_school_without_a_true_credit_code_is_refused() -> None:
    centre = make_centre()
    with pytest.raises(ValidationError, match="18 位"):
        services.save_profile(actor=SYSTEM, centre=centre, **make.PROFILE | {"credit_code": "1"})
    services.save_profile(actor=SYSTEM, centre=centre, **make.PROFILE)
    changed = services.save_profile(actor=SYSTEM, centre=centre, legal_name="郑校长")
    assert (changed.legal_name, changed.school_name) == ("郑校长", "试验职业学院")
    with pytest.raises(TypeError, match="no such fields"):
        services.save_profile(actor=SYSTEM, centre=centre, colour="red")
