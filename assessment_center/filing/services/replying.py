"""The authority's reply: number, term and list become the filing and its scope (F-105)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from assessment_center.catalog.models import OccupationalStandard
from assessment_center.catalog.services import record_standard
from assessment_center.filing.lifecycle import APPLICATION
from assessment_center.filing.models import FilingApplication, OwnSpecification, ScopeRequest
from assessment_center.filing.selectors import lines_of
from assessment_center.filing.services.common import locked, require
from assessment_center.filing.spec_lifecycle import SPECIFICATION
from assessment_center.organization.models import Filing
from assessment_center.organization.services import add_filing, add_scope_line
from assessment_center.registry import Actor, RefusedError
from assessment_center.workflow import advance


@dataclass(frozen=True, slots=True)
class Reply:
    """What the reply says; `granted` gives the levels by line, a line left out is not filed.

    `granted` None: everything as asked for. Term and filing number of an increment are those of
    the filing it adds to.
    """

    reply_number: str
    reply_date: date
    filing_number: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    granted: Mapping[UUID, Sequence[int]] | None = None
    replied_by: str = ""


@transaction.atomic
def enter_reply(*, actor: Actor, application: FilingApplication, reply: Reply) -> FilingApplication:
    """File the centre, or add to what it is filed for, as the reply says.

    Refuses a reply that files what was not asked for, or that skips the recommending body.
    """
    require(actor)
    held = locked(application)
    filed = _filed(held, reply)
    filing = _filing(actor, held, reply)
    for line, levels in filed:
        add_scope_line(
            actor=actor,
            filing=filing,
            occupation=line.occupation,
            job=line.job,
            levels=levels,
            standard=line.standard or _own_standard(actor, line.specification),
            matching_major=line.major,
            audience=line.audience,
        )
    return advance(
        machine=APPLICATION,
        subject=held,
        move="confirm",
        actor=actor,
        updates={"filing": filing},
        payload={"number": filing.number, "reply": filing.reply_number, "lines": len(filed)},
    )


def _filed(
    application: FilingApplication, reply: Reply
) -> list[tuple[ScopeRequest, Sequence[int]]]:
    asked = {line.pk: line for line in lines_of(application)}
    if reply.granted is None:
        return [(line, line.levels) for line in asked.values()]
    if set(reply.granted) - set(asked):
        raise RefusedError(_("回执中有没有申请的职业。"), application.way.cite)
    found = []
    for pk, levels in reply.granted.items():
        line = asked[pk]
        if more := sorted(set(levels) - set(line.levels)):
            raise RefusedError(
                _("“%(line)s”没有申请 %(levels)s 级。")
                % {"line": line, "levels": "、".join(map(str, more))},
                application.way.cite,
            )
        found.append((line, levels))
    if not found:
        raise RefusedError(_("回执没有列出一个职业，请登记退回。"), application.way.cite)
    return found


def _filing(actor: Actor, application: FilingApplication, reply: Reply) -> Filing:
    base = application.base
    if not reply.reply_number.strip():
        raise RefusedError(_("请填写回执文号。"), application.way.cite)
    if base is not None and reply.filing_number.strip() not in ("", base.number):
        rule = application.rules.filing_rule("increment")
        raise RefusedError(
            _("增量备案沿用原备案号 %(number)s。") % {"number": base.number},
            rule.cite if rule else (),
        )
    return add_filing(
        actor=actor,
        centre=application.centre,
        number=base.number if base else reply.filing_number,
        rulebook_version=application.rulebook_version,
        valid_from=reply.reply_date if base else (reply.valid_from or reply.reply_date),
        valid_until=base.valid_until if base else reply.valid_until,
        is_incremental=base is not None,
        base=base,
        reply_number=reply.reply_number,
        reply_date=reply.reply_date,
        replied_by=reply.replied_by or application.way.decides,
    )


def _own_standard(actor: Actor, specification: OwnSpecification | None) -> OccupationalStandard:
    """A specification filed with the reply becomes the standard of its occupation (FIL-06)."""
    assert specification is not None  # a line rests on one of the two
    if specification.standard is not None:
        return specification.standard
    standard = record_standard(
        actor=actor,
        occupation=specification.occupation,
        job=specification.job,
        edition=specification.edition,
        name=specification.title,
    )
    advance(
        machine=SPECIFICATION,
        subject=specification,
        move="file",
        actor=actor,
        updates={"standard": standard},
    )
    return standard
