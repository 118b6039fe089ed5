"""The public home page, announcements, the language switch and readiness."""

import logging
from uuid import UUID

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from assessment_center.batches.enums import AnnouncementStatus
from assessment_center.batches.models import Announcement
from assessment_center.batches.selectors import public_batches
from assessment_center.middleware import LANGUAGE_COOKIE
from assessment_center.office import next_url, see

logger = logging.getLogger(__name__)
A_YEAR = 365 * 24 * 3600
SHOWN = 20


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
    offerings = found.batch.offerings.select_related("occupation", "job", "standard")
    context = {"announcement": found, "batch": found.batch, "offerings": offerings}
    return render(request, "public/announcement.html", context)


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
