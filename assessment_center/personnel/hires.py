"""Since when somebody is hired, for years that count within one hire."""

from assessment_center.personnel.judging_enums import BRANCH_GRADES
from assessment_center.personnel.judging_selectors import last_day
from assessment_center.personnel.models import Engagement, StaffMember
from assessment_center.rulebooks.rules.rulebook import Rulebook

USUAL_YEARS = 3


def hired_since(member: StaffMember, branch: str, year: int, rules: Rulebook) -> int:
    """The first year of the hire that covers `year`; without a contract the usual length back."""
    hires = Engagement.objects.filter(
        member=member,
        grade__in=[grade.value for grade in BRANCH_GRADES[branch]],
        starts__lte=last_day(year),
        ends__year__gte=year,
    )
    current = hires.order_by("starts").first()
    if current is not None:
        return current.starts.year
    years = rules.settings.hire_years
    return year - (years.value if years else USUAL_YEARS) + 1
