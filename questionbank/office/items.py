"""The page of one item: read it, revise it, hand it in, review it."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.office import UNPROCESSABLE, act, actor_of, office_view, render_office, see
from assessment_center.registry import Actor
from assessment_center.workflow import open_moves
from questionbank import forms
from questionbank.documents import printed_answer
from questionbank.enums import ItemStatus
from questionbank.lifecycle import ITEM
from questionbank.models import Item
from questionbank.office.banks import STATE_CHIPS, draw_bank
from questionbank.office.common import bank_or_404, submitted
from questionbank.policies import rules_today
from questionbank.secrecy import admitted
from questionbank.services import items
from questionbank.validators import LETTERS

READERS = (Act.BANK_WRITE, Act.BANK_REVIEW, Act.BANK_ACCEPT)


def _bank_url(item: Item) -> str:
    return reverse("questionbank_office:bank", args=[item.bank_id])


@office_view(Act.BANK_WRITE, methods=("POST",))
def write(request: HttpRequest, pk: UUID) -> HttpResponse:
    bank = bank_or_404(pk)
    form = forms.ItemForm(bank, request.POST)
    return submitted(
        request,
        form,
        lambda: items.write_item(actor=actor_of(request), bank=bank, draft=form.draft()),
        done=lambda _item: _("试题已存为草稿；核对后请提交审题。"),
        back=reverse("questionbank_office:bank", args=[bank.pk]),
        again=lambda: draw_bank(request, bank, item_form=form),
    )


@office_view(Act.BANK_WRITE, methods=("POST",))
def submit_mine(request: HttpRequest, pk: UUID) -> HttpResponse:
    bank = bank_or_404(pk)
    return act(
        request,
        lambda: items.submit_all(actor=actor_of(request), bank=bank),
        done=lambda n: _("已提交 %(n)s 题审题。") % {"n": n},
        back=reverse("questionbank_office:bank", args=[bank.pk]),
    )


def _item(pk: UUID) -> Item:
    rows = Item.objects.select_related(
        "bank__occupation", "bank__job", "point", "writer", "reviewer"
    )
    return get_object_or_404(rows, pk=pk)


def _revisable(item: Item, actor: Actor) -> bool:
    mine = item.writer_id in (None, actor.user_id) and actor.may(Act.BANK_WRITE)
    return mine and item.status in ITEM["submit"].sources


@office_view(READERS)
def item_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Stem, options and answer; whoever may moves it on from here, its writer revises it."""
    item = _item(pk)
    actor = actor_of(request)
    if not admitted(actor, rules_today()):
        return see(f"{_bank_url(item)}#items")  # which says why
    form = None
    if _revisable(item, actor):
        form = forms.ItemForm(item.bank, request.POST or None, initial=forms.initial_of(item))

    def draw() -> HttpResponse:
        context = {
            "item": item,
            "options": list(zip(LETTERS, item.options, strict=False)),
            "answer": printed_answer({"kind": item.kind, "answer": item.answer}),
            "moves": [
                m
                for m in open_moves(machine=ITEM, subject=item, actor=actor)
                if m[0].name != "accept"
            ],
            "form": form,
            "chip": STATE_CHIPS[ItemStatus(item.status)],
        }
        status = UNPROCESSABLE if form is not None and form.errors else 200
        return render_office(request, "office/questionbank/item.html", context, status=status)

    if request.method != "POST" or form is None:
        return draw()
    return submitted(
        request,
        form,
        lambda: items.revise_item(actor=actor, item=item, draft=form.draft()),
        done=lambda _item: _("修改已保存。"),
        back=request.path,
        again=draw,
    )


@office_view(READERS, methods=("POST",))
def move(request: HttpRequest, pk: UUID, move: str) -> HttpResponse:
    """Submit, return, review or retire."""
    item, actor = _item(pk), actor_of(request)
    reason = request.POST.get("reason", "")
    acts = {
        "submit": lambda: items.submit_item(actor=actor, item=item),
        "return": lambda: items.review_item(actor=actor, item=item, passed=False, reason=reason),
        "review": lambda: items.review_item(actor=actor, item=item, passed=True),
        "retire": lambda: items.retire_item(actor=actor, item=item, reason=reason),
    }
    if move not in acts:
        raise Http404(move)
    page = reverse("questionbank_office:item", args=[item.pk])
    return act(
        request,
        acts[move],
        done=lambda moved: _("试题现为“%(state)s”。") % {"state": moved.get_status_display()},
        back=page,
    )
