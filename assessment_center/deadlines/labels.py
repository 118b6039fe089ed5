"""The words for kinds of deadlines."""

from django.utils.translation import gettext_lazy as _

from assessment_center.deadlines.enums import Nature, Scope, Unit

NATURE_LABELS = {
    Nature.DUE.value: _("最迟"),
    Nature.FROM.value: _("不早于"),
    Nature.EVENT.value: _("当天"),
}
UNIT_LABELS = {
    Unit.DAY.value: _("天"),
    Unit.WORKDAY.value: _("工作日"),
    Unit.MONTH.value: _("个月"),
}
SCOPE_LABELS = {
    Scope.MINE.value: _("只含我负责的"),
    Scope.ALL.value: _("我能看到的全部"),
}
