"""The school's facts, as the forms ask for them (FIL-20, FIL-28)."""

from typing import Any

from django.db import transaction

from assessment_center.audit.services import record
from assessment_center.filing.models import SchoolProfile
from assessment_center.filing.services.common import require
from assessment_center.organization.models import AssessmentCentre
from assessment_center.registry import Actor

PROFILE_FIELDS = frozenset(
    each.name
    for each in SchoolProfile._meta.get_fields()  # noqa: SLF001 - the public way to columns
    if each.name not in {"id", "created_at", "centre"}
)


@transaction.atomic
def save_profile(*, actor: Actor, centre: AssessmentCentre, **facts: Any) -> SchoolProfile:
    """Enter or change the school's facts; `facts` are those of `PROFILE_FIELDS`."""
    require(actor)
    AssessmentCentre.objects.select_for_update().get(pk=centre.pk)
    if unknown := facts.keys() - PROFILE_FIELDS:
        message = f"no such fields: {sorted(unknown)}"
        raise TypeError(message)
    profile = SchoolProfile.objects.filter(centre=centre).first() or SchoolProfile(centre=centre)
    for name, value in facts.items():
        setattr(profile, name, value)
    profile.full_clean()
    profile.save()
    payload = {"fields": sorted(facts)}
    record(actor=actor, verb="filing.save_profile", subject=centre.subject, payload=payload)
    return profile
