"""The middleware beside the disclosures: who asks, by which page, and to what end."""

from collections.abc import Callable, Iterable
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.utils.translation import gettext as _

from assessment_center.accounts.models import User
from assessment_center.people.disclosures import Reading, gathering, watched
from assessment_center.people.enums import Manner
from assessment_center.people.rules.id_document import holds_number
from assessment_center.registry import SYSTEM, Actor
from assessment_center.registry.entries import documents

Handler = Callable[[HttpRequest], HttpResponse]


def disclosures(get_response: Handler) -> Handler:
    """Write down, before an answer leaves, whose full numbers were opened for it."""

    def handle(request: HttpRequest) -> HttpResponse:
        reading = Reading()
        with gathering(reading):
            response = get_response(request)

        def write() -> None:
            if reading.people:
                reading.write(
                    _actor(request),
                    manner=_manner(response),
                    place=_place(request),
                    purpose=_purpose(request),
                )

        write()
        if response.streaming:
            stream = cast("StreamingHttpResponse", response)
            if not stream.is_async:
                pieces = cast("Iterable[bytes]", stream.streaming_content)
                stream.streaming_content = watched(pieces, reading, write)
        return response

    return handle


def _actor(request: HttpRequest) -> Actor:
    user = request.user
    return user.as_actor() if isinstance(user, User) or user.is_authenticated else SYSTEM


def _manner(response: HttpResponse) -> Manner:
    kind = response.headers.get("Content-Type", "")
    if "pdf" in kind:
        return Manner.PRINT
    return Manner.VIEW if "html" in kind else Manner.EXPORT


def _place(request: HttpRequest) -> str:
    match = request.resolver_match
    return match.view_name if match else ""


def _purpose(request: HttpRequest) -> str:
    """The reason that was given, or the name of the form that was asked for."""
    given = request.POST.get("reason", "").strip()
    slug = str((request.resolver_match.kwargs if request.resolver_match else {}).get("slug", ""))
    form = documents.get(slug) or next((kind for kind in documents if kind.slug == slug), None)
    return given or (str(form.label) if form and slug else "")


def no_numbers_in_addresses(get_response: Handler) -> Handler:
    """An ID number in an address would stay in histories and logs: it is led off at once."""

    def handle(request: HttpRequest) -> HttpResponse:
        found = [name for name, values in request.GET.lists() if any(map(holds_number, values))]
        if not found:
            return get_response(request)
        kept = request.GET.copy()
        for name in found:
            del kept[name]
        messages.warning(request, _("证件号码不能写在网址里。请用“按证件号码查找”。"))
        query = kept.urlencode()
        return HttpResponseRedirect(request.path + (f"?{query}" if query else ""))

    return handle
