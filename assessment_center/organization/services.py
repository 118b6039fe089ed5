"""Setting up the centre, entering its filings and their scope."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.catalog.models import Job, Occupation, OccupationalStandard
from assessment_center.organization.models import AssessmentCentre, FiledScope, Filing
from assessment_center.registry import Actor, RefusedError
from assessment_center.rulebooks.models import RulebookVersion
from assessment_center.rulebooks.rules.rulebook import Rulebook
from assessment_center.rulebooks.selectors import rules_of

CENTRE_FIELDS = frozenset(
    {
        "name",
        "short_name",
        "credit_code",
        "province_code",
        "address",
        "phone",
        "complaint_phone",
        "authority_name",
        "seal_name",
    }
)


def _require(actor: Actor) -> None:
    if not actor.may(Act.CENTRE_MANAGE):
        raise RefusedError(_("您的角色不能维护机构信息。"), remedy=_("请找中心主任办理。"))


@transaction.atomic
def save_centre(
    *, actor: Actor, row: AssessmentCentre | None = None, **facts: Any
) -> AssessmentCentre:
    """Set up the centre, or change the given one; `facts` are those of `CENTRE_FIELDS`."""
    _require(actor)
    if unknown := facts.keys() - CENTRE_FIELDS:
        message = f"no such fields: {sorted(unknown)}"
        raise TypeError(message)
    centre = row or AssessmentCentre()
    for field, value in facts.items():
        setattr(centre, field, value)
    centre.full_clean()
    centre.save()
    record(
        actor=actor,
        verb="centre.save",
        subject=centre.subject,
        payload={field: str(value) for field, value in facts.items()},
    )
    return centre


@transaction.atomic
def cease(*, actor: Actor, centre: AssessmentCentre, on: date, reason: str) -> AssessmentCentre:
    """Stop assessing from a day on; what is issued can still be checked, corrected and revoked."""
    _require(actor)
    locked = AssessmentCentre.objects.select_for_update().get(pk=centre.pk)
    if locked.ceased_on is not None:
        raise RefusedError(
            _("机构已登记自 %(day)s 起停止认定。") % {"day": locked.ceased_on.isoformat()}
        )
    if not reason.strip():
        raise RefusedError(_("请写明停止认定的原因。"))
    locked.ceased_on = on
    locked.save(update_fields=["ceased_on"])
    payload = {"on": on.isoformat(), "reason": reason.strip()}
    record(actor=actor, verb="centre.cease", subject=locked.subject, payload=payload)
    return locked


@transaction.atomic
def add_filing(  # noqa: PLR0913 - a reply has this many facts
    *,
    actor: Actor,
    centre: AssessmentCentre,
    number: str,
    rulebook_version: RulebookVersion,
    valid_from: date,
    valid_until: date | None = None,
    is_incremental: bool = False,
    base: Filing | None = None,
    reply_number: str = "",
    reply_date: date | None = None,
    replied_by: str = "",
) -> Filing:
    """Enter a filing (FIL-02): its number, and its term, which some rulebooks limit."""
    _require(actor)
    rules = rules_of(rulebook_version)
    check_number(rules, number.strip())
    check_term(rules, valid_from, valid_until)
    filing = Filing(
        centre=centre,
        number=number.strip(),
        rulebook_version=rulebook_version,
        valid_from=valid_from,
        valid_until=valid_until,
        is_incremental=is_incremental,
        base=base,
        reply_number=reply_number.strip(),
        reply_date=reply_date,
        replied_by=replied_by.strip(),
    )
    filing.full_clean()
    filing.save()
    record(
        actor=actor, verb="filing.add", subject=filing.subject, payload={"number": filing.number}
    )
    return filing


def check_term(rules: Rulebook, valid_from: date, valid_until: date | None) -> None:
    """FIL-02: refuse a term longer than the rulebook allows."""
    years = rules.settings.filing_valid_years
    if years and (valid_until is None or valid_until > _years_later(valid_from, years.value)):
        raise RefusedError(
            _("备案有效期不超过 %(years)s 年，请核对止日。") % {"years": years.value},
            years.citations,
        )


def check_number(rules: Rulebook, number: str) -> None:
    """FIL-02: where the rulebook says how a filing number is made, no other is entered."""
    form = rules.filing_rule("number_form")
    if form and form.pattern and not re.fullmatch(form.pattern, number, re.ASCII):
        raise RefusedError(
            _("备案号“%(number)s”不合编码规则：%(form)s。")
            % {"number": number[:30], "form": form.label},
            form.cite,
            _("请对照回执核对。"),
        )


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, month=3, day=1)


@transaction.atomic
def add_scope_line(
    *,
    actor: Actor,
    filing: Filing,
    occupation: Occupation,
    standard: OccupationalStandard,
    levels: Sequence[int],
    job: Job | None = None,
    matching_major: str = "",
    audience: Sequence[str] = (),
) -> FiledScope:
    """Enter one line of the filed scope (FIL-03 to FIL-05).

    Refuses levels the rulebook does not know, and a job of another occupation.
    """
    _require(actor)
    if job is not None and job.occupation_id != occupation.pk:
        raise RefusedError(_("工种“%(job)s”不属于这个职业。") % {"job": job})
    known = rules_of(filing.rulebook_version).settings.levels
    if known and (wrong := sorted(set(levels) - set(known.value))):
        raise RefusedError(
            _("规程没有这些等级：%(levels)s。") % {"levels": "、".join(map(str, wrong))},
            known.citations,
        )
    line = FiledScope(
        filing=filing,
        occupation=occupation,
        job=job,
        levels=sorted(set(levels), reverse=True),
        standard=standard,
        matching_major=matching_major,
        audience=list(audience),
    )
    line.full_clean()
    line.save()
    record(
        actor=actor,
        verb="filing.add_scope",
        subject=filing.subject,
        payload={"occupation": str(occupation), "levels": line.levels},
    )
    return line
