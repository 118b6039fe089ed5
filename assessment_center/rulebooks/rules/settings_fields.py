"""Every setting a rulebook can speak of, one typed field each.

None: the rulebook is silent, nothing is checked. A silent yes-or-no setting is false, and a few
settings have a default; both are marked `from_rulebook=False`. Suffixes name the unit; `_min`
after a point of time and `t_` are minutes from the start of the examination.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import get_args

from assessment_center.rulebooks.rules.choices import (
    AnnouncementChange,
    AnnouncementPart,
    ApplicationField,
    AssessorDispatchBy,
    AssessorMinScope,
    BanKind,
    BankPracticalPer,
    CallOffBy,
    CandidateSource,
    CombinePractical,
    FeeMode,
    FilingMode,
    IdType,
    IllScoring,
    KeeperEducation,
    LabelCorner,
    Page,
    PaperOrigin,
    PlanApprover,
    PlanPart,
    RenewalAppraised,
    ReportColumn,
    ReportPart,
    ReportTo,
    ReviewChannel,
    ReviewForm,
    ReviewOrder,
    ReviewScope,
    Route,
    ScoreReportFrom,
    SeatNumbering,
    SubjectKind,
    TheoryArrangement,
    TicketSeal,
    TieName,
    TitleRank,
    WorkstationAssignment,
)
from assessment_center.rulebooks.rules.cited import Cited, default
from assessment_center.rulebooks.rules.tables import (
    AdjustMax,
    AppealTo,
    CertificatePhoto,
    EarlyYears,
    ElectronicPhoto,
    EnglishWording,
    FillFont,
    GradeBand,
    LeadWorkdays,
    Offset,
    PaperPhoto,
    ProctorRule,
    SecrecyPosts,
    Term,
)

# Silent: nothing is asked, so no check is made. Not a choice of ours, hence no note.
SILENT_NO = default(value=False)

# Where work cannot go on without a value. The note tells the office why it is this one; every
# page shows it as not from the rulebook, and the office may put its own in place.
DEFAULT_APPLICATION_COPIES: Cited[int] = default(1, note="规程未规定份数；存档只需一份，按一份打印")
DEFAULT_ALLOW_PROXY_ENTRY = default(
    value=True, note="规程未禁止他人代录；允许单位集体录入，仍须考生本人签名确认"
)
DEFAULT_ALLOW_TIERED_ROOM = default(value=True, note="规程未提阶梯教室，不限制")
DEFAULT_SEAT_NUMBERING: Cited[SeatNumbering] = default(
    "row_major", note="规程未规定排号顺序；逐行编号最便于考生找座"
)
DEFAULT_ALLOW_RETURN = default(value=True, note="规程未禁止离场后返回，不限制")
DEFAULT_APPRAISAL_DUE: Cited[str] = default(
    "12-31", note="规程未写年度考核的日期，只写每年一次；按当年最后一天提醒"
)
DEFAULT_MISCONDUCT_REPORT: Cited[int] = default(
    5, note="规程未写报送处理结果的期限；按决定后五个工作日提醒"
)
DEFAULT_FULL_SCORE: Cited[int] = default(100, note="规程未写满分；国家职业标准各科实行百分制")
DEFAULT_PASS_SCORE: Cited[int] = default(60, note="规程未写分数线；国家职业标准以60分为合格")
DEFAULT_ALL_SUBJECTS = default(value=True, note="规程未写各科如何合计；国家职业标准要求各科均合格")
DEFAULT_COMBINE_PRACTICAL: Cited[CombinePractical] = default(
    "mean", note="规程未规定几名考评员的分数如何合成；取平均分，各人分数分量相同"
)
DEFAULT_COMBINE_REVIEW: Cited[CombinePractical] = default(
    "mean", note="规程未规定几名评委的分数如何合成；取平均分，各人分数分量相同"
)
DEFAULT_APPLICATION_FORM: Cited[str] = default(
    "F-204", note="规程未指定申报表；用职业技能等级认定通用的申报表"
)
DEFAULT_PROCTOR_RULE: Cited[ProctorRule] = default(
    ProctorRule(min=2), note="规程未规定监考人数；每个考场两人，互相监督"
)
DEFAULT_STAFF_IN_ROOM: Cited[int] = default(
    -30, note="规程未写值岗人员何时到岗；排岗时从开考前30分钟起占用其时间"
)
DEFAULT_DRAW: Cited[Mapping[SubjectKind, int]] = default(
    MappingProxyType({"practical": -15, "review": -15}),
    note="规程未写抽签时刻；在开考前15分钟抽签，考生来得及入座",
)
DEFAULT_SUBJECTS: Cited[tuple[SubjectKind, ...]] = default(
    ("theory", "practical"), note="规程未写考哪些科目；国家职业标准以理论知识和技能考核为科目"
)
DEFAULT_SCORE_REPORT_FROM: Cited[ScoreReportFrom] = default(
    "marking_end", note="规程未写上报期限从何时起算；成绩定下之日即阅卷结束之日"
)
DEFAULT_PUBLICITY_FIELDS: Cited[tuple[str, ...]] = default(
    ("ticket_no", "name", "scores"),
    note="规程未写公示哪些内容；公示准考证号、姓名和成绩，证件号码一律不出现",
)
DEFAULT_REPORT_COLUMNS: Cited[tuple[ReportColumn, ...]] = default(
    get_args(ReportColumn),
    note="规程未写报名数据的栏目；采用公开的《考生报名数据规范》二十栏",
)
DEFAULT_CERTIFICATE_TITLE: Cited[str] = default(
    "职业技能等级证书", note="规程未写证书名称；用国家统一的职业技能等级证书名称"
)
DEFAULT_EMPTY_JOB_MARK: Cited[str] = default(
    "—", note="规程未写没有工种时如何填写；填一字线，不留空格供人添改"
)
DEFAULT_PAPER_YEARS: Cited[int] = default(
    3, note="规程未写材料保管期限；保管三年，到期须经批准才能处置"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of one rulebook."""

    filing_mode: Cited[FilingMode] | None = None
    filing_valid_years: Cited[int] | None = None
    levels: Cited[tuple[int, ...]] | None = None
    own_spec_min_experts: Cited[int] | None = None
    candidate_scope: Cited[tuple[CandidateSource, ...]] | None = None
    candidate_scope_extendable: Cited[bool] = SILENT_NO
    filing_pass_score: Cited[int] | None = None
    min_fulltime_staff: Cited[int] | None = None
    min_assessors_per_occupation: Cited[int] | None = None
    assessment_modes: Cited[tuple[Route, ...]] | None = None
    classification_edition: Cited[int] | None = None
    min_certs_per_student: Cited[int] | None = None
    annual_plan_required: Cited[bool] = SILENT_NO
    annual_plan_due: Cited[str] | None = None
    annual_plan_parts: Cited[tuple[PlanPart, ...]] | None = None
    annual_plan_filed: Cited[bool] = SILENT_NO
    announcement_parts: Cited[tuple[AnnouncementPart, ...]] | None = None
    announce_lead_days: Cited[int] | None = None
    announcement_change: Cited[AnnouncementChange] | None = None
    forbid_statutory_holidays: Cited[bool] = SILENT_NO
    theory_single_slot_per_batch: Cited[bool] = SILENT_NO
    plan_approver: Cited[PlanApprover] | None = None
    application_form_code: Cited[str] = DEFAULT_APPLICATION_FORM
    application_fields: Cited[tuple[ApplicationField, ...]] | None = None
    application_copies: Cited[int] = DEFAULT_APPLICATION_COPIES
    allow_proxy_entry: Cited[bool] = DEFAULT_ALLOW_PROXY_ENTRY
    accept_online_verification: Cited[bool] = SILENT_NO
    double_commitment: Cited[bool] = SILENT_NO
    review_one_by_one: Cited[bool] = SILENT_NO
    paper_photo: Cited[PaperPhoto] | None = None
    ephoto: Cited[ElectronicPhoto] | None = None
    safety_agreement: Cited[bool] = SILENT_NO
    ban_kind: Cited[BanKind] | None = None
    ban_years: Cited[int] | None = None
    block_remaining_subjects_after_theory_cheating: Cited[bool] = SILENT_NO
    exam_mode_needs_training: Cited[bool] = SILENT_NO
    exam_students_final_year: Cited[bool] = SILENT_NO
    final_year_counts: Cited[bool] = SILENT_NO
    report_lead_workdays: Cited[LeadWorkdays] | None = None
    report_arrangement: Cited[tuple[ReportPart, ...]] | None = None
    report_columns: Cited[tuple[ReportColumn, ...]] = DEFAULT_REPORT_COLUMNS
    fee_mode: Cited[FeeMode] | None = None
    expense_cap_inside: Cited[float] | None = None
    expense_cap_outside: Cited[float] | None = None
    reissue_fee: Cited[int] | None = None
    cancelled_subject_free: Cited[bool] = SILENT_NO
    room_capacity_warn: Cited[int] | None = None
    room_capacity_max: Cited[int] | None = None
    single_row: Cited[bool] = SILENT_NO
    seat_spacing_cm: Cited[int] | None = None
    allow_tiered_room: Cited[bool] = DEFAULT_ALLOW_TIERED_ROOM
    video_required: Cited[bool] = SILENT_NO
    cordon_distance_m: Cited[int] | None = None
    room_ready_days_before: Cited[int] | None = None
    room_accepted_for: Cited[tuple[SubjectKind, ...]] | None = None
    familiarisation_day: Cited[int] | None = None
    theory_arrangement: Cited[TheoryArrangement] | None = None
    shuffle_items: Cited[bool] = SILENT_NO
    shuffle_options: Cited[bool] = SILENT_NO
    seat_numbering: Cited[SeatNumbering] = DEFAULT_SEAT_NUMBERING
    label_corner: Cited[LabelCorner] | None = None
    workstation_assignment: Cited[WorkstationAssignment] | None = None
    review_order: Cited[ReviewOrder] | None = None
    allow_return: Cited[bool] = DEFAULT_ALLOW_RETURN
    ticket_issue_workdays_before: Cited[tuple[int, int]] | None = None
    ticket_seal: Cited[TicketSeal] | None = None
    accepted_id_types: Cited[tuple[IdType, ...]] | None = None
    proctor_rule: Cited[ProctorRule] = DEFAULT_PROCTOR_RULE
    assessor_min: Cited[int] | None = None
    assessor_min_scope: Cited[AssessorMinScope] | None = None
    assessor_odd: Cited[bool] = SILENT_NO
    assessor_per_module: Cited[int] | None = None
    judge_min: Cited[int] | None = None
    judge_odd: Cited[bool] = SILENT_NO
    leader_min_years: Cited[int] | None = None
    rotation_min_ratio: Cited[tuple[int, int]] | None = None
    max_consecutive_sessions: Cited[int] | None = None
    assessor_dispatch_by: Cited[AssessorDispatchBy] | None = None
    supervisor_min: Cited[int] | None = None
    special_supervision_min: Cited[int] | None = None
    proctor_room_draw: Cited[bool] = SILENT_NO
    meeting_days_before: Cited[tuple[int, int]] | None = None
    secrecy_posts: Cited[SecrecyPosts] | None = None
    secrecy_agreement: Cited[bool] = SILENT_NO
    bank_secrecy: Cited[bool] = SILENT_NO
    forbidden_pairs: Cited[tuple[tuple[str, str], ...]] | None = None
    avoidance: Cited[Mapping[str, tuple[TieName, ...]]] | None = None
    max_occupations: Cited[int] | None = None
    max_institutions: Cited[int] | None = None
    grade_levels: Cited[Mapping[str, tuple[int, ...]]] | None = None
    assessor_min_level: Cited[int] | None = None
    assessor_min_title: Cited[TitleRank] | None = None
    senior_min_level: Cited[int] | None = None
    senior_min_title: Cited[TitleRank] | None = None
    bars_authority_staff: Cited[bool] = SILENT_NO
    assessor_after_years: Cited[int] | None = None
    senior_after_years: Cited[int] | None = None
    assessor_min_age: Cited[int] | None = None
    early_years: Cited[EarlyYears] | None = None
    assessor_certifier: Cited[AssessorDispatchBy] | None = None
    training_hours: Cited[int] | None = None
    qualification_exam_parts: Cited[int] | None = None
    qualification_exam_pass: Cited[int] | None = None
    assessor_card_years: Cited[int] | None = None
    hire_years: Cited[int] | None = None
    appraisal_grades: Cited[tuple[str, ...]] | None = None
    appraisal_bands: Cited[tuple[int, ...]] | None = None
    dismiss_after_unqualified_years: Cited[int] | None = None
    dismiss_consecutive: Cited[bool] = SILENT_NO
    session_rating_grades: Cited[tuple[str, ...]] | None = None
    appraisal_content: Cited[tuple[str, ...]] | None = None
    appraisal_due: Cited[str] = DEFAULT_APPRAISAL_DUE
    appraisal_reported: Cited[bool] = SILENT_NO
    unqualified_after_missed: Cited[int] | None = None
    unqualified_without_session: Cited[bool] = SILENT_NO
    reward_excellent: Cited[bool] = SILENT_NO
    retrain_unqualified: Cited[bool] = SILENT_NO
    renewal_appraised: Cited[RenewalAppraised] | None = None
    dismiss_after_refusals: Cited[int] | None = None
    appraise_supervisors: Cited[bool] = SILENT_NO
    supervisor_min_years: Cited[int] | None = None
    must_be_regular_staff: Cited[bool] = SILENT_NO
    supervisor_years: Cited[int] | None = None
    supervisor_random: Cited[bool] = SILENT_NO
    supervisor_examiner: Cited[AssessorDispatchBy] | None = None
    supervision_report_due: Cited[Term] | None = None
    internal_supervision_coverage: Cited[float] | None = None
    expert_min_years: Cited[int] | None = None
    expert_min_level: Cited[int] | None = None
    expert_min_title: Cited[TitleRank] | None = None
    expert_leader_min_years: Cited[int] | None = None
    expert_leader_new_years: Cited[int] | None = None
    expert_min_assessing_years: Cited[int] | None = None
    expert_max_age: Cited[int] | None = None
    expert_years: Cited[int] | None = None
    t_meeting: Cited[int] | None = None
    t_room_unseal: Cited[int] | None = None
    t_practical_staff: Cited[int] | None = None
    t_staff_in_room: Cited[int] = DEFAULT_STAFF_IN_ROOM
    t_paper_pickup: Cited[int] | None = None
    t_cordon_entry: Cited[int] | None = None
    t_waiting_entry: Cited[Mapping[SubjectKind, int]] | None = None
    t_candidate_entry: Cited[Mapping[SubjectKind, int]] | None = None
    t_all_ready: Cited[int] | None = None
    t_draw: Cited[Mapping[SubjectKind, int]] = DEFAULT_DRAW
    t_read_rules: Cited[int] | None = None
    t_paper_open: Cited[int] | None = None
    seal_witness_count: Cited[int] | None = None
    late_limit_theory_min: Cited[int] | None = None
    late_limit_practical_min: Cited[int] | None = None
    late_limit_review_min: Cited[int] | None = None
    early_leave_forbidden: Cited[bool] = SILENT_NO
    early_leave_theory_min: Cited[int] | None = None
    early_leave_practical_min: Cited[int] | None = None
    early_leave_review_min: Cited[int] | None = None
    absence_mark_at_min: Cited[int] | None = None
    toilet_escorts: Cited[int] | None = None
    ill_scoring: Cited[IllScoring] | None = None
    end_reminder_min: Cited[int] | None = None
    staple_max: Cited[int] | None = None
    fingerprint_for_subsidised: Cited[bool] = SILENT_NO
    staff_sign_in: Cited[bool] = SILENT_NO
    paper_source: Cited[tuple[PaperOrigin, ...]] | None = None
    paper_pickup_earliest: Cited[Offset] | None = None
    computer_import_earliest: Cited[Offset] | None = None
    two_person_rule: Cited[bool] = SILENT_NO
    e_paper_archive: Cited[bool] = SILENT_NO
    marking_room_closed: Cited[bool] = SILENT_NO
    bank_theory_min: Cited[int] | None = None
    bank_practical_min: Cited[int] | None = None
    bank_practical_per: Cited[BankPracticalPer] | None = None
    bank_review_min: Cited[int] | None = None
    review_forms: Cited[tuple[ReviewForm, ...]] | None = None
    points_min: Cited[int] | None = None
    points_weight_factor: Cited[float] | None = None
    paper_overlap_max: Cited[float] | None = None
    adjust_max: Cited[AdjustMax] | None = None
    rebuild_months: Cited[int] | None = None
    review_min_experts: Cited[int] | None = None
    reviewer_not_writer: Cited[bool] = SILENT_NO
    accept_min: Cited[int] | None = None
    bank_required_before_session: Cited[bool] = SILENT_NO
    subjects: Cited[tuple[SubjectKind, ...]] = DEFAULT_SUBJECTS
    optional_subjects: Cited[tuple[SubjectKind, ...]] | None = None
    review_levels: Cited[tuple[int, ...]] | None = None
    full_score: Cited[int] = DEFAULT_FULL_SCORE
    pass_score: Cited[int] = DEFAULT_PASS_SCORE
    all_subjects: Cited[bool] = DEFAULT_ALL_SUBJECTS
    combine_practical: Cited[CombinePractical] = DEFAULT_COMBINE_PRACTICAL
    combine_review: Cited[CombinePractical] = DEFAULT_COMBINE_REVIEW
    independent_scoring: Cited[bool] = SILENT_NO
    zero_needs_reason: Cited[bool] = SILENT_NO
    absent_score: Cited[int] | None = None
    cheat_score: Cited[int] | None = None
    grade_bands: Cited[tuple[GradeBand, ...]] | None = None
    score_report_workdays: Cited[int] | None = None
    score_report_from: Cited[ScoreReportFrom] = DEFAULT_SCORE_REPORT_FROM
    authority_confirm_workdays: Cited[int] | None = None
    publish_after_workdays: Cited[int] | None = None
    numbering_needs_approval: Cited[bool] = SILENT_NO
    publicity_min_workdays: Cited[int] | None = None
    publicity_fields: Cited[tuple[str, ...]] = DEFAULT_PUBLICITY_FIELDS
    report_before_publicity: Cited[bool] = SILENT_NO
    review_apply: Cited[Term] | None = None
    review_apply_outer: Cited[Term] | None = None
    review_channel: Cited[ReviewChannel] | None = None
    review_scope: Cited[ReviewScope] | None = None
    review_reply_workdays: Cited[int] | None = None
    appeal_to: Cited[AppealTo] | None = None
    single_pass_valid_months: Cited[int] | None = None
    resit_max: Cited[int] | None = None
    retroactive: Cited[bool] = SILENT_NO
    notify_employer: Cited[bool] = SILENT_NO
    assessor_bar_years: Cited[int] | None = None
    supervisor_permanent_bar: Cited[bool] = SILENT_NO
    misconduct_reported: Cited[bool] = SILENT_NO
    misconduct_report_workdays: Cited[int] = DEFAULT_MISCONDUCT_REPORT
    institution_suspension_months: Cited[tuple[int, int]] | None = None
    complaint_first_reply_workdays: Cited[int] | None = None
    complaint_result_workdays: Cited[int] | None = None
    first_report_minutes: Cited[int] | None = None
    report_to: Cited[ReportTo] | None = None
    call_off_by: Cited[CallOffBy] | None = None
    mass_cheating_rooms: Cited[int] | None = None
    power_extend_minutes: Cited[int] | None = None
    certificate_printer: Cited[AssessorDispatchBy] | None = None
    certificate_title: Cited[str] = DEFAULT_CERTIFICATE_TITLE
    certificate_english: Cited[EnglishWording] | None = None
    query_urls: Cited[tuple[str, ...]] | None = None
    page: Cited[Page] | None = None
    fill_font: Cited[FillFont] | None = None
    cert_photo: Cited[CertificatePhoto] | None = None
    empty_job_mark: Cited[str] = DEFAULT_EMPTY_JOB_MARK
    level_label: Cited[Mapping[int, str]] | None = None
    certno_pattern: Cited[str] | None = None
    seal_name: Cited[str] | None = None
    site_sign: Cited[str] | None = None
    branch_seal: Cited[bool] = SILENT_NO
    embossed_photo_seal: Cited[bool] = SILENT_NO
    forbidden_words: Cited[tuple[str, ...]] | None = None
    e_certificate: Cited[bool] = SILENT_NO
    upload_due: Cited[Term] | None = None
    authority_review_workdays: Cited[int] | None = None
    correct_due_workdays: Cited[int] | None = None
    late_reason: Cited[bool] = SILENT_NO
    reissue_workdays: Cited[int] | None = None
    name_xor_id: Cited[bool] = SILENT_NO
    query_min_facts: Cited[int] | None = None
    permanent_kinds: Cited[tuple[str, ...]] | None = None
    paper_years: Cited[int] = DEFAULT_PAPER_YEARS
    electronic_years: Cited[int] | None = None
    exam_video_months: Cited[int] | None = None
    secrecy_video_days: Cited[int] | None = None
    filing_workdays: Cited[int] | None = None
    media_filing_workdays: Cited[int] | None = None
    keeper_education: Cited[KeeperEducation] | None = None
