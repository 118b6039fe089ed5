"""The work plan, section by section (FIL-15)."""

from django.db import transaction
from django.utils.translation import gettext as _

from assessment_center.audit.services import record
from assessment_center.filing.models import FilingApplication, PlanSection
from assessment_center.filing.selectors import has_sections, needs_plan
from assessment_center.filing.services.common import editable
from assessment_center.registry import Actor, RefusedError


@transaction.atomic
def write_section(
    *, actor: Actor, application: FilingApplication, code: str, text: str
) -> PlanSection:
    """Write one section of the work plan; a chapter that has sections holds no text itself."""
    held = editable(actor, application)
    chapter = next((each for each in held.rules.plan_chapters if each.code == code), None)
    if chapter is None or not needs_plan(held) or has_sections(held.rules, chapter):
        raise RefusedError(_("工作方案没有“%(code)s”这一节。") % {"code": code[:12]})
    if not text.strip():
        raise RefusedError(
            _("“%(label)s”不能是空的。") % {"label": chapter.label}, chapter.cite, chapter.hint
        )
    section, _made = PlanSection.objects.update_or_create(
        application=held, code=code, defaults={"text": text.strip()}
    )
    payload = {"chapter": f"{chapter.code} {chapter.label}"}
    record(actor=actor, verb="filing_request.write", subject=held.subject, payload=payload)
    return section
