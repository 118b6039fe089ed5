"""Banks, their breakdown tables, and how papers are made of them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.catalog.models import Job, Occupation
from assessment_center.registry import Actor, RefusedError
from assessment_center.rulebooks.rules.settings_fields import DEFAULT_FULL_SCORE
from questionbank.enums import ItemKind
from questionbank.models import Bank, Blueprint, Point

WHOLE = Decimal(100)
FULL_SCORE = DEFAULT_FULL_SCORE.value


@dataclass(frozen=True, slots=True)
class PointRow:
    """A line of the breakdown table; `weight` in percent of the whole bank."""

    code: str
    area: str
    name: str
    weight: Decimal


def _plain(number: Decimal | int) -> str:
    return f"{Decimal(number).normalize():f}"


def _clean(row: Any) -> None:
    try:
        row.full_clean()
    except ValidationError as fault:
        raise RefusedError("；".join(fault.messages)) from fault


@transaction.atomic
def create_bank(
    *,
    actor: Actor,
    occupation: Occupation,
    level: int | None,
    subject: str,
    job: Job | None = None,
    edition: str = "1",
) -> Bank:
    """Open a bank for one occupation, job, level and subject (BANK-01); each once."""
    if not actor.may(Act.BANK_ACCEPT):
        raise RefusedError(_("您的角色不能建立题库。"))
    if job is not None and job.occupation_id != occupation.pk:
        raise RefusedError(_("工种不属于这个职业。"))
    bank = Bank(occupation=occupation, job=job, level=level, subject=subject, edition=edition)
    _clean(bank)
    bank.save()
    record(actor=actor, verb="bank.create", subject=bank.ref, payload={"bank": str(bank)})
    return bank


@transaction.atomic
def add_points(*, actor: Actor, bank: Bank, rows: Sequence[PointRow]) -> list[Point]:
    """Add lines to the breakdown table; the weights of a bank never exceed 100 %."""
    if not (actor.may(Act.BANK_ACCEPT) or actor.may(Act.BANK_WRITE)):
        raise RefusedError(_("您的角色不能编制要素细目表。"))
    Bank.objects.select_for_update().get(pk=bank.pk)
    present = {point.code: point for point in bank.points.all()}
    twice = [code for code, n in Counter(row.code for row in rows).items() if n > 1]
    if twice or present.keys() & {row.code for row in rows}:
        codes = "、".join(sorted({*twice, *(present.keys() & {row.code for row in rows})}))
        raise RefusedError(_("鉴定点代码重复：%(codes)s。") % {"codes": codes})
    total = sum((p.weight for p in present.values()), start=sum(row.weight for row in rows))
    if total > WHOLE:
        raise RefusedError(_("鉴定点权重合计 %(total)s%%，超过 100%%。") % {"total": _plain(total)})
    made = [
        Point(bank=bank, code=row.code, area=row.area, name=row.name, weight=row.weight)
        for row in rows
    ]
    for point in made:
        _clean(point)
    Point.objects.bulk_create(made)
    payload = {"codes": [point.code for point in made]}
    record(actor=actor, verb="bank.add_points", subject=bank.ref, payload=payload)
    return made


@transaction.atomic
def create_blueprint(  # noqa: PLR0913 - a blueprint has this many facts
    *,
    actor: Actor,
    bank: Bank,
    name: str,
    counts: Mapping[str, int],
    marks: Mapping[str, float],
    minutes: int,
    difficulty: Decimal = Decimal("0.50"),
    tolerance: Decimal = Decimal("0.10"),
    full_score: int = FULL_SCORE,
) -> Blueprint:
    """How papers are made: counts × marks over all kinds must give the full score.

    The newest blueprint of a bank is the one that papers are assembled by.
    """
    if not actor.may(Act.PAPER_ASSEMBLE):
        raise RefusedError(_("您的角色不能制定组卷方案。"))
    _check_counts(counts, marks, full_score)
    blueprint = Blueprint(
        bank=bank,
        name=name.strip(),
        counts=dict(counts),
        marks=dict(marks),
        minutes=minutes,
        difficulty=difficulty,
        tolerance=tolerance,
    )
    _clean(blueprint)
    blueprint.save()
    payload = {"bank": str(bank.pk), "counts": dict(counts), "marks": dict(marks)}
    record(actor=actor, verb="blueprint.create", subject=blueprint.ref, payload=payload)
    return blueprint


def _check_counts(counts: Mapping[str, int], marks: Mapping[str, float], full_score: int) -> None:
    unknown = (set(counts) | set(marks)) - set(ItemKind)
    if unknown or not counts or set(counts) != set(marks):
        raise RefusedError(_("请为每种题型同时填写题数和每题分值。"))
    if any(n <= 0 for n in counts.values()) or any(mark <= 0 for mark in marks.values()):
        raise RefusedError(_("题数和分值都应大于 0。"))
    total = sum(Decimal(str(marks[kind])) * n for kind, n in counts.items())
    if total != full_score:
        raise RefusedError(
            _("题数×分值合计 %(total)s 分，应为 %(full)s 分。")
            % {"total": _plain(total), "full": full_score}
        )
