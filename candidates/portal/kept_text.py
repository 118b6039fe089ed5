"""What was typed after the session had ended: kept until its writer has signed in again."""

from urllib.parse import urlsplit

from django.http import HttpRequest, QueryDict

UNSAVED = "portal_unsaved"
WORTH_KEEPING = frozenset({"portal:facts"})  # pages of much typing, and of no password
MOST = 20_000


def keep(request: HttpRequest) -> bool:
    """Keep the text of a posted page for its writer; files and short pages are not kept."""
    match = request.resolver_match
    if match is None or match.view_name not in WORTH_KEEPING:
        return False
    text = request.POST.copy()
    text.pop("csrfmiddlewaretoken", None)
    encoded = text.urlencode()
    if len(encoded) > MOST:
        return False
    request.session[UNSAVED] = {"page": request.path, "text": encoded}
    return True


def taken(request: HttpRequest) -> QueryDict | None:
    """The kept text of this page, handed out once."""
    found = request.session.get(UNSAVED)
    if not found or found["page"] != request.path:
        return None
    del request.session[UNSAVED]
    return QueryDict(found["text"])


def page_of(request: HttpRequest) -> str:
    """The page somebody was on: where a form was posted from, else what was asked for."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    posted = request.method not in {"GET", "HEAD"}
    return came_from.path if posted and came_from.netloc == request.get_host() else request.path
