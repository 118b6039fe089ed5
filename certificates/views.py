"""Public verification: no sign-in, nothing in the address, the same answer to every wrong guess."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from assessment_center.office import refusal_text
from assessment_center.registry import RefusedError
from certificates.forms import FactsForm, FileForm, TextForm
from certificates.keys import public_key_text
from certificates.scanning import codes_in
from certificates.services.verifying import (
    UNKNOWN,
    Answer,
    Query,
    Verdict,
    count_query,
    verify_facts,
    verify_file,
    verify_text,
)

READ = ("GET", "HEAD", "POST")


def _page(request: HttpRequest, *, status: int = 200, **forms: Any) -> HttpResponse:
    context = {
        "facts": FactsForm(),
        "text": TextForm(),
        "file": FileForm(),
        "public_key": public_key_text(),
        "open": next(iter(forms), "facts"),
        **forms,
    }
    return render(request, "verify/form.html", context, status=status)


def _answer(request: HttpRequest, verdicts: list[Verdict], *, by: str) -> HttpResponse:
    shown = verdicts or [UNKNOWN]
    return render(request, "verify/result.html", {"verdicts": shown, "by": by})


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


@never_cache
@sensitive_post_parameters()
@require_http_methods(READ)
def by_facts(request: HttpRequest) -> HttpResponse:
    """Two of number, name and ID number; posted, so that none of them stands in an address."""
    form = FactsForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, facts=form)
    try:
        found = verify_facts(query=Query(**form.cleaned_data), address=_address(request))
    except RefusedError as refused:
        form.add_error(None, refusal_text(refused))
        return _page(request, status=422, facts=form)
    return _answer(request, found, by="facts")


@never_cache
@require_http_methods(READ)
def by_text(request: HttpRequest) -> HttpResponse:
    """The text of a code, pasted, or posted by the page itself from behind the `#`."""
    form = TextForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, text=form)
    return _answer(request, [verify_text(text=form.cleaned_data["text"])], by="code")


@never_cache
@require_http_methods(READ)
def by_file(request: HttpRequest) -> HttpResponse:
    """A file, compared with the one that was issued; a changed one may hold a genuine code."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, file=form)
    content = form.cleaned_data["file"]
    same = verify_file(content=content)
    if same.answer is not Answer.UNKNOWN:
        return _answer(request, [same], by="file")
    try:
        count_query(address=_address(request))
    except RefusedError as refused:
        form.add_error("file", refusal_text(refused))
        return _page(request, status=422, file=form)
    coded = [verify_text(text=code) for code in codes_in(content)]
    known = [verdict for verdict in coded if verdict.answer is not Answer.UNKNOWN]
    return _answer(request, known, by="changed" if known else "file")
