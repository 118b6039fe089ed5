"""Who may open what: every address of the site has its line here, or `test_urls` fails.

A `Page` says whose it is (`PUBLIC`, `CANDIDATE`, or the acts of which staff need one), whether it
answers to reading or only to a posted act, and which object of the world its address names.
Registers of the admin site need no line: their rule follows from their own `view_act` and so on.
"""

from dataclasses import dataclass, field
from typing import Literal

from assessment_center.accounts.enums import Act

PUBLIC: Literal["public"] = "public"
CANDIDATE: Literal["candidate"] = "candidate"


@dataclass(frozen=True)
class Page:
    """One address. `named` maps what the pattern calls its parts to objects of the world.

    `answers` are the statuses of a permitted GET.
    """

    who: Literal["public", "candidate"] | frozenset[Act]
    named: dict[str, str] = field(default_factory=dict)
    posted: bool = False
    answers: frozenset[int] = frozenset({200})


def _staff(
    *acts: Act, posted: bool = False, answers: tuple[int, ...] = (200,), **named: str
) -> Page:
    return Page(frozenset(acts), named, posted, frozenset(answers))


def _act(*acts: Act, **named: str) -> Page:
    return _staff(*acts, posted=True, **named)


def _own(*, posted: bool = False, answers: tuple[int, ...] = (200,), **named: str) -> Page:
    return Page(CANDIDATE, named, posted, frozenset(answers))


def _public(*, posted: bool = False, answers: tuple[int, ...] = (200,), **named: str) -> Page:
    return Page(PUBLIC, named, posted, frozenset(answers))


FOUNDATION = {
    "public:home": _public(),
    "public:announcement": _public(pk="announcement"),
    "public:language": _public(posted=True),
    "public:healthz": _public(answers=(200, 503)),
    "batches_office:list": _staff(Act.BATCH_VIEW),
    "batches_office:batch": _staff(Act.BATCH_VIEW),
    "batches_office:jobs": _staff(Act.BATCH_VIEW),
    "batches_office:documents": _staff(Act.BATCH_VIEW),
    "batches_office:print": _staff(Act.BATCH_VIEW, slug="document"),
    "batches_office:trail": _staff(Act.AUDIT_VIEW),
    "appraisals_office:index": _staff(Act.PEOPLE_VIEW, answers=(303,)),
    "appraisals_office:year": _staff(Act.PEOPLE_VIEW, year="year", branch="branch"),
    "appraisals_office:draft": _act(Act.PEOPLE_MANAGE, year="year", branch="branch"),
    "appraisals_office:report": _act(Act.PEOPLE_MANAGE, year="year", branch="branch"),
    "appraisals_office:year_forms": _staff(
        Act.PEOPLE_VIEW, answers=(200, 303), year="year", branch="branch"
    ),
    "appraisals_office:year_results": _staff(
        Act.PEOPLE_VIEW, answers=(200, 303), year="year", branch="branch"
    ),
    "appraisals_office:summaries": _staff(Act.PEOPLE_VIEW, answers=(200, 303), year="year"),
    "appraisals_office:ledger": _staff(Act.PEOPLE_VIEW),
    "appraisals_office:member": _staff(Act.PEOPLE_VIEW, pk="judged"),
    "appraisals_office:file": _staff(Act.PEOPLE_VIEW, pk="judged"),
    "appraisals_office:write": _act(Act.PEOPLE_MANAGE, pk="appraisal"),
    "appraisals_office:confirm": _act(Act.STAFF_DECIDE, pk="appraisal"),
    "appraisals_office:correct": _act(Act.PEOPLE_MANAGE, pk="dispatch"),
    "appraisals_office:session": _staff(Act.EXAM_RECORD, Act.PEOPLE_VIEW, session="session"),
    "appraisals_office:session_forms": _staff(Act.EXAM_RECORD, Act.PEOPLE_VIEW, session="session"),
    "appraisals_office:rate": _act(Act.EXAM_RECORD, session="session", pk="judged"),
    "appraisals_office:cases": _staff(Act.PEOPLE_VIEW),
    "appraisals_office:enter": _act(Act.PEOPLE_MANAGE),
    "appraisals_office:case": _staff(Act.PEOPLE_VIEW, pk="case"),
    "appraisals_office:letter": _staff(Act.PEOPLE_VIEW, pk="case"),
    "appraisals_office:decide": _act(Act.STAFF_DECIDE, pk="case"),
    "appraisals_office:case_report": _act(Act.PEOPLE_MANAGE, pk="case"),
    "appraisals_office:appeal": _act(Act.STAFF_DECIDE, pk="case"),
    "appraisals_office:corrected": _act(Act.PEOPLE_MANAGE, pk="case"),
    "batches_process:index": _staff(Act.BATCH_VIEW),
    "batches_process:bases": _staff(Act.BATCH_VIEW),
    "batches_process:basis_retire": _act(Act.BATCH_PLAN, key="basis"),
    "batches_process:plan": _staff(Act.BATCH_VIEW, year="year"),
    "batches_process:plan_approve": _act(Act.PLAN_APPROVE, year="year"),
    "batches_process:plan_print": _staff(Act.BATCH_VIEW, year="year"),
    "batches_process:plan_file": _act(Act.REPORT, year="year"),
    "batches_process:year": _staff(Act.BATCH_VIEW, year="year"),
    "batches_process:year_print": _staff(Act.BATCH_VIEW, year="year"),
    "batches_process:year_workbook": _staff(Act.BATCH_VIEW, year="year"),
    "batches_process:plan_line_remove": _act(Act.BATCH_PLAN, key="plan_line"),
    "batches_process:batch_new": _staff(Act.BATCH_PLAN),
    "batches_process:offerings": _staff(Act.BATCH_VIEW),
    "batches_process:offering_remove": _act(Act.BATCH_PLAN, key="offering"),
    "batches_process:announcements": _staff(Act.BATCH_VIEW),
    "batches_process:draft": _act(Act.BATCH_PLAN),
    "batches_process:change": _staff(Act.BATCH_PLAN),
    "batches_process:discard": _act(Act.BATCH_PLAN, key="draft"),
    "batches_process:publish": _act(Act.ANNOUNCE, key="draft"),
    "batches_process:close": _act(Act.BATCH_PLAN),
    "batches_process:report": _staff(Act.BATCH_VIEW),
    "batches_process:submit": _act(Act.REPORT),
    "batches_process:papers": _act(Act.REPORT, kind="report_kind"),
    "batches_process:receive": _act(Act.REPORT, key="report"),
    "batches_process:decide": _act(Act.REPORT, key="report"),
    "batches_process:supplement": _act(Act.REPORT, key="report"),
    "deadlines_office:index": _staff(Act.BATCH_VIEW, Act.CENTRE_VIEW),
    "deadlines_office:batch": _staff(Act.BATCH_VIEW),
    "deadlines_office:calendar": _staff(Act.HOME),
    "deadlines_office:revoke": _act(Act.HOME),
    "deadlines_office:tick": _act(Act.BATCH_VIEW, Act.CENTRE_VIEW, key="deadline"),
    "deadlines_office:untick": _act(Act.BATCH_VIEW, Act.CENTRE_VIEW, key="deadline"),
    "calendar:feed": _public(secret="calendar_secret"),
    "filing_office:list": _staff(Act.CENTRE_VIEW),
    "filing_office:today": _staff(Act.CENTRE_VIEW),
    "filing_office:export": _staff(Act.CENTRE_VIEW, answers=(200, 303)),
    "filing_office:cease": _act(Act.CENTRE_MANAGE),
    "filing_office:new": _staff(Act.CENTRE_MANAGE),
    "filing_office:school": _staff(Act.CENTRE_VIEW),
    "filing_office:regulations": _staff(Act.CENTRE_VIEW),
    "filing_office:regulation_end": _act(Act.CENTRE_MANAGE, pk="regulation"),
    "filing_office:units": _staff(Act.CENTRE_VIEW),
    "filing_office:unit_succeed": _act(Act.CENTRE_MANAGE, pk="unit"),
    "filing_office:unit_join": _act(Act.CENTRE_MANAGE, pk="unit"),
    "filing_office:member_leave": _act(Act.CENTRE_MANAGE, pk="unit_member"),
    "filing_office:specifications": _staff(Act.CENTRE_VIEW),
    "filing_office:specification": _staff(Act.CENTRE_VIEW, pk="specification"),
    "filing_office:specification_review": _act(Act.CENTRE_MANAGE, pk="specification"),
    "filing_office:paper": _staff(Act.CENTRE_MANAGE, pk="filing_paper"),
    "filing_office:paper_drop": _act(Act.CENTRE_MANAGE, pk="filing_paper"),
    "filing_office:line_drop": _act(Act.CENTRE_MANAGE, pk="filing_line"),
    "filing_office:application": _staff(Act.CENTRE_VIEW, pk="filing_request"),
    "filing_office:scope": _staff(Act.CENTRE_VIEW, pk="filing_request"),
    "filing_office:assessment": _staff(Act.CENTRE_VIEW, pk="filing_request"),
    "filing_office:plan": _staff(Act.CENTRE_VIEW, pk="filing_request"),
    "filing_office:reply": _staff(Act.CENTRE_MANAGE, pk="filing_request"),
    "filing_office:opinion": _act(Act.CENTRE_MANAGE, pk="filing_request"),
    "filing_office:produce": _act(Act.CENTRE_MANAGE, pk="filing_request"),
    "filing_office:package": _staff(Act.CENTRE_MANAGE, answers=(200, 303), pk="filing_request"),
    "filing_office:paper_add": _act(Act.CENTRE_MANAGE, pk="filing_request", code="filing_material"),
    "filing_office:print": _staff(Act.CENTRE_MANAGE, pk="filing_request", code="filing_print"),
    "filing_office:move": _act(Act.CENTRE_MANAGE, pk="filing_request", name="filing_move"),
    "rulebooks_office:index": _staff(Act.RULES_VIEW),
    "rulebooks_office:compare": _staff(Act.RULES_VIEW),
    "rulebooks_office:detail": _staff(Act.RULES_VIEW, code="rulebook"),
    "rulebooks_office:conflicts": _staff(Act.RULES_VIEW, code="rulebook"),
    "rulebooks_office:overrides": _staff(Act.RULES_VIEW, code="rulebook"),
    "rulebooks_office:enter_override": _staff(Act.RULES_OVERRIDE, code="rulebook"),
    "rulebooks_office:withdraw": _staff(
        Act.RULES_OVERRIDE, posted=True, code="rulebook", pk="rule_override"
    ),
    "conformance_office:batch": _staff(Act.CONFORMANCE_VIEW),
    "conformance_office:rule": _staff(Act.CONFORMANCE_VIEW, rule="manual_rule"),
    "conformance_office:confirm": _act(Act.CONFORMANCE_VIEW, rule="manual_rule"),
    "conformance_office:revoke": _act(Act.CONFORMANCE_VIEW, rule="manual_rule"),
    "conformance_office:report": _act(Act.CONFORMANCE_VIEW),
    "conformance_office:attachment": _staff(
        Act.CONFORMANCE_VIEW, rule="manual_rule", pk="confirmation"
    ),
    "jobs_office:list": _staff(Act.HOME),
    "paper_office:find": _staff(Act.HOME),
    "paper_office:sheet": _staff(Act.HOME, code="sheet_code"),
    "paper_office:scanned": _staff(Act.HOME, answers=(302,), code="sheet_code"),
    "accounts_office:code": _public(answers=(303,)),
    "accounts_office:redeem": _public(),
    "accounts_office:mine": _staff(Act.HOME),
    "accounts_office:factor": _staff(Act.HOME),
    "accounts_office:recovery": _act(Act.HOME),
    "accounts_office:end_others": _act(Act.HOME),
    "accounts_office:end_one": _act(Act.HOME, pk="none"),
    "accounts_office:act_for": _act(Act.HOME),
    "accounts_office:safety": _staff(Act.ACCOUNT_MANAGE, Act.SECOND_FACTOR_RESET),
    "accounts_office:lift": _act(Act.ACCOUNT_MANAGE, pk="block"),
    "accounts_office:member": _staff(Act.ACCOUNT_MANAGE, Act.SECOND_FACTOR_RESET, pk="member"),
    "accounts_office:reset_password": _act(Act.ACCOUNT_MANAGE, pk="member"),
    "accounts_office:reset_factor": _act(Act.SECOND_FACTOR_RESET, pk="member"),
    "accounts_office:end_sessions": _act(Act.ACCOUNT_MANAGE, pk="member"),
    "accounts_office:deputies": _staff(Act.DEPUTY_APPOINT, Act.ACCOUNT_MANAGE),
    "accounts_office:deputy_end": _act(Act.HOME, pk="deputyship"),
    "opening_office:index": _staff(Act.CENTRE_VIEW),
    "opening_office:begin": _act(Act.CENTRE_MANAGE),
    "opening_office:kind": _staff(Act.CENTRE_MANAGE, key="opening_kind"),
    "opening_office:template": _staff(Act.CENTRE_MANAGE, key="opening_kind"),
    "opening_office:none": _act(Act.CENTRE_MANAGE, key="opening_kind"),
    "opening_office:drop": _act(Act.CENTRE_MANAGE, key="opening_kind"),
    "opening_office:prepare": _act(Act.CENTRE_MANAGE),
    "opening_office:sign": _act(Act.CENTRE_MANAGE),
    "opening_office:give_back": _act(Act.CENTRE_MANAGE),
    "opening_office:reopen": _act(Act.CENTRE_MANAGE),
    "opening_office:protocol": _staff(Act.CENTRE_VIEW),
    "campus:begin": _public(answers=(404,), who="campus_door"),
    "campus:callback": _public(answers=(404,)),
    "personnel_office:home": _staff(Act.PEOPLE_VIEW),
    "personnel_office:member": _staff(Act.PEOPLE_VIEW, pk="staff_member"),
    "personnel_office:training": _staff(Act.PEOPLE_VIEW),
    "personnel_office:training_add": _act(Act.PEOPLE_MANAGE),
    "personnel_office:hire_all": _act(Act.PEOPLE_MANAGE),
    "personnel_office:print_list": _staff(Act.PEOPLE_VIEW, slug="staff_list"),
    "personnel_office:print": _staff(Act.PEOPLE_VIEW, slug="staff_form", pk="staff_member"),
    "personnel_office:facts": _act(Act.PEOPLE_MANAGE, pk="staff_member"),
    "personnel_office:apply": _act(Act.PEOPLE_MANAGE, pk="staff_member"),
    "personnel_office:hire": _act(Act.PEOPLE_MANAGE, pk="staff_member"),
    "personnel_office:promise": _act(Act.PEOPLE_MANAGE, pk="staff_member"),
    "personnel_office:tie": _act(Act.PEOPLE_MANAGE, pk="staff_member"),
    "personnel_office:move": _act(Act.PEOPLE_MANAGE, pk="staff_application", name="staff_move"),
    "personnel_office:exam": _act(Act.PEOPLE_MANAGE, pk="staff_application"),
    "personnel_office:card": _act(Act.PEOPLE_MANAGE, pk="staff_application"),
    "personnel_office:revoke": _act(Act.PEOPLE_MANAGE, pk="staff_card"),
    "personnel_office:sign": _act(Act.PEOPLE_MANAGE, pk="staff_contract"),
    "personnel_office:end": _act(Act.PEOPLE_MANAGE, pk="staff_contract"),
    "personnel_office:review": _act(Act.PEOPLE_MANAGE, pk="staff_contract"),
    "catalog_office:rates": _staff(Act.BATCH_VIEW),
    "catalog_office:related": _staff(Act.BATCH_VIEW),
    "catalog_office:drop": _act(Act.CENTRE_MANAGE, pk="related_occupation"),
    "people_office:find": _staff(Act.PEOPLE_VIEW),
    "people_office:reveal": _staff(Act.PEOPLE_VIEW, Act.APPLICATION_VIEW, pk="person"),
    "people_office:disclosures": _staff(Act.DISCLOSURE_VIEW),
    "first_day:guide": _staff(Act.CENTRE_VIEW),
    "first_day:begin": _public(answers=(404,)),
    "first_day:rulebook": _staff(Act.CENTRE_MANAGE),
    "first_day:step": _staff(Act.PEOPLE_MANAGE, key="setup_step"),
    "first_day:template": _staff(Act.CENTRE_VIEW, key="setup_step"),
    "first_day:record": _staff(Act.PEOPLE_MANAGE, key="setup_step"),
    "first_day:upload": _staff(Act.CENTRE_VIEW, answers=(200, 404), pk="sheet_upload"),
    "first_day:apply": _act(Act.CENTRE_VIEW, pk="sheet_upload"),
    "first_day:problems": _staff(Act.CENTRE_VIEW, answers=(200, 404), pk="sheet_upload"),
    "first_day:slips": _staff(Act.PEOPLE_MANAGE, Act.ACCOUNT_MANAGE),
    "first_day:print_class": _act(Act.PEOPLE_MANAGE, pk="school_class"),
    "first_day:print_person": _act(Act.PEOPLE_MANAGE, pk="student_record"),
    "first_day:print_staff": _act(Act.ACCOUNT_MANAGE),
    "audit_office:list": _staff(Act.AUDIT_VIEW),
    "audit_office:verify": _act(Act.AUDIT_VIEW),
}

# A job belongs to whoever ordered it: `test_a_job_is_seen_by_who_ordered_it` takes these.
JOBS = {"jobs_office:job", "jobs_office:state", "jobs_office:file", "jobs_office:retry"}
JOBS |= {"candidates_office:import_job", "candidates_office:commit"}

ONE = {"pk": "application"}
CANDIDATES = {
    "candidates_office:home": _staff(Act.APPLICATION_VIEW),
    "candidates_office:template": _staff(Act.APPLICATION_ENTER),
    "candidates_office:package": _staff(Act.REPORT, pk="package"),
    "candidates_office:evidence": _staff(Act.APPLICATION_VIEW, pk="evidence"),
    "candidates_office:application": _staff(Act.APPLICATION_VIEW, **ONE),
    "candidates_office:evidence_page": _staff(
        Act.APPLICATION_VIEW, answers=(200, 404), pk="evidence", number="page"
    ),
    "candidates_office:original": _act(
        Act.APPLICATION_FIRST_REVIEW, Act.APPLICATION_CONFIRM, **ONE
    ),
    "candidates_office:correct": _act(Act.APPLICATION_ENTER, **ONE),
    "candidates_office:export": _staff(Act.APPLICATION_VIEW),
    "candidates_office:statistics": _staff(Act.APPLICATION_VIEW),
    "candidates_office:draw": _act(
        Act.APPLICATION_FIRST_REVIEW, Act.APPLICATION_CONFIRM, stage="review_stage"
    ),
    "candidates_office:pass_rest": _act(
        Act.APPLICATION_FIRST_REVIEW, Act.APPLICATION_CONFIRM, pk="sample"
    ),
    "candidates_office:photo": _staff(Act.APPLICATION_VIEW, pk="draft_application"),
    "candidates_office:form": _staff(Act.APPLICATION_VIEW, **ONE),
    "candidates_office:first_review": _act(Act.APPLICATION_FIRST_REVIEW, **ONE),
    "candidates_office:return": _act(Act.APPLICATION_FIRST_REVIEW, Act.APPLICATION_CONFIRM, **ONE),
    "candidates_office:confirm": _act(Act.APPLICATION_CONFIRM, **ONE),
    "candidates_office:refuse": _act(Act.APPLICATION_CONFIRM, **ONE),
    "candidates_office:cancel": _act(Act.APPLICATION_CONFIRM, **ONE),
    "candidates_office:fee": _act(Act.FEE_RECORD, **ONE),
    "candidates_office:waive": _act(Act.FEE_RECORD, **ONE),
    "candidates_office:correct_receipt": _act(Act.FEE_RECORD, **ONE),
    "candidates_office:subsidise": _act(Act.FEE_RECORD, **ONE),
    "candidates_office:take_back_waiver": _act(Act.FEE_RECORD, pk="waiver"),
    "candidates_office:strike_expense": _act(Act.FEE_RECORD, pk="expense"),
    "candidates_office:expense_place": _act(Act.FEE_RECORD),
    "candidates_office:queue": _staff(Act.APPLICATION_VIEW),
    "candidates_office:bulk": _staff(
        Act.APPLICATION_FIRST_REVIEW, Act.APPLICATION_CONFIRM, answers=(200,)
    ),
    "candidates_office:fees": _staff(Act.FEE_RECORD),
    "candidates_office:finance": _staff(Act.FEE_RECORD),
    "candidates_office:finance_template": _staff(Act.FEE_RECORD),
    "candidates_office:finance_line": _act(Act.FEE_RECORD, pk="finance_line"),
    "candidates_office:ask_refund": _act(Act.FEE_RECORD, **ONE),
    "candidates_office:decide_refund": _act(Act.CENTRE_MANAGE, pk="refund"),
    "candidates_office:accounts": _staff(Act.FEE_RECORD, Act.CENTRE_MANAGE),
    "candidates_office:reissue_fees": _staff(Act.FEE_RECORD),
    "candidates_office:import": _staff(Act.APPLICATION_ENTER),
    "candidates_office:packages": _staff(Act.REPORT),
    "candidates_office:safety": _staff(Act.APPLICATION_VIEW),
    "candidates_office:fraud": _staff(Act.APPLICATION_VIEW),
    "candidates_office:fraud_decide": _act(Act.SCORE_FINALISE, pk="fraud_case"),
    "portal:home": _own(),
    "portal:register": _public(),
    "portal:activate": _public(),
    "portal:prove": _public(answers=(302,)),
    "portal:prove_code": _public(answers=(302,)),
    "portal:forgotten": _public(),
    "portal:profile": _own(),
    "portal:password": _own(),
    "portal:pay_slip": _own(answers=(302,), **ONE),
    "portal:sign_in": _public(),
    "portal:sign_out": _public(posted=True),
    "portal:choose": _own(pk="open_batch"),
    "portal:start": _own(posted=True, pk="open_offering"),
    "portal:application": _own(**ONE),
    "portal:facts": _own(pk="draft_application"),
    "portal:photo": _own(pk="draft_application"),
    "portal:photo_file": _own(pk="draft_application"),
    "portal:evidence": _own(pk="draft_application"),
    "portal:evidence_file": _own(pk="draft_application", piece="evidence"),
    "portal:remove_evidence": _own(posted=True, pk="draft_application", piece="evidence"),
    "portal:commitment": _own(pk="draft_application"),
    "portal:check": _own(pk="draft_application"),
    "portal:receipt": _own(**ONE),
    "portal:form": _own(**ONE),
    "portal:withdraw": _own(posted=True, **ONE),
}

SITTING, ROOM = {"pk": "sitting"}, {"pk": "sitting_room"}
EXAMS = {
    "exams_office:index": _staff(Act.EXAM_VIEW),
    "exams_office:batch": _staff(Act.EXAM_VIEW),
    "exams_office:add_written": _act(Act.EXAM_ARRANGE),
    "exams_office:add_practical": _act(Act.EXAM_ARRANGE),
    "exams_office:propose": _staff(Act.EXAM_VIEW),
    "exams_office:accept_timetable": _act(Act.EXAM_ARRANGE),
    "exams_office:new_time": _staff(Act.EXAM_ARRANGE, **SITTING),
    "exams_office:allot": _act(Act.EXAM_ARRANGE, **SITTING),
    "exams_office:arrange_all": _act(Act.EXAM_ARRANGE),
    "exams_office:confirm_all": _act(Act.EXAM_ARRANGE),
    "exams_office:tickets": _staff(Act.EXAM_VIEW),
    "exams_office:issue": _act(Act.EXAM_ARRANGE),
    "exams_office:hour": _act(Act.EXAM_ARRANGE),
    "exams_office:print_tickets": _act(Act.EXAM_VIEW),
    "exams_office:print_ticket": _staff(Act.EXAM_VIEW, pk="ticket"),
    "exams_office:custody": _staff(Act.EXAM_VIEW, Act.CUSTODY),
    "exams_office:day": _staff(Act.EXAM_VIEW),
    "exams_office:supervision": _staff(Act.EXAM_VIEW),
    "exams_office:supervise": _act(Act.EXAM_RECORD),
    "exams_office:finding": _act(Act.EXAM_RECORD, pk="supervision"),
    "exams_office:finding_close": _act(Act.EXAM_RECORD, pk="finding"),
    "exams_office:answer": _act(Act.EXAM_ARRANGE, pk="sitting"),
    "exams_office:sets": _staff(Act.EXAM_VIEW),
    "exams_office:print_set": _act(Act.EXAM_VIEW),
    "exams_office:room_set": _act(Act.EXAM_VIEW, **ROOM),
    "exams_office:sitting": _staff(Act.EXAM_VIEW, **SITTING),
    "exams_office:cancel": _act(Act.EXAM_ARRANGE, **SITTING),
    "exams_office:commit": _act(Act.EXAM_ARRANGE, **SITTING),
    "exams_office:arrange": _act(Act.EXAM_ARRANGE, **SITTING),
    "exams_office:confirm": _act(Act.EXAM_ARRANGE, **SITTING),
    "exams_office:call_off": _staff(Act.PLAN_APPROVE, pk="sitting"),
    "exams_office:renew": _act(Act.EXAM_ARRANGE, **SITTING),
    "exams_office:seating": _act(Act.EXAM_ARRANGE, **SITTING),
    "exams_office:need": _act(Act.EXAM_ARRANGE, **SITTING),
    "exams_office:draw_record": _act(Act.EXAM_VIEW, **SITTING),
    "exams_office:move": _staff(Act.EXAM_ARRANGE, pk="seat_assignment"),
    "exams_office:places": _staff(Act.EXAM_VIEW),
    "exams_office:layout": _staff(Act.EXAM_VIEW, pk="room"),
    "exams_office:stations": _staff(Act.EXAM_VIEW, pk="room"),
    "exams_office:save_stations": _act(Act.EXAM_ARRANGE, pk="room"),
    "exams_office:equip_station": _act(Act.EXAM_ARRANGE, pk="room"),
    "exams_office:accept": _staff(Act.EXAM_VIEW, **ROOM),
    "exams_office:start": _act(Act.EXAM_RECORD, **SITTING),
    "exams_office:duties": _staff(Act.EXAM_VIEW, **SITTING),
    "exams_office:propose_duties": _act(Act.EXAM_ARRANGE, **SITTING),
    "exams_office:add_duty": _act(Act.EXAM_ARRANGE, **SITTING),
    "exams_office:drop_duty": _act(Act.EXAM_ARRANGE, pk="duty"),
    "exams_office:confirm_duties": _act(Act.EXAM_ARRANGE, **SITTING),
    "exams_office:replace_duty": _act(Act.EXAM_ARRANGE, pk="duty"),
    "exams_office:draws": _staff(Act.EXAM_VIEW, **SITTING),
    "exams_office:commit_lots": _act(Act.EXAM_ARRANGE, kind="draw_kind", **SITTING),
    "exams_office:hold_lots": _act(Act.EXAM_ARRANGE, Act.EXAM_RECORD, pk="draw"),
    "exams_office:swap_lots": _act(Act.EXAM_ARRANGE, pk="draw"),
    "exams_office:room": _staff(Act.EXAM_VIEW, **ROOM),
    "exams_office:chart": _staff(Act.EXAM_VIEW, **ROOM),
    "exams_office:attendance": _act(Act.EXAM_RECORD, **ROOM),
    "exams_office:violation": _act(Act.EXAM_RECORD, **ROOM),
    "exams_office:incident": _act(Act.EXAM_RECORD, **ROOM),
    "exams_office:submit": _act(Act.EXAM_RECORD, **ROOM),
    "exams_office:supply": _staff(Act.EXAM_VIEW, Act.CUSTODY, Act.PAPER_APPROVE),
    "exams_office:supply_ask": _act(Act.CUSTODY),
    "exams_office:supply_receive": _act(Act.CUSTODY),
    "exams_office:supply_dispose": _act(Act.CUSTODY),
    "exams_office:supply_decide": _act(Act.PAPER_APPROVE, pk="parcel"),
    "exams_office:pack": _act(Act.CUSTODY, **ROOM),
    "exams_office:step": _act(Act.CUSTODY, pk="packet", move="packet_move"),
    "exams_office:equipment": _staff(Act.EXAM_VIEW),
    "exams_office:equipment_new": _staff(Act.EXAM_ARRANGE),
    "exams_office:equipment_import": _staff(Act.EXAM_ARRANGE),
    "exams_office:equipment_export": _staff(Act.EXAM_VIEW),
    "exams_office:equipment_template": _staff(Act.EXAM_VIEW),
    "exams_office:equipment_print": _staff(
        Act.EXAM_VIEW, slug="equipment_form", answers=(200, 404, 422)
    ),
    "exams_office:equipment_purchase": _act(Act.EXAM_ARRANGE),
    "exams_office:keeper_appoint": _act(Act.CENTRE_MANAGE),
    "exams_office:keeper_dismiss": _act(Act.CENTRE_MANAGE, pk="keeper"),
    "exams_office:equipment_plan_step": _act(
        Act.EXAM_ARRANGE, Act.EQUIPMENT_APPROVE, pk="equipment_plan", move="decision"
    ),
    "exams_office:loan_step": _act(
        Act.EXAM_ARRANGE, Act.EQUIPMENT_APPROVE, pk="loan", move="decision"
    ),
    "exams_office:calibration_void": _act(Act.EXAM_ARRANGE, pk="calibration"),
    "exams_office:damage_settle": _act(Act.EXAM_ARRANGE, pk="damage"),
    "exams_office:equipment_one": _staff(Act.EXAM_VIEW, pk="equipment"),
    "exams_office:equipment_change": _staff(Act.EXAM_ARRANGE, pk="equipment"),
    "exams_office:calibrate": _act(Act.EXAM_ARRANGE, pk="equipment"),
    "exams_office:maintain": _act(Act.EXAM_ARRANGE, pk="equipment"),
    "exams_office:lend": _act(Act.EXAM_ARRANGE, pk="equipment"),
    "exams_office:damage": _act(Act.EXAM_RECORD, pk="equipment"),
    "exams_office:equipment_plan": _act(Act.EXAM_ARRANGE, pk="equipment"),
    "exams_office:room_equipment": _staff(Act.EXAM_VIEW, **ROOM),
    "exams_office:room_equipment_check": _act(Act.EXAM_RECORD, **ROOM),
    "registers_office:home": _staff(Act.REGISTER_VIEW),
    "registers_office:file": _staff(Act.REGISTER_VIEW, pk="document_entry"),
    "registers_office:register": _staff(Act.REGISTER_VIEW, slug="register"),
    "registers_office:enter": _staff(Act.REGISTER_WRITE, slug="register"),
    "registers_office:print": _staff(Act.REGISTER_VIEW, slug="register", answers=(200, 404, 422)),
    "registers_office:correct": _staff(Act.REGISTER_WRITE, slug="register", pk="document_entry"),
    "registers_office:step": _act(
        Act.REGISTER_APPROVE, Act.REGISTER_WRITE, slug="register", pk="document_entry", move="step"
    ),
    "exams_portal:ticket": _own(**ONE),
    "exams_portal:ticket_pdf": _own(**ONE),
}

PART = {"offering": "offering", "subject": "subject"}
RESULTS = (Act.SCORE_CHECK, Act.SCORE_PUBLISH, Act.SCORE_FINALISE, Act.REPORT)
SCORING = {
    "scoring_office:home": _staff(Act.SCORE_VIEW),
    "scoring_office:batch": _staff(Act.SCORE_VIEW),
    "scoring_office:entry": _staff(Act.SCORE_ENTER, **PART),
    "scoring_office:template": _staff(Act.SCORE_ENTER, **PART),
    "scoring_office:import": _act(Act.SCORE_ENTER, **PART),
    "scoring_office:correct": _act(Act.SCORE_ENTER, pk="score_entry"),
    "scoring_office:check": _staff(Act.SCORE_CHECK, **PART),
    "scoring_office:compile": _act(Act.SCORE_CHECK),
    "scoring_office:recognition": _staff(Act.APPLICATION_VIEW),
    "scoring_office:recognition_one": _staff(Act.APPLICATION_VIEW, pk="recognised"),
    "scoring_office:report": _act(Act.REPORT),
    "scoring_office:report_file": _staff(Act.REPORT),
    "scoring_office:results": _staff(*RESULTS),
    "scoring_office:publicity": _staff(*RESULTS),
    "scoring_office:publish": _act(Act.SCORE_PUBLISH),
    "scoring_office:evidence": _act(Act.SCORE_PUBLISH),
    "scoring_office:evidence_file": _staff(*RESULTS),
    "scoring_office:finalise": _act(Act.SCORE_FINALISE),
    "scoring_office:reviews": _staff(*RESULTS),
    "scoring_office:review": _staff(Act.SCORE_CHECK, pk="score_review"),
    "scoring_portal:publicity": _public(),
    "scoring_portal:score": _own(application="application"),
    "scoring_portal:request_review": _own(application="application", subject="subject"),
}

BANK, PAPER = {"pk": "bank"}, {"pk": "paper"}
READERS = (Act.BANK_WRITE, Act.BANK_REVIEW, Act.BANK_ACCEPT)
QUESTIONBANK = {
    "questionbank_office:list": _staff(Act.BANK_VIEW),
    "questionbank_office:keys": _staff(Act.PAPER_KEY),
    "questionbank_office:template": _staff(Act.BANK_WRITE),
    "questionbank_office:bank": _staff(Act.BANK_VIEW, **BANK),
    "questionbank_office:add_point": _act(Act.BANK_ACCEPT, Act.BANK_WRITE, **BANK),
    "questionbank_office:add_blueprint": _act(Act.PAPER_ASSEMBLE, **BANK),
    "questionbank_office:accept": _act(Act.BANK_ACCEPT, **BANK),
    "questionbank_office:import": _act(Act.BANK_WRITE, **BANK),
    "questionbank_office:write": _act(Act.BANK_WRITE, **BANK),
    "questionbank_office:submit_mine": _act(Act.BANK_WRITE, **BANK),
    "questionbank_office:item": _staff(*READERS, pk="item"),
    "questionbank_office:move": _act(*READERS, pk="item", move="item_move"),
    "questionbank_office:papers": _staff(Act.BANK_VIEW),
    "questionbank_office:assemble": _act(Act.PAPER_ASSEMBLE),
    "questionbank_office:seal": _act(Act.PAPER_KEY),
    "questionbank_office:release": _act(Act.PAPER_KEY),
    "questionbank_office:preview": _staff(Act.PAPER_APPROVE, Act.PAPER_ASSEMBLE, **PAPER),
    "questionbank_office:approve": _act(Act.PAPER_APPROVE, **PAPER),
    "questionbank_office:void": _act(Act.PAPER_ASSEMBLE, **PAPER),
}

CERTIFICATE = {"pk": "certificate"}
EARLIER = {"pk": "earlier_certificate"}
CERTIFICATES = {
    "certificates_office:index": _staff(Act.CERTIFICATE_VIEW),
    "certificates_office:certificate": _staff(Act.CERTIFICATE_VIEW, **CERTIFICATE),
    "certificates_office:file": _staff(Act.CERTIFICATE_VIEW, **CERTIFICATE),
    "certificates_office:hand_out": _act(Act.CERTIFICATE_HAND_OUT, **CERTIFICATE),
    "certificates_office:revoke": _staff(Act.SCORE_FINALISE, **CERTIFICATE),
    "certificates_office:earlier_index": _staff(Act.CERTIFICATE_VIEW),
    "certificates_office:earlier": _staff(Act.CERTIFICATE_VIEW, **EARLIER),
    "certificates_office:revoke_earlier": _staff(Act.SCORE_FINALISE, **EARLIER),
    "certificates_office:batch": _staff(Act.CERTIFICATE_VIEW),
    "certificates_office:number": _act(Act.CERTIFICATE_ISSUE),
    "certificates_office:issue": _act(Act.CERTIFICATE_ISSUE),
    "certificates_office:print_all": _act(Act.CERTIFICATE_ISSUE),
    "certificates_office:data": _act(Act.CERTIFICATE_ISSUE),
    "certificates_office:approve": _act(Act.REPORT),
    "certificates_office:upload": _act(Act.REPORT),
    "certificates_office:ask": _act(Act.CERTIFICATE_ISSUE),
    "certificates_office:receive": _act(Act.CERTIFICATE_ISSUE),
    "certificates_office:request_sheet": _act(Act.CERTIFICATE_ISSUE, pk="certificate_request"),
    "certificates_office:complete": _act(Act.BATCH_PLAN),
    "certificates_portal:pdf": _own(**ONE),
    "draws:index": _public(),
    "draws:program": _public(),
    "draws:batch": _public(),
    "draws:record": _public(number="sitting_number"),
    "verify:form": _public(),
    "verify:code": _public(),
    "verify:file": _public(),
}

ARCHIVES = {
    "archives_office:list": _staff(Act.ARCHIVE_VIEW),
    "archives_office:batch": _staff(Act.ARCHIVE_VIEW),
    "archives_office:file": _act(Act.ARCHIVE_FILE),
    "archives_office:check": _act(Act.ARCHIVE_FILE),
    "archives_office:finish": _act(Act.ARCHIVE_FILE),
    "archives_office:year": _staff(Act.ARCHIVE_VIEW, year="archive_year"),
    "archives_office:file_year": _act(Act.ARCHIVE_FILE, year="archive_year"),
    "archives_office:check_year": _act(Act.ARCHIVE_FILE, year="archive_year"),
    "archives_office:catalogue_year": _staff(Act.ARCHIVE_VIEW, year="archive_year"),
    "archives_office:close": _act(Act.ARCHIVE_FILE, pk="volume"),
    "archives_office:read": _staff(Act.ARCHIVE_VIEW, pk="archive_item"),
    "archives_office:hold": _act(Act.ARCHIVE_FILE, pk="archive_item"),
}

ADMIN = {
    "admin:index": _staff(Act.HOME),
    "admin:search": _staff(Act.HOME),
    "admin:password_change": _staff(Act.HOME),
    "admin:password_change_done": _staff(Act.HOME),
    "admin:login": _public(answers=(200, 302, 303)),
    "admin:logout": _public(posted=True),
    "admin:jsi18n": _staff(Act.HOME),
    "admin:autocomplete": _staff(Act.HOME, answers=(403,)),
    "admin:view_on_site": _staff(
        Act.HOME, answers=(404,), content_type_id="none", object_id="none"
    ),
    "admin:app_list": _staff(Act.HOME, answers=(200, 404), app_label="app_label"),
}

TABLE: dict[str, Page] = {
    **FOUNDATION,
    **CANDIDATES,
    **EXAMS,
    **QUESTIONBANK,
    **SCORING,
    **CERTIFICATES,
    **ARCHIVES,
    **ADMIN,
}
