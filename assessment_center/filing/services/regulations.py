"""Internal regulations: entered with number, department and date, put out of force (FIL-14)."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.audit.services import record
from assessment_center.filing.models import InternalRegulation
from assessment_center.filing.services.common import require
from assessment_center.organization.models import AssessmentCentre
from assessment_center.registry import Actor, RefusedError
from assessment_center.rulebooks.rules.rulebook import Rulebook


@transaction.atomic
def issue_regulation(
    *,
    actor: Actor,
    centre: AssessmentCentre,
    title: str,
    number: str,
    issuer: str,
    issued_on: date,
    code: str = "",
    rules: Rulebook | None = None,
) -> InternalRegulation:
    """Enter a regulation with number, department and date (FIL-14)."""
    require(actor)
    known = {each.code for each in rules.regulations_due} if rules else set()
    if code and rules and code not in known:
        raise RefusedError(_("规程没有规定“%(code)s”这项制度。") % {"code": code[:40]})
    if issued_on > timezone.localdate():
        raise RefusedError(_("制定日期不能晚于今天。"))
    made = InternalRegulation(
        centre=centre,
        code=code,
        title=title.strip().strip("《》"),
        number=number.strip(),
        issuer=issuer.strip(),
        issued_on=issued_on,
    )
    made.full_clean()
    made.save()
    payload = {"title": made.title, "number": made.number}
    record(actor=actor, verb="regulation.issue", subject=made.subject, payload=payload)
    return made


@transaction.atomic
def end_regulation(*, actor: Actor, regulation: InternalRegulation, on: date) -> InternalRegulation:
    """Put a regulation out of force from the day after `on`; it stays listed with its dates."""
    require(actor)
    held = InternalRegulation.objects.select_for_update().get(pk=regulation.pk)
    if held.ended_on is not None:
        raise RefusedError(_("这项制度已经废止。"))
    held.ended_on = on
    held.full_clean()
    held.save(update_fields=["ended_on"])
    payload = {"title": held.title, "on": on.isoformat()}
    record(actor=actor, verb="regulation.end", subject=held.subject, payload=payload)
    return held
