"""Printing slips: whole classes, one student again, and the staff who have not signed in yet."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from assessment_center.accounts.enums import Act
from assessment_center.accounts.step_up import stepped_up
from assessment_center.first_day import services
from assessment_center.first_day.forms import ReasonForm
from assessment_center.first_day.models import SlipPrint
from assessment_center.first_day.services.slips import staff_awaiting
from assessment_center.office import (
    MenuLink,
    actor_of,
    menu_links,
    office_view,
    refusal_text,
    render_office,
    see,
)
from assessment_center.people.enums import StudentStatus
from assessment_center.people.models import SchoolClass, StudentRecord
from assessment_center.people.selectors import search
from assessment_center.registry import RefusedError

PRINTERS = (Act.PEOPLE_MANAGE, Act.ACCOUNT_MANAGE)
PRINTS = 20
FOUND = 20

menu_links.register(
    "slips_people",
    MenuLink("centre", _("账号激活条"), "first_day:slips", Act.PEOPLE_MANAGE),
    order=62,
)


@never_cache
@office_view(PRINTERS, methods=("GET", "HEAD"))
def slips(request: HttpRequest) -> HttpResponse:
    """Classes with who still has no account, the staff who wait, and what was printed."""
    actor = actor_of(request)
    words = request.GET.get("q", "").strip()
    context = {
        "classes": _classes() if actor.may(Act.PEOPLE_MANAGE) else None,
        "staff": staff_awaiting() if actor.may(Act.ACCOUNT_MANAGE) else None,
        "prints": _prints(),
        "q": words,
        "found": _found(words) if words and actor.may(Act.PEOPLE_MANAGE) else None,
    }
    return render_office(request, "office/first_day/slips.html", context)


def _classes() -> object:
    """Every class with its students: how many have an account, how many a slip that still works."""
    here = ~Q(students__status=StudentStatus.LEFT)
    live = Q(
        students__person__activation_codes__used_at=None,
        students__person__activation_codes__cancelled_at=None,
        students__person__activation_codes__expires_at__gt=timezone.now(),
        students__person__activation_codes__isnull=False,
        students__person__user=None,
    )
    counted = SchoolClass.objects.annotate(
        total=Count("students", filter=here, distinct=True),
        active=Count(
            "students", filter=here & Q(students__person__user__isnull=False), distinct=True
        ),
        printed=Count("students", filter=here & live, distinct=True),
    )
    return counted.filter(total__gt=0).select_related("department").order_by("department", "name")


def _prints() -> object:
    counted = SlipPrint.objects.annotate(
        used=Count("codes", filter=Q(codes__used_at__isnull=False))
    )
    return counted.select_related("printed_by")[:PRINTS]


def _found(words: str) -> list[StudentRecord]:
    rows = StudentRecord.objects.select_related("person__user", "school_class")
    named = Q(person__in=search(words).values("pk")) | Q(student_number=words)
    return list(rows.filter(named).order_by("student_number")[:FOUND])


@never_cache
@office_view(Act.PEOPLE_MANAGE, methods=("POST",))
@stepped_up
def print_class(request: HttpRequest, pk: UUID) -> HttpResponse:
    school_class = get_object_or_404(SchoolClass, pk=pk)
    return _printed(
        request,
        lambda: services.print_class_slips(actor=actor_of(request), school_class=school_class),
    )


@never_cache
@office_view(Act.PEOPLE_MANAGE, methods=("POST",))
@stepped_up
def print_person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One student's slip again; the reason is kept."""
    student = get_object_or_404(
        StudentRecord.objects.select_related("person", "school_class"), pk=pk
    )
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    return _printed(
        request,
        lambda: services.print_person_slip(actor=actor_of(request), student=student, reason=reason),
    )


@never_cache
@office_view(Act.ACCOUNT_MANAGE, methods=("POST",))
@stepped_up
def print_staff(request: HttpRequest) -> HttpResponse:
    return _printed(request, lambda: services.print_staff_slips(actor=actor_of(request)))


def _printed(request: HttpRequest, do: object) -> HttpResponse:
    """The slips as a file; a refusal is told on the page of the slips."""
    try:
        printed, content = do()  # type: ignore[operator]
    except RefusedError as refused:
        messages.error(request, refusal_text(refused))
        return see(reverse("first_day:slips"))
    response = HttpResponse(content, content_type="application/pdf")
    name = f"{printed.get_audience_display()}账号条-{printed.title}.pdf"
    disposition = content_disposition_header(as_attachment=True, filename=name)
    response.headers["Content-Disposition"] = disposition or "attachment"
    return response
