"""How the rules of arrangement, staffing, avoidance and draws are kept (areas 9, 11, 12)."""

from collections import Counter
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.conformance.declarations import (
    Evidence,
    Failed,
    Finding,
    NotApplicable,
    Passed,
    check,
    enforced,
)
from exams import rules_of_rooms, rules_of_the_day, rules_of_timetables
from exams.drawing import draws_of, repeats, unrotated
from exams.enums import DrawKind, SittingStatus
from exams.equipment import conformance as equipment
from exams.policies import on_site_lots
from exams.rules.staffing import WRITTEN
from exams.selectors import seats_of, sittings_of
from exams.staffing import staffing_of
from exams.supervision_reading import findings_of, uncovered

__all__ = ["equipment", "rules_of_rooms", "rules_of_the_day", "rules_of_timetables"]
DRAWS = "tests/exams/services/test_draws.py::"
LOTS = "tests/exams/services/test_supervisor_lots.py::"
DAY = "tests/exams/services/test_the_day.py::"
RULES = "tests/exams/rules/test_lots.py::"
OWN = "tests/exams/test_conformance.py::"
WATCH = "tests/exams/services/test_supervision.py::"
BATCH = "exams_office:batch"
BEGUN = frozenset({SittingStatus.RUNNING, SittingStatus.RECORDED})

enforced(
    "SEAT-06",
    "SEAT-07",
    how="规程要求现场抽签的，不抽签不能开考；密钥先封存，结果不能改动，可以重演",
    tests=[
        f"{DRAWS}test_workstations_are_drawn_a_quarter_of_an_hour_before_and_the_start_waits_for_it",
        f"{DRAWS}test_review_order_is_drawn_before_the_review",
        f"{DRAWS}test_the_database_keeps_a_held_draw",
        f"{DRAWS}test_of_two_draws_at_once_one_stands",
    ],
)
enforced(
    "STAFF-14",
    how="监考员不能指定考场，未抽签不能开考",
    tests=[
        f"{DRAWS}test_proctors_are_proposed_without_a_room_and_draw_theirs",
        f"{DRAWS}test_a_proctor_barred_everywhere_is_refused_before_the_draw",
    ],
)
enforced(
    "SUP-05",
    how="规程要求随机派遣的，内部督导员只能抽取，不能指定；抽取留存名单，可以重演",
    tests=[
        f"{LOTS}test_supervisors_of_the_house_are_drawn_and_not_chosen",
        f"{LOTS}test_a_pool_that_does_not_suffice_is_named_with_its_articles",
    ],
)
enforced(
    "STAFF-10",
    how="连续考评达到次数的不再进入考评组",
    tests=[f"{DRAWS}test_who_judged_as_often_as_allowed_in_a_row_rests"],
)
enforced(
    "STAFF-17",
    how="定岗或抽签以后只能写明原因换人，原结果留存",
    tests=[f"{DRAWS}test_after_the_draw_only_a_replacement_with_its_reason_is_possible"],
)
enforced(
    "DBL-01",
    "DBL-02",
    how="规程列明的关系和岗位不能安排，其他岗位提示回避",
    tests=[f"{DAY}test_ties_bar_the_posts_the_rulebook_names_and_advise_against_others"],
)
enforced(
    "DBL-04",
    "DBL-05",
    how="同一批次不得兼任的岗位不能安排给同一人",
    tests=[f"{OWN}test_a_leader_counts_as_an_assessor_in_forbidden_pairs"],
)


@check("SEAT-02", page=BATCH, tests=[f"{OWN}test_a_room_of_one_paper_breaks_the_mixing"])
def papers_are_mixed(batch: Any) -> Finding:
    """混排的理论场次中，每个考场都有不同的试卷。"""
    rule = batch.rules.settings.theory_arrangement
    if rule is None or rule.value != "mixed":
        return NotApplicable(_("规程没有要求混排。"))
    bare, seen = [], 0
    for sitting in sittings_of(batch):
        if sitting.subject_code not in WRITTEN or not sitting.confirmed_at:
            continue
        papers: dict[Any, Counter[tuple[str, str]]] = {}
        for seat in seats_of(sitting.rooms.all()):
            papers.setdefault(seat.sitting_room, Counter())[(seat.paper_key, seat.form)] += 1
        for room, kinds in papers.items():
            seen += 1
            if len(kinds) == 1 and kinds.total() > 1:
                told = _("%(sitting)s%(room)s只有一种试卷。") % {"sitting": sitting, "room": room}
                bare.append(Evidence(told, reverse("exams_office:chart", args=[room.pk])))
    if bare:
        return Failed(tuple(bare))
    return Passed(_("%(n)s 个考场") % {"n": seen}) if seen else NotApplicable(_("还没有排座。"))


def _staffed(batch: Any, *, written: bool) -> Finding:
    """Rooms of the sittings that have begun, or whose staff was confirmed, against the numbers."""
    faults, seen = [], 0
    for sitting in sittings_of(batch):
        if (sitting.subject_code in WRITTEN) != written:
            continue
        if sitting.staffed_at is None and sitting.status not in BEGUN:
            continue
        for room in staffing_of(sitting):
            seen += 1
            page = reverse("exams_office:duties", args=[sitting.pk])
            faults += [Evidence(f"{sitting}：{fault}", page) for fault in room.faults]
    if faults:
        return Failed(tuple(faults))
    return Passed(_("%(n)s 个考场") % {"n": seen}) if seen else NotApplicable(_("还没有定岗。"))


@check(
    "STAFF-04",
    page=BATCH,
    tests=[f"{DRAWS}test_proctors_are_proposed_without_a_room_and_draw_theirs"],
)
def proctors_suffice(batch: Any) -> Finding:
    """每个理论考场的监考员达到规定人数和配比。"""
    return _staffed(batch, written=True)


@check(
    "STAFF-06",
    page=BATCH,
    tests=[f"{DRAWS}test_too_few_assessors_for_an_odd_panel_are_named_with_the_article"],
)
def panels_suffice(batch: Any) -> Finding:
    """考评组达到规定人数，要求单数的为单数。"""
    return _staffed(batch, written=False)


@check("STAFF-07", page=BATCH, tests=[f"{DRAWS}test_an_even_panel_is_not_confirmed"])
def judges_suffice(batch: Any) -> Finding:
    """综合评审的评委达到规定人数，要求单数的为单数。"""
    return _staffed(batch, written=False)


@check("STAFF-09", page=BATCH, tests=[f"{RULES}test_new_faces_come_in_where_there_are_any"])
def panels_rotate(batch: Any) -> Finding:
    """抽取的考评组有规定比例的新成员。"""
    if batch.rules.settings.rotation_min_ratio is None:
        return NotApplicable(_("规程没有要求轮换。"))
    found = [draw for draw in draws_of(batch) if draw.kind == DrawKind.PANEL]
    if not found:
        return NotApplicable(_("没有抽取考评组。"))
    told = _("%(draw)s：第 %(room)s 考场的新成员不足。")
    short = [
        Evidence(told % {"draw": draw, "room": room}, _draws_page(draw.sitting_id))
        for draw in found
        for room in unrotated(draw)
    ]
    return Failed(tuple(short)) if short else Passed(_("%(n)s 组") % {"n": len(found)})


def _draws_page(sitting: UUID) -> str:
    return reverse("exams_office:draws", args=[sitting])


@check(
    "SEAT-06", page=BATCH, tests=[f"{DRAWS}test_another_key_another_draw_and_the_same_key_the_same"]
)
def ordered_draws_were_held(batch: Any) -> Finding:
    """规程要求的现场抽签都已进行，并能重演。"""
    held = {(draw.sitting_id, draw.kind): draw for draw in draws_of(batch)}
    wrong, seen = [], 0
    for sitting in sittings_of(batch):
        ordered = on_site_lots(batch.rules, sitting.subject_code)
        if ordered is None or sitting.status not in BEGUN:
            continue
        seen += 1
        draw = held.get((sitting.pk, ordered[0]))
        if draw is None or not repeats(draw):
            told = _("%(sitting)s没有可重演的抽签记录。") % {"sitting": sitting}
            wrong.append(Evidence(told, _draws_page(sitting.pk)))
    if wrong:
        return Failed(tuple(wrong))
    return Passed(_("%(n)s 场") % {"n": seen}) if seen else NotApplicable(_("没有现场抽签。"))


@check(
    "SUP-08",
    tests=[f"{WATCH}test_a_sitting_without_an_internal_supervisor_is_named"],
    page="exams_office:supervision",
)
def internal_supervision_covers(batch: Any) -> Finding:
    """内部督导覆盖每个已开考的场次。"""
    share = batch.rules.settings.internal_supervision_coverage
    if share is None:
        return NotApplicable(_("规程没有规定内部督导的覆盖面。"))
    begun, bare = uncovered(batch)
    if not begun:
        return NotApplicable(_("还没有开考的场次。"))
    if (begun - len(bare)) / begun < share.value:
        told = _("%(sitting)s没有内部督导员在岗。")
        return Failed(tuple(told % {"sitting": sitting} for sitting in bare))
    return Passed(_("%(n)s 场") % {"n": begun})


@check(
    "SUP-10", tests=[f"{WATCH}test_an_overdue_finding_is_named"], page="exams_office:supervision"
)
def findings_are_put_right(batch: Any) -> Finding:
    """督导发现的问题都在期限内整改。"""
    rows = list(findings_of(batch))
    if not rows:
        return NotApplicable(_("没有登记督导发现的问题。"))
    today = timezone.localdate()
    late = [row for row in rows if (row.corrected_on or today) > row.due_on]
    if late:
        told = _("“%(text)s”应在 %(due)s 前整改。")
        return Failed(tuple(told % {"text": row.text, "due": row.due_on} for row in late))
    return Passed(_("%(n)s 个问题") % {"n": len(rows)})


enforced(
    "VAL-05",
    how="缓考、重排和取消须有规程要求的同意才能登记；缓考的场次没有新时间不能开考，重排的座位和考号不变。",
    tests=(
        "tests/exams/services/test_calling_off.py::test_who_must_agree_is_the_rulebooks",
        (
            "tests/exams/services/test_calling_off.py::"
            "test_put_off_it_waits_for_its_time_and_what_was_entered_falls"
        ),
        "tests/exams/services/test_calling_off.py::test_arranged_anew_everybody_keeps_his_seat",
    ),
)
