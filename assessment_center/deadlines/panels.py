"""The tab of the batch page and the lines of the menu."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessment_center.accounts.enums import Act
from assessment_center.office import MenuLink, menu_links
from assessment_center.registry.entries import BatchTab, batch_tabs


def _url(batch: Any) -> str:
    return reverse("deadlines_office:batch", args=[batch.code])


batch_tabs.register("deadlines", BatchTab("deadlines", _("期限"), _url, Act.BATCH_VIEW), order=20)
menu_links.register(
    "deadlines", MenuLink("home", _("期限"), "deadlines_office:index", Act.BATCH_VIEW), order=20
)
menu_links.register(
    "deadlines.calendar",
    MenuLink("home", _("日历订阅"), "deadlines_office:calendar", Act.HOME),
    order=30,
)
