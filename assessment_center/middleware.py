"""Language of the signed-in user, refusals as pages, and the content security policy."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from assessment_center.registry import RefusedError

Handler = Callable[[HttpRequest], HttpResponse]
LANGUAGE_COOKIE = "language"


def language_of_user(get_response: Handler) -> Handler:
    """Chinese unless the user chose English; the browser's own preference is not asked."""

    def handle(request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(LANGUAGE_COOKIE)
        language = "en" if chosen == "en" else "zh-hans"
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = get_response(request)
            response.headers.setdefault("Content-Language", language)
            return response

    return handle


class refusals:  # noqa: N801 - named as the function it stands for
    """A refusal that no view caught becomes a page that says why and what to do."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        if isinstance(fault, RefusedError):
            return render(request, "refused.html", {"refusal": fault.refusal}, status=409)
        return None


def content_security(get_response: Handler) -> Handler:
    """Only our own files; the admin's theme evaluates its attributes and sets inline styles."""
    strict = (
        "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'self'; "
        "form-action 'self'; frame-ancestors 'self'"
    )
    office = (
        "default-src 'self'; script-src 'self' 'unsafe-eval' 'unsafe-inline'; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; object-src 'none'; "
        "base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
    )

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        policy = office if request.path.startswith("/admin/") else strict
        response.headers.setdefault("Content-Security-Policy", policy)
        return response

    return handle
