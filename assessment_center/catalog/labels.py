"""The words for levels, subjects and states of standards."""

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment_center.catalog.enums import Level, StandardStatus, Subject
from assessment_center.catalog.rules.tariff import in_yuan

LEVEL_LABELS: dict[int, Promise] = {
    Level.FIVE: _("五级/初级工"),
    Level.FOUR: _("四级/中级工"),
    Level.THREE: _("三级/高级工"),
    Level.TWO: _("二级/技师"),
    Level.ONE: _("一级/高级技师"),
}

NO_LEVEL_LABEL = _("专项职业能力")  # what is examined where there are no levels

SUBJECT_LABELS: dict[str, Promise] = {
    Subject.THEORY.value: _("理论知识考试"),
    Subject.PRACTICAL.value: _("技能操作考核"),
    Subject.REVIEW.value: _("综合评审"),
    Subject.LANGUAGE.value: _("外语考试"),
}

STANDARD_STATUS_LABELS: dict[StandardStatus, Promise] = {
    StandardStatus.CURRENT: _("现行"),
    StandardStatus.SUPERSEDED: _("已被代替"),
    StandardStatus.ABOLISHED: _("已废止"),
}


def with_job(occupation: object, job: object | None) -> str:
    """An occupation and, in brackets, the job of it that is meant."""
    return f"{occupation}（{job}）" if job else str(occupation)


def money_words(cents: int) -> str:
    """An amount with its unit inside a sentence; tables show it with the filter `yuan`."""
    return gettext("%(yuan)s 元") % {"yuan": in_yuan(cents)}
