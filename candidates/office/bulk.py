"""Passing many at once: draw a sample, look at it one by one, then pass the rest."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.batches.selectors import batch_by_code
from assessment_center.office import act, actor_of, office_view, post_required, render_office
from assessment_center.registry import Actor, RefusedError
from candidates import samples
from candidates.enums import Stage
from candidates.labels import STAGE_LABELS
from candidates.models import SampleDraw
from candidates.office.forms import SampleForm
from candidates.services import sampling

PASSING = (Act.APPLICATION_FIRST_REVIEW, Act.APPLICATION_CONFIRM)


def _stage(request: HttpRequest, actor: Actor) -> Stage:
    """The stage asked for, if the actor passes there; else the first at which he does."""
    mine = samples.stages_of(actor)
    asked = request.GET.get("stage", "")
    return Stage(asked) if asked in mine else mine[0]


@office_view(PASSING, methods=("GET", "HEAD"))
def bulk(request: HttpRequest, code: str) -> HttpResponse:
    """Where one stands: nothing drawn, some still to look at, a fault found, or ready to pass."""
    batch, actor = batch_by_code(code), actor_of(request)
    stage = _stage(request, actor)
    draw = samples.latest(batch, stage, actor)
    state = samples.looked(draw) if draw else None
    rest = samples.rest(draw, actor) if draw else samples.clean(batch, stage, actor).none()
    ready = samples.clean(batch, stage, actor)
    over = draw is None or not (rest.exists() or (state and state.waiting))
    least = samples.least_percent(batch, stage, actor)
    context = {
        "batch": batch,
        "stage": stage,
        "stages": [
            (each.value, STAGE_LABELS[each], each == stage) for each in samples.stages_of(actor)
        ],
        "draw": None if over else draw,
        "looked": state,
        "passable": samples.passable(draw) if draw and not over else None,
        "rest": list(rest) if draw and not over else [],
        "refused": None if (may := samples.may_pass_many(batch, stage, actor)) else may,
        "count": ready.count(),
        "held": None if (free := samples.may_draw(batch, stage, actor)) else free,
        "form": SampleForm(initial={"percent": max(least, samples.USUAL)}),
        "least": least,
    }
    return render_office(request, "office/candidates/bulk.html", context)


@office_view(PASSING)
@post_required
def draw(request: HttpRequest, code: str, stage: str) -> HttpResponse:
    """Draw the sample; its lots are in the trail."""
    batch, actor = batch_by_code(code), actor_of(request)
    form = SampleForm(request.POST)

    def do() -> SampleDraw:
        if not form.is_valid() or stage not in set(Stage):
            raise RefusedError(_("抽查比例应在 1% 至 100% 之间。"))
        percent = form.cleaned_data["percent"]
        return sampling.draw_sample(actor=actor, batch=batch, stage=Stage(stage), percent=percent)

    back = f"{reverse('candidates_office:bulk', args=[code])}?stage={stage}"
    return act(
        request,
        do,
        done=lambda made: _("已抽出 %(n)d 份，请逐份审核。") % {"n": len(made.sampled)},
        back=back,
    )


@office_view(PASSING)
@post_required
def pass_rest(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Pass those of the crowd that were not drawn and are still ticked."""
    actor = actor_of(request)
    found = get_object_or_404(
        SampleDraw.objects.select_related("batch__rulebook_version", "batch__centre"),
        pk=pk,
        by=actor.user_id,
    )
    only = request.POST.getlist("application")
    back = f"{reverse('candidates_office:bulk', args=[found.batch.code])}?stage={found.stage}"
    return act(
        request,
        lambda: sampling.pass_rest(actor=actor, draw=found, only=only),
        done=_told,
        back=back,
    )


def _told(answer: tuple[int, list[str]]) -> str:
    done, left = answer
    text = _("已通过 %(n)d 份。") % {"n": done}
    return text + ("　" + "；".join(left[:5]) if left else "")
