"""One's own calendar: the page that makes and revokes its address, and the file behind it."""

import hashlib

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assessment_center.accounts.enums import Act
from assessment_center.accounts.models import User
from assessment_center.deadlines import services
from assessment_center.deadlines.calendars import calendar_file, rows_for
from assessment_center.deadlines.enums import Scope
from assessment_center.deadlines.labels import SCOPE_LABELS
from assessment_center.deadlines.models import CalendarFeed
from assessment_center.deadlines.services.feeds import feed_of, note_read
from assessment_center.office import act, office_view, render_office

LONGEST = 64


def _me(request: HttpRequest) -> User:
    return User.objects.get(username=request.user.get_username())


@office_view(Act.HOME)
def page(request: HttpRequest) -> HttpResponse:
    """Make or renew one's address; the new one is shown this once, on the answer to the post."""
    user, address = _me(request), ""
    if request.method == "POST":
        asked = request.POST.get("scope")
        scope = Scope(asked) if asked in SCOPE_LABELS else Scope.MINE
        secret = services.make_feed(user=user, scope=scope)
        address = settings.SITE_URL + reverse("calendar:feed", args=[secret])
    feed = CalendarFeed.objects.filter(user=user).first()
    chosen = feed.scope if feed else Scope.MINE.value
    context = {
        "address": address,
        "webcal": "webcal://" + address.partition("://")[2] if address else "",
        "feed": feed,
        "scopes": [
            (key, label, key == chosen, len(rows_for(user, key)))
            for key, label in SCOPE_LABELS.items()
        ],
    }
    answer = render_office(request, "office/deadlines/calendar.html", context)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@office_view(Act.HOME, methods=("POST",))
def revoke(request: HttpRequest) -> HttpResponse:
    """The address leads nowhere from now on."""
    return act(
        request,
        lambda: services.revoke_feed(user=_me(request)),
        done=_("订阅地址已停用。"),
        back=reverse("deadlines_office:calendar"),
    )


@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponseBase:
    """The calendar behind a secret address; anything else is not found."""
    found = feed_of(secret) if len(secret) <= LONGEST else None
    if found is None:
        raise Http404
    content = calendar_file(found.user, found.scope)
    note_read(found)
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = 'inline; filename="deadlines.ics"'
    answer.headers["ETag"] = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers["Referrer-Policy"] = "no-referrer"
    kept = get_conditional_response(request, etag=answer.headers["ETag"], response=answer)
    return kept or answer
