"""Opening a batch under a frozen rulebook, and what it offers (FIL-01, FIL-22, FEE-01)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.accounts.permission import require_act
from assessment_center.audit.services import record
from assessment_center.batches.enums import BatchStatus, Route
from assessment_center.batches.labels import PAPER_ORIGIN_LABELS
from assessment_center.batches.models import AnnualPlan, AssessmentBatch, Offering
from assessment_center.batches.selectors import active_centre, in_scope, scope_citations, scope_line
from assessment_center.batches.services.pricing import price_for
from assessment_center.batches.services.staffing import require_staff
from assessment_center.catalog.enums import Subject
from assessment_center.catalog.labels import SUBJECT_LABELS
from assessment_center.catalog.models import Job, Occupation, OccupationalStandard
from assessment_center.organization.models import AssessmentCentre
from assessment_center.registry import Actor, Refused, RefusedError
from assessment_center.rulebooks.models import RulebookVersion
from assessment_center.rulebooks.rules.rulebook import Rulebook
from assessment_center.rulebooks.selectors import current_version, rules_of


@transaction.atomic
def open_batch(  # noqa: PLR0913 - a batch has this many facts
    *,
    actor: Actor,
    code: str,
    name: str,
    rulebook_code: str,
    registration_opens: datetime,
    registration_closes: datetime,
    exam_starts: date,
    exam_ends: date,
    exam_place: str,
    plan: AnnualPlan | None = None,
    centre: AssessmentCentre | None = None,
    is_unified: bool = False,
    is_demo: bool = False,
    relax_reason: str = "",
) -> AssessmentBatch:
    """Open a batch; the rulebook's present version and overrides hold for it from now on.

    Refuses dates out of order, a number that is taken, and a staff that cannot keep the duties
    apart; what no article demands is relaxed for a `relax_reason`, which is kept.
    """
    require_act(actor, Act.BATCH_PLAN, _("开设批次"))
    found = centre or (plan.centre if plan else _active_centre())
    _refuse_opening(code, registration_closes, exam_starts)
    version = current_version(rulebook_code)
    relaxed = _weigh_staff(actor, version, relax_reason)
    batch = AssessmentBatch(
        centre=found,
        code=code.strip(),
        name=name.strip(),
        plan=plan,
        rulebook_version=version,
        rules_frozen_at=timezone.now(),
        registration_opens=registration_opens,
        registration_closes=registration_closes,
        exam_starts=exam_starts,
        exam_ends=exam_ends,
        exam_place=exam_place,
        is_unified=is_unified,
        is_demo=is_demo,
    )
    _clean(batch)
    batch.save()
    payload = {"code": batch.code, "rulebook": str(batch.rulebook_version)}
    record(actor=actor, verb="batch.open", subject=batch.subject, payload=payload)
    if relaxed:
        record(actor=actor, verb="batch.relax_staffing", subject=batch.subject, payload=relaxed)
    return batch


def _active_centre() -> AssessmentCentre:
    found = active_centre()
    if found is None:
        raise RefusedError(_("还没有设立认定中心。"), remedy=_("请先登记机构信息。"))
    return found


def _refuse_opening(code: str, registration_closes: datetime, exam_starts: date) -> None:
    if AssessmentBatch.objects.filter(code=code).exists():
        raise RefusedError(_("批次号 %(code)s 已被使用。") % {"code": code})
    if registration_closes.date() >= exam_starts:
        raise RefusedError(_("报名须在考试之前截止。"), remedy=_("请调整报名或考试日期。"))


def _weigh_staff(actor: Actor, version: RulebookVersion, reason: str) -> dict[str, str]:
    """What of the separations is relaxed and why; nothing where the staff can carry the batch."""
    if actor.is_system:
        return {}
    lacks = require_staff(rules_of(version, at=timezone.now()), relax_reason=reason)
    return {"reason": reason.strip(), "note": "；".join(lacks)} if lacks else {}


def _clean(row: Any) -> None:
    try:
        row.full_clean()
    except ValidationError as fault:
        raise RefusedError("；".join(fault.messages)) from fault


def _draft(batch: AssessmentBatch) -> AssessmentBatch:
    locked = AssessmentBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if locked.status != BatchStatus.DRAFT:
        raise RefusedError(
            _("公告已发布，认定项目不能再改。"), remedy=_("如确需变更，请发布变更公告。")
        )
    return locked


@transaction.atomic
def add_offering(  # noqa: PLR0913 - an offering has this many facts
    *,
    actor: Actor,
    batch: AssessmentBatch,
    occupation: Occupation,
    level: int | None,
    job: Job | None = None,
    route: str = Route.EXAM,
    subjects: Sequence[str] | None = None,
    fee_cents: int | None = None,
    paper_source: str | None = None,
    standard: OccupationalStandard | None = None,
) -> Offering:
    """Offer an occupation at a level by a route, inside the scope filed for the examination day.

    `subjects` are the rulebook's for this level when not given, none without an examination, and
    so is where its papers come from (PAPER-01); the standard is the filed one, and the fee (cents)
    that of the tariff. What the rulebook does not allow is refused.
    """
    require_act(actor, Act.BATCH_PLAN, _("设置认定项目"))
    locked = _draft(batch)
    outcome = in_scope(locked.centre, occupation, job, level, locked.exam_starts)
    if isinstance(outcome, Refused):
        citations = scope_citations(locked.rules) or outcome.citations
        raise RefusedError(outcome.reason, citations, outcome.remedy)
    _refuse_by_rules(locked.rules, level, route, fee_cents or 0)
    sat = _chosen_subjects(locked.rules, level, subjects) if route == Route.EXAM else []
    fee_cents, parts = price_for(locked, occupation, level, route, sat, fee_cents)
    line = scope_line(locked.centre, occupation, job, locked.exam_starts, level)
    assert line is not None  # in_scope found it
    offering = Offering(
        batch=locked,
        occupation=occupation,
        job=job,
        level=level,
        route=route,
        standard=standard or line.standard,
        subjects=sat,
        fee_cents=fee_cents,
        fee_parts=parts,
        paper_source=paper_origin(locked.rules, paper_source),
    )
    _clean(offering)
    offering.save()
    record(
        actor=actor,
        verb="batch.add_offering",
        subject=locked.subject,
        payload={"offering": str(offering), "route": route, "fee_cents": fee_cents},
    )
    return offering


def _refuse_by_rules(rules: Rulebook, level: int | None, route: str, fee_cents: int) -> None:
    settings = rules.settings
    if settings.levels and level not in (settings.levels.value or (None,)):
        raise RefusedError(_("本批次的规程没有这个等级。"), settings.levels.citations)
    if settings.assessment_modes and route not in settings.assessment_modes.value:
        raise RefusedError(_("本批次的规程不设这种评价方式。"), settings.assessment_modes.citations)
    if settings.fee_mode and settings.fee_mode.value == "none" and fee_cents:
        raise RefusedError(_("规程规定不收费。"), settings.fee_mode.citations)


def _chosen_subjects(rules: Rulebook, level: int | None, wanted: Sequence[str] | None) -> list[str]:
    """SCORE-01: those asked for, in the rulebook's order, or the rulebook's own for the level."""
    if not wanted:
        return _subjects(rules, level)
    named = rules.settings.subjects
    foreign = [each for each in wanted if named.citations and each not in named.value]
    if foreign:
        what = "、".join(str(SUBJECT_LABELS[each]) for each in foreign)
        raise RefusedError(
            _("本批次的规程没有这个科目：%(what)s。") % {"what": what},
            named.citations,
        )
    return [str(each) for each in Subject if each in set(wanted)]


def _subjects(rules: Rulebook, level: int | None) -> list[str]:
    """The rulebook's subjects without the optional; the review only at levels that have one."""
    settings = rules.settings
    optional = settings.optional_subjects.value if settings.optional_subjects else ()
    reviewed = settings.review_levels.value if settings.review_levels else ()
    plain = [str(s) for s in settings.subjects.value if s not in (*optional, Subject.REVIEW)]
    return [*plain, str(Subject.REVIEW)] if level in reviewed else plain


def paper_origin(rules: Rulebook, wanted: str | None) -> str:
    """PAPER-01: where papers come from; the rulebook's first choice unless another is allowed."""
    cited = rules.settings.paper_source
    allowed = [str(each) for each in cited.value] if cited else list(PAPER_ORIGIN_LABELS)
    if not wanted:
        return allowed[0]
    if wanted in allowed:
        return wanted
    raise RefusedError(
        _("按本批次的规程，试卷不能出自%(source)s。")
        % {"source": PAPER_ORIGIN_LABELS.get(wanted, wanted)},
        cited.citations if cited else (),
        _("请改为：%(allowed)s。")
        % {"allowed": "、".join(str(PAPER_ORIGIN_LABELS[each]) for each in allowed)},
    )


@transaction.atomic
def remove_offering(*, actor: Actor, offering: Offering) -> None:
    """Take an offering out of a batch that is not announced yet."""
    require_act(actor, Act.BATCH_PLAN, _("设置认定项目"))
    locked = _draft(offering.batch)
    payload = {"offering": str(offering)}
    offering.delete()
    record(actor=actor, verb="batch.remove_offering", subject=locked.subject, payload=payload)
