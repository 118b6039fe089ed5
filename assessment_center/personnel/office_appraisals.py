"""The year of the staff: dispatches, ratings, the appraisal from draft to report."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.office import act, actor_of, office_view, render_office, see
from assessment_center.personnel import appraisals, confirming, dispatches, judging_reading
from assessment_center.personnel.judging_enums import AppraisalStatus, Branch
from assessment_center.personnel.judging_forms import (
    CorrectForm,
    RatingForm,
    ReportForm,
    WriteForm,
)
from assessment_center.personnel.judging_labels import BRANCH_LABELS
from assessment_center.personnel.judging_selectors import rules_for
from assessment_center.personnel.models import Appraisal, Dispatch, StaffMember
from assessment_center.personnel.rules.appraisal import Follows, Taken
from assessment_center.registry import RefusedError
from assessment_center.rulebooks.rules.rulebook import Rulebook

FIRST_HALF = 6
SEE = (Act.PEOPLE_VIEW,)
RATE = (Act.EXAM_RECORD, Act.PEOPLE_VIEW)


def year_url(year: int, branch: str = Branch.ASSESSOR) -> str:
    return reverse("appraisals_office:year", args=[year, branch])


def member_url(member: StaffMember) -> str:
    return reverse("appraisals_office:member", args=[member.pk])


def rules_or_refuse(year: int) -> Rulebook:
    found = rules_for(year)
    if found is None:
        raise RefusedError(_("这一年机构没有有效的备案。"), remedy=_("请先登记备案。"))
    return found


def faults(form: forms.Form) -> str:
    """What is wrong with a form, in one sentence for a message."""
    return "；".join(f"{form.fields[k].label}：{v[0]}" for k, v in form.errors.items())


@office_view(SEE, methods=("GET", "HEAD"))
def index(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - every page takes it
    """Lead to the year that is to be appraised now: last year until June."""
    today = timezone.localdate()
    return see(year_url(today.year - 1 if today.month <= FIRST_HALF else today.year))


@office_view(SEE, methods=("GET", "HEAD"))
def year_page(request: HttpRequest, year: int, branch: str) -> HttpResponse:
    """All members of a branch with their sessions, mean, grade and what follows."""
    if branch not in BRANCH_LABELS:
        raise Http404
    rules = rules_for(year)
    rows = judging_reading.year_rows(year, branch)
    judged = [row.appraisal for row in rows if row.appraisal]
    known = judging_reading.branches(rules)
    context = {
        "year": year,
        "branch": Branch(branch),
        "branch_label": BRANCH_LABELS[Branch(branch)],
        "branches": [(each, BRANCH_LABELS[each]) for each in known],
        "appraised": branch in known,
        "rows": rows,
        "sessions": judging_reading.sessions_in(year) if branch == Branch.ASSESSOR else [],
        "settings": rules.settings if rules else None,
        "drafts": sum(each.status == AppraisalStatus.DRAFT for each in judged),
        "done": sum(each.status == AppraisalStatus.CONFIRMED for each in judged),
        "unreported": any(
            each.reported_on is None and each.status == AppraisalStatus.CONFIRMED for each in judged
        ),
        "report": ReportForm(initial={"on": timezone.localdate()}),
        "retraining": judging_reading.retraining_due(),
        "cases": judging_reading.open_cases()[:5],
    }
    return render_office(request, "office/personnel/appraisal_year.html", context)


@office_view(Act.PEOPLE_MANAGE, methods=("POST",))
def draft(request: HttpRequest, year: int, branch: str) -> HttpResponse:
    """Draft or compute anew everybody's year."""
    return act(
        request,
        lambda: appraisals.draft_year(
            actor=actor_of(request), year=year, rules=rules_or_refuse(year), branch=branch
        ),
        done=lambda made: _("已计算 %(n)s 人，待填写和审定。") % {"n": len(made)},
        back=year_url(year, branch),
        otherwise=year_url(year, branch),
    )


@office_view(Act.PEOPLE_MANAGE, methods=("POST",))
def report(request: HttpRequest, year: int, branch: str) -> HttpResponse:
    """Note that the results went to the authority."""
    form = ReportForm(request.POST)
    if not form.is_valid():
        messages.error(request, faults(form))
        return see(year_url(year, branch))
    return act(
        request,
        lambda: appraisals.report_year(
            actor=actor_of(request), year=year, branch=branch, **form.cleaned_data
        ),
        done=lambda n: _("已登记 %(n)s 人的考核结果报送。") % {"n": n},
        back=year_url(year, branch),
        otherwise=year_url(year, branch),
    )


def _member(pk: UUID) -> StaffMember:
    return get_object_or_404(StaffMember.objects.select_related("person", "department"), pk=pk)


@office_view(SEE, methods=("GET", "HEAD"))
def member_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One member: what he was sent to, how he was rated and judged, what keeps him from duty."""
    return _member_page(request, _member(pk))


def _years(
    member: StaffMember, wrong: tuple[Appraisal, WriteForm] | None
) -> list[tuple[Appraisal, WriteForm | None, str]]:
    """Every year with its form while it is a draft; `wrong` keeps what was posted."""
    years = []
    for row in member.appraisals.order_by("-year", "branch"):
        rules = rules_for(row.year)
        form = None
        if row.status == AppraisalStatus.DRAFT and rules is not None:
            form = wrong[1] if wrong and wrong[0].pk == row.pk else WriteForm(row=row, rules=rules)
        years.append((row, form, judging_reading.follow_words(row)))
    return years


def _member_page(
    request: HttpRequest, member: StaffMember, wrong: tuple[Appraisal, WriteForm] | None = None
) -> HttpResponse:
    context = {
        "member": member,
        "years": _years(member, wrong),
        "dispatches": member.dispatches.order_by("-day", "-created_at"),
        "ratings": {each.session_id: each for each in member.ratings.all()},
        "cases": member.cases.order_by("-happened_on"),
        "exclusions": judging_reading.exclusions_of(member),
        "cards": member.qualifications.order_by("-valid_from"),
        "correct": CorrectForm(),
        "today": timezone.localdate(),
    }
    return render_office(request, "office/personnel/appraisal_member.html", context)


def _written(form: WriteForm) -> appraisals.Written:
    given = form.cleaned_data
    measure = given.get("measure")
    return appraisals.Written(
        grade=given.get("grade", ""),
        content=form.content,
        summary=given["summary"],
        manager_opinion=given["manager_opinion"],
        supervisor_opinion=given["supervisor_opinion"],
        measure=Follows(measure) if measure else None,
        pause_until=given.get("pause_until"),
    )


@office_view(Act.PEOPLE_MANAGE, methods=("POST",))
def write(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write opinions, summary and grade into a draft."""
    row = get_object_or_404(Appraisal.objects.select_related("member__person"), pk=pk)
    rules = rules_for(row.year)
    back = member_url(row.member)
    if rules is None:
        messages.error(request, _("这一年机构没有有效的备案。"))
        return see(back)
    form = WriteForm(request.POST, row=row, rules=rules)
    if not form.is_valid():
        messages.error(request, _("请改正标出的各项。"))
        return _member_page(request, row.member, (row, form))
    written = _written(form)
    return act(
        request,
        lambda: appraisals.write_appraisal(
            actor=actor_of(request), appraisal=row, written=written, rules=rules
        ),
        done=_("已保存，等待另一人审定。"),
        back=back,
        otherwise=back,
    )


@office_view(Act.STAFF_DECIDE, methods=("POST",))
def confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Confirm a draft; dismissals take hold at once."""
    row = get_object_or_404(Appraisal.objects.select_related("member__person"), pk=pk)
    back = member_url(row.member)
    return act(
        request,
        lambda: confirming.confirm_appraisal(
            actor=actor_of(request), appraisal=row, rules=rules_or_refuse(row.year)
        ),
        done=_("已审定，结果已生效。"),
        back=back,
        otherwise=back,
    )


@office_view(Act.PEOPLE_MANAGE, methods=("POST",))
def correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put right how a dispatch was answered."""
    row = get_object_or_404(Dispatch.objects.select_related("member__person"), pk=pk)
    form, back = CorrectForm(request.POST), member_url(row.member)
    if not form.is_valid():
        messages.error(request, faults(form))
        return see(back)
    return act(
        request,
        lambda: dispatches.correct_dispatch(
            actor=actor_of(request),
            dispatch=row,
            rules=rules_for(row.day.year),
            **form.cleaned_data,
        ),
        done=_("已更正。"),
        back=back,
        otherwise=back,
    )


def session_or_404(session: UUID) -> Dispatch:
    found = Dispatch.objects.filter(
        session_id=session, branch=Branch.ASSESSOR, taken=Taken.SERVED
    ).order_by("day")
    first = found.first()
    if first is None:
        raise Http404
    return first


@office_view(RATE, methods=("GET", "HEAD"))
def session_page(request: HttpRequest, session: UUID) -> HttpResponse:
    """Everybody who judged in one assessment, to be rated by staff or a supervisor."""
    first = session_or_404(session)
    rules = rules_for(first.day.year)
    rows = []
    for member, sittings, rating in judging_reading.assessors_of(session):
        told = (
            {"score": rating.score, "grade": rating.grade, "opinion": rating.opinion}
            if rating
            else {}
        )
        form = RatingForm(rules=rules, initial=told, auto_id=f"r-{member.pk}-%s") if rules else None
        rows.append((member, sittings, rating, form))
    context = {
        "session": first,
        "year": first.day.year,
        "rows": rows,
        "settings": rules.settings if rules else None,
    }
    return render_office(request, "office/personnel/appraisal_session.html", context)


@office_view(Act.EXAM_RECORD, methods=("POST",))
def rate(request: HttpRequest, session: UUID, pk: UUID) -> HttpResponse:
    """Rate one assessor."""
    member, first = _member(pk), session_or_404(session)
    rules = rules_for(first.day.year)
    back = reverse("appraisals_office:session", args=[session])
    if rules is None:
        messages.error(request, _("这一年机构没有有效的备案。"))
        return see(back)
    form = RatingForm(request.POST, rules=rules)
    if not form.is_valid():
        messages.error(request, faults(form))
        return see(back)
    return act(
        request,
        lambda: dispatches.rate_session(
            actor=actor_of(request),
            member=member,
            session_id=session,
            rules=rules,
            **form.cleaned_data,
        ),
        done=_("%(name)s 已评价。") % {"name": member},
        back=back,
        otherwise=back,
    )
