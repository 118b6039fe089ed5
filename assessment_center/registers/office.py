"""Pages of the registers, under /admin/work/registers/: four tabs on one pattern."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.office import act, actor_of, office_view, render_office
from assessment_center.organization.selectors import active_centre
from assessment_center.registers import documents, forms, selectors, services
from assessment_center.registers.models import DocumentEntry, Line, Minutes, SealUse, Transfer
from assessment_center.registry import RefusedError

UNPROCESSABLE, NOT_FOUND = 422, 404
PER_PAGE = 30
TYPES = {"pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg"}


@dataclass(frozen=True, slots=True)
class Tab:
    """One register: its table, its form, and what enters a line."""

    slug: str
    label: Promise
    model: type[Line]
    form: type[forms.EntryForm]
    enter: Callable[..., Line]
    by_series: bool = False


TABS = {
    tab.slug: tab
    for tab in (
        Tab("documents", gettext_lazy("收发文"), DocumentEntry, forms.DocumentForm,
            services.enter_document, by_series=True),
        Tab("transfers", gettext_lazy("文件移交"), Transfer, forms.TransferForm,
            services.enter_transfer),
        Tab("minutes", gettext_lazy("会议与工作记录"), Minutes, forms.MinutesForm,
            services.enter_minutes, by_series=True),
        Tab("seals", gettext_lazy("用印"), SealUse, forms.SealForm, services.apply_for_seal),
    )
}  # fmt: skip


def _tab(slug: str) -> Tab:
    if slug not in TABS:
        raise Http404
    return TABS[slug]


def _url(tab: Tab) -> str:
    return reverse("registers_office:register", args=[tab.slug])


def _initial(tab: Tab) -> dict[str, Any]:
    """What a new line most often says."""
    centre = active_centre()
    return {
        "dated": timezone.localdate(),
        "moved_at": timezone.localtime(),
        "held_at": timezone.localtime(),
        "seal": centre.seal_name if centre and tab.model is SealUse else "",
    }


def _year(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 else None  # noqa: PLR2004


def _page(request: HttpRequest, tab: Tab, *, status: int = 200, **bound: Any) -> HttpResponse:
    words, year = request.GET.get("words", "").strip()[:80], _year(request.GET.get("year", ""))
    today = timezone.localdate()
    found = selectors.lines(tab.model, words=words, year=year)
    form_code = documents.PRINTS[tab.model][0][0]
    context = {
        "tab": tab,
        "tabs": TABS.values(),
        "words": words,
        "year": year,
        "years": selectors.years(tab.model),
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "cited": selectors.form_citations(form_code),
        "use": forms.UseForm(initial={"on": today}),
        "period": forms.PeriodForm(initial={"first": date(today.year, 1, 1), "last": today}),
        **bound,
    }
    return render_office(request, "office/registers/register.html", context, status=status)


@office_view(Act.REGISTER_VIEW, methods=("GET", "HEAD"))
def home(request: HttpRequest) -> HttpResponse:
    """The first of the registers."""
    return _page(request, TABS["documents"])


@office_view(Act.REGISTER_VIEW, methods=("GET", "HEAD"))
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """One register, the latest lines first."""
    return _page(request, _tab(slug))


def _entry(form: forms.EntryForm, old: Line | None) -> tuple[str, services.Entry]:
    told = dict(form.cleaned_data)
    series, file = told.pop("series", ""), told.pop("file", None)
    matter, reason = told.pop("matter"), told.pop("reason", "")
    content = file.read() if file else b""
    return series, services.Entry(told, matter, old, reason, content)


def _write(request: HttpRequest, tab: Tab, old: Line | None) -> HttpResponse:
    """The form of a new line, or of the line that puts `old` right."""
    given: dict[str, Any] = {"correcting": old is not None}
    if old is not None:
        given["initial"] = {name: getattr(old, name, "") for name in tab.form.base_fields}
        given["initial"]["file"] = None
    else:
        given["initial"] = _initial(tab)
    form = tab.form(request.POST or None, request.FILES or None, **given)
    if request.method == "POST" and form.is_valid():
        series, entry = _entry(form, old)
        more = {"series": series} if tab.by_series else {}
        return act(
            request,
            lambda: tab.enter(actor=actor_of(request), entry=entry, **more),
            done=lambda line: _("已登记：%(line)s。") % {"line": line},
            back=_url(tab),
            otherwise=request.path,
        )
    context = {"tab": tab, "form": form, "old": old}
    status = UNPROCESSABLE if form.errors else 200
    return render_office(request, "office/registers/entry.html", context, status=status)


@office_view(Act.REGISTER_WRITE)
def enter(request: HttpRequest, slug: str) -> HttpResponse:
    return _write(request, _tab(slug), None)


@office_view(Act.REGISTER_WRITE)
def correct(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """A further line that puts an earlier one right."""
    tab = _tab(slug)
    return _write(request, tab, get_object_or_404(tab.model, pk=pk))


@office_view((Act.REGISTER_APPROVE, Act.REGISTER_WRITE), methods=("POST",))
def step(request: HttpRequest, slug: str, pk: UUID, move: str) -> HttpResponse:
    """A hand-over or the use of a seal: agreed to, declined, or carried out."""
    tab = _tab(slug)
    line = get_object_or_404(tab.model, pk=pk)
    actor, words = actor_of(request), request.POST.get("words", "")[:200]
    if move == "use" and isinstance(line, SealUse):
        form = forms.UseForm(request.POST)
        if not form.is_valid():
            return _page(request, tab, status=UNPROCESSABLE, use=form)

    def do() -> Line:
        if move == "use" and isinstance(line, SealUse):
            return services.use_seal(actor=actor, line=line, **form.cleaned_data)
        if move == "use" and isinstance(line, Transfer):
            return services.complete_transfer(actor=actor, line=line)
        if move in {"agree", "decline"} and isinstance(line, Transfer | SealUse):
            return services.decide(actor=actor, line=line, agreed=move == "agree", words=words)
        raise RefusedError(_("没有这个步骤。"))

    return act(
        request,
        do,
        done=lambda one: f"{one}：{one.get_consent_display()}",
        back=_url(tab),
    )


@office_view(Act.REGISTER_VIEW, methods=("GET", "HEAD"))
def print_register(request: HttpRequest, slug: str) -> HttpResponse:
    """The register of a period as PDF; without a line, the page says so."""
    tab, centre = _tab(slug), active_centre()
    form = forms.PeriodForm(request.GET)
    if not form.is_valid():
        return _page(request, tab, status=UNPROCESSABLE, period=form)
    content = None
    if centre is not None:
        content = documents.print_period(
            actor=actor_of(request), centre=centre, model=tab.model, **form.cleaned_data
        )
    if content is None:
        messages.info(request, _("这段时间没有登记。"))
        return _page(request, tab, status=NOT_FOUND)
    response = HttpResponse(content, content_type="application/pdf")
    name = f"{documents.PRINTS[tab.model][0][2].replace('/', '、')}.pdf"
    header = content_disposition_header(as_attachment=False, filename=name)
    response.headers["Content-Disposition"] = header or "inline"
    return response


@office_view(Act.REGISTER_VIEW, methods=("GET", "HEAD"))
def file(request: HttpRequest, pk: UUID) -> FileResponse:
    """The file of a document; the look is recorded."""
    line = get_object_or_404(DocumentEntry, pk=pk)
    if not line.file:
        raise Http404
    record(actor=actor_of(request), verb="registers.open_file", subject=line.subject)
    suffix = str(line.file.name).rpartition(".")[2]
    return FileResponse(
        line.file.open("rb"),
        content_type=TYPES.get(suffix, "application/octet-stream"),
        as_attachment=True,
        filename=f"{line}.{suffix}",
    )
