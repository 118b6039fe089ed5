"""Beginning an application and describing it."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.audit.services import record
from assessment_center.filing.labels import KIND_LABELS
from assessment_center.filing.models import FilingApplication
from assessment_center.filing.selectors import base_for
from assessment_center.filing.services.common import editable, require
from assessment_center.organization.models import AssessmentCentre
from assessment_center.registry import Actor, RefusedError
from assessment_center.rulebooks.models import RulebookVersion
from assessment_center.rulebooks.selectors import rules_of

FACTS = frozenset({"letter_number", "former_code", "advantage_unit", "advantage_major", "systems"})


@transaction.atomic
def begin(
    *, actor: Actor, centre: AssessmentCentre, version: RulebookVersion, kind: str, route: str
) -> FilingApplication:
    """Begin an application under a rulebook; refuses a kind or route that it does not know.

    An increment needs a filing that holds today under the same rulebook (FIL-07).
    """
    require(actor)
    AssessmentCentre.objects.select_for_update().get(pk=centre.pk)
    rules = rules_of(version)
    way = next((each for each in rules.filing_routes if each.code == route), None)
    if way is None or kind not in way.kinds:
        named = {"kind": KIND_LABELS.get(kind, kind), "name": rules.identity.name}
        raise RefusedError(_("%(name)s没有“%(kind)s”这一途径。") % named, way.cite if way else ())
    base = base_for(centre, version, timezone.localdate()) if kind == "incremental" else None
    if kind == "incremental" and base is None:
        rule = rules.filing_rule("increment")
        raise RefusedError(
            _("今天没有有效的备案，不能增量备案。"),
            rule.cite if rule else way.cite,
            _("请先办理初次备案或续办。"),
        )
    if centre.requests.filter(kind=kind, rulebook_version=version).exclude(
        status__in=("confirmed", "published")
    ).exists():  # fmt: skip
        raise RefusedError(_("同类备案申请还有一份没有办结。"), remedy=_("请先办结那一份。"))
    made = FilingApplication(
        centre=centre, rulebook_version=version, kind=kind, route=route, base=base
    )
    made.full_clean()
    made.save()
    payload = {"kind": kind, "rulebook": rules.code}
    record(actor=actor, verb="filing_request.begin", subject=made.subject, payload=payload)
    return made


@transaction.atomic
def describe(*, actor: Actor, application: FilingApplication, **facts: Any) -> FilingApplication:
    """Fill in what only the application knows; `facts` are those of `FACTS`."""
    held = editable(actor, application)
    if unknown := facts.keys() - FACTS:
        message = f"no such fields: {sorted(unknown)}"
        raise TypeError(message)
    for name, value in facts.items():
        setattr(held, name, value)
    held.full_clean()
    held.save(update_fields=sorted(facts))
    payload = {"fields": sorted(facts)}
    record(actor=actor, verb="filing_request.describe", subject=held.subject, payload=payload)
    return held
