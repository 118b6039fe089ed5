"""The demo's people of the time before: one still banned, one with a subject passed."""

from datetime import date, timedelta

from django.utils import timezone

from assessment_center.batches.demo_opening import bring
from assessment_center.catalog.enums import Subject
from assessment_center.demo import Demo
from assessment_center.organization.selectors import rules_on
from assessment_center.people.demo_data import demo_people
from assessment_center.workdays.rules.months import add_months
from candidates.opening_balances import BANS as BAN_SHEET
from candidates.opening_balances import PASSES as PASS_SHEET
from candidates.services.opening import BANS, PASSES

EARLIER = 11  # a seed of its own: nobody of these studies here any more


def bring_standing(demo: Demo) -> None:
    """A ban imposed last winter, and a subject passed that still counts."""
    assert demo.centre is not None
    today = timezone.localdate()
    banned, passed = demo_people(2, sum(demo.rulebook.encode()) + EARLIER)
    document = {"id_kind": "resident"}
    starts = today - timedelta(days=200)
    bring(
        demo,
        BANS,
        BAN_SHEET,
        [
            {
                **document,
                "name": banned.name,
                "id_number": banned.id_number,
                "starts": starts,
                "until": add_months(starts, 12),
                "reason": "考试中夹带资料",
                "basis": "考场纪律处理规定",
                "decision": "江化院认〔2025〕处 2 号",
            }
        ],
    )
    rules = rules_on(demo.centre, today)
    months = rules.settings.single_pass_valid_months if rules else None
    day: date = today - timedelta(days=120)
    row: dict[str, object] = {
        **document,
        "name": passed.name,
        "id_number": passed.id_number,
        "occupation": "电工",
        "level": 4,
        "subject": Subject.THEORY.value,
        "passed_on": day,
        "valid_until": add_months(day, months.value) if months else None,
    }
    bring(demo, PASSES, PASS_SHEET, [row])
