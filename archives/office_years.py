"""The archivist's page of a year of the centre: gather, check, close, print the catalogue."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from archives.documents import catalogue_of_year
from archives.year_selectors import items_of_year, volumes_of_year, years_of
from assessment_center.accounts.enums import Act
from assessment_center.jobs.services import enqueue
from assessment_center.office import act, actor_of, office_view, render_office
from assessment_center.organization.models import AssessmentCentre
from assessment_center.organization.selectors import active_centre

SHOWN = 500


def _centre(year: int) -> AssessmentCentre:
    """The centre; a year that is not over, or was before it, has no page."""
    centre = active_centre()
    if centre is None or year not in years_of(centre, timezone.localdate()):
        raise Http404
    return centre


@office_view(Act.ARCHIVE_VIEW, methods=("GET", "HEAD"))
def page(request: HttpRequest, year: int) -> HttpResponse:
    """The volumes of one year with their items."""
    centre = _centre(year)
    volumes = list(volumes_of_year(centre, year))
    context = {
        "year": year,
        "volumes": volumes,
        "items": items_of_year(centre, year)[:SHOWN],
        "may_file": actor_of(request).may(Act.ARCHIVE_FILE),
        "all_closed": bool(volumes) and all(volume.root for volume in volumes),
    }
    return render_office(request, "office/archives/year.html", context)


@office_view(Act.ARCHIVE_FILE, methods=("POST",))
def file_now(request: HttpRequest, year: int) -> HttpResponse:
    return _order(request, year, "archives.file_year", _("归档 %(year)s 年度") % {"year": year})


@office_view(Act.ARCHIVE_FILE, methods=("POST",))
def check_now(request: HttpRequest, year: int) -> HttpResponse:
    return _order(request, year, "archives.fixity_year", _("核验 %(year)s 年度") % {"year": year})


def _order(request: HttpRequest, year: int, name: str, label: str) -> HttpResponse:
    actor, centre = actor_of(request), _centre(year)
    return act(
        request,
        lambda: enqueue(
            name,
            actor=actor,
            label=label,
            subject=centre.subject,
            centre=str(centre.pk),
            year=year,
        ),
        done="",
        back=lambda job: reverse("jobs_office:job", args=[job.pk]),
        otherwise=reverse("archives_office:year", args=[year]),
    )


@office_view(Act.ARCHIVE_VIEW, methods=("GET", "HEAD"))
def print_catalogue(request: HttpRequest, year: int) -> HttpResponse:
    """F-1101 of the year."""
    centre = _centre(year)
    if not volumes_of_year(centre, year).exists():
        raise Http404
    stem, content = catalogue_of_year(centre, year, actor_of(request))[0]
    response = HttpResponse(content, content_type="application/pdf")
    header = content_disposition_header(as_attachment=False, filename=f"{stem}.pdf")
    response.headers["Content-Disposition"] = header or "inline"
    return response
