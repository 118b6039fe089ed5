"""When the State Council's notice of the next unknown year must have been entered."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from assessment_center.accounts.enums import Act
from assessment_center.registry.entries import DeadlineSpec, centre_deadline_sources
from assessment_center.workdays.counting import on
from assessment_center.workdays.models import HolidayNotice
from assessment_center.workdays.selectors import calendar

LAST = (12, 15)  # the notice comes in October or November; January's lead times need it


def notice_deadlines(_centre: Any) -> Sequence[DeadlineSpec]:
    """Entered notices, met; and the one of the first year that is not known."""
    entered = list(HolidayNotice.objects.order_by("year").values_list("year", flat=True))
    missing = max(calendar().years) + 1
    return [*(_notice(year, done=True) for year in entered), _notice(missing, done=False)]


def _notice(year: int, *, done: bool) -> DeadlineSpec:
    day = date(year - 1, *LAST)
    return DeadlineSpec(
        f"workdays.notice_{year}",
        str(_("录入 %(year)s 年放假安排通知") % {"year": year}),
        day,
        (),
        done=done,
        responsible=Act.CENTRE_MANAGE,
        counting=on(_("通知通常在此前印发，跨年期限据此推算"), day),
    )


centre_deadline_sources.register("workdays", notice_deadlines, order=20)
