"""Renewal: a first filing asked for again brings along what holds today (FIL-02, R-01)."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from assessment_center.filing import selectors
from assessment_center.filing.models import FilingApplication
from assessment_center.filing.services.named import Wanted
from assessment_center.filing.services.scope import ask_line
from assessment_center.organization.models import FiledScope
from assessment_center.registry import Actor, RefusedError


@dataclass(slots=True)
class Carried:
    """How many lines were brought along, and why the others were not, one sentence each."""

    lines: int = 0
    left: list[str] = field(default_factory=list)


@transaction.atomic
def carry_over(*, actor: Actor, application: FilingApplication) -> Carried:
    """Ask again for every line filed today that the application does not name yet.

    Each is asked for as `ask_line` asks, by the rules of now: what they no longer allow is left
    and told. Refuses where nothing is left to bring along.
    """
    found = selectors.not_asked_again(application)
    if not found:
        raise RefusedError(_("现行备案范围已全部在申请中，没有可带入的。"))
    done = Carried()
    asked = set(application.lines.values_list("occupation_id", "job_id"))
    for line in found:
        if (line.occupation_id, line.job_id) in asked:
            done.left.append(_("%(line)s：已在申请中，等级比现行的少") % {"line": line})
            continue
        try:
            ask_line(actor=actor, application=application, wanted=_wanted(line))
        except RefusedError as refused:
            done.left.append(f"{line}：{refused.refusal.reason}")
        else:
            done.lines += 1
    return done


def _wanted(line: FiledScope) -> Wanted:
    return Wanted(
        occupation=line.occupation.code,
        job=line.job.name if line.job else "",
        levels=tuple(line.levels),
        major=line.matching_major,
        whole_reason=_("与现行备案一致") if _is_whole(line) else "",
        specification=getattr(line.standard, "own_specification", None),
    )


def _is_whole(line: FiledScope) -> bool:
    """Filed for all jobs of an occupation that has some."""
    return line.job_id is None and line.occupation.jobs.exists()
