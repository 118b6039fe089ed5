"""The draws of one sitting: commit, hold before a witness, repeat, correct; the staff confirmed."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.office import act, actor_of, office_view, render_office
from assessment_center.registry import Citation
from exams import drawing, services
from exams.enums import DrawKind
from exams.forms import MOMENT, HourForm, ReplaceForm, SwapForm, WitnessForm
from exams.labels import DRAW_LABELS
from exams.models import Draw, Duty, Sitting
from exams.office.early import look_at
from exams.office.sitting import duties_url
from exams.policies import on_site_lots
from exams.rules.staffing import supervision
from exams.selectors import sitting_by_id
from exams.services.draws import SWAPPABLE, rule_minutes


@dataclass(frozen=True, slots=True)
class DrawCard:
    """One kind of draw on the page: what there is of it, and why it is held."""

    kind: str
    label: str
    draw: Draw | None
    ordered: bool
    citations: tuple[Citation, ...]
    lots: list[drawing.Lot]
    corrections: list[str]
    repeats: bool
    warnings: list[str]
    hour: HourForm
    swap: SwapForm | None


def draws_url(sitting: Sitting) -> str:
    return reverse("exams_office:draws", args=[sitting.pk])


def _ordered(sitting: Sitting, kind: DrawKind) -> tuple[bool, tuple[Citation, ...]]:
    rules = sitting.batch.rules
    if kind == DrawKind.PROCTOR_ROOMS:
        asked = rules.settings.proctor_room_draw
        return asked.value, asked.citations
    if kind == DrawKind.SUPERVISOR:
        watch = supervision(rules.settings)
        return watch is not None, watch.citations if watch else ()
    lots = on_site_lots(rules, sitting.subject_code)
    return (True, lots[1]) if lots and lots[0] == kind else (False, ())


def _card(sitting: Sitting, kind: DrawKind, draw: Draw | None) -> DrawCard:
    ordered, citations = _ordered(sitting, kind)
    held = draw is not None and draw.held_at is not None
    minutes, _cited = rule_minutes(sitting, kind)
    usual = sitting.starts_at - timedelta(minutes=minutes)
    told = _("第 %(room)s 考场的考评组更换不足规定比例")
    return DrawCard(
        kind=kind.value,
        label=str(DRAW_LABELS[kind]),
        draw=draw,
        ordered=ordered,
        citations=citations,
        lots=drawing.lots_now(draw) if draw and held else [],
        corrections=drawing.corrections_in_words(draw) if draw and held else [],
        repeats=bool(draw and held and drawing.repeats(draw)),
        warnings=[told % {"room": int(room)} for room in drawing.unrotated(draw)] if draw else [],
        hour=HourForm(initial={"not_before": f"{timezone.localtime(usual):{MOMENT}}"}),
        swap=SwapForm(draw=draw) if draw and held and kind in SWAPPABLE else None,
    )


def _page(
    request: HttpRequest, sitting: Sitting, witness: WitnessForm | None = None
) -> HttpResponse:
    look_at(request, sitting)
    found = drawing.draws_at(sitting)
    kinds = drawing.kinds_for(sitting.batch.rules, sitting.subject_code)
    context = {
        "sitting": sitting,
        "batch": sitting.batch,
        "cards": [_card(sitting, kind, found.get(kind)) for kind in kinds],
        "witness": witness or WitnessForm(),
    }
    return render_office(request, "office/exams/draws.html", context)


@office_view(Act.EXAM_VIEW, methods=("GET", "HEAD"))
def draws(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Every draw this sitting may have, with its hash before and its key and lots after."""
    return _page(request, sitting_by_id(pk))


@office_view(Act.EXAM_ARRANGE, methods=("POST",))
def commit_lots(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    sitting = sitting_by_id(pk)
    form = HourForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请改正标出的各项。"))
        return _page(request, sitting)
    return act(
        request,
        lambda: services.commit_lots(
            actor=actor_of(request),
            sitting=sitting,
            kind=kind,
            not_before=form.cleaned_data["not_before"],
        ),
        done=_("抽签密钥已封存，摘要已公布。"),
        back=draws_url(sitting),
    )


@office_view((Act.EXAM_ARRANGE, Act.EXAM_RECORD), methods=("POST",))
def hold_lots(request: HttpRequest, pk: UUID) -> HttpResponse:
    draw = drawing.draw_by_id(pk)
    form = WitnessForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请填写见证人姓名。"))
        return _page(request, draw.sitting, form)
    return act(
        request,
        lambda: services.hold_lots(
            actor=actor_of(request), draw=draw, witness=form.cleaned_data["witness"]
        ),
        done=_("抽签完成，结果和密钥已公开。"),
        back=draws_url(draw.sitting),
    )


@office_view(Act.EXAM_ARRANGE, methods=("POST",))
def swap_lots(request: HttpRequest, pk: UUID) -> HttpResponse:
    draw = drawing.draw_by_id(pk)
    form = SwapForm(request.POST, draw=draw)
    if not form.is_valid():
        messages.error(request, _("请选两签，并写明原因。"))
        return _page(request, draw.sitting)
    return act(
        request,
        lambda: services.swap_lots(actor=actor_of(request), draw=draw, **form.cleaned_data),
        done=_("已更正，原结果和原因都已留存。"),
        back=draws_url(draw.sitting),
    )


@office_view(Act.EXAM_ARRANGE, methods=("POST",))
def confirm_duties(request: HttpRequest, pk: UUID) -> HttpResponse:
    sitting = sitting_by_id(pk)
    return act(
        request,
        lambda: services.confirm_duties(actor=actor_of(request), sitting=sitting),
        done=_("人员已定岗。"),
        back=duties_url(sitting),
        otherwise=duties_url(sitting),
    )


@office_view(Act.EXAM_ARRANGE, methods=("POST",))
def replace_duty(request: HttpRequest, pk: UUID) -> HttpResponse:
    duty = get_object_or_404(Duty.objects.select_related("sitting__batch"), pk=pk)
    form = ReplaceForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请选接替的人员，并写明原因。"))
        return redirect(duties_url(duty.sitting))
    return act(
        request,
        lambda: services.replace_duty(actor=actor_of(request), duty=duty, **form.cleaned_data),
        done=_("已换人。"),
        back=duties_url(duty.sitting),
        otherwise=duties_url(duty.sitting),
    )
