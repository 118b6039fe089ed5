"""Passing many at once: a sample of them is drawn first and looked at one by one."""

import secrets
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from assessment_center.accounts.hands import shares
from assessment_center.audit.services import record
from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry import Actor, RefusedError
from assessment_center.registry.outcomes import require
from candidates import samples, selectors
from candidates.bench import Bench
from candidates.enums import Stage
from candidates.models import Application, SampleDraw
from candidates.rules import sampling as rules
from candidates.rules.eligibility import Verdict
from candidates.services.review import pass_first, pass_second
from candidates.services.steps import found

PASSES = {Stage.FIRST: pass_first, Stage.SECOND: pass_second}


@transaction.atomic
def draw_sample(*, actor: Actor, batch: AssessmentBatch, stage: Stage, percent: int) -> SampleDraw:
    """Draw `percent` of the clean applications that wait at this stage; the lots are kept.

    Refused while anybody drawn before still waits. After a sample with faults at least twice its
    share is drawn, whoever drew it. The batch is locked, so that two reviewers do not draw from
    the same crowd at one moment.
    """
    require(samples.may_pass_many(batch, stage, actor))
    AssessmentBatch.objects.select_for_update(no_key=True).get(pk=batch.pk)
    require(samples.may_draw(batch, stage, actor))
    least = samples.least_percent(batch, stage, actor)
    if not least <= percent <= samples.ALL:
        raise RefusedError(
            _("抽查比例应在 %(least)d%% 至 100%% 之间。") % {"least": least},
            remedy=_("上次抽查发现了问题的，须加倍抽查。") if least > 1 else "",
        )
    crowd = dict(samples.clean(batch, stage, actor).values_list("number", "pk"))
    if not crowd:
        raise RefusedError(_("没有可以批量通过的申报。"), remedy=_("待证明的请逐份审核。"))
    seed = secrets.token_hex(16)
    chosen = rules.drawn(crowd, percent=percent, seed=seed)
    draw = SampleDraw.objects.create(
        batch=batch,
        stage=stage,
        percent=percent,
        seed=seed,
        population=list(crowd.values()),
        sampled=[crowd[number] for number in chosen],
        by_id=actor.user_id,
        by_name=actor.label[:80],
    )
    record(
        actor=actor,
        verb="sample.draw",
        subject=batch.subject,
        payload={
            "stage": stage,
            "percent": percent,
            "seed": seed,
            "of": len(crowd),
            "drawn": chosen,
        },
    )
    return draw


@transaction.atomic
def pass_rest(
    *,
    actor: Actor,
    draw: SampleDraw,
    only: Iterable[object] | None = None,
    at: datetime | None = None,
) -> tuple[int, list[str]]:
    """Pass all of the crowd that were not drawn; (how many, why others were not).

    Refused until every sampled one was decided on its own page, and when one of them was sent back
    or refused. All rows are locked by one query; each passes or fails on its own.
    """
    stage, batch = Stage(draw.stage), draw.batch
    require(samples.may_pass_many(batch, stage, actor))
    if draw.by_id is not None and not shares(actor, draw.by_id):
        raise RefusedError(_("抽查由谁抽取，就由谁批量通过。"), remedy=_("请自己抽取一次。"))
    require(samples.passable(draw))
    waiting = samples.rest(draw, actor)
    if only is not None:
        waiting = waiting.filter(pk__in=[str(key) for key in only])
    waiting = waiting.select_related(*selectors.RELATED, "person__user", "commitment")
    rows = waiting.select_for_update(of=("self",), no_key=True).prefetch_related("evidence")
    done, left = 0, []
    for row, verdict in Bench(batch).verdicts(rows):
        try:
            _pass_one(actor, row, verdict, draw, at)
            done += 1
        except RefusedError as refusal:
            left.append(f"{row.number} {row.person.name}：{refusal}")
    return done, left


@transaction.atomic
def _pass_one(
    actor: Actor,
    row: Application,
    verdict: Verdict,
    draw: SampleDraw,
    at: datetime | None,
) -> None:
    PASSES[Stage(draw.stage)](actor, row, found(row, verdict), "", at, draw=draw)
