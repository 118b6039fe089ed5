"""The lines an application asks for: named as the classification names them (FIL-03 to FIL-06)."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.audit.services import record
from assessment_center.catalog.models import Job, Occupation, OccupationalStandard
from assessment_center.catalog.selectors import current_standard
from assessment_center.filing.enums import Audience
from assessment_center.filing.models import FilingApplication, OwnSpecification, ScopeRequest
from assessment_center.filing.services.common import editable
from assessment_center.filing.services.named import Wanted, named_job, named_occupation
from assessment_center.organization.selectors import scope_lines
from assessment_center.registry import Actor, RefusedError
from assessment_center.rulebooks.rules.rulebook import Rulebook


@transaction.atomic
def ask_line(*, actor: Actor, application: FilingApplication, wanted: Wanted) -> ScopeRequest:
    """Add a line to the application.

    Refuses the name of a group, a job misspelt, an occupation asked for whole although it has
    jobs, levels the rulebook does not know or that are filed already, and a line without basis.
    """
    held = editable(actor, application)
    rules = held.rules
    occupation = named_occupation(rules, wanted.occupation)
    job = named_job(rules, occupation, wanted)
    levels = _levels(rules, wanted.levels)
    _refuse_held(held, occupation, job, levels)
    _refuse_unmatched(rules, wanted)
    line = ScopeRequest(
        application=held,
        occupation=occupation,
        job=job,
        levels=levels,
        standard=_standard(rules, occupation, job, wanted.specification),
        specification=wanted.specification,
        major=wanted.major.strip(),
        is_near=wanted.is_near,
        audience=[str(each) for each in wanted.audience],
        whole_reason=wanted.whole_reason.strip(),
    )
    line.full_clean()
    line.save()
    payload = {"occupation": occupation.code, "job": str(job or ""), "levels": levels}
    record(actor=actor, verb="filing_request.ask_line", subject=held.subject, payload=payload)
    return line


@transaction.atomic
def drop_line(*, actor: Actor, line: ScopeRequest) -> None:
    """Take a line out of the application again."""
    held = editable(actor, line.application)
    payload = {"occupation": line.occupation.code, "job": str(line.job or "")}
    line.delete()
    record(actor=actor, verb="filing_request.drop_line", subject=held.subject, payload=payload)


def _levels(rules: Rulebook, wanted: Sequence[int]) -> list[int]:
    """FIL-05: the levels the rulebook knows; none where it knows none."""
    known = rules.settings.levels
    if known is None:
        return sorted(set(wanted), reverse=True)
    if wrong := sorted(set(wanted) - set(known.value)):
        raise RefusedError(
            _("规程没有这些等级：%(levels)s。") % {"levels": "、".join(map(str, wrong))},
            known.citations,
        )
    if known.value and not wanted:
        raise RefusedError(_("请至少选一个等级。"), known.citations)
    return sorted(set(wanted), reverse=True)


def _refuse_held(
    application: FilingApplication, occupation: Occupation, job: Job | None, levels: Sequence[int]
) -> None:
    """An increment asks for what is not filed yet (FIL-07)."""
    if application.kind != "incremental":
        return
    held = scope_lines(application.centre, timezone.localdate())
    same = [x for x in held if x.occupation_id == occupation.pk and x.job_id == (job and job.pk)]
    already = sorted({level for line in same for level in line.levels} & set(levels), reverse=True)
    if already:
        rule = application.rules.filing_rule("increment")
        raise RefusedError(
            _("“%(name)s”的 %(levels)s 级已经备案，不用增量申请。")
            % {"name": f"{occupation}{job or ''}", "levels": "、".join(map(str, already))},
            rule.cite if rule else (),
        )


def _refuse_unmatched(rules: Rulebook, wanted: Wanted) -> None:
    """FIL-27: every line names its major, and for whom it is filed."""
    rule = rules.filing_rule("major")
    if unknown := set(map(str, wanted.audience)) - {each.value for each in Audience}:
        message = f"no such audience: {sorted(unknown)}"
        raise TypeError(message)
    if rule is None:
        return
    if not wanted.major.strip():
        raise RefusedError(
            _("请写明对应专业。"), rule.cite, _("没有对应职业的，可选相近职业并注明。")
        )


def _standard(
    rules: Rulebook,
    occupation: Occupation,
    job: Job | None,
    specification: OwnSpecification | None,
) -> OccupationalStandard | None:
    """FIL-06: the national standard; an own specification only where there is none."""
    rule = rules.filing_rule("own_spec")
    cited = rule.cite if rule else ()
    standard = current_standard(occupation, job)
    national = standard if standard and not hasattr(standard, "own_specification") else None
    if specification is None:
        if standard is None:
            raise RefusedError(
                _("“%(name)s”没有登记的职业标准。") % {"name": f"{occupation}{job or ''}"},
                cited,
                _("请先在职业目录中登记国家标准，或编制自主评价规范。"),
            )
        return standard
    if national is not None:
        raise RefusedError(
            _("“%(name)s”有国家职业标准，不用自主评价规范。") % {"name": occupation.name}, cited
        )
    if (specification.occupation_id, specification.job_id) != (occupation.pk, job and job.pk):
        raise RefusedError(_("评价规范不是这个职业（工种）的。"), cited)
    return None
