"""Two rulebooks, or two versions of one, side by side."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from assessment_center.accounts.enums import Act
from assessment_center.office import office_view, render_office
from assessment_center.rulebooks.comparing import compared
from assessment_center.rulebooks.models import RulebookVersion
from assessment_center.rulebooks.selectors import all_versions, rules_of


@office_view(Act.RULES_VIEW)
def compare(request: HttpRequest) -> HttpResponse:
    """The two named by `a` and `b`; the first two where nothing is named yet."""
    versions = all_versions()
    left, right = _chosen(request, versions, "a", 0), _chosen(request, versions, "b", 1)
    only = request.GET.get("only") == "1"
    areas = (
        compared(rules_of(left), rules_of(right), only_differences=only) if left and right else []
    )
    context = {
        "versions": versions,
        "left": left,
        "right": right,
        "only": only,
        "areas": areas,
        "differing": sum(line.differs for area in areas for line in area.lines),
    }
    return render_office(request, "office/rulebooks/compare.html", context)


def _chosen(
    request: HttpRequest, versions: list[RulebookVersion], name: str, number: int
) -> RulebookVersion | None:
    wanted = request.GET.get(name, "")
    if not wanted:
        return versions[min(number, len(versions) - 1)] if versions else None
    try:
        key = UUID(wanted)
    except ValueError as error:
        raise Http404(wanted) from error
    found = next((each for each in versions if each.pk == key), None)
    if found is None:
        raise Http404(wanted)
    return found
