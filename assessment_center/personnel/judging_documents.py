"""Printing of appraisals, ledgers and decisions: sheets with their code, version and article."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center import pdf
from assessment_center.accounts.enums import Act
from assessment_center.personnel import judging_file, judging_reading, judging_sheets
from assessment_center.personnel.documents import common
from assessment_center.personnel.judging_enums import BRANCH_GRADES, AppraisalStatus, Branch
from assessment_center.personnel.judging_grades import grades_of
from assessment_center.personnel.judging_ledger import ledger_roster
from assessment_center.personnel.judging_selectors import appraisals_of, rules_for
from assessment_center.personnel.models import Appraisal, Dispatch, MisconductCase, StaffMember
from assessment_center.printed import imprint as printed
from assessment_center.registry import Actor, RefusedError, SubjectRef
from assessment_center.registry.entries import DocumentKind, centre_documents
from assessment_center.registry.language import in_chinese
from assessment_center.rulebooks.rules.rulebook import Rulebook
from assessment_center.rulebooks.wording import words as in_words

Parts = Sequence[tuple[str, bytes]]
FIRST_HALF = 6
NAMES = {
    "F-804": ("session-rating", "考评人员认定表"),
    "F-805": ("annual-review", "年度考核评议表"),
    "F-806": ("self-summary", "年度个人考评工作小结"),
    "F-807": ("assessor-ledger", "考评人员信息台账"),
    "F-811": ("supervisor-file", "质量督导考核档案"),
    "R-21": ("appraisal-results", "年度考核结果报告"),
    "R-22": ("misconduct-report", "违规处理结果报告"),
}


def _imprint(
    actor: Actor, code: str, title: str, subject: SubjectRef, content: object, year: int
) -> pdf.Imprint:
    rules = rules_for(year)
    named = rules.form(code) if rules else None
    return printed.imprint(
        actor=actor,
        form=(code, NAMES[code][0], title),
        subject=subject,
        content=content,
        cite=named.cite if named else (),
    )


def _today() -> str:
    return judging_sheets.CHINESE_DAY.format(timezone.localdate())


def current_year() -> int:
    """The year that is to be appraised now: last year until June."""
    today = timezone.localdate()
    return today.year - 1 if today.month <= FIRST_HALF else today.year


@in_chinese
def session_forms(actor: Actor, session_id: UUID) -> Parts:
    """F-804 of one assessment."""
    first = Dispatch.objects.filter(session_id=session_id).order_by("day").first()
    rows = judging_reading.assessors_of(session_id)
    if first is None or not rows:
        raise RefusedError(_("这个批次没有考评记录。"))
    grades = grades_of(rules_for(first.day.year))
    sheet = judging_sheets.session_roster(first.session, f"{first.day}", rows, grades)
    subject = SubjectRef("batches.assessmentbatch", session_id)
    corner = _imprint(actor, "F-804", sheet.title, subject, sheet, first.day.year)
    return [(f"认定表-{first.session}", pdf.roster(sheet, imprint=corner))]


@in_chinese
def review_forms(actor: Actor, year: int, branch: str) -> Parts:
    """F-805 of everybody appraised in the year, one after the other in one file."""
    rules = rules_for(year)
    asked = rules.settings.appraisal_content if rules else None
    rows = _judged(year, branch)
    labels, grades = asked.value if asked else (), grades_of(rules)
    forms = [judging_sheets.review_form(row, labels, grades) for row in rows]
    return _forms(actor, "F-805", f"{year}年度考核评议表", forms, year)


@in_chinese
def summaries(actor: Actor, year: int) -> Parts:
    """F-806 of everybody who wrote about his year, one after the other in one file."""
    rows = [row for row in _judged(year, Branch.ASSESSOR) if row.summary]
    forms = [judging_sheets.summary_form(row) for row in rows]
    return _forms(actor, "F-806", f"{year}年度个人考评工作小结", forms, year)


def _forms(actor: Actor, code: str, title: str, forms: list[pdf.Form], year: int) -> Parts:
    if not forms:
        raise RefusedError(_("这一年还没有可以打印的考核。"))
    corner = _imprint(actor, code, title, common.centre().subject, forms, year)
    return [(title, pdf.form_table(forms, imprint=corner))]


def _judged(year: int, branch: str) -> list[Appraisal]:
    rows = appraisals_of(year, branch).prefetch_related("member__qualifications")
    return list(rows.order_by("member__person__pinyin", "id"))


@in_chinese
def personal_file(actor: Actor, member: StaffMember, branch: str = "") -> Parts:
    """F-807 (F-811 for who only supervises): the file of one member with all its parts."""
    branch = branch or _branch_of(member)
    code = "F-811" if branch == Branch.SUPERVISOR else "F-807"
    notice = judging_file.personal_file(common.centre(), member, branch, _today())
    corner = _imprint(actor, code, notice.title, member.subject, notice, current_year())
    return [(f"档案-{member}", pdf.notice([notice], imprint=corner))]


def _branch_of(member: StaffMember) -> Branch:
    grades = {card.grade for card in member.qualifications.all()}
    judges = grades & {grade.value for grade in BRANCH_GRADES[Branch.ASSESSOR]}
    supervises = grades & {grade.value for grade in BRANCH_GRADES[Branch.SUPERVISOR]}
    return Branch.SUPERVISOR if supervises and not judges else Branch.ASSESSOR


@in_chinese
def ledger(actor: Actor) -> Parts:
    """F-807: the ledger of everybody who has, or had, an assessor's card."""
    centre = common.centre()
    grades = [grade.value for grade in BRANCH_GRADES[Branch.ASSESSOR]]
    members = (
        StaffMember.objects.filter(qualifications__grade__in=grades)
        .distinct()
        .select_related("person", "department")
        .prefetch_related(
            "qualifications",
            "engagements",
            "dispatches",
            "exclusions",
            "trainings",
            "applications__exams",
        )
        .order_by("person__pinyin", "id")
    )
    rows = Appraisal.objects.filter(
        branch=Branch.ASSESSOR, status=AppraisalStatus.CONFIRMED.value
    ).order_by("year")
    last = {row.member_id: row for row in rows}
    sheet = ledger_roster(members, last)
    corner = _imprint(actor, "F-807", sheet.title, centre.subject, sheet, current_year())
    data = pdf.roster(sheet, imprint=corner, paper=pdf.Paper.A4_LANDSCAPE)
    return [("考评人员信息台账", data)]


@in_chinese
def year_results(actor: Actor, year: int, branch: str) -> Parts:
    """R-21: the letter that takes the results to the authority; only confirmed years go."""
    centre = common.centre()
    rows = [
        row
        for row in judging_reading.year_rows(year, branch)
        if row.appraisal and row.appraisal.status == AppraisalStatus.CONFIRMED
    ]
    if not rows:
        raise RefusedError(_("这一年还没有审定的考核。"))
    notice = judging_sheets.results_notice(centre, year, branch, rows, _today())
    corner = _imprint(actor, "R-21", notice.title, centre.subject, notice, year)
    return [(notice.title.replace("\n", ""), pdf.notice([notice], imprint=corner))]


@in_chinese
def case_letter(actor: Actor, case: MisconductCase) -> Parts:
    """R-22: the result of a case for the authority."""
    rules = rules_for(case.happened_on.year)
    notice = judging_sheets.case_letter(common.centre(), case, _appeal_words(case, rules), _today())
    year = case.happened_on.year
    corner = _imprint(actor, "R-22", notice.title, case.subject, notice, year)
    return [(f"处理结果-{case.member}", pdf.notice([notice], imprint=corner))]


def _appeal_words(case: MisconductCase, rules: Rulebook | None) -> str:
    """To whom the person may appeal, where the rulebook says it (STV-11)."""
    to = rules.settings.appeal_to if rules else None
    if case.appealed_on:
        return f"{judging_sheets.CHINESE_DAY.format(case.appealed_on)}：{case.appeal_note}"
    group = "exam_staff" if case.group != "assessor" else case.group
    bodies = getattr(to.value, group) if to else ()
    if to is None or not bodies:
        return ""
    named = "、".join(in_words(each) for each in bodies)
    basis = "、".join(str(each) for each in to.citations)
    return f"当事人不服处理的，可以向{named}申诉。依据：{basis}。"


def _sessions(_centre: Any, actor: Actor) -> Parts:
    found = judging_reading.sessions_in(current_year())
    return [part for row in found for part in session_forms(actor, row["session_id"])]


def _supervisors(_centre: Any, actor: Actor) -> Parts:
    """F-811 of everybody who has, or had, a supervisor's card."""
    grades = [grade.value for grade in BRANCH_GRADES[Branch.SUPERVISOR]]
    members = StaffMember.objects.filter(qualifications__grade__in=grades).distinct()
    found = members.select_related("person", "department").order_by("person__pinyin", "id")
    return [part for each in found for part in personal_file(actor, each, Branch.SUPERVISOR)]


def _named(code: str) -> Any:
    def applies(_centre: Any) -> bool:
        rules = rules_for(current_year())
        return rules is not None and rules.form(code) is not None

    return applies


RENDER: dict[str, Any] = {
    "F-804": _sessions,
    "F-805": lambda _centre, actor: review_forms(actor, current_year(), Branch.ASSESSOR),
    "F-806": lambda _centre, actor: summaries(actor, current_year()),
    "F-807": lambda _centre, actor: ledger(actor),
    "F-811": _supervisors,
}


def register() -> None:
    """Hand the forms of the year to the list of the centre's forms."""
    for order, (code, render) in enumerate(RENDER.items(), start=810):
        slug, name = NAMES[code]
        kind = DocumentKind(code, slug, name, render, Act.PEOPLE_VIEW, _named(code))
        centre_documents.register(slug, kind, order=order)


register()
