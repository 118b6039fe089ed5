"""The self-assessment, row by row (FIL-13)."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from assessment_center.audit.services import record
from assessment_center.filing.models import AssessmentMark, FilingApplication
from assessment_center.filing.rules.evaluation import Mark, figure, fits
from assessment_center.filing.selectors import needs_assessment
from assessment_center.filing.services.common import editable
from assessment_center.registry import Actor, RefusedError


@transaction.atomic
def mark_rows(
    *, actor: Actor, application: FilingApplication, marks: Mapping[str, tuple[Mark, str]]
) -> int:
    """Enter marks with what they rest on, by the code of the row; returns how many changed.

    Refuses a row the table does not have, and points the row cannot get.
    """
    held = editable(actor, application)
    if not needs_assessment(held):
        raise RefusedError(_("这类申请不用自评。"), held.way.cite)
    rows = {each.code: each for each in held.rules.filing_criteria}
    known = {each.code: each for each in held.marks.all()}
    changed: dict[str, str] = {}
    for code, (mark, note) in marks.items():
        row = rows.get(code)
        if row is None:
            raise RefusedError(_("评分表没有“%(code)s”这一项。") % {"code": code[:8]})
        if not fits(row, mark):
            told = {"code": code, "item": row.label, "points": row.points}
            text = (
                _("否决项“%(code)s %(item)s”请选择是否符合。")
                if row.veto
                else _("“%(code)s %(item)s”的得分不合评分标准（满分 %(points)s）。")
            )
            raise RefusedError(text % told, row.cite, row.standard)
        if _put(held, known.get(code), code, mark, note.strip(), actor):
            changed[code] = _said(mark)
    if changed:
        record(
            actor=actor, verb="filing_request.mark", subject=held.subject, payload={"rows": changed}
        )
    return len(changed)


def _put(
    application: FilingApplication,
    known: AssessmentMark | None,
    code: str,
    mark: Mark,
    note: str,
    actor: Actor,
) -> bool:
    row = known or AssessmentMark(application=application, code=code)
    if known and (row.points, row.met, row.note) == (mark.points, mark.met, note):
        return False
    row.points, row.met, row.note, row.marked_by = mark.points, mark.met, note, actor.user_id
    row.full_clean()
    row.save()
    return True


def _said(mark: Mark) -> str:
    return figure(mark.points) if isinstance(mark.points, Decimal) else str(mark.met)
