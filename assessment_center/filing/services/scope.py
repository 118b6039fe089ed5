"""The lines an application asks for: named as the classification names them (FIL-03 to FIL-06)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.audit.services import record
from assessment_center.catalog.models import Job, Occupation, OccupationalStandard
from assessment_center.catalog.selectors import current_standard, jobs_of
from assessment_center.filing.enums import Audience
from assessment_center.filing.models import FilingApplication, OwnSpecification, ScopeRequest
from assessment_center.filing.rules import naming
from assessment_center.filing.services.common import editable
from assessment_center.organization.selectors import scope_lines
from assessment_center.registry import Actor, Citation, RefusedError
from assessment_center.rulebooks.rules.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Wanted:
    """A line as it is asked for; `job` and `occupation` are what somebody wrote."""

    occupation: str
    job: str = ""
    levels: Sequence[int] = ()
    major: str = ""
    is_near: bool = False
    audience: Sequence[str] = ()
    whole_reason: str = ""
    specification: OwnSpecification | None = None


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


def _naming(rules: Rulebook) -> tuple[Citation, ...]:
    rule = rules.filing_rule("job_named")
    return rule.cite if rule else ()


def named_occupation(rules: Rulebook, text: str) -> Occupation:
    """The active occupation of this code or exact name; refuses a group, and one too old."""
    wanted = text.strip()
    active = Occupation.objects.filter(is_active=True)
    found = active.filter(code=wanted).first() or active.filter(name=wanted).first()
    if found is None:
        raise _unknown_occupation(rules, wanted)
    edition = rules.settings.classification_edition
    if edition and found.edition < edition.value:
        raise RefusedError(
            _("“%(name)s”只在 %(has)s 年版分类大典中，须用 %(need)s 年版或以后公布的职业。")
            % {"name": found.name, "has": found.edition, "need": edition.value},
            edition.citations,
        )
    return found


def _unknown_occupation(rules: Rulebook, wanted: str) -> RefusedError:
    if Occupation.objects.filter(group_name=wanted).exists():
        return RefusedError(
            _("“%(name)s”是分类大典的小类名称，不能作为职业申报。") % {"name": wanted},
            _naming(rules),
            _("请填写小类下的职业。"),
        )
    names = Occupation.objects.filter(is_active=True).values_list("name", flat=True)
    return RefusedError(
        _("分类大典中没有职业“%(name)s”。") % {"name": wanted[:40]},
        _naming(rules),
        _nearest(naming.near(wanted, names)),
    )


def _nearest(names: Sequence[str]) -> str:
    if not names:
        return _("请按职业编码查找。")
    return _("名称相近的有：%(names)s。") % {"names": "、".join(names)}


def named_job(rules: Rulebook, occupation: Occupation, wanted: Wanted) -> Job | None:
    """The job of exactly this name (FIL-04); none for an occupation without jobs."""
    jobs = {job.name: job for job in jobs_of(occupation)}
    told = {"job": wanted.job.strip()[:40], "occupation": occupation.name}
    if not wanted.job.strip():
        if jobs and _naming(rules) and not wanted.whole_reason.strip():
            raise RefusedError(
                _("“%(occupation)s”下设工种，须写明工种。") % told,
                _naming(rules),
                _("可选：%(names)s；确需整个职业申报的，请写明原因。")
                % {"names": "、".join(sorted(jobs))},
            )
        return None
    name = naming.exact(wanted.job, jobs)
    if name is None:
        raise RefusedError(
            _("“%(occupation)s”没有名为“%(job)s”的工种，名称须与分类大典一致。") % told,
            _naming(rules),
            _nearest(naming.near(wanted.job, jobs)) if jobs else _("这个职业不分工种。"),
        )
    return jobs[name]


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
