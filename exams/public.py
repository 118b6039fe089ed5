"""What everybody may know of a draw: its digest before, its key and record after the hour.

A draw can be repeated by anybody from the record and the program offered beside it. With key and
list every seat can be worked out, so neither is shown before the arrangement is open.
"""

import io
import zipfile
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from assessment_center.batches.models import AssessmentBatch
from exams.models import DrawnPlan, Sitting
from exams.opening import opening_of
from exams.published_draws import draws_of, is_public
from exams.services.draw_record import record_of

SHOWN = 20
SOURCES = ("exams/__init__.py", "exams/rules/__init__.py", "exams/rules/seating/*.py")
STARTER = (
    "from exams.rules.seating import __main__ as it\nraise SystemExit(it.main(it.sys.argv[1:]))\n"
)
LONG_AGO = (2026, 1, 1, 0, 0, 0)  # the same program is the same file on every server


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The batches whose draws are published, the latest examination first."""
    committed = Sitting.objects.exclude(draw_commitment="")
    found = AssessmentBatch.objects.filter(pk__in=committed.values("batch"))
    batches = found.order_by("-exam_starts", "-code")[:SHOWN]
    return render(request, "public/draws.html", {"batches": batches})


@require_safe
def batch(request: HttpRequest, code: str) -> HttpResponse:
    """Every draw of a batch: digest, and after the hour key, algorithm, list and record."""
    found = get_object_or_404(
        AssessmentBatch.objects.select_related("centre", "rulebook_version"), code=code
    )
    return render(request, "public/draw.html", {"batch": found, "draws": draws_of(found)})


@require_safe
def record(_request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The record of one draw; before the hour there is none."""
    sitting = get_object_or_404(
        Sitting.objects.select_related("batch__rulebook_version"), batch__code=code, number=number
    )
    drawn = DrawnPlan.objects.filter(sitting=sitting).first()
    if drawn is None or not is_public(sitting, opening_of(sitting.batch)):
        raise Http404
    response = JsonResponse(record_of(sitting, drawn))
    response["Content-Disposition"] = f'attachment; filename="{sitting.slug}-draw.json"'
    return response


@require_safe
def program(_request: HttpRequest) -> HttpResponse:
    """The seating algorithm as one file that needs Python 3.11 and nothing else."""
    response = HttpResponse(zipapp(), content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="seating.pyz"'
    return response


@lru_cache(maxsize=1)
def zipapp() -> bytes:
    """The pure package of the seating rules, to be started as `python seating.pyz RECORD.json`."""
    target, root = io.BytesIO(), Path(settings.BASE_DIR)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as folder:
        files = {"__main__.py": STARTER.encode()}
        for pattern in SOURCES:
            for path in sorted(root.glob(pattern)):
                files[path.relative_to(root).as_posix()] = path.read_bytes()
        for name, content in files.items():
            folder.writestr(zipfile.ZipInfo(name, LONG_AGO), content)
    return target.getvalue()
