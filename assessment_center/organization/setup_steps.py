"""What the guide of the first days asks of the centre, its filing and the filed scope."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment_center.accounts.enums import Act
from assessment_center.organization.models import AssessmentCentre, Filing
from assessment_center.organization.selectors import active_centre, filings_on, scope_lines
from assessment_center.organization.sheets.centre import CENTRE, FILING
from assessment_center.organization.sheets.scope import SCOPE
from assessment_center.registry.entries import setup_steps
from assessment_center.registry.setup import SetupState, SetupStep
from assessment_center.rulebooks.rules.rulebook import Rulebook


def centre(_rules: Rulebook | None) -> SetupState:
    found = active_centre()
    if found is None:
        return SetupState(0, [_("还没有登记认定中心。")])
    missing = [] if found.phone else [_("还没有联系电话：公告要写明联系方式。")]
    advice = [] if found.complaint_phone else [_("还没有监督电话。")]
    return SetupState(1, missing, advice)


def filing(rules: Rulebook | None) -> SetupState:
    """FIL-02: a filing that holds today."""
    cited = rules.settings.filing_mode if rules else None
    citations = cited.citations if cited else ()
    found = active_centre()
    held = (
        Filing.objects.filter(centre=found).order_by("-valid_from")
        if found
        else Filing.objects.none()
    )
    if found and filings_on(found, timezone.localdate()):
        return SetupState(held.count())
    latest = held.first()
    if latest is None:
        return SetupState(0, [_("还没有登记备案号和有效期。")], citations=citations)
    words = _("备案 %(number)s 今天不在有效期内（%(from)s 至 %(until)s）。") % {
        "number": latest.number,
        "from": latest.valid_from,
        "until": latest.valid_until or _("长期"),
    }
    return SetupState(held.count(), [words], citations=citations)


def scope(rules: Rulebook | None) -> SetupState:
    """FIL-03: what may be examined today."""
    cited = rules.settings.filing_mode if rules else None
    found = active_centre()
    lines = scope_lines(found, timezone.localdate()) if found else []
    citations = cited.citations if cited else ()
    if not lines:
        missing = [_("还没有备案的职业、等级和标准。")]
        return SetupState(0, missing, citations=citations)
    silent = [str(line) for line in lines if not line.standard.durations]
    advice = [_("标准没有写明各科时长：%(names)s。") % {"names": "、".join(silent[:3])}]
    return SetupState(len(lines), advice=advice if silent else [])


def _centre_page() -> str:
    found = AssessmentCentre.objects.filter(is_active=True).first()
    return reverse("admin:organization_assessmentcentre_change", args=[found.pk]) if found else ""


setup_steps.register(
    "centre",
    SetupStep(
        key="centre",
        title=gettext_lazy("认定中心"),
        purpose=gettext_lazy("名称、主管部门、印章和联系电话，印在公告、准考证和证书上。"),
        unit=gettext_lazy("个"),
        state=centre,
        permission=Act.CENTRE_MANAGE,
        shown_at=_centre_page,
        sheet=CENTRE,
        required=True,
    ),
    order=20,
)
setup_steps.register(
    "filing",
    SetupStep(
        key="filing",
        title=gettext_lazy("备案"),
        purpose=gettext_lazy("没有有效的备案，不能发布公告。"),
        unit=gettext_lazy("个"),
        state=filing,
        permission=Act.CENTRE_MANAGE,
        shown_at=lambda: reverse("admin:organization_filing_changelist"),
        sheet=FILING,
        required=True,
        needs=("rulebook", "centre"),
    ),
    order=30,
)
setup_steps.register(
    "scope",
    SetupStep(
        key="scope",
        title=gettext_lazy("备案范围"),
        purpose=gettext_lazy("只能认定备案的职业、工种和等级，并按所列标准考核。"),
        unit=gettext_lazy("项"),
        state=scope,
        permission=Act.CENTRE_MANAGE,
        shown_at=lambda: reverse("admin:organization_filedscope_changelist"),
        sheet=SCOPE,
        required=True,
        needs=("filing",),
    ),
    order=40,
)
