"""A line on the home page while a yearly notice on holidays is to be entered."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment_center.accounts.enums import Act
from assessment_center.registry import Actor
from assessment_center.registry.entries import HomePanel, Line, home_panels
from assessment_center.workdays.selectors import entry_url, missing_notices, missing_words


def lines(_actor: Actor) -> Sequence[Line]:
    """One line a year; nothing while all that is needed is known."""
    return [
        Line(
            title=_("%(year)s 年放假安排尚未录入") % {"year": each.year},
            detail=missing_words(each),
            state="bad" if each.dated else "due",
            chip=_("期限受阻") if each.dated else _("待录入"),
            url=entry_url(each.year),
            link=_("录入"),
        )
        for each in missing_notices(timezone.localdate())
    ]


home_panels.register(
    "workdays",
    HomePanel(
        key="workdays",
        title=gettext_lazy("工作日历"),
        lines=lines,
        permission=Act.CENTRE_MANAGE,
    ),
    order=90,
)
