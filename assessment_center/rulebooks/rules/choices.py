"""Closed sets of values a setting may take."""

from typing import Literal

FilingMode = Literal["filing", "selection", "project_precheck"]
CandidateSource = Literal["own_students", "own_staff", "society", "any"]
Route = Literal["exam", "direct", "process", "contest", "credit", "performance"]
AnnouncementChange = Literal["needs_authority_approval", "forbidden", "re-announce_with_reason"]
PlanPart = Literal[
    "schedule",
    "sessions",
    "assessors",
    "training",
    "paper_origin",
    "standard",
    "method",
    "audience",
    "conditions",
    "registration",
    "place",
    "contact",
    "notes",
]
AnnouncementPart = Literal[
    "offered",
    "standard",
    "method",
    "subjects",
    "fee",
    "audience",
    "conditions",
    "materials",
    "registration_period",
    "registration_place",
    "formalities",
    "exam_period",
    "exam_place",
    "notes",
    "contact",
]
ApplicationField = Literal[
    "name",
    "sex",
    "photo",
    "birth_month",
    "education",
    "id_kind",
    "id_number",
    "address",
    "post_code",
    "phone",
    "employer",
    "opinion",
]
ReportColumn = Literal[
    "name",
    "id_kind",
    "id_number",
    "sex",
    "ethnicity",
    "education",
    "phone",
    "condition",
    "source",
    "employer",
    "address",
    "work_years",
    "email",
    "certificate_number",
    "certificate_occupation",
    "theory",
    "practical",
    "review",
    "language",
    "photo",
]
ReportPart = Literal["rooms", "seating", "staffing"]
CallOffBy = Literal["authority", "leading_group"]
PlanApprover = Literal["leading_group"]
BanKind = Literal["years", "until_graduation"]
FeeMode = Literal["regulated", "none", "market_published"]
TheoryArrangement = Literal["mixed", "by_occupation"]
SeatNumbering = Literal["serpentine", "row_major"]
LabelCorner = Literal["top-left", "top-right"]
WorkstationAssignment = Literal["draw", "preassigned"]
ReviewOrder = Literal["draw"]
TicketSeal = Literal["on_mark", "on_photo", "anywhere"]
IdType = Literal["id_card", "passport", "police_certificate"]
TieName = Literal["kin", "friend", "teacher"]
TitleRank = Literal["junior_title", "intermediate_title", "senior_title"]
AssessorMinScope = Literal["position", "occupation", "group"]
AssessorDispatchBy = Literal["institution", "authority"]
IllScoring = Literal["partial"]
PaperOrigin = Literal["own_bank", "authority"]
BankPracticalPer = Literal["bank", "item"]
ReviewForm = Literal["performance", "defence", "technical"]
SubjectKind = Literal["theory", "practical", "review", "language"]
CombinePractical = Literal["mean"]
ScoreReportFrom = Literal["marking_end", "exam_end", "publicity_end"]
ReviewChannel = Literal["institution", "station_to_centre"]
ReviewScope = Literal["arithmetic", "full"]
ReportTo = Literal["chief_examiner", "leading_group"]
Page = Literal["A4"]
FormKind = Literal["supervisor_internal", "supervisor_external"]
RenewalAppraised = Literal["on_card", "on_hire"]
KeeperEducation = Literal["technical_or_high_school", "college"]
Decider = Literal[
    "proctor",
    "assessor",
    "assessor_group",
    "chief_examiner",
    "supervisor",
    "office",
    "centre",
    "station",
    "institution",
    "school",
    "leading_group",
    "dispatcher",
    "authority",
    "hr_department",
]
