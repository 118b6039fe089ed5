"""The trail as a page: searched by who, what, when and on what, with the state of its chain."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.labels import act_word
from assessment_center.audit.models import AuditEntry, SealedHead, SealedLeaf
from assessment_center.audit.verify import verify_trail
from assessment_center.office import office_view, render_office, see

A_PAGE = 50
NAMED = 10


@office_view(Act.AUDIT_VIEW)
def trail(request: HttpRequest) -> HttpResponse:
    """Entries by actor, verb, kind of subject, subject and days."""
    asked = {key: request.GET.get(key, "").strip() for key in FILTERS}
    entries = filtered(AuditEntry.objects.all(), asked)
    page = Paginator(entries, A_PAGE).get_page(request.GET.get("page"))
    kinds = AuditEntry.objects.order_by("subject_kind").values_list("subject_kind", flat=True)
    context: dict[str, Any] = {
        "asked": asked,
        "page": page,
        "entries": page.object_list,
        "kinds": list(kinds.distinct()),
        "head": SealedHead.objects.order_by("-number").first(),
        "unsealed": AuditEntry.objects.count() - SealedLeaf.objects.count(),
    }
    return render_office(request, "office/audit/list.html", context)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def verbs_like(text: str) -> list[str]:
    """The verbs of the trail that are called so, or whose word in the page is."""
    kept = AuditEntry.objects.order_by("verb").values_list("verb", flat=True).distinct()
    return [verb for verb in kept if text.lower() in verb or text in act_word(verb)]


FILTERS: dict[str, Callable[[str], dict[str, Any]]] = {
    "actor": lambda text: {"actor_label__icontains": text},
    "verb": lambda text: {"verb__in": verbs_like(text)},
    "kind": lambda text: {"subject_kind": text},
    "subject": lambda text: {"subject_id": key} if (key := _key(text)) else {"pk": None},
    "since": lambda text: {"at__date__gte": day} if (day := _day(text)) else {},
    "until": lambda text: {"at__date__lte": day} if (day := _day(text)) else {},
}


def filtered(entries: QuerySet[AuditEntry], asked: dict[str, str]) -> QuerySet[AuditEntry]:
    """The entries that fit everything asked; a subject that is no key fits none."""
    for key, text in asked.items():
        if text:
            entries = entries.filter(**FILTERS[key](text))
    return entries


@office_view(Act.AUDIT_VIEW, methods=("POST",))
def verify(request: HttpRequest) -> HttpResponse:
    """Read the whole trail against its log and say what is found."""
    report = verify_trail()
    if report.sound:
        words = _("已核对 %(n)s 条，封存链完整；未封存 %(tail)s 条。")
        messages.success(request, words % {"n": report.entries, "tail": report.unsealed})
    for fault in report.faults[:NAMED]:
        messages.error(request, fault)
    return see(reverse("audit_office:list"))
