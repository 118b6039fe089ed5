"""What the staff's file hands to the home page and the menu: what waits to be judged."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment_center.accounts.enums import Act
from assessment_center.office import MenuLink, menu_links
from assessment_center.personnel import judging_deadlines, judging_demo, judging_documents
from assessment_center.personnel.judging_enums import AppraisalStatus, CaseStatus
from assessment_center.personnel.models import Appraisal, MisconductCase
from assessment_center.registry import Actor
from assessment_center.registry.entries import HomePanel, Line, home_panels

__all__ = ["judging_deadlines", "judging_demo", "judging_documents", "waiting"]


def waiting(actor: Actor) -> Sequence[Line]:
    """Drafts to be confirmed and cases to be decided, for whoever decides them."""
    if not actor.may(Act.STAFF_DECIDE):
        return []
    lines = []
    drafts = Appraisal.objects.filter(status=AppraisalStatus.DRAFT.value).exclude(
        manager_opinion="", supervisor_opinion="", content={}, grade=""
    )
    for year in sorted(set(drafts.values_list("year", flat=True))):
        count = drafts.filter(year=year).count()
        told = _("%(year)s 年度考核待审定 %(n)s 人") % {"year": year, "n": count}
        url = reverse("appraisals_office:year", args=[year, "assessor"])
        lines.append(Line(told, state="due", url=url, link=_("去审定")))
    cases = MisconductCase.objects.filter(status=CaseStatus.OPEN.value).count()
    if cases:
        told = _("工作人员违规待决定 %(n)s 件") % {"n": cases}
        url = reverse("appraisals_office:cases")
        lines.append(Line(told, state="due", url=url, link=_("去处理")))
    return lines


home_panels.register(
    "personnel.judging",
    HomePanel("personnel.judging", gettext_lazy("考评队伍"), waiting, Act.STAFF_DECIDE),
    order=80,
)
menu_links.register(
    "personnel.appraisals",
    MenuLink("centre", gettext_lazy("年度考核与违规"), "appraisals_office:index", Act.PEOPLE_VIEW),
    order=60,
)
