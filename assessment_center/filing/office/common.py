"""What the pages of filing share: the centre, the application, its tabs, a file to download."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from assessment_center.filing import selectors
from assessment_center.filing.documents import Made
from assessment_center.filing.labels import STATUS_TONES
from assessment_center.filing.models import FilingApplication
from assessment_center.office import actor_of
from assessment_center.organization.models import AssessmentCentre
from assessment_center.organization.selectors import active_centre, rules_on
from assessment_center.registry import RefusedError
from assessment_center.rulebooks.rules.rulebook import Rulebook
from assessment_center.spreadsheets import WORKBOOK_TYPE

TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "zip": "application/zip",
    "xlsx": WORKBOOK_TYPE,
}


def centre_or_404() -> AssessmentCentre:
    centre = active_centre()
    if centre is None:
        raise Http404
    return centre


def application_or_404(pk: UUID) -> FilingApplication:
    return get_object_or_404(selectors.applications(centre_or_404()), pk=pk)


def rules_of_centre(centre: AssessmentCentre) -> Rulebook | None:
    """The rulebook the centre works under: that of the open application, else of the filing."""
    found = next((each for each in selectors.applications(centre) if selectors.is_open(each)), None)
    return found.rules if found else rules_on(centre, timezone.localdate())


def frame(request: HttpRequest, application: FilingApplication, tab: str) -> dict[str, Any]:
    """The head of every page of an application."""
    return {
        "application": application,
        "tone": STATUS_TONES[application.status],
        "tab": tab,
        "editable": selectors.is_editable(application) and actor_of(request).may("centre.manage"),
        "assessed_here": selectors.needs_assessment(application),
        "planned_here": selectors.needs_plan(application),
    }


def day_of(text: str) -> date:
    """The day somebody entered; raises `RefusedError` where it is none, never guesses one."""
    try:
        found = parse_date(text)
    except ValueError:
        found = None
    if found is None:
        raise RefusedError(_("不是可识别的日期；请写成 2026-03-01 这样的年-月-日"))
    return found


def download(made: Made, *, attached: bool = False) -> HttpResponse:
    """A paper made here: PDFs open in the browser, workbooks are saved."""
    answer = HttpResponse(made.content, content_type=TYPES.get(made.suffix, TYPES["pdf"]))
    name = f"{made.title}.{made.suffix}"
    header = content_disposition_header(attached or made.suffix != "pdf", name)
    answer["Content-Disposition"] = header or "attachment"
    return answer
