"""What the pages of banks and papers share: lookups, and forms whose last check is the service."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from assessment_center.batches.models import AssessmentBatch
from assessment_center.batches.selectors import batch_by_code
from assessment_center.office import refusal_text, see
from assessment_center.registry import RefusedError
from questionbank.models import Bank

M = TypeVar("M", bound=Model)


def bank_or_404(pk: Any) -> Bank:
    return get_object_or_404(Bank.objects.select_related("occupation", "job"), pk=pk)


def batch_or_404(code: str) -> AssessmentBatch:
    try:
        return batch_by_code(code)
    except RefusedError as refused:
        raise Http404(str(refused)) from refused


def submitted(
    request: HttpRequest,
    form: forms.Form,
    do: Callable[[], Any],
    *,
    done: Callable[[Any], str],
    back: str,
    again: Callable[[], HttpResponse],
) -> HttpResponse:
    """Do what a form asks and lead on; on errors draw the page again with all that was typed."""
    if form.is_valid():
        try:
            with transaction.atomic():
                answer = do()
        except RefusedError as refused:
            form.add_error(None, refusal_text(refused))
        else:
            messages.success(request, done(answer))
            return see(back)
    return again()
