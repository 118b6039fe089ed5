"""Numbers of settings with their units: which key counts what."""

import re

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

COUNTED: tuple[tuple[re.Pattern[str], Promise], ...] = tuple(
    (re.compile(pattern), unit)
    for pattern, unit in (
        (r"workdays(_before)?$", _lazy("个工作日")),
        (r"days(_before)?$", _lazy("天")),
        (r"months$", _lazy("个月")),
        (r"years$", _lazy("年")),
        (r"hours$", _lazy("学时")),
        (r"_cm$", _lazy("厘米")),
        (r"_m$", _lazy("米")),
        (r"minutes$", _lazy("分钟")),
        (r"^(late_limit|early_leave)_.*_min$", _lazy("分钟")),
        (r"_score$", _lazy("分")),
        (r"^appraisal_bands$", _lazy("分")),
        (r"age$", _lazy("岁")),
        (r"^bank_.*_min$", _lazy("题")),
        (r"^points_min$", _lazy("个")),
        (r"^room_capacity_", _lazy("人")),
        (
            r"experts$|staff$|escorts$|^min_assessors|^assessor_per|^accept_min$|witness_count$",
            _lazy("人"),
        ),
        (
            r"^(assessor|judge|supervisor|special_supervision)_min$",
            _lazy("人"),
        ),
        (r"^max_consecutive|^resit_max$|_after_(missed|refusals)$", _lazy("次")),
        (r"^max_(occupations|institutions)$|_facts$|rooms$|^staple_max$", _lazy("个")),
        (r"copies$", _lazy("份")),
        (r"fee$", _lazy("元")),
        (r"edition$", _lazy("年版")),
        (r"^points_weight_factor$", _lazy("倍")),
    )
)
MOMENT = re.compile(r"^t_|^absence_mark_at_min$")
BEFORE_END = re.compile(r"^end_reminder_min$")
DAY = re.compile(r"^familiarisation_day$")
LEVELS = re.compile(r"(^|_)levels$")
RANGE = re.compile(r"(workdays|days)_before$|suspension_months$")


def unit(key: str) -> str:
    """Return the unit in which a setting's number counts; empty for a bare number."""
    return next((str(word) for pattern, word in COUNTED if pattern.search(key)), "")


def moment(minutes: int) -> str:
    """A moment by its minutes from the start of the examination."""
    if minutes == 0:
        return _("开考时")
    told = _("开考前 %(n)s 分钟") if minutes < 0 else _("开考后 %(n)s 分钟")
    return told % {"n": abs(minutes)}
