"""Occupations and jobs by the names somebody wrote: exactly the classification's (FIL-04)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessment_center.catalog.models import Job, Occupation
from assessment_center.catalog.selectors import jobs_of
from assessment_center.filing.models import OwnSpecification
from assessment_center.filing.rules import naming
from assessment_center.registry import Citation, RefusedError
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
