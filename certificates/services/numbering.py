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
from assessment_center.organization.models import Filing
from assessment_center.registry import Actor, RefusedError
from assessment_center.registry.outcomes import require
from certificates.models import Certificate, NumberSeries
from certificates.policies import numbering_allowed
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
    filing, or when a number breaks the rulebook's pattern.
    """
    if not actor.may(Act.CERTIFICATE_ISSUE):
        raise RefusedError(_("您的角色不能生成证书编号。"))
    locked = AssessmentBatch.objects.select_for_update().get(pk=batch.pk)
    require(numbering_allowed(locked))
    filing = _filing(locked, on)
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


def _filing(batch: AssessmentBatch, on: date) -> Filing:
    filing = batch.centre.filings.filter(valid_from__lte=on).order_by("-valid_from").first()
    if filing is None or (filing.valid_until and filing.valid_until < on):
        raise RefusedError(_("发证日不在备案有效期内，不能生成证书编号。"))
    return filing


def _block(
    batch: AssessmentBatch, filing: Filing, year: int, level: int, results: list[FinalResult]
) -> list[Certificate]:
    NumberSeries.objects.get_or_create(
        filing_number=filing.number, year=year, level=level, defaults={"centre": batch.centre}
    )
    series = NumberSeries.objects.select_for_update().get(
        filing_number=filing.number, year=year, level=level
    )
    first = series.last_serial + 1
    if series.last_serial + len(results) > MAX_SERIAL:
        raise RefusedError(str(PART_WORDS["serial"]))
    pattern = batch.rules.settings.certno_pattern
    rows = []
    for serial, result in enumerate(results, start=first):
        try:
            number = compose(
                filing=filing.number,
                year=year,
                level=level,
                serial=serial,
                pattern=pattern.value if pattern else "",
            )
        except NumberError as fault:
            raise RefusedError(
                _("不能编号：%(why)s。") % {"why": PART_WORDS[fault.part]},
                pattern.citations if pattern else (),
            ) from fault
        rows.append(
            Certificate(
                application=result.application,
                batch=batch,
                basis=result,
                series=series,
                serial=serial,
                number=number,
            )
        )
    made = Certificate.objects.bulk_create(rows, batch_size=2000)
    NumberSeries.objects.filter(pk=series.pk).update(last_serial=F("last_serial") + len(made))
    return made
