"""The public home page, announcements, the language switch and readiness."""

import logging
import re
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from assessment_center.batches.enums import AnnouncementStatus, BatchStatus
from assessment_center.batches.models import Announcement, AssessmentBatch
from assessment_center.batches.selectors import public_batches
from assessment_center.batches.telling import days, period
from assessment_center.middleware import LANGUAGE_COOKIE
from assessment_center.office import next_url, see

logger = logging.getLogger(__name__)
A_YEAR = 365 * 24 * 3600
SHOWN = 20
HEADING = re.compile(r"^[一二三四五六七八九十]+、")


def published() -> "list[Announcement]":
    """The announcements everybody may read, newest first."""
    found = Announcement.objects.filter(status=AnnouncementStatus.PUBLISHED)
    return list(found.select_related("batch").order_by("-published_at")[:SHOWN])


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    open_now = [b for b in public_batches() if b.registration_opens <= now < b.registration_closes]
    context = {"open_batches": open_now, "announcements": published()}
    return render(request, "public/home.html", context)


@require_safe
def announcement(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = (
        Announcement.objects.filter(pk=pk, status=AnnouncementStatus.PUBLISHED)
        .select_related("batch__centre")
        .first()
    )
    if found is None:
        raise Http404
    return render(request, "public/announcement.html", reading(found))


def reading(found: Announcement) -> "dict[str, Any]":
    """The announcement with its family: the original, and beside it every numbered change."""
    batch = found.batch
    family = batch.announcements.filter(status=AnnouncementStatus.PUBLISHED).order_by("number")
    original, *changes = family
    return {
        "announcement": found,
        "batch": batch,
        "original": original,
        "changes": [(each, lines_of(each.body)) for each in changes],
        "lines": lines_of(found.body),
        "facts": [
            (_("报名时间"), period(batch.registration_opens, batch.registration_closes)),
            (_("考试时间") if batch.examined else _("认定时间"), days_of(batch)),
            (_("考试地点") if batch.examined else _("认定地点"), batch.exam_place),
            (_("咨询电话"), batch.centre.phone),
        ],
        "open": batch.registration_opens <= timezone.now() < batch.registration_closes
        and batch.status == BatchStatus.ANNOUNCED,
    }


def days_of(batch: AssessmentBatch) -> str:
    return days(batch.exam_starts, batch.exam_ends)


def lines_of(body: str) -> "list[tuple[bool, str]]":
    """Each line of the text, and whether it heads what follows."""
    return [(bool(HEADING.match(line)), line) for line in body.splitlines() if line.strip()]


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language in a cookie; a signed-in user's choice is kept with the account."""
    chosen = "en" if request.POST.get("language") == "en" else "zh-hans"
    response = see(next_url(request, "/"))
    response.set_cookie(
        LANGUAGE_COOKIE,
        chosen,
        max_age=A_YEAR,
        samesite="Lax",
        secure=settings.SECURE,
        httponly=True,
    )
    return response


@never_cache
def stale_page(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from a page that no longer holds: why nothing was saved, and the way back to it."""
    logger.info("a form was refused: %s", reason)
    came_from = urlsplit(request.headers.get("Referer", ""))
    page = came_from.path if came_from.netloc == request.get_host() else ""
    return render(request, "stale.html", {"page": page}, status=403)


@never_cache
@require_GET
def healthz(_request: HttpRequest) -> JsonResponse:
    """Readiness: 200 when database and broker answer, else 503 and which does not."""
    state = {"database": _database_answers(), "broker": _broker_answers()}
    ready = all(state.values())
    return JsonResponse({"ready": ready, **state}, status=200 if ready else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        logger.warning("readiness: the database does not answer")
        return False
    return True


def _broker_answers() -> bool:
    try:
        with broker() as client:
            client.ping()
    except (redis.RedisError, OSError):
        logger.warning("readiness: the broker does not answer")
        return False
    return True


def broker() -> redis.Redis:
    """A client of the broker that gives up soon."""
    url = settings.CELERY_BROKER_URL
    if url.startswith("redis+socket://"):
        path, _question, _query = url.removeprefix("redis+socket://").partition("?")
        return redis.Redis(unix_socket_path=path, socket_timeout=2, socket_connect_timeout=2)
    return redis.Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2)
