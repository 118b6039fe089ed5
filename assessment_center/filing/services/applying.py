"""Beginning an application, describing it, and moving it on."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.audit.services import record
from assessment_center.filing.labels import KIND_LABELS
from assessment_center.filing.lifecycle import APPLICATION
from assessment_center.filing.models import ExpertOpinion, FilingApplication
from assessment_center.filing.selectors import base_for
from assessment_center.filing.services.common import editable, locked, require
from assessment_center.organization.models import AssessmentCentre
from assessment_center.registry import Actor, RefusedError
from assessment_center.rulebooks.models import RulebookVersion
from assessment_center.rulebooks.selectors import rules_of
from assessment_center.workflow import advance

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


def assess(*, actor: Actor, application: FilingApplication) -> FilingApplication:
    """Close the self-assessment; refused below the pass mark and with a veto (FIL-13)."""
    return advance(machine=APPLICATION, subject=application, move="assess", actor=actor)


def reopen(*, actor: Actor, application: FilingApplication) -> FilingApplication:
    """Back to filling in, before it is handed in or after it was returned."""
    return advance(machine=APPLICATION, subject=application, move="reopen", actor=actor)


@transaction.atomic
def submit(
    *, actor: Actor, application: FilingApplication, pledged_by: str, on: date | None = None
) -> FilingApplication:
    """Hand the application in; `pledged_by` is the legal person who answers for it (FIL-11).

    Refuses without that pledge, and names whatever is missing with its article.
    """
    rule = application.rules.filing_rule("truth")
    if rule and not pledged_by.strip():
        raise RefusedError(
            _("须由法定代表人对材料的真实性作出承诺。"), rule.cite, _("请填写承诺人姓名。")
        )
    day = on or timezone.localdate()
    updates = {"submitted_on": day, "pledged_by": pledged_by.strip()}
    return advance(
        machine=APPLICATION,
        subject=locked(application),
        move="submit",
        actor=actor,
        updates=updates,
        payload={"on": day.isoformat(), "to_body": application.way.receives},
    )


@transaction.atomic
def give_opinion(
    *,
    actor: Actor,
    application: FilingApplication,
    expert: str,
    opinion: str,
    supports: bool,
    signed_on: date,
    unit: str = "",
) -> ExpertOpinion:
    """Enter what an expert of the recommending body found (F-109)."""
    require(actor)
    held = locked(application)
    if held.status != "submitted":
        raise RefusedError(_("专家意见在报送之后、推荐之前登记。"), held.way.cite)
    made = ExpertOpinion(
        application=held,
        expert=expert.strip(),
        unit=unit.strip(),
        opinion=opinion.strip(),
        supports=supports,
        signed_on=signed_on,
    )
    made.full_clean()
    made.save()
    payload = {"expert": made.expert, "supports": supports}
    record(actor=actor, verb="filing_request.opinion", subject=held.subject, payload=payload)
    return made


def recommend(
    *, actor: Actor, application: FilingApplication, on: date | None = None
) -> FilingApplication:
    """Enter that the recommending body passed it on (FIL-10)."""
    updates = {"recommended_on": on or timezone.localdate()}
    return advance(
        machine=APPLICATION, subject=application, move="recommend", actor=actor, updates=updates
    )


def send_back(*, actor: Actor, application: FilingApplication, reason: str) -> FilingApplication:
    """Enter that it came back, and why; the school may answer (FIL-11)."""
    return advance(
        machine=APPLICATION, subject=application, move="return", actor=actor, reason=reason
    )


def publish(
    *, actor: Actor, application: FilingApplication, site: str, on: date | None = None
) -> FilingApplication:
    """Enter where and when centre and scope were made public (FIL-10)."""
    updates = {"published_on": on or timezone.localdate(), "published_at_site": site.strip()}
    return advance(
        machine=APPLICATION,
        subject=application,
        move="publish",
        actor=actor,
        updates=updates,
        payload={"site": site.strip()},
    )
