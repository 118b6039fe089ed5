"""What every page knows: the centre's name and the language of the page."""

from typing import Any

from django.conf import settings
from django.db.utils import DatabaseError
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext

from assessment_center.organization.models import AssessmentCentre
from assessment_center.registry.language import in_english


def _name() -> str:
    try:
        found = AssessmentCentre.objects.order_by("created_at").values_list("name", flat=True)
        return found.first() or gettext("技能等级认定中心")
    except DatabaseError:
        return gettext("技能等级认定中心")


def _sections(request: HttpRequest) -> list[Any]:
    from assessment_center.menu import sections_of

    user = request.user
    return sections_of(request) if user.is_authenticated and user.is_staff else []


def centre(request: HttpRequest) -> dict[str, Any]:
    """`centre_name` and the office's menu are read only by pages that show them."""
    return {
        "centre_name": SimpleLazyObject(_name),
        "campus": settings.CAMPUS,
        "other_language": "zh-hans" if in_english() else "en",
        "page_address": request.get_full_path(),
        "office_sections": SimpleLazyObject(lambda: _sections(request)),
    }
