"""Own specifications: writing them, experts signing them, closing the review (FIL-06)."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from assessment_center.audit.services import record
from assessment_center.catalog.models import Job, Occupation
from assessment_center.filing.enums import SpecStatus
from assessment_center.filing.models import OwnSpecification, SpecificationExpert
from assessment_center.filing.services.common import require
from assessment_center.filing.spec_lifecycle import SPECIFICATION
from assessment_center.organization.models import AssessmentCentre
from assessment_center.personnel.enums import Grade
from assessment_center.personnel.models import StaffMember
from assessment_center.personnel.selectors import live_qualifications
from assessment_center.registry import Actor, RefusedError
from assessment_center.rulebooks.models import RulebookVersion
from assessment_center.rulebooks.selectors import rules_of
from assessment_center.workflow import advance


@transaction.atomic
def write_specification(  # noqa: PLR0913 - a specification has this many parts
    *,
    actor: Actor,
    centre: AssessmentCentre,
    version: RulebookVersion,
    occupation: Occupation,
    levels: Sequence[int],
    title: str,
    edition: str,
    overview: str,
    basics: str,
    demands: str,
    weights: str,
    job: Job | None = None,
) -> OwnSpecification:
    """Enter a specification with its four parts; refused where the rulebook knows none."""
    require(actor)
    if rules_of(version).filing_rule("own_spec") is None:
        raise RefusedError(_("规程没有规定自主评价规范。"))
    if job is not None and job.occupation_id != occupation.pk:
        raise RefusedError(_("工种“%(job)s”不属于这个职业。") % {"job": job})
    made = OwnSpecification(
        centre=centre,
        rulebook_version=version,
        occupation=occupation,
        job=job,
        levels=sorted(set(levels), reverse=True),
        title=title.strip(),
        edition=edition.strip(),
        overview=overview.strip(),
        basics=basics.strip(),
        demands=demands.strip(),
        weights=weights.strip(),
    )
    made.full_clean()
    made.save()
    payload = {"occupation": occupation.code, "edition": made.edition}
    record(actor=actor, verb="specification.write", subject=made.subject, payload=payload)
    return made


@transaction.atomic
def sign_specification(
    *,
    actor: Actor,
    specification: OwnSpecification,
    expert: StaffMember,
    approves: bool,
    signed_on: date,
    opinion: str = "",
) -> SpecificationExpert:
    """Enter an expert's signature; only who is appointed as an expert that day can sign."""
    require(actor)
    held = OwnSpecification.objects.select_for_update(of=("self",)).get(pk=specification.pk)
    least = rules_of(held.rulebook_version).settings.own_spec_min_experts
    cited = least.citations if least else ()
    if held.status != SpecStatus.DRAFT:
        raise RefusedError(_("评审已结束，不能再签字。"), cited)
    cards = live_qualifications(signed_on).filter(grade=Grade.EXPERT, member=expert)
    if not cards.exists():
        raise RefusedError(
            _("%(name)s在 %(day)s 不是聘任的专家。")
            % {"name": expert, "day": signed_on.isoformat()},
            cited,
            _("请先登记专家聘任。"),
        )
    made = SpecificationExpert(
        specification=held,
        expert=expert,
        approves=approves,
        opinion=opinion.strip(),
        signed_on=signed_on,
    )
    made.full_clean()
    made.save()
    payload = {"expert": str(expert.pk), "approves": approves}
    record(actor=actor, verb="specification.sign", subject=held.subject, payload=payload)
    return made


def close_review(*, actor: Actor, specification: OwnSpecification) -> OwnSpecification:
    """Close the review once enough experts agree and none objects."""
    return advance(machine=SPECIFICATION, subject=specification, move="review", actor=actor)
