"""How the rules of rooms, seats, posts, the day, papers in the room and violations are kept."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Role
from assessment_center.conformance.declarations import (
    Evidence,
    Failed,
    Finding,
    NotApplicable,
    Passed,
    check,
    enforced,
    manual,
    not_applicable,
)
from assessment_center.personnel.enums import Post
from exams import staffing
from exams.labels import POST_LABELS
from exams.models import Incident, Sitting, SittingRoom
from exams.selectors import incidents_of, missing_records

ARRANGING = "tests/exams/services/test_arranging.py::"
THE_DAY = "tests/exams/services/test_the_day.py::"
STAYS = "tests/exams/test_constraints.py::"
SEATING = "tests/exams/rules/test_seating.py::"
CHECKS = "tests/exams/test_rules_of_the_day.py::"
SITE = (Role.HEAD, Role.CLERK, Role.SUPERVISOR)
BEGUN = ("running", "recorded")
# Acts of which every rulebook that names them states the consequence; false papers (VIO-30) are
# found at the registration, not in a room.
PARTLY = ("VIO-02", "VIO-13", "VIO-19", "VIO-21", "VIO-22", "VIO-24")
CANDIDATES_ACTS = tuple(
    act for n in (*range(1, 30), *range(31, 35)) if (act := f"VIO-{n:02}") not in PARTLY
)
PAGES = "tests/exams/office/test_pages.py::"
PRINTED = "tests/exams/test_tickets_printed.py::"
SECRECY = "tests/exams/test_secrecy.py::"

enforced(
    "VEN-01",
    how="每室人数不超过规程上限，超过提醒线的排座会提示",
    tests=[f"{ARRANGING}test_the_rulebooks_ceiling_holds_and_crowding_warns"],
)
enforced(
    "VEN-03",
    "VEN-04",
    how="间距不足的考室和规程不许的阶梯教室不能用于理论考试",
    tests=[f"{ARRANGING}test_unfit_rooms_are_refused_with_the_article"],
)
enforced(
    "VEN-06",
    how="规程要求监控的，没有登记监控的考室不能安排",
    tests=[f"{ARRANGING}test_a_shop_without_video_is_refused_and_a_review_room_may_be_a_classroom"],
)
enforced(
    "PLAN-08",
    how="同一批次的理论考试只能安排在同一时间，技能可分组",
    tests=[
        f"{ARRANGING}test_theory_has_one_time_in_a_batch",
        f"{ARRANGING}test_practical_groups_follow_the_workstations",
    ],
)
enforced(
    "SEAT-01",
    how="座位未排定、未确认不能发准考证，一座一人",
    tests=[
        f"{ARRANGING}test_tickets_wait_for_sittings_confirmation_and_seats",
        f"{STAYS}test_seats_and_tickets_are_given_once",
    ],
)
enforced(
    "SEAT-03",
    how="座位号按规程的走向编排",
    tests=[f"{SEATING}test_numbers_run_as_the_rulebook_says"],
)
enforced(
    "TKT-01",
    how="没有核准不能发准考证；规程定有时间的，提前不能发，逾期须写明原因",
    tests=[
        f"{ARRANGING}test_tickets_wait_for_approval_with_the_article",
        f"{ARRANGING}test_the_window_of_a_rulebook_that_names_one",
    ],
)
enforced(
    "DAY-10",
    how="启封不早于规定时间，须见证人在场、封签完好",
    tests=[
        f"{THE_DAY}test_custody_keeps_its_times",
        f"{THE_DAY}test_witnesses_where_the_rulebook_wants_them",
    ],
)
enforced(
    "DAY-20",
    how="缺考逐座登记，人数不平不能提交",
    tests=[
        f"{THE_DAY}test_attendance_is_entered_per_seat",
        f"{THE_DAY}test_a_record_must_reconcile",
    ],
)
enforced(
    "DAY-25",
    how="收回份数与到考人数不符的不能提交",
    tests=[
        f"{THE_DAY}test_a_record_must_reconcile",
        f"{THE_DAY}test_missing_papers_are_explained",
    ],
)
enforced(
    "PAPER-04",
    how="按座位数装袋，每袋登记封签号",
    tests=[
        f"{THE_DAY}test_a_packet_goes_the_whole_way",
        f"{STAYS}test_packets_and_handovers",
    ],
)
enforced(
    "PAPER-06",
    how="领卷早于规定时间被拒绝",
    tests=[f"{THE_DAY}test_custody_keeps_its_times"],
)
enforced(
    "PAPER-07",
    "PAPER-08",
    how="每次交接须两人，记下种类、份数和封签，封签不完好不能往下走",
    tests=[
        f"{THE_DAY}test_packing_is_refused_twice_alone_or_too_early",
        f"{THE_DAY}test_custody_keeps_its_times",
        f"{STAYS}test_packets_and_handovers",
    ],
)
enforced(
    "PAPER-05",
    how="备用卷另袋封装，写明原因和同意人才能启用",
    tests=[f"{THE_DAY}test_spare_papers_are_opened_with_the_reason"],
)
enforced(
    "TKT-02",
    how="准考证由系统填写，规程列明的各项都在上面",
    tests=[
        f"{PRINTED}test_the_ticket_names_everything_the_rulebooks_list",
        f"{PRINTED}test_a_change_names_the_tickets_to_print_again_and_no_others",
    ],
)
enforced(
    "SEAT-09",
    "SEC-02",
    "SEC-03",
    "SEC-04",
    how=(
        "公开时间以前，考场、座位和岗位只有编排人员和中心负责人能看，考生的准考证上没有；"
        "规程要求考前保密的不能提前公开；公开时间的变更和负责人的查看都有记录"
    ),
    tests=[
        f"{SECRECY}test_the_rulebooks_secret_is_kept_until_candidates_are_let_in",
        f"{SECRECY}test_the_office_chooses_where_the_rulebook_is_silent_and_looks_are_kept",
        f"{SECRECY}test_the_hour_is_a_decision_that_stays",
        f"{PAGES}test_others_are_kept_out",
        f"{PAGES}test_the_unsigned_sign_in_first",
        f"{PAGES}test_the_key_is_hidden_until_confirmed",
    ],
)
manual(
    "DAY-14",
    "DAY-15",
    "DAY-16",
    who="监考员、考评员：到时间表上的截止时刻即停止入场，迟到的登记为迟到未入场，不计成绩。",
    by=SITE,
)
not_applicable("DAY-33", reason="样例板书的时间；各场时间由机构排定，不必与样例相同。")
enforced(
    "PAPER-18",
    how="回收份数不足须写明查找情况",
    tests=[f"{THE_DAY}test_missing_papers_are_explained"],
)
enforced(
    "ELIG-91",
    "VIO-35",
    how="理论作弊后，后续科目自动取消资格",
    tests=[f"{THE_DAY}test_cheating_in_theory_closes_what_follows"],
)
enforced(
    "VIO-00",
    how="处理档次和效果取自规程的表，登记时不能改",
    tests=[f"{CHECKS}test_acts_of_candidates_have_the_rulebooks_consequence"],
)
manual(
    *PARTLY,
    who="监考员、考评员：规程写明后果的由系统按表处理；只写禁止的，当场制止并记入考场记录。",
    by=SITE,
)
enforced(
    *CANDIDATES_ACTS,
    how="处理结果取自规程，不能自行填写",
    tests=[
        f"{THE_DAY}test_the_consequence_is_the_rulebooks",
        f"{THE_DAY}test_a_warning_that_helped_has_no_consequence",
        f"{CHECKS}test_acts_of_candidates_have_the_rulebooks_consequence",
    ],
)
enforced(
    "VIO-39",
    how="没有经过、记录人和见证人不能登记",
    tests=[f"{THE_DAY}test_violations_are_checked"],
)


@check("DAY-28", tests=[f"{CHECKS}test_a_room_without_record_is_found"], page="exams_office:day")
def rooms_are_recorded(batch: Any) -> Finding:
    """考场记录已填写并提交。"""
    begun = SittingRoom.objects.filter(sitting__batch=batch, sitting__status__in=BEGUN)
    used = begun.filter(seats__isnull=False).distinct().count()
    if not used:
        return NotApplicable(_("考试还没有开始。"))
    missing = [
        Evidence(
            _("%(room)s 没有提交考场记录") % {"room": each},
            reverse("exams_office:room", args=[each.pk]),
        )
        for each in missing_records(batch).filter(sitting__status__in=BEGUN)
        if each.sitting.ends_at < timezone.now()
    ]
    return Failed(tuple(missing)) if missing else Passed(_("%(n)s 间考场") % {"n": used})


@check("INC-02", tests=[f"{CHECKS}test_a_late_first_report_is_found"], page="exams_office:day")
def incidents_are_reported_in_time(batch: Any) -> Finding:
    """异常情况在规定时间内首报。"""
    incidents = list(incidents_of(batch))
    if not incidents:
        return NotApplicable(_("没有登记异常情况。"))
    late = [_late(each) for each in incidents if each.is_late]
    return Failed(tuple(late)) if late else Passed(_("%(n)s 起") % {"n": len(incidents)})


def _late(incident: Incident) -> str:
    told = {"kind": incident.get_kind_display(), "n": incident.minutes}
    return _("%(kind)s：发现后 %(n)s 分钟才首报。") % told


def needed_posts(sitting: Sitting) -> list[tuple[SittingRoom | None, str, int]]:
    """How many people the rulebook asks for on each post: room by room, then for the whole."""
    needed: list[tuple[SittingRoom | None, str, int]] = [
        (each.room, post, number)
        for each in staffing.seated_rooms(sitting)
        for post, number in staffing.room_posts(staffing.required(sitting, each))
    ]
    whole = staffing.whole_posts(sitting.batch.rules)
    return needed + [(None, post, number) for post, number in whole]


def _staffed(*posts: str) -> Callable[[Any], Finding]:
    """Whether every begun sitting has as many people on these posts as the rulebook asks."""

    def look(batch: Any) -> Finding:
        begun = batch.sittings.filter(status__in=BEGUN).prefetch_related("duties")
        asked = [
            (each, room, post, number)
            for each in begun
            for room, post, number in needed_posts(each)
            if post in posts
        ]
        if not asked:
            return NotApplicable(_("还没有开考的场次，或规程没有规定人数。"))
        short = [found for each in asked if (found := _shortage(*each))]
        return Failed(tuple(short)) if short else Passed(_("%(n)s 处") % {"n": len(asked)})

    return look


def _shortage(
    sitting: Sitting, room: SittingRoom | None, post: str, number: int
) -> Evidence | None:
    key = room.pk if room else None
    have = sum(d.post == post and d.sitting_room_id == key for d in sitting.duties.all())
    if have >= number:
        return None
    told = {
        "where": f"第{sitting.number}场 {room or ''}".strip(),
        "post": POST_LABELS[Post(post)],
        "need": number,
        "have": have,
    }
    words = _("%(where)s：%(post)s应有 %(need)s 人，现有 %(have)s 人") % told
    return Evidence(words, reverse("exams_office:sitting", args=[sitting.pk]))


def _declare_posts() -> None:
    for rule, words, posts in (
        ("STAFF-12", "每场的内部督导员人数达到规程的要求。", (Post.SUPERVISOR,)),
        ("STAFF-01", "每场的主考和考务人员已安排。", (Post.CHIEF_EXAMINER, Post.EXAM_STAFF)),
    ):
        look = _staffed(*posts)
        look.__doc__ = words
        tests = [f"{CHECKS}test_a_sitting_short_of_people_is_found"]
        check(rule, tests=tests, page="exams_office:batch")(look)


_declare_posts()
