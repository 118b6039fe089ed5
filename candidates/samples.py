"""Who may pass many at once, and how far the sample drawn before has been looked at."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry import ALLOWED, Actor, Outcome, Refused
from candidates import selectors
from candidates.enums import ApplicationStatus, Finding, ReviewKind, Stage
from candidates.models import Application, ReviewStep, SampleDraw

ALL = 100
USUAL = 10  # per cent offered on the page
WAITING = {
    Stage.FIRST: ApplicationStatus.SUBMITTED,
    Stage.SECOND: ApplicationStatus.FIRST_REVIEWED,
}
ACTS = {Stage.FIRST: Act.APPLICATION_FIRST_REVIEW, Stage.SECOND: Act.APPLICATION_CONFIRM}
FAULTS = (ReviewKind.RETURN.value, ReviewKind.REFUSE.value)


@dataclass(frozen=True, slots=True)
class Looked:
    """How a sample stands: whom still to look at, and which of them were sent back or refused."""

    waiting: list[Application]
    faults: list[Application]
    passed: list[Application]


def stages_of(actor: Actor) -> list[Stage]:
    """The stages at which the actor passes."""
    return [stage for stage in Stage if actor.may(ACTS[stage])]


def may_pass_many(batch: AssessmentBatch, stage: Stage, actor: Actor) -> Outcome:
    """Whether this actor may pass many at this stage.

    REG-13: where the rulebook has the centre look at each by itself, its stage knows no bulk.
    """
    if not actor.may(ACTS[stage]):
        return Refused(_("您的角色不能批量通过。"))
    single = batch.rules.settings.review_one_by_one
    if stage is Stage.SECOND and single.value:
        return Refused(
            _("认定中心对申报逐份审核，不能批量复核通过。"),
            single.citations,
            _("请从审核队列逐份打开。"),
        )
    return ALLOWED


def clean(batch: AssessmentBatch, stage: Stage, actor: Actor) -> QuerySet[Application]:
    """The applications that wait at the stage, within reach, and whose verdict is clean."""
    found = selectors.queue(batch, state=WAITING[stage]).filter(finding=Finding.ELIGIBLE)
    return selectors.visible(actor, found, act=ACTS[stage])


def latest(batch: AssessmentBatch, stage: Stage, actor: Actor) -> SampleDraw | None:
    """The actor's last draw at this stage."""
    draws = SampleDraw.objects.filter(batch=batch, stage=stage, by=actor.user_id)
    return draws.select_related("batch__rulebook_version", "batch__centre").first()


def looked(draw: SampleDraw) -> Looked:
    """What has been done, one by one, with the sampled ones since they were drawn."""
    since = ReviewStep.objects.filter(created_at__gte=draw.created_at, kind__in=FAULTS)
    rows = Application.objects.filter(pk__in=draw.sampled).select_related(
        "person", "offering__occupation", "offering__job"
    )
    state = WAITING[Stage(draw.stage)]
    found = Looked([], [], [])
    faulty = set(since.filter(application__in=draw.sampled).values_list("application", flat=True))
    for row in rows.order_by("number"):
        if row.pk in faulty:
            found.faults.append(row)
        elif row.status == state:
            found.waiting.append(row)
        else:
            found.passed.append(row)
    return found


def last_over(batch: AssessmentBatch, stage: Stage, actor: Actor) -> SampleDraw | None:
    """The last draw, whoever drew it, over any of those who wait for the actor now."""
    crowd = list(clean(batch, stage, actor).values_list("pk", flat=True))
    draws = SampleDraw.objects.filter(batch=batch, stage=stage, population__overlap=crowd)
    return draws.first() if crowd else None


def may_draw(batch: AssessmentBatch, stage: Stage, actor: Actor) -> Outcome:
    """Nobody draws again until he likes the lot: whoever was drawn is looked at first."""
    last = last_over(batch, stage, actor)
    if last is None:
        return ALLOWED
    drawn = clean(batch, stage, actor).filter(pk__in=last.sampled)
    if not (waiting := drawn.count()):
        return ALLOWED
    return Refused(
        _("%(who)s已抽过一次，抽中的还有 %(n)d 份没有逐份审核，不能重新抽取。")
        % {"who": last.by_name, "n": waiting},
        remedy=_("请先逐份看完抽中的申报。"),
    )


def least_percent(batch: AssessmentBatch, stage: Stage, actor: Actor) -> int:
    """The smallest share to draw now: doubled after a sample in which something was wrong."""
    draw = last_over(batch, stage, actor)
    if draw is None or not looked(draw).faults:
        return 1
    return min(ALL, draw.percent * 2)


def passable(draw: SampleDraw) -> Outcome:
    """Whether the rest may pass: all sampled ones decided by themselves, and none with a fault."""
    state = looked(draw)
    if state.faults:
        return Refused(
            _("抽查的 %(all)d 份中有 %(n)d 份被退回或不通过，其余的不能直接通过。")
            % {"all": len(draw.sampled), "n": len(state.faults)},
            remedy=_("请先看完抽中的其余申报，再按加倍的比例重新抽查。")
            if state.waiting
            else _("请按加倍的比例重新抽查。"),
        )
    if state.waiting:
        return Refused(
            _("还有 %(n)d 份抽中的申报没有逐份审核。") % {"n": len(state.waiting)},
            remedy=_("请先逐份看完抽中的申报。"),
        )
    return ALLOWED


def rest(draw: SampleDraw, actor: Actor) -> QuerySet[Application]:
    """Those of the crowd that were not drawn, still wait, and have not come back since."""
    came_back = ReviewStep.objects.filter(
        application=OuterRef("pk"), created_at__gte=draw.created_at, kind__in=FAULTS
    )
    found = clean(draw.batch, Stage(draw.stage), actor)
    found = found.filter(pk__in=draw.population).exclude(pk__in=draw.sampled)
    return found.exclude(Exists(came_back))
