"""The list of banks, and the page of one: breakdown, items by state, blueprints, acceptance."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.office import UNPROCESSABLE, actor_of, office_view, render_office
from assessment_center.registry import RefusedError
from assessment_center.spreadsheets import WORKBOOK_TYPE, template
from questionbank import forms, selectors
from questionbank.enums import ItemStatus
from questionbank.labels import ITEM_KIND_LABELS, ITEM_LABELS
from questionbank.models import Bank
from questionbank.office.common import bank_or_404, submitted
from questionbank.policies import rules_today
from questionbank.secrecy import admitted
from questionbank.services import banks, importing, items
from questionbank.sheets import ITEMS

A_PAGE = 30
STATE_CHIPS = {
    ItemStatus.DRAFT: "idle",
    ItemStatus.SUBMITTED: "now",
    ItemStatus.RETURNED: "due",
    ItemStatus.REVIEWED: "now",
    ItemStatus.ACCEPTED: "done",
    ItemStatus.RETIRED: "idle",
}


@office_view(Act.BANK_VIEW)
def bank_list(request: HttpRequest) -> HttpResponse:
    """All banks with their counts; the manager opens a new one here."""
    form = forms.BankForm(request.POST or None)

    def draw() -> HttpResponse:
        context = {"banks": selectors.banks(), "form": form}
        status = UNPROCESSABLE if form.errors else 200
        return render_office(request, "office/questionbank/list.html", context, status=status)

    if request.method != "POST":
        return draw()
    return submitted(
        request,
        form,
        lambda: banks.create_bank(actor=actor_of(request), **form.facts()),
        done=lambda bank: _("题库“%(bank)s”已建立。") % {"bank": bank},
        back=request.path,
        again=draw,
    )


@office_view(Act.BANK_VIEW, methods=("GET", "HEAD"))
def bank_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    return draw_bank(request, bank_or_404(pk))


def draw_bank(request: HttpRequest, bank: Bank, **bound: Any) -> HttpResponse:
    """The page of a bank; `bound` are forms that came back with errors."""
    counts = selectors.items_by_status(bank)
    status = request.GET.get("status", "")
    rows = bank.items.select_related("point", "writer", "reviewer")
    opens = admitted(actor_of(request), rules_today())
    chosen = rows.filter(status=status) if status in ITEM_LABELS else rows
    page = Paginator(chosen, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "bank": bank,
        "points": selectors.breakdown(bank),
        "blueprints": [_words(b) for b in bank.blueprints.order_by("-created_at")],
        "acceptances": bank.acceptances.prefetch_related("experts__person"),
        "states": [
            (k, v, counts.get(k, 0), STATE_CHIPS[ItemStatus(k)]) for k, v in ITEM_LABELS.items()
        ],
        "status": status,
        "page": page,
        "opens": opens,
        "chips": STATE_CHIPS,
        "least": _least(bank),
        "accepted": counts.get(ItemStatus.ACCEPTED, 0),
        "reviewed": counts.get(ItemStatus.REVIEWED, 0),
        "item_form": forms.ItemForm(bank),
        "point_form": forms.PointForm(),
        "blueprint_form": forms.BlueprintForm(),
        "accept_form": forms.AcceptForm(),
        "import_form": forms.ImportForm(),
        **bound,
    }
    code = UNPROCESSABLE if bound else 200
    return render_office(request, "office/questionbank/bank.html", context, status=code)


def _words(blueprint: Any) -> dict[str, Any]:
    parts = [
        f"{ITEM_KIND_LABELS[kind]} {n} × {blueprint.marks[kind]:g}"
        for kind, n in blueprint.counts.items()
    ]
    return {"row": blueprint, "parts": "，".join(parts)}


def _least(bank: Bank) -> Any:
    """How many items the rulebook asks of such a bank (BANK-02, BANK-03); None where silent."""
    rules = rules_today()
    if rules is None:
        return None
    theory = bank.subject == "theory"
    return rules.settings.bank_theory_min if theory else rules.settings.bank_practical_min


def _back(bank: Bank) -> str:
    return reverse("questionbank_office:bank", args=[bank.pk])


@office_view((Act.BANK_ACCEPT, Act.BANK_WRITE), methods=("POST",))
def add_point(request: HttpRequest, pk: UUID) -> HttpResponse:
    bank = bank_or_404(pk)
    form = forms.PointForm(request.POST)
    return submitted(
        request,
        form,
        lambda: banks.add_points(actor=actor_of(request), bank=bank, rows=[form.row()]),
        done=lambda _made: _("鉴定点已加入要素细目表。"),
        back=_back(bank),
        again=lambda: draw_bank(request, bank, point_form=form),
    )


@office_view(Act.PAPER_ASSEMBLE, methods=("POST",))
def add_blueprint(request: HttpRequest, pk: UUID) -> HttpResponse:
    bank = bank_or_404(pk)
    form = forms.BlueprintForm(request.POST)
    return submitted(
        request,
        form,
        lambda: banks.create_blueprint(actor=actor_of(request), bank=bank, **form.facts()),
        done=lambda _made: _("组卷方案已保存，今后按它组卷。"),
        back=_back(bank),
        again=lambda: draw_bank(request, bank, blueprint_form=form),
    )


@office_view(Act.BANK_ACCEPT, methods=("POST",))
def accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Accept all reviewed items under the rulebook the centre is filed under today."""
    bank = bank_or_404(pk)
    form = forms.AcceptForm(request.POST)

    def do() -> Any:
        rules = rules_today()
        if rules is None:
            raise RefusedError(
                _("没有在有效期内的备案，不知道按哪套规程验收。"), remedy=_("请先登记备案。")
            )
        return items.accept_items(
            actor=actor_of(request), bank=bank, rules=rules, **form.cleaned_data
        )

    return submitted(
        request,
        form,
        do,
        done=lambda made: _("已验收入库 %(n)s 题。") % {"n": made.item_count},
        back=_back(bank),
        again=lambda: draw_bank(request, bank, accept_form=form),
    )


@office_view(Act.BANK_WRITE, methods=("POST",))
def upload(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Items of this bank out of a workbook; problems are listed by row, nothing half imported."""
    bank = bank_or_404(pk)
    form = forms.ImportForm(request.POST, request.FILES)
    shown: dict[str, Any] = {"import_form": form}

    def do() -> Any:
        report = importing.import_items(
            actor=actor_of(request),
            occupation=bank.occupation,
            bank=bank,
            content=form.cleaned_data["file"].read(),
            dry_run=form.cleaned_data["dry_run"],
        )
        if not report.ok:
            shown["report"] = report
            raise RefusedError(
                _("有 %(n)s 处问题，没有导入任何一题。") % {"n": len(report.problems)}
            )
        return report

    return submitted(
        request,
        form,
        do,
        done=lambda r: (
            (
                _("已导入 %(n)s 题，待命题人提交审题。")
                if r.written
                else _("检查无误，可导入 %(n)s 题。")
            )
            % {"n": r.items}
        ),
        back=_back(bank),
        again=lambda: draw_bank(request, bank, **shown),
    )


@office_view(Act.BANK_WRITE, methods=("GET", "HEAD"))
def sheet_template(_request: HttpRequest) -> HttpResponse:
    """The empty sheet for items."""
    response = HttpResponse(template(ITEMS), content_type=WORKBOOK_TYPE)
    disposition = content_disposition_header(as_attachment=True, filename=f"{ITEMS.title}模板.xlsx")
    response.headers["Content-Disposition"] = disposition or "attachment"
    return response
