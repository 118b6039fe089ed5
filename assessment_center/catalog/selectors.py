"""Reading the catalogue."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Replace
from django.utils.translation import gettext as _

from assessment_center.catalog.enums import StandardStatus
from assessment_center.catalog.models import FeeRate, Job, Occupation, OccupationalStandard
from assessment_center.catalog.rules.tariff import Price, price_of
from assessment_center.registry import RefusedError


def active_occupations() -> QuerySet[Occupation]:
    return Occupation.objects.filter(is_active=True)


def search_occupations(text: str) -> QuerySet[Occupation]:
    """Active occupations by code, name, pinyin or initials; names that begin so come first."""
    wanted = text.strip()
    typed = wanted.lower().replace(" ", "")
    if not wanted:
        return active_occupations()
    compact = Replace("pinyin", Value(" "), Value(""))
    return (
        active_occupations()
        .annotate(compact=compact)
        .filter(
            Q(code__startswith=wanted)
            | Q(name__icontains=wanted)
            | Q(compact__startswith=typed)
            | Q(initials__startswith=typed)
        )
        .annotate(
            rank=Case(
                When(name=wanted, then=0),
                When(Q(name__istartswith=wanted) | Q(code__startswith=wanted), then=1),
                When(Q(initials=typed) | Q(compact=typed), then=1),
                default=2,
                output_field=IntegerField(),
            )
        )
        .order_by("rank", "code")
    )


def occupation_by_code(code: str) -> Occupation:
    """The active occupation of that code; `RefusedError` with a clear sentence otherwise."""
    found = Occupation.objects.filter(code=code.strip()).order_by("-is_active", "-edition").first()
    if found is None:
        raise RefusedError(
            _("职业编码“%(code)s”不在职业分类大典中，请核对。") % {"code": code.strip()[:20]}
        )
    if not found.is_active:
        raise RefusedError(
            _("“%(name)s”（%(code)s）已不在现行职业分类大典中。")
            % {"name": found.name, "code": found.code}
        )
    return found


def occupation_named(text: str) -> Occupation:
    """The active occupation of that name or code; `RefusedError` where there is none."""
    wanted = text.strip()
    found = active_occupations().filter(name=wanted).first()
    return found or occupation_by_code(wanted)


def counted_as(standard: OccupationalStandard) -> frozenset[UUID]:
    """ELIG-01: the occupations whose work and certificates count: its own and the related ones."""
    related = standard.related_occupations.values_list("occupation_id", flat=True)
    return frozenset((standard.occupation_id, *related))


def price_on(
    occupation: Occupation, level: int | None, subjects: Sequence[str], day: date
) -> Price[FeeRate] | None:
    """What these subjects cost by the tariff of that day; None where none was ever entered."""
    rates = FeeRate.objects.filter(occupation=occupation, level=level, valid_from__lte=day)
    return price_of(rates, subjects, day)


def jobs_of(occupation: Occupation) -> QuerySet[Job]:
    return occupation.jobs.filter(is_active=True)


def standard_names(occupation: Occupation, job: Job | None = None) -> list[str]:
    """What an occupation is judged by: the one of the job or the whole, else those of its jobs."""
    found = current_standard(occupation, job)
    if found is not None:
        return [found.name]
    of_jobs = OccupationalStandard.objects.filter(
        occupation=occupation, status=StandardStatus.CURRENT
    )
    return list(dict.fromkeys(of_jobs.order_by("name").values_list("name", flat=True)))


def current_standard(occupation: Occupation, job: Job | None = None) -> OccupationalStandard | None:
    """The job's current standard, else that of the whole occupation."""
    current = OccupationalStandard.objects.filter(
        occupation=occupation, status=StandardStatus.CURRENT
    )
    own = current.filter(job=job).first() if job is not None else None
    return own or current.filter(job=None).first()
