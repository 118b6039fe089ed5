"""The guide on the home page until the first announcement is out, and its place in the menu."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment_center.accounts.enums import Act
from assessment_center.first_day.selectors import checklist, is_over, may_help
from assessment_center.office import MenuLink, menu_links
from assessment_center.registry import Actor
from assessment_center.registry.entries import HomePanel, Line, home_panels


def lines(actor: Actor) -> Sequence[Line]:
    """How far the office has got, and what comes next."""
    if is_over() or not may_help(actor):
        return ()
    found = checklist()
    url = reverse("first_day:guide")
    counts = {"done": found.done, "total": len(found.steps)}
    title = _("已完成 %(done)d / %(total)d 步") % counts
    if found.ready:
        return (Line(_("可以发布公告了"), str(title), "done", _("就绪"), url, _("看指引")),)
    following = found.next_for(actor)
    detail = (
        _("下一步：%(title)s。%(missing)s")
        % {"title": following.step.title, "missing": "".join(map(str, following.state.missing[:1]))}
        if following
        else ""
    )
    return (Line(title, detail, "now", _("进行中"), url, _("继续")),)


home_panels.register(
    "first_day",
    HomePanel("first_day", gettext_lazy("首日指引"), lines, permission=Act.CENTRE_VIEW),
    order=1,
)
menu_links.register(
    "first_day",
    MenuLink("centre", gettext_lazy("首日指引"), "first_day:guide", Act.CENTRE_VIEW),
    order=5,
)
