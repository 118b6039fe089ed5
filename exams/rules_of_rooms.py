"""How the rules of rooms and seats are kept (areas 8 and 9): looked over, drawn, corrected."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from assessment_center.conformance import matrix
from assessment_center.conformance.declarations import (
    Check,
    Evidence,
    Failed,
    Finding,
    NotApplicable,
    Passed,
    check,
    enforced,
)
from assessment_center.rulebooks import Rulebook
from exams.acceptance import RULES, check_list, last_of
from exams.models import RoomAcceptance, SittingRoom

SEATS = "tests/exams/services/test_changing_seats.py::"
RULES_OF_SEATS = "tests/exams/rules/test_seating.py::"
CHECKS = "tests/exams/test_rules_of_rooms.py::"
BEGUN = ("running", "recorded")

enforced(
    "VEN-01",
    how="补排的考生也计入每室人数上限",
    tests=[f"{SEATS}test_the_rulebooks_ceiling_holds_for_late_ones_too"],
)
enforced(
    "SEAT-01",
    how="排座、补排、调座都不会一座两人或排进没有座位的位置",
    tests=[
        f"{RULES_OF_SEATS}test_no_plan_breaks_a_hard_rule",
        f"{SEATS}test_a_late_one_takes_a_hole_and_nobody_moves",
        f"{SEATS}test_what_is_forbidden_is_refused_whoever_accepts",
    ],
)


def _used(batch: Any) -> QuerySet[SittingRoom]:
    rooms = SittingRoom.objects.filter(
        sitting__batch=batch, sitting__status__in=BEGUN, seats__isnull=False
    )
    return rooms.select_related("sitting", "room__site").distinct()


def _asked(room: SittingRoom, rule: str, rules: Rulebook) -> bool:
    return any(line.point.rule == rule for line in check_list(room, rules))


def _found_sound(look: RoomAcceptance | None, rule: str) -> bool:
    return look is not None and any(line["rule"] == rule and line["sound"] for line in look.lines)


def _looked_over(rule: str) -> Check:
    """Whether every room used so far was found sound in this line before the start."""

    def look(batch: Any) -> Finding:
        listed = [room for room in _used(batch) if _asked(room, rule, batch.rules)]
        if not listed:
            return NotApplicable(_("还没有用到这类考场。"))
        last = last_of(room.pk for room in listed)
        told = _("%(sitting)s%(room)s没有验收合格。")
        faults = [
            Evidence(
                told % {"sitting": room.sitting, "room": room},
                reverse("exams_office:accept", args=[room.pk]),
            )
            for room in listed
            if not _found_sound(last.get(room.pk), rule)
        ]
        if faults:
            return Failed(tuple(faults))
        return Passed(_("%(n)s 个考场") % {"n": len(listed)})

    look.__doc__ = f"开考前逐室验收：{matrix.row(rule).title}。"
    return look


def _declare() -> None:
    tests = [f"{CHECKS}test_a_room_used_without_acceptance_is_found"]
    for rule in RULES:
        check(rule, page="exams_office:batch", tests=tests)(_looked_over(rule))


_declare()
