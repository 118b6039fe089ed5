"""What the office's records say to a row of the evaluation table."""

from datetime import date

from django.utils.translation import gettext as _

from assessment_center.filing import selectors
from assessment_center.filing.models import FilingApplication
from assessment_center.rulebooks.rules.filing import FilingCriterion, Seen

UNITS = {"unit_leading": "leading_group", "unit_supervision": "supervision"}


def told_of(application: FilingApplication, row: FilingCriterion, on: date) -> list[str]:
    """Sentences for the one who marks the row; the verdict stays his."""
    return [text for each in row.sees if (text := _told(application, row, each, on))]


def _told(application: FilingApplication, row: FilingCriterion, kind: Seen, on: date) -> str:
    if kind == "regulations":
        return _regulations(application, row, on)
    if kind in UNITS:
        return _unit(application, UNITS[kind])
    if kind == "unit_staff":
        n = len(selectors.fulltime_staff(application.centre))
        return _("登记的专职人员 %(n)s 名。") % {"n": n}
    if kind == "assessors":
        return _assessors(application, on)
    if kind == "plan":
        left = len(selectors.unwritten(application))
        return _("工作方案还有 %(n)s 节没写。") % {"n": left} if left else _("工作方案各节已写。")
    n = application.lines.count()
    own = application.lines.exclude(specification=None).count()
    return _("申请 %(n)s 行，其中 %(own)s 行依据自主评价规范。") % {"n": n, "own": own}


def _regulations(application: FilingApplication, row: FilingCriterion, on: date) -> str:
    held = {e.code: e for e in selectors.regulations_in_force(application.centre, on)}
    found = [f"《{held[c].title}》{held[c].number}" for c in row.regulations if c in held]
    missing = [
        each.label
        for each in application.rules.regulations_due
        if each.code in row.regulations and each.code not in held
    ]
    parts = [*found, *(_("缺《%(title)s》") % {"title": each} for each in missing)]
    return "；".join(parts)


def _unit(application: FilingApplication, code: str) -> str:
    unit = selectors.units_in_force(application.centre).filter(code=code).first()
    if unit is None:
        return _("还没有登记这个机构。")
    told = {"unit": unit.name, "n": unit.members.count()}
    return _("%(unit)s，成员 %(n)s 名。") % told


def _assessors(application: FilingApplication, on: date) -> str:
    occupations = {line.occupation for line in selectors.lines_of(application)}
    return "；".join(
        _("%(occupation)s %(n)s 名")
        % {"occupation": each, "n": len(selectors.assessors_of(each, on))}
        for each in sorted(occupations, key=lambda one: one.code)
    )
