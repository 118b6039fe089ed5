"""Moving an application on: assessed, handed in, recommended, returned, made public (FIL-10)."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.audit.services import record
from assessment_center.filing.lifecycle import APPLICATION
from assessment_center.filing.models import ExpertOpinion, FilingApplication
from assessment_center.filing.services.common import locked, require
from assessment_center.registry import Actor, RefusedError
from assessment_center.workflow import advance


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
