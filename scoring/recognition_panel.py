"""The stage of recognition on the rail of a batch, and what waits on the home page."""

from collections.abc import Sequence

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment_center.accounts.enums import Act
from assessment_center.batches.enums import BatchStatus
from assessment_center.batches.models import AssessmentBatch
from assessment_center.batches.selectors import has_recognition, is_examined
from assessment_center.registry import Actor
from assessment_center.registry.entries import (
    BatchStage,
    Fact,
    HomePanel,
    Line,
    StageAction,
    StageView,
    batch_stages,
    home_panels,
)
from scoring import policies, recognition, selectors
from scoring.enums import RecognitionStatus
from scoring.models import RecognitionDecision

BEFORE = frozenset({BatchStatus.DRAFT, BatchStatus.ANNOUNCED, BatchStatus.CANCELLED})


def recognition_stage(batch: AssessmentBatch, _actor: Actor) -> StageView:
    """How many are proposed and confirmed; without an examination also compiled and reported."""
    told = recognition.counts(batch)
    if batch.status in BEFORE or not told["total"]:
        return StageView("idle")
    facts = (
        Fact(told["total"], _("应认定")),
        Fact(told["proposed"], _("待确认")),
        Fact(told["confirmed"], _("已确认")),
        Fact(told["granted"], _("予以认定")),
    )
    url = reverse("scoring_office:recognition", args=[batch.code])
    page = StageAction(_("认定办理"), url, permission=Act.APPLICATION_VIEW)
    if told["confirmed"] < told["total"]:
        note = _("待办 %(n)s") % {"n": told["total"] - told["confirmed"]}
        return StageView("now", note, facts, primary=page)
    note = _("认定 %(n)s") % {"n": told["granted"]}
    blockers = () if is_examined(batch) else _compiling(batch)
    if not blockers:
        return StageView("done", note, facts, actions=(page,))
    results = reverse("scoring_office:batch", args=[batch.code])
    primary = StageAction(_("汇总与上报"), results, permission=Act.SCORE_VIEW)
    return StageView("now", note, facts, (), blockers, primary, (page,))


def _compiling(batch: AssessmentBatch) -> tuple[Line, ...]:
    """What is left to do before publicity where no examination has its own stage for it."""
    if not selectors.result_counts(batch)["total"]:
        return (Line(_("认定结果还没有汇总。"), state="now"),)
    first = batch.rules.settings.report_before_publicity
    if not first.value or selectors.reported_now(batch):
        return ()
    due = policies.report_due(batch)
    detail = _("最迟 %(day)s") % {"day": due.day} if due else ""
    return (Line(_("结果还没有上报主管部门"), detail, "due", citations=first.citations),)


def home_lines(actor: Actor) -> Sequence[Line]:
    """Recognitions that wait for this actor's confirmation or were sent back to be redone."""
    words = {}
    if actor.may(Act.RECOGNITION_CONFIRM):
        words[RecognitionStatus.PROPOSED.value] = _("认定待确认")
    if actor.may(Act.RECOGNITION_PROPOSE):
        words[RecognitionStatus.RETURNED.value] = _("认定被退回")
    rows = (
        RecognitionDecision.objects.filter(status__in=list(words))
        .exclude(application__status="withdrawn")
        .values_list("application__batch__code", "application__batch__name", "status")
        .annotate(n=Count("id"))
        .order_by("application__batch__code", "status")
    )
    return [
        Line(
            f"{name} · {words[status]} {n}",
            state="now",
            url=f"{reverse('scoring_office:recognition', args=[code])}?state={status}",
            link=_("去办理"),
        )
        for code, name, status, n in rows
    ]


batch_stages.register(
    "recognise",
    BatchStage("recognise", gettext_lazy("认定"), recognition_stage, shown=has_recognition),
    order=105,
)
home_panels.register(
    "recognition",
    HomePanel("recognition", gettext_lazy("认定"), home_lines, Act.APPLICATION_VIEW),
    order=55,
)
