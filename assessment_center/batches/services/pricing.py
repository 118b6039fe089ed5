"""What an offering costs: the tariff of the day its registration opens (FEE-01, FEE-10)."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.batches.enums import Route
from assessment_center.batches.models import AssessmentBatch
from assessment_center.catalog.labels import SUBJECT_LABELS, money_words
from assessment_center.catalog.models import FeeRate, Occupation
from assessment_center.catalog.rules.tariff import Price
from assessment_center.catalog.selectors import price_on
from assessment_center.registry import Citation, RefusedError


def price_for(
    batch: AssessmentBatch,
    occupation: Occupation,
    level: int | None,
    route: str,
    subjects: Sequence[str],
    wanted: int | None,
) -> tuple[int, list[int]]:
    """The fee of the whole and, where the tariff is by subject, of each subject, in cents.

    Neither more nor less than the tariff, if there is one; without one what is wanted. It is
    copied into the offering: a later rate changes nothing that was announced or paid.
    """
    mode = batch.rules.settings.fee_mode
    day = timezone.localdate(batch.registration_opens)
    free = route != Route.EXAM or (mode is not None and mode.value == "none")
    price = None if free else price_on(occupation, level, subjects, day)
    if price is None:
        return wanted or 0, []
    cited = mode.citations if mode else ()
    if price.missing:
        what = "、".join(str(SUBJECT_LABELS[each]) for each in price.missing)
        raise RefusedError(
            _("收费标准按科目登记，还没有这些科目的：%(what)s。") % {"what": what},
            cited,
            _("请先在“收费标准”登记。"),
        )
    if wanted not in (None, price.cents):
        raise _not_the_tariff(price, cited)
    return price.cents, list(price.parts)


def _not_the_tariff(price: Price[FeeRate], cited: tuple[Citation, ...]) -> RefusedError:
    told = {
        "day": max(rate.valid_from for rate in price.rates).isoformat(),
        "amount": money_words(price.cents),
        "basis": "；".join(dict.fromkeys(rate.basis for rate in price.rates)),
    }
    return RefusedError(
        _("收费标准自 %(day)s 起为 %(amount)s（%(basis)s），不能多收或少收。") % told,
        cited,
        _("标准有调整的，请先在“收费标准”登记。"),
    )
