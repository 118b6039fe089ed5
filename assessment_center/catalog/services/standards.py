"""Recording jobs and the standards that occupations are examined by."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.catalog.enums import StandardStatus, Subject
from assessment_center.catalog.models import Job, Occupation, OccupationalStandard
from assessment_center.catalog.rules.pinyin import pinyin_key
from assessment_center.catalog.validators import validate_durations, validate_ratios
from assessment_center.registry import Actor, RefusedError
from assessment_center.rulebooks.rules.condition_set import conditions_from


@transaction.atomic
def record_job(*, actor: Actor, occupation: Occupation, name: str, code: str | None = None) -> Job:
    """Add a job to an occupation; one of the same name or code is refused."""
    _require(actor)
    occupation = _locked(occupation)
    key = pinyin_key(name)
    job = Job(
        occupation=occupation,
        code=code or None,
        name=name.strip(),
        pinyin=key.full,
        initials=key.initials,
    )
    _save(job)
    record(
        actor=actor,
        verb="catalog.record_job",
        subject=job.subject,
        payload={"occupation": occupation.code, "name": job.name},
    )
    return job


@transaction.atomic
def record_standard(  # noqa: PLR0913 - a standard has this many facts
    *,
    actor: Actor,
    occupation: Occupation,
    edition: str,
    name: str,
    job: Job | None = None,
    durations: Mapping[Subject, int] | None = None,
    ratios: Mapping[Subject, int] | None = None,
    related_majors: Sequence[str] = (),
    hazardous: bool = False,
    condition_set: Sequence[Mapping[str, Any]] | None = None,
) -> OccupationalStandard:
    """Record an edition as the current standard; the one before it becomes superseded.

    `durations` are minutes by subject, `ratios` candidates for one assessor by subject,
    `condition_set` is written like the conditions of a rulebook. Refuses an edition recorded
    before, a job of another occupation, impossible figures and conditions nobody could judge.
    """
    _require(actor)
    occupation = _locked(occupation)
    if job is not None and job.occupation_id != occupation.id:
        raise RefusedError(_("工种“%(job)s”不属于这个职业。") % {"job": job.name})
    earlier = OccupationalStandard.objects.filter(occupation=occupation, job=job)
    if earlier.filter(edition=edition.strip()).exists():
        raise RefusedError(_("这个版本的标准已登记过。"))
    earlier.filter(status=StandardStatus.CURRENT).update(status=StandardStatus.SUPERSEDED)
    standard = OccupationalStandard(
        occupation=occupation,
        job=job,
        edition=edition.strip(),
        name=name.strip(),
        durations=_checked(validate_durations, durations),
        ratios=_checked(validate_ratios, ratios),
        related_majors=list(related_majors),
        hazardous=hazardous,
        condition_set=_conditions(condition_set),
    )
    _save(standard)
    record(
        actor=actor,
        verb="catalog.record_standard",
        subject=standard.subject,
        payload={"occupation": occupation.code, "edition": standard.edition},
    )
    return standard


def _require(actor: Actor) -> None:
    if not actor.may(Act.CENTRE_MANAGE):
        raise RefusedError(_("您没有维护职业目录的权限。"))


def _locked(occupation: Occupation) -> Occupation:
    return Occupation.objects.select_for_update().get(pk=occupation.pk)


def _checked(
    validate: Callable[[Mapping[str, int]], None], figures: Mapping[Subject, int] | None
) -> dict[str, int]:
    plain = {str(subject): value for subject, value in (figures or {}).items()}
    try:
        validate(plain)
    except ValidationError as error:
        raise RefusedError("".join(error.messages)) from error
    return plain


def _conditions(kept: Sequence[Mapping[str, Any]] | None) -> list[dict[str, Any]] | None:
    if kept is None:
        return None
    try:
        conditions_from(kept, source="")
    except ValueError as error:
        raise RefusedError(_("申报条件有误：%(error)s") % {"error": error}) from error
    return [dict(each) for each in kept]


def _save(row: Job | OccupationalStandard) -> None:
    try:
        row.full_clean()
    except ValidationError as error:
        raise RefusedError("".join(error.messages)) from error
    row.save(force_insert=True)
