"""河南: a batch that is examined is reported with its times, its rooms and everybody on duty."""

from typing import Any

import pytest

from assessment_center.batches.demo_facts import moment
from tests.e2e.desk import Desks
from tests.e2e.special import SmallOffice, hand_in_arranged, printed

pytestmark = [pytest.mark.e2e]


@pytest.fixture
def office(small: Any) -> SmallOffice:
    steps = ("foundation.staff_files", "candidates.registrations")
    return small(moment(4, 24), "henan", (("电工", 3, 0),), reach="fee", steps=steps)


def test_rooms_and_staff_go_with_the_plan(office: SmallOffice, desks: Desks) -> None:
    """四(四) of the sample plan."""
    clerk = hand_in_arranged(
        office, desks, article="四(四)", papers={"实施方案.pdf"}, outdated="实施方案"
    )
    plan = printed(clerk, office.batch, "implementation-plan")
    on_duty = [duty.member.person.name for duty in office.batch.sittings.get(number=1).duties.all()]
    assert on_duty
    assert all(name in plan for name in on_duty)
    clerk.go("batches_office:batch", office.batch.code).shot("henan-examined")
    stages = clerk.page.locator("main").inner_text()
    assert stages.index("编排") < stages.index("上报")
    assert desks.barriers == []
