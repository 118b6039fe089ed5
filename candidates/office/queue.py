"""Lists of applications: by batch, by state, searched without an ID number in any address."""

from collections.abc import Iterator

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.batches.models import AssessmentBatch
from assessment_center.batches.selectors import batch_by_code
from assessment_center.office import actor_of, office_view, render_office, see
from assessment_center.people.models import Department
from assessment_center.people.reach import reach_of
from assessment_center.spreadsheets import WORKBOOK_TYPE, ColumnSpec, write
from candidates import selectors
from candidates.enums import ApplicationStatus as S
from candidates.forms import SearchForm
from candidates.labels import FINDING_LABELS, STATUS_LABELS
from candidates.models import Application
from candidates.office import desk
from candidates.portal.status import CHIPS, file_response
from candidates.queues import Narrowed, listed

A_PAGE = 50


@office_view(Act.APPLICATION_VIEW)
def home(request: HttpRequest) -> HttpResponse:
    """All batches with how many applications stand where."""
    reach = reach_of(actor_of(request), Act.APPLICATION_VIEW)
    mine = Q() if reach.departments is None else Q(applications__department__in=reach.departments)

    def number(*states: S) -> Count:
        return Count("applications", filter=mine & Q(applications__status__in=states))

    rows = AssessmentBatch.objects.exclude(status="draft").annotate(
        total=number(*(state for state in S if state != S.DRAFT)),
        first=number(S.SUBMITTED),
        second=number(S.FIRST_REVIEWED),
        passed=number(S.CONFIRMED),
    )
    return render_office(request, "office/candidates/home.html", {"rows": rows})


@office_view(Act.APPLICATION_VIEW)
def queue(request: HttpRequest, code: str) -> HttpResponse:
    """The list as narrowed by address (state, finding, offering, department) and by words."""
    batch, actor = batch_by_code(code), actor_of(request)
    kept = desk.narrowed(request, batch)
    if request.method == "POST":
        form = SearchForm(request.POST)
        words = form.cleaned_data["words"] if form.is_valid() else ""
        desk.keep(request, batch, Narrowed(words=words))
        return see(reverse("candidates_office:queue", args=[code]))
    by = Narrowed.of(batch, request.GET, kept.words)
    desk.keep(request, batch, by)
    counts = selectors.counts_by_state(batch, actor)
    chips = [
        (key, label, CHIPS[S(key)], counts.get(key, 0), key == by.state)
        for key, label in STATUS_LABELS.items()
        if key != S.DRAFT
    ]
    page = Paginator(listed(batch, actor, by), A_PAGE).get_page(request.GET.get("page"))
    reach = reach_of(actor, Act.APPLICATION_VIEW)
    context = {
        "batch": batch,
        "page": page,
        "rows": [(each, CHIPS[S(each.status)]) for each in page.object_list],
        "chips": chips,
        "by": by,
        "findings": FINDING_LABELS.items(),
        "offerings": batch.offerings.select_related("occupation", "job"),
        "departments": reach.within(Department.objects.all(), "pk"),
        "whole": reach.everywhere,
        "homeless": selectors.homeless(actor),
    }
    return render_office(request, "office/candidates/queue.html", context)


@office_view(Act.APPLICATION_VIEW, methods=("GET", "HEAD"))
def export(request: HttpRequest, code: str) -> HttpResponse:
    """A workbook of exactly what the list shows, on all its pages; the trail keeps it."""
    batch, actor = batch_by_code(code), actor_of(request)
    rows = listed(batch, actor, desk.narrowed(request, batch))
    title = _("申报名单")
    columns = [ColumnSpec(str(i), head, width=18) for i, head in enumerate(_heads())]
    made = write(_lines(rows.iterator(chunk_size=500)), columns, title=title)
    record(
        actor=actor,
        verb="application.export",
        subject=batch.subject,
        payload={"rows": rows.count()},
    )
    name = f"{batch.code} {title} {timezone.localdate():%Y-%m-%d}.xlsx"
    return file_response(made, WORKBOOK_TYPE, name)


def _heads() -> list[str]:
    return [
        _("申报号"), _("姓名"), _("证件号码"), _("申报项目"), _("院系"), _("班级"),
        _("资格判断"), _("状态"), _("提交时间"),
    ]  # fmt: skip


def _lines(rows: Iterator[Application]) -> Iterator[list[str]]:
    for row in rows:
        at = timezone.localtime(row.submitted_at) if row.submitted_at else None
        yield [
            row.number,
            row.person.name,
            row.person.id_masked,
            str(row.offering),
            row.department.name if row.department else "",
            row.school_class.name if row.school_class else "",
            str(row.get_finding_display()),
            str(row.get_status_display()),
            f"{at:%Y-%m-%d %H:%M}" if at else "",
        ]
