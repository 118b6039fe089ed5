"""Numbers without gaps: one locked row a year and level, one block a batch."""

from collections import defaultdict
from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.batches.models import AssessmentBatch
from assessment_center.opening.selectors import settled
from assessment_center.organization.models import Filing
from assessment_center.registry import Actor, RefusedError
from assessment_center.registry.outcomes import require
from certificates.models import Certificate, NumberSeries, SpoiledNumber
from certificates.policies import filing_on, numbering_allowed
from certificates.rules.numbering import MAX_SERIAL, NumberError, compose
from certificates.selectors import unnumbered
from scoring.models import FinalResult

PART_WORDS = {
    "filing": gettext_lazy("备案号应为 1 个大写字母加 12 位数字"),
    "level": gettext_lazy("等级应为 1 至 5"),
    "serial": gettext_lazy("流水号超出 6 位"),
    "pattern": gettext_lazy("编号不符合规程规定的格式"),
}


@transaction.atomic
def assign_numbers(*, actor: Actor, batch: AssessmentBatch, on: date) -> list[Certificate]:
    """Number every final, passed result of the batch that has no certificate yet.

    `on` is the day whose year the numbers carry. The series row stays locked until the end of
    the transaction, so a rolled back block leaves no gap (人社鉴发〔2019〕2号: one number a
    certificate). Raises `RefusedError` without the approval the rulebook asks for, outside the
    filing, its term or its scope, or when a number breaks the rulebook's pattern.
    """
    if not actor.may(Act.CERTIFICATE_ISSUE):
        raise RefusedError(_("您的角色不能生成证书编号。"))
    locked = AssessmentBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    require(numbering_allowed(locked, on))
    filing = filing_on(locked, on)
    assert filing is not None
    by_level: dict[int, list[FinalResult]] = defaultdict(list)
    for result in unnumbered(locked):
        by_level[result.application.offering.level or 0].append(result)
    made: list[Certificate] = []
    for level in sorted(by_level, reverse=True):
        made += _block(locked, filing, on.year, level, by_level[level])
    if made:
        record(
            actor=actor,
            verb="certificate.number",
            subject=locked.subject,
            payload={"count": len(made), "first": made[0].number, "last": made[-1].number},
        )
    return made


def _locked_series(batch: AssessmentBatch, filing: Filing, year: int, level: int) -> NumberSeries:
    place = {"filing_number": filing.number, "year": year, "level": level}
    NumberSeries.objects.get_or_create(**place, defaults={"centre": batch.centre})
    return NumberSeries.objects.select_for_update().get(**place)


def _block(
    batch: AssessmentBatch, filing: Filing, year: int, level: int, results: list[FinalResult]
) -> list[Certificate]:
    numbers = _Numbers(batch, filing.number, year, level)
    numbers.at(1)  # a filing number or level that makes no number is refused before any row
    series = _locked_series(batch, filing, year, level)
    first = series.last_serial + 1
    rows = [
        Certificate(
            application=result.application,
            batch=batch,
            basis=result,
            series=series,
            serial=serial,
            number=numbers.at(serial),
        )
        for serial, result in enumerate(results, start=first)
    ]
    NumberSeries.objects.filter(pk=series.pk).update(last_serial=F("last_serial") + len(rows))
    return Certificate.objects.bulk_create(rows, batch_size=2000)


class _Numbers:
    """The numbers of one series under the rulebook's own pattern."""

    def __init__(self, batch: AssessmentBatch, filing: str, year: int, level: int) -> None:
        self.filing, self.year, self.level = filing, year, level
        self.pattern = batch.rules.settings.certno_pattern

    def at(self, serial: int) -> str:
        try:
            return compose(
                filing=self.filing,
                year=self.year,
                level=self.level,
                serial=serial,
                pattern=self.pattern.value if self.pattern else "",
            )
        except NumberError as fault:
            raise RefusedError(
                _("不能编号：%(why)s。") % {"why": PART_WORDS[fault.part]},
                self.pattern.citations if self.pattern else (),
            ) from fault


@transaction.atomic
def spoil_number(*, actor: Actor, series: NumberSeries, reason: str) -> SpoiledNumber:
    """Take the next number out of use for good and say why: it will never be a certificate."""
    if not actor.may(Act.CERTIFICATE_ISSUE):
        raise RefusedError(_("您的角色不能作废编号。"))
    if not reason.strip():
        raise RefusedError(_("请写明作废的原因。"))
    rows = NumberSeries.objects.select_for_update(of=("self",)).select_related("centre")
    locked = rows.get(pk=series.pk)
    require(settled(locked.centre))
    serial = locked.last_serial + 1
    if serial > MAX_SERIAL:
        raise RefusedError(str(PART_WORDS["serial"]))
    NumberSeries.objects.filter(pk=locked.pk).update(last_serial=serial)
    spoiled = SpoiledNumber.objects.create(
        series=locked, serial=serial, reason=reason.strip()[:200]
    )
    record(
        actor=actor,
        verb="certificate.spoil_number",
        subject=spoiled.subject,
        payload={"series": str(locked), "serial": serial, "reason": reason.strip()},
    )
    series.refresh_from_db()
    return spoiled
