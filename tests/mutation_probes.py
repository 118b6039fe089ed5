"""What the program makes of every setting: setting → what one sees through product code.

A probe gets the ground (a batch in the database whose rules are the ones under test) and returns
something comparable. It never reads the setting; it asks the code that does. `test_mutations`
changes one value and looks whether the probe of that setting, and of no other, sees it.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from types import SimpleNamespace as Fake
from typing import Any
from unittest import mock

from django.core.exceptions import ValidationError
from django.utils import timezone

from archives import deadline_sources as archive_dates
from archives.services.filing import retention_of
from assessment_center.accounts.enums import Role
from assessment_center.batches import annual_plan
from assessment_center.batches import deadline_sources as batch_dates
from assessment_center.batches import panels as batch_panels
from assessment_center.batches import policies as batch_policies
from assessment_center.batches.models import Announcement, AssessmentBatch
from assessment_center.batches.rules.announcement import AnnouncementFacts
from assessment_center.batches.selectors import scope_citations
from assessment_center.batches.services import opening
from assessment_center.catalog.models import Occupation, OccupationalStandard
from assessment_center.filing import policies as filing_policies
from assessment_center.filing import selectors as filing
from assessment_center.filing.services.named import named_occupation
from assessment_center.organization import services as organization
from assessment_center.personnel.enums import Grade
from assessment_center.personnel.services import add_qualification
from assessment_center.registry import ALLOWED, SYSTEM, RefusedError
from assessment_center.rulebooks import Rulebook
from candidates import policies as candidate_policies
from candidates.cases import wants_safety
from candidates.demo_portraits import portrait
from candidates.documents import authority_columns, form_code
from candidates.documents.application import application_table, copies_of
from candidates.enums import Origin, Stage
from candidates.labels import EDUCATION_LABELS
from candidates.portraits import electronic_photo, photo_rule
from candidates.samples import may_pass_many
from candidates.selectors import to_sit
from candidates.services import accounts_of_batch
from candidates.services.importing import may_import
from candidates.services.review import fee_after_review
from certificates import deadline_sources as uploads
from certificates import policies as certificate_policies
from certificates.documents import face
from certificates.services import numbering, verifying
from exams import acceptance, drawing, handed_in, policies, staffing
from exams import deadline_sources as exam_dates
from exams.documents import posting, rooms, tickets, venue, words
from exams.documents.reading import Plan, RoomPlan
from exams.enums import DrawKind
from exams.equipment.services import keeping
from exams.models import Room, Site
from exams.rules.staffing import requirement
from exams.rules.timetable import MOMENTS, timetable
from exams.services import (
    calling_off,
    custody,
    duties,
    lots,
    planning_people,
    seating,
    seating_task,
    sittings,
    violations,
)
from questionbank import rules_kept as banks
from questionbank.models import Bank
from questionbank.policies import release_moment
from questionbank.secrecy import admitted
from questionbank.services.items import accept_items
from scoring import deadline_sources as score_dates
from scoring import policies as score_policies
from scoring.public import public_list
from scoring.selectors import Stood
from scoring.services import checking, entry, results
from tests.factories import foundation as make
from tests.mutation_probes_judging import JUDGING
from tests.staff_probes import STAFF_CITED, STAFF_PROBES

START = make.at(2026, 5, 23, 8, 30)
SUBJECTS = ("theory", "practical", "review", "language")
DAY = date(2026, 5, 20)
_PORTRAIT = portrait(random.Random(1), long_hair=False)


@dataclass
class Ground:
    """What probes stand on; `batch` and all that is read anew go by `rules`."""

    batch: AssessmentBatch
    sitting: Any
    room: Any
    member: Any
    person: Any
    offering: Any
    rules: Rulebook


Probe = Callable[[Ground], Any]
PROBES: dict[str, Probe] = {**STAFF_PROBES}
CITED: dict[str, Probe] = {**STAFF_CITED}


def probe(*keys: str) -> Callable[[Probe], Probe]:
    def register(function: Probe) -> Probe:
        PROBES.update(dict.fromkeys(keys, function))
        return function

    return register


def refusal(do: Callable[[], Any]) -> str:
    """Why it is refused; other errors mean that the rules let it through."""
    try:
        do()
    except RefusedError as refused:
        return str(refused)
    except (AttributeError, TypeError, ValidationError):
        return ""
    return ""


# the clock of the day
def _moment(key: str, *subjects: str) -> Probe:
    def look(ground: Ground) -> Any:
        end = START + timedelta(minutes=90)
        return [
            (subject, each.at)
            for subject in subjects or SUBJECTS
            for each in timetable(ground.rules.settings, subject, START, end)
            if each.key == key
        ]

    return look


PROBES.update({key: _moment(key) for key in MOMENTS})
PROBES["absence_mark_at_min"] = _moment("absence_mark")
PROBES["end_reminder_min"] = _moment("end_reminder")
for _subject in ("theory", "practical", "review"):
    PROBES[f"late_limit_{_subject}_min"] = _moment("late_limit", _subject)
    PROBES[f"early_leave_{_subject}_min"] = _moment("early_leave", _subject)
PROBES["early_leave_forbidden"] = lambda g: words.board_rules(g.rules)


# filing
def _team(word: str) -> Probe:
    def look(ground: Ground) -> list[str]:
        empty = {
            "fulltime_staff": lambda _centre: [],
            "lines_of": lambda _application: [Fake(occupation="电工")],
            "assessors_of": lambda _occupation, _on: [],
        }
        with (
            mock.patch.multiple(filing, **empty),
            mock.patch.object(filing_policies, "_supervision", return_value=()),
        ):
            told = filing_policies._team(Fake(rules=ground.rules, centre=None), DAY)  # type: ignore[arg-type]
            return [each.reason for each in told if word in each.reason]

    return look


PROBES["min_fulltime_staff"] = _team("专职")
PROBES["min_assessors_per_occupation"] = _team("考评人员")
PROBES["filing_pass_score"] = lambda g: (
    filing.evaluation_of(
        Fake(rules=g.rules, marks=Fake(all=list))  # type: ignore[arg-type]
    ).pass_score
)
PROBES["own_spec_min_experts"] = lambda g: [
    each.reason
    for each in filing_policies.specification_faults(
        Fake(title="", experts=Fake(all=list)),  # type: ignore[arg-type]
        g.rules,
    )
]
PROBES["classification_edition"] = lambda g: refusal(
    lambda: named_occupation(g.rules, g.offering.occupation.code)
)

# plan, announcement, report
PROBES["annual_plan_required"] = lambda g: [
    str(each)
    for each in batch_policies.plan_faults(Fake(rules=g.rules, plan=None))  # type: ignore[arg-type]
]
PROBES["announce_lead_days"] = lambda g: [
    bool(
        list(batch_policies._lead_faults(g.batch, Announcement(number=1), DAY - timedelta(days=n)))
    )
    for n in range(90)
]
PROBES["announcement_change"] = lambda g: [
    each.reason for each in batch_policies.change_faults(Announcement(batch=g.batch, reason="x"))
]
PROBES["forbid_statutory_holidays"] = lambda g: [
    each.reason
    for each in batch_policies.holiday_faults(
        Fake(rules=g.rules, exam_starts=date(2026, 5, 1), exam_ends=date(2026, 5, 1))  # type: ignore[arg-type]
    )
]
PROBES["report_lead_workdays"] = lambda g: {
    kind: due for kind, (due, _cited) in batch_policies.report_days(g.batch).items()
}


def _due(kind: str, source: Callable[[Any], Any]) -> Probe:
    """The days by which something of this kind is due."""
    return lambda g: [each.due for each in source(g.batch) if each.kind == kind]


PROBES["filing_workdays"] = _due("archive", archive_dates.filing_deadlines)
PROBES["media_filing_workdays"] = _due("archive.media", archive_dates.filing_deadlines)
PROBES["electronic_years"] = _due("archive.keep_electronic", archive_dates.filing_deadlines)
PROBES["exam_video_months"] = _due("archive.keep_video", archive_dates.filing_deadlines)
PROBES["secrecy_video_days"] = _due("archive.keep_secrecy_video", archive_dates.filing_deadlines)
PROBES["familiarisation_day"] = _due("exams.familiarise", exam_dates.exam_deadlines)
PROBES["meeting_days_before"] = _due("exams.meeting", exam_dates.exam_deadlines)
PROBES["supervision_report_due"] = _due("exams.supervision_report", exam_dates.exam_deadlines)
PROBES["review_apply_outer"] = lambda g: [
    each.due
    for each in score_dates._requests(
        Fake(batch=g.batch, starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 12))  # type: ignore[arg-type]
    )
    if each.kind == "scoring.review_apply_outer"
]


@probe("computer_import_earliest")
def _imported(ground: Ground) -> Any:
    with mock.patch.object(exam_dates, "_by_computer", return_value=True):
        return _due("exams.computer_import", exam_dates.exam_deadlines)(ground)


def _report(status: str) -> Any:
    return Fake(submitted_at=make.at(2026, 6, 3), decided_at=make.at(2026, 6, 8), status=status)


@probe("authority_confirm_workdays")
def _confirmed(ground: Ground) -> Any:
    with mock.patch.object(
        score_dates.selectors, "results_report", return_value=_report("submitted")
    ):
        return [each.due for each in score_dates._confirmation(ground.batch)]


PROBES["authority_review_workdays"] = lambda g: [
    each.due for each in uploads._review(g.batch, _report("submitted"))
]
PROBES["correct_due_workdays"] = lambda g: [
    each.due for each in uploads._correction(g.batch, _report("returned"))
]


@probe("annual_plan_due")
def _plan_due(ground: Ground) -> Any:
    with mock.patch.object(batch_dates, "rules_on", return_value=ground.rules):
        centre = mock.MagicMock(created_at=make.at(2020, 1, 1))
        return [each.due for each in batch_dates.plan_deadlines(centre)]


CITED["filing_mode"] = lambda g: scope_citations(g.rules)
PROBES["paper_source"] = lambda g: opening.paper_origin(g.rules, None)


# offerings, filing, people
def _offered(ground: Ground, words_of: str) -> list[bool]:
    routes = ("exam", "direct", "process", "contest", "credit", "performance")
    return [
        words_of
        in refusal(lambda lv=level, r=route: opening._refuse_by_rules(ground.rules, lv, r, 100))
        for level in (None, 1, 2, 3, 4, 5)
        for route in routes
    ]


def _levels(ground: Ground) -> list[bool]:
    return [
        "没有这个等级"
        in refusal(lambda lv=level: opening._refuse_by_rules(ground.rules, lv, "", 0))
        for level in (None, 1, 2, 3, 4, 5)
    ]


PROBES["levels"] = _levels
PROBES["assessment_modes"] = lambda g: _offered(g, "评价方式")
PROBES["fee_mode"] = lambda g: fee_after_review(
    Fake(batch=g.batch, fee_cents=100)  # type: ignore[arg-type]
)
PROBES["reissue_fee"] = lambda g: accounts_of_batch.reissue_cents(g.rules)
PROBES["cancelled_subject_free"] = lambda g: refusal(
    lambda: calling_off._refuse_free(g.sitting, "postponed")
)
PROBES["expense_cap_inside"] = lambda g: [
    cap and (cap.percent, cap.left)
    for place in (None, Fake(outside=False), Fake(outside=True))
    for cap in [accounts_of_batch.cap_of(g.rules, place, 100_000, 75_000)]  # type: ignore[arg-type]
]
PROBES["expense_cap_outside"] = PROBES["expense_cap_inside"]
PROBES["subjects"] = lambda g: set(opening._subjects(g.rules, None)) - {"review"}
PROBES["optional_subjects"] = PROBES["subjects"]
PROBES["review_levels"] = lambda g: [
    "review" in opening._subjects(g.rules, level) for level in (5, 4, 3, 2, 1)
]


@probe("filing_valid_years")
def _term(ground: Ground) -> list[str]:
    with mock.patch.object(organization, "rules_of", return_value=ground.rules):
        return [
            refusal(
                lambda n=years: organization.add_filing(
                    actor=SYSTEM, centre=None, number="Y000041019001", rulebook_version=None,  # type: ignore[arg-type]
                    valid_from=date(2026, 1, 1), valid_until=date(2026 + n, 1, 1),
                )
            )
            for years in range(1, 9)
        ]  # fmt: skip


PROBES["max_occupations"] = lambda g: [
    refusal(
        lambda n=number: add_qualification(
            actor=SYSTEM, member=None, grade=Grade.ASSESSOR, valid_from=None,  # type: ignore[arg-type]
            occupations=[Occupation() for _ in range(n)], rules=g.rules,
        )
    )
    for number in range(9)
]  # fmt: skip

# candidates
PROBES["paper_photo"] = lambda g: (photo_rule(g.rules).paper, photo_rule(g.rules).wanted)
PROBES["ephoto"] = lambda g: (photo_rule(g.rules).size, len(electronic_photo(_PORTRAIT, g.rules)))
PROBES["application_form_code"] = lambda g: form_code(g.batch)
PROBES["site_sign"] = lambda g: venue._site_words(g.batch)
PROBES["application_copies"] = lambda g: copies_of(g.batch)
PROBES["allow_proxy_entry"] = lambda g: (
    "本人填报" in refusal(lambda: may_import(SYSTEM, g.batch, None))
)
PROBES["call_off_by"] = lambda g: refusal(lambda: calling_off._refuse_form(g.sitting, "停电", ""))
PROBES["announcement_parts"] = lambda g: [
    each.reason
    for each in batch_policies.content_faults(
        Announcement(batch=g.batch, number=1, body="x"),
        AnnouncementFacts((), "t", "t", "t", "t", "t", "t"),
    )
]
PROBES["annual_plan_parts"] = lambda g: annual_plan._parts(g.rules)


@probe("annual_plan_filed")
def _to_file(ground: Ground) -> int:
    make.make_plan(timezone.localdate().year)
    with (
        mock.patch.object(batch_panels, "rules_on", return_value=ground.rules),
        mock.patch.object(batch_panels, "active_centre", return_value=ground.batch.centre),
    ):
        return len(batch_panels.plans_to_file(SYSTEM))


PROBES["report_arrangement"] = lambda g: [
    handed_in.wanted(g.batch, part)
    for part in (handed_in.ROOMS, handed_in.SEATING, handed_in.STAFFING)
]
PROBES["report_columns"] = lambda g: [each.key for each in authority_columns(g.batch)]
PROBES["review_one_by_one"] = lambda g: bool(may_pass_many(g.batch, Stage.SECOND, SYSTEM))
PROBES["safety_agreement"] = lambda g: wants_safety(_dangerous(g))
PROBES["application_fields"] = lambda g: [
    cell.label and cell.text
    for row in application_table(g.batch.applications.order_by("number").first()).rows
    for cell in row.cells[:1]
]


def _dangerous(ground: Ground) -> AssessmentBatch:
    OccupationalStandard.objects.update(hazardous=True)
    return ground.batch


PROBES["double_commitment"] = lambda g: str(
    candidate_policies._complete(Fake(origin=Origin.SHEET, batch=g.batch))  # type: ignore[arg-type]
)


@probe("candidate_scope")
def _circle(ground: Ground) -> list[bool]:
    """Somebody from outside, a student, and a member of the staff: who is turned away."""
    people = ((None, False), (Fake(status="enrolled"), False), (None, True))
    found = []
    for student, staff in people:
        with mock.patch.object(candidate_policies, "is_own_staff", return_value=staff):
            outcome = candidate_policies.own_people(Fake(student=student), ground.batch)  # type: ignore[arg-type]
        found.append(bool(outcome))
    return found


PROBES["exam_students_final_year"] = lambda g: bool(
    candidate_policies.far_enough(
        Fake(student=Fake(status="enrolled"), staff_member=None),  # type: ignore[arg-type]
        Fake(route="exam"),  # type: ignore[arg-type]
        g.batch,
    )
)
PROBES["candidate_scope_extendable"] = PROBES["candidate_scope"]
PROBES["resit_max"] = lambda g: to_sit(g.person, g.offering, g.offering.batch)


@probe("single_pass_valid_months")
def _valid(ground: Ground) -> list[Any]:
    with mock.patch.object(results, "grant_subject_pass") as grant:
        row = Fake(subjects=[{"subject": "theory", "passed": True}], application=None, subject=None)
        results._grant_passes(SYSTEM, ground.batch, [row])  # type: ignore[list-item]
    return [each.kwargs["valid_until"] for each in grant.call_args_list]


# rooms, seats, posts
def _fit(subject: str = "theory", **facts: Any) -> Probe:
    given = {"kind": "theory", "is_active": True, "has_video": True, "spacing_cm": None, **facts}
    return lambda g: (
        policies.room_fits(Room(site=Site(name="校内"), name="一室", **given), g.rules, subject)
        == ALLOWED
    )


PROBES["allow_tiered_room"] = _fit(is_tiered=True)
PROBES["video_required"] = _fit(has_video=False)
PROBES["seat_spacing_cm"] = lambda g: [_fit(spacing_cm=cm)(g) for cm in range(50, 160)]
PROBES["room_capacity_max"] = lambda g: seating_task.shape_of(
    Fake(capacity=200, blocked=[], broken=[], reserved=[], accessible=[], rows=10, columns=20),
    "theory",
    g.rules,  # type: ignore[arg-type]
)
PROBES["theory_arrangement"] = lambda g: seating_task.mixing_of(g.sitting, g.rules)


@probe("room_capacity_warn")
def _crowded(ground: Ground) -> list[list[int]]:
    found = []
    for size in range(20, 60):
        plan = mock.MagicMock(seats=[Fake(room=0)] * size)
        task = Fake(rooms=[Fake(number=1)], mixing="mixed", crowded=[])
        found.append(seating._quality(plan, task, ground.rules)["crowded"])  # type: ignore[arg-type]
    return found


@probe("seat_numbering")
def _numbered(ground: Ground) -> list[tuple[int, int, int]]:
    plan = seating._solve(seating.task_of(ground.sitting), ground.sitting)
    return sorted((each.number, each.row, each.column) for each in plan.seats)


def _panel(subject: str) -> Probe:
    return lambda g: requirement(g.rules.settings, subject, 9).number


PROBES["proctor_rule"] = lambda g: [
    requirement(g.rules.settings, "theory", n).number for n in range(1, 99)
]
PROBES["assessor_min"] = PROBES["assessor_odd"] = _panel("practical")
PROBES["assessor_per_module"] = _panel("practical")
PROBES["judge_min"] = PROBES["judge_odd"] = _panel("review")
PROBES["supervisor_min"] = lambda g: staffing.whole_posts(g.rules)
PROBES["supervisor_random"] = lambda g: DrawKind.SUPERVISOR in drawing.kinds_for(g.rules, "theory")
PROBES["avoidance"] = lambda g: [
    bool(policies.avoidance(g.rules, {make.id_number: {tie: "x"}}, post).barred)  # type: ignore[dict-item]
    for tie in ("kin", "spouse", "teacher", "friend", "interest", "other")
    for post in ("assessor", "proctor", "supervisor", "exam_staff", "chief_examiner")
]
PROBES["grade_levels"] = lambda g: [
    staffing._covers(
        g.rules,
        mock.MagicMock(grade=grade, levels=[]),
        Fake(level=level, occupation_id=1),  # type: ignore[arg-type]
    )
    for grade in ("assessor", "senior_assessor")
    for level in (5, 4, 3, 2, 1)
]
PROBES["leader_min_years"] = lambda g: [
    lots._may_lead(
        g.sitting,
        [Fake(grade=Grade.ASSESSOR, valid_from=date(2026 - years, 1, 1), hired=True)],  # type: ignore[list-item]
    )
    for years in range(9)
]
PROBES["workstation_assignment"] = lambda g: (
    DrawKind.WORKSTATION in drawing.kinds_for(g.rules, "practical")
)
PROBES["assessor_dispatch_by"] = lambda g: (
    planning_people.Judges(g.batch).of("practical", g.offering, 10)[0] == 0
)
PROBES["room_accepted_for"] = lambda g: [
    acceptance.must_be_accepted(g.rules, each) is None
    for each in ("theory", "practical", "language", "review")
]
CITED["review_order"] = lambda g: policies.on_site_lots(g.rules, "review")
PROBES["forbidden_pairs"] = lambda g: [
    policies.double_post(g.rules, g.member, post, g.batch) == ALLOWED
    for post in ("assessor", "panel_leader", "proctor", "exam_staff", "chief_examiner")
]


@probe("rotation_min_ratio")
def _rotated(ground: Ground) -> list[bool]:
    now = [Fake(member_id=n, post="assessor") for n in range(12)]
    found = []
    for stayed in range(13):
        with mock.patch.object(staffing, "last_panel", return_value=set(range(stayed))):
            found.append(bool(duties._rotation(ground.sitting, now)))  # type: ignore[arg-type]
    return found


@probe("theory_single_slot_per_batch")
def _second_time(ground: Ground) -> str:
    slot = Fake(starts_at=START, ends_at=START + timedelta(hours=1), subject="theory")
    with mock.patch.object(sittings, "_other_time", return_value=True):
        return refusal(lambda: sittings.check_time(ground.batch, slot))  # type: ignore[arg-type]


PROBES["ticket_issue_workdays_before"] = _due("exams.tickets", exam_dates.exam_deadlines)
PROBES["ticket_seal"] = lambda g: tickets.seal_place(g.rules)
PROBES["accepted_id_types"] = lambda g: words.accepted_papers(g.rules)
PROBES["room_ready_days_before"] = _due("exams.rooms_ready", exam_dates.exam_deadlines)
PROBES["fingerprint_for_subsidised"] = lambda g: [
    column.label
    for made in rooms.sign_in(Plan(g.batch, ()), RoomPlan(g.room, ()))
    for column in made.item.columns
]
PROBES["label_corner"] = lambda g: [
    made.label for made in rooms.desk_labels(Plan(g.batch, ()), RoomPlan(g.room, ()))
]
for _key, _word in (("toilet_escorts", "如厕"), ("allow_return", "返回考场")):
    PROBES[_key] = partial(
        lambda word, g: [line for line in posting.room_rules(g.rules) if word in line], _word
    )


# papers and banks
PROBES["paper_pickup_earliest"] = lambda g: release_moment(g.batch, START)


@probe("seal_witness_count")
def _witnessed(ground: Ground) -> list[str]:
    packet = Fake(sitting_room=Fake(sitting=ground.sitting), count=1)
    hands = Fake(moment=ground.sitting.starts_at)
    with mock.patch.object(custody, "_step"):
        return [
            refusal(
                lambda n=number: custody.open_packet(
                    actor=SYSTEM, packet=packet, hands=hands,  # type: ignore[arg-type]
                    witnesses=[f"考生{k}" for k in range(n)],
                )
            )
            for number in range(6)
        ]  # fmt: skip


def _bank_size(subject: str, look: Callable[[Any], Any]) -> Probe:
    def see(ground: Ground) -> list[str]:
        bank = Bank(occupation=Occupation(name="电工"), level=4, subject=subject)
        found = []
        with (
            mock.patch.object(banks, "_own", return_value=[bank]),
            mock.patch.object(banks, "bank_sizes") as sizes,
        ):
            for size in (*range(60), *range(60, 3200, 10)):
                sizes.return_value = {1: (bank, size)}
                found.append(type(look(ground.batch)).__name__)
        return found

    return see


PROBES["bank_theory_min"] = _bank_size("theory", banks.theory_banks_are_large_enough)
PROBES["bank_practical_min"] = _bank_size("practical", banks.practical_banks_are_large_enough)
PROBES["bank_review_min"] = _bank_size("review", banks.review_banks_are_large_enough)


def _points(ground: Ground) -> list[str]:
    """A bank of so many points in one area of all the weight: enough or too few."""
    bank = mock.MagicMock(subject="theory")
    found = []
    with (
        mock.patch.object(banks, "_own", return_value=[bank]),
        mock.patch.object(banks, "_named", side_effect=lambda _bank, words: words),
    ):
        for n in range(130, 240):
            area = [{"area": "全部", "n": n, "share": 100}]
            bank.points.values.return_value.annotate.return_value.order_by.return_value = area
            found.append(str(banks.theory_banks_have_points_enough(ground.batch)))
    return found


PROBES["points_min"] = PROBES["points_weight_factor"] = _points


@probe("paper_overlap_max")
def _overlap(ground: Ground) -> list[bool]:
    found = []
    for share in range(40):
        with mock.patch.object(
            banks, "_repeated", side_effect=lambda _p, most, n=share: n > most * 100
        ):
            papers = mock.MagicMock()
            papers.filter.return_value.distinct.return_value.select_related.return_value = [1]
            batch = Fake(rules=ground.rules, papers=papers)
            found.append(type(banks.papers_repeat_little(batch)).__name__ == "Failed")
    return found


PROBES["accept_min"] = lambda g: [
    refusal(
        lambda n=number: accept_items(
            actor=SYSTEM,
            bank=None,
            experts=list(range(n)),
            opinion="",
            rules=g.rules,  # type: ignore[arg-type]
        )
    )
    for number in range(1, 12)
]

PROBES["bank_secrecy"] = lambda g: str(
    admitted(make.make_user(Role.ITEM_WRITER).as_actor(), g.rules)
)

# violations and incidents
PROBES["block_remaining_subjects_after_theory_cheating"] = lambda g: violations._effects(
    g.rules,
    Fake(cheating=True),
    Fake(effects=()),
    g.sitting,  # type: ignore[arg-type]
)


@probe("ban_years")
def _banned(ground: Ground) -> Any:
    violation = mock.MagicMock(happened_at=START)
    with mock.patch.object(violations, "impose_ban") as impose:
        violations._ban(SYSTEM, violation, ground.rules, Fake(cite=()))  # type: ignore[arg-type]
    return impose.call_args.kwargs["until"]


@probe("first_report_minutes")
def _in_time(ground: Ground) -> list[bool]:
    return [
        violations.record_incident(
            actor=SYSTEM, sitting=ground.sitting, kind="equipment", text="停电",
            happened_at=START, reported_at=START + timedelta(minutes=minutes), reported_to="中心",
        ).is_late
        for minutes in range(8, 14)
    ]  # fmt: skip


# marks and results
def _marked(state: str) -> Probe:
    return lambda g: checking._outcome(g.batch, "theory", Stood(state), [])["score"]


PROBES["absent_score"] = _marked("absent")
PROBES["cheat_score"] = _marked("void")
PROBES["full_score"] = lambda g: [
    entry.mark_problem(g.batch, Decimal(mark), "x") for mark in range(90, 130)
]
PROBES["zero_needs_reason"] = lambda g: entry.mark_problem(g.batch, Decimal(0), "")


@probe("pass_score")
def _reached(ground: Ground) -> list[bool]:
    return [
        checking._outcome(
            ground.batch, "theory", Stood("present"),
            [Fake(round=each, score=Decimal(mark)) for each in ("first", "second")],  # type: ignore[misc]
        )["passed"]
        for mark in range(40, 90)
    ]  # fmt: skip


@probe("all_subjects")
def _whole(ground: Ground) -> bool:
    scores = {
        "theory": Fake(passed=True, standing="scored", score=Decimal(80)),
        "practical": Fake(passed=False, standing="scored", score=Decimal(50)),
    }
    row = Fake(subjects=list(scores))
    return bool(results.outcome(ground.batch, row, scores)["passed"])  # type: ignore[arg-type]


PROBES["grade_bands"] = lambda g: [
    results._grade(g.batch, {"theory": Fake(score=Decimal(mark))})
    for mark in range(101)  # type: ignore[dict-item]
]


@probe("score_report_from", "score_report_workdays")
def _report_due(ground: Ground) -> Any:
    publicity = Fake(ends_on=date(2026, 6, 12))
    with (
        mock.patch.object(score_policies.selectors, "publicity_of", return_value=publicity),
        mock.patch.object(score_policies.selectors, "marking_end", return_value=date(2026, 5, 28)),
    ):
        due = score_policies.report_due(ground.batch)
    return due and due.day


PROBES["publicity_min_workdays"] = lambda g: score_policies.publicity_end(g.batch, DAY).day
PROBES["publish_after_workdays"] = lambda g: getattr(score_policies.exam_wait(g.batch), "day", None)
PROBES["publicity_fields"] = lambda g: public_list(g.batch).keys
PROBES["review_apply"] = lambda g: getattr(
    score_policies.review_deadline(
        Fake(batch=g.batch, starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 12))  # type: ignore[arg-type]
    ),
    "day",
    None,
)
PROBES["review_reply_workdays"] = lambda g: getattr(
    score_policies.reply_due(
        Fake(result=Fake(batch=g.batch), requested_at=make.at(2026, 6, 3))  # type: ignore[arg-type]
    ),
    "day",
    None,
)


@probe("report_before_publicity")
def _unreported(ground: Ground) -> str:
    with mock.patch.object(results.FinalResult, "objects"):
        return refusal(
            lambda: results.publish(
                actor=SYSTEM, batch=ground.batch, place="网站",
                starts_on=date(2020, 1, 1), ends_on=date(2020, 1, 2),
            )
        )  # fmt: skip


# certificates and archives
def _face(key: str) -> Probe:
    def look(ground: Ground) -> str:
        offering = Fake(level=4, job=None, occupation=Fake(name="电工"))
        person = Fake(name="甲", id_kind="resident", id_masked="1")
        application = Fake(offering=offering, person=person)
        one = Fake(
            application=application,
            batch=ground.batch,
            number="1",
            basis=Fake(grade_label=""),
            origin="centre",
        )
        return face.face_of(one)[key]  # type: ignore[arg-type]

    return look


PROBES["certificate_title"] = _face("title")
PROBES["empty_job_mark"] = _face("job")
PROBES["level_label"] = _face("level")
PROBES["certificate_printer"] = lambda g: certificate_policies.printed_outside(g.batch)
PROBES["numbering_needs_approval"] = lambda g: any(
    "主管部门审核" in each.reason for each in certificate_policies.numbering_faults(g.batch, DAY)
)
PROBES["certno_pattern"] = lambda g: (
    refusal(lambda: numbering._Numbers(g.batch, "Y000050012345", 2026, 4).at(1))
    or numbering._Numbers(g.batch, "Y000050012345", 2026, 4).at(1)
)


@probe("query_min_facts")
def _asked(ground: Ground) -> list[bool]:
    one = Fake(
        batch=ground.batch, number="1", face={"name": "甲"},
        application=Fake(person=Fake(id_lookup=b"x")),
    )  # fmt: skip
    two = verifying.Query(number="1", name="甲")
    three = verifying.Query(number="1", name="甲", id_number="2")
    return [
        verifying._fits(one, two, []),  # type: ignore[arg-type]
        verifying._fits(one, three, [b"x"]),  # type: ignore[arg-type]
    ]


def _printed(ground: Ground) -> Any:
    one = Fake(
        face=dict.fromkeys(("title", "name", "id_type", "occupation", "job", "level", "number",
                            "centre", "grade"), "x"),
        batch=ground.batch, issued_on=None, token="t",
        application=Fake(person=Fake(photo=None), photo=None),
    )  # fmt: skip
    with mock.patch.object(face, "id_number", return_value="1"):
        return face._sheet(one, "http://x")  # type: ignore[arg-type]


PROBES["query_urls"] = lambda g: _printed(g).queries
PROBES["certificate_english"] = lambda g: (_printed(g).title_en, _printed(g).statement_en)


@probe("fill_font")
def _font(ground: Ground) -> Any:
    with (
        mock.patch.object(face, "_sheet"),
        mock.patch.object(face.pdf, "certificate") as drawn,
    ):
        face.render([Fake(batch=ground.batch)], site="http://x")  # type: ignore[list-item]
    return drawn.call_args.kwargs["face"], drawn.call_args.kwargs["size"]


@probe("upload_due")
def _upload(ground: Ground) -> list[date]:
    with mock.patch.object(certificate_policies, "issue_day", return_value=date(2026, 6, 20)):
        return [each.due for each in uploads.upload_deadlines(ground.batch)]


@probe("late_reason")
def _late_upload(ground: Ground) -> bool:
    with mock.patch.object(certificate_policies, "issue_day", return_value=date(2026, 6, 20)):
        return certificate_policies.upload_in_time(ground.batch, date(2029, 1, 5), "") == ALLOWED


@probe("forbidden_words")
def _forbidden(ground: Ground) -> list[str]:
    """What is refused of a title that holds many of the words one might forbid."""
    title = Fake(value="中国国家全国职业资格另一词证书")
    settings = ground.rules.settings
    batch = Fake(
        centre=Fake(name="学院"),
        rules=Fake(
            settings=Fake(certificate_title=title, forbidden_words=settings.forbidden_words)
        ),
    )
    return [each.reason for each in certificate_policies._wording(batch)]  # type: ignore[arg-type]


# equipment
def _kept(ground: Ground) -> list[str]:
    """Who of each education may keep the equipment."""
    with mock.patch.object(keeping, "rules_now", return_value=ground.rules):
        return [
            refusal(lambda e=each: keeping._refuse_unqualified(e, 3)) for each in EDUCATION_LABELS
        ]


PROBES["keeper_education"] = _kept
PROBES.update(JUDGING)
PROBES["paper_years"] = lambda g: retention_of(g.rules, "no such kind").years
