"""A change to an application already reviewed opens its review again, of just what changed."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from assessment_center.audit.services import record
from assessment_center.registry import Actor, RefusedError
from assessment_center.registry.outcomes import require
from assessment_center.workflow import advance
from candidates import policies, selectors
from candidates.enums import ApplicationStatus, ReviewKind
from candidates.labels import EDUCATION_LABELS, SOURCE_LABELS
from candidates.lifecycle import APPLICATION
from candidates.models import Application
from candidates.services.steps import judged, tell, write_step
from candidates.signature import outdated
from candidates.validators import POST_CODE

REVIEWED = (ApplicationStatus.FIRST_REVIEWED, ApplicationStatus.CONFIRMED)
CORRECTED = ("ethnicity", "education", "source", "employer", "address", "post_code")
CHOICES = {"education": EDUCATION_LABELS, "source": SOURCE_LABELS}


def reopen(actor: Actor, row: Application, why: str) -> None:
    """Before a change: keep what was reviewed, and put a reviewed application back in the queue.

    `row` is locked. Both looks are taken anew, again by two people; what was paid stays paid.
    """
    if row.status not in REVIEWED:
        return
    write_step(actor=actor, row=row, kind=ReviewKind.REOPEN, note=why)
    advance(
        machine=APPLICATION,
        subject=row,
        move="reopen",
        actor=actor,
        reason=why,
        updates={
            "first_reviewed_by": None,
            "first_reviewed_at": None,
            "confirmed_by": None,
            "confirmed_at": None,
        },
    )


@transaction.atomic
def correct(*, actor: Actor, application: Application, **fields: str) -> Application:
    """Correct personal facts that the office finds wrong, until the batch is reported.

    A signed undertaking no longer covers them: the candidate is asked to sign anew.
    """
    if unknown := set(fields) - set(CORRECTED):
        message = f"not facts the office corrects: {sorted(unknown)}"
        raise TypeError(message)
    for name, value in fields.items():
        if value and value not in CHOICES.get(name, {value: ""}):
            raise RefusedError(_("请从所列选项中选择。"))
    if fields.get("post_code") and not POST_CODE.fullmatch(fields["post_code"].strip()):
        raise RefusedError(_("邮政编码应为 6 位数字。"))
    rows = selectors.applications().select_for_update(of=("self",), no_key=True)
    row = rows.get(pk=application.pk)
    require(policies.correctable(row, actor))
    changed = {k: v.strip() for k, v in fields.items() if v.strip() != getattr(row, k)}
    if not changed:
        raise RefusedError(_("没有改动。"))
    reopen(actor, row, _("更正信息"))
    for name, value in changed.items():
        setattr(row, name, value)
    row.save(update_fields=list(changed))
    judged(row)
    record(
        actor=actor,
        verb="application.correct",
        subject=row.subject,
        payload={"fields": sorted(changed)},
    )
    if outdated(row):
        tell(row, _lazy("您的申报信息已由中心更正"), _lazy("请核对，并重新签署承诺书。"))
    return row
