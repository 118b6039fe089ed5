"""Writing what a sheet corrects in applications that stand already."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from assessment_center.audit.services import record_many
from assessment_center.people.services import set_particulars
from assessment_center.registry import Actor, RefusedError
from candidates.enums import ApplicationStatus
from candidates.models import Application
from candidates.services.registration import submit_application
from candidates.services.sheet_changes import PLACES, TAKEN_OVER, take_over
from candidates.services.sheet_plan import CHUNK, PlannedRow


def lock(changed: Sequence[PlannedRow]) -> dict[Any, Application]:
    """The applications to be corrected, unless one has moved on since they were read."""
    planned = {row.standing.pk: row.standing for row in changed if row.standing}
    rows = Application.objects.filter(pk__in=planned).select_for_update(no_key=True)
    now = dict(rows.values_list("pk", "status"))
    if any(now.get(pk) != each.status for pk, each in planned.items()):
        raise RefusedError(_("试读以后有申报被审核或撤回。"), remedy=_("请重新上传并试读。"))
    return planned


def correct(actor: Actor, rows: Sequence[PlannedRow], standing: dict[Any, Application]) -> None:
    """Write the corrections; a returned application goes back to its review with them."""
    for row in rows:
        assert row.standing is not None
        if row.application is not None:
            take_over(standing[row.standing.pk], row.application)
    Application.objects.bulk_update(
        standing.values(), [*TAKEN_OVER, *PLACES, "photo"], batch_size=CHUNK
    )
    record_many(
        actor=actor,
        verb="application.correct",
        subjects=[
            (row.standing.ref, {"fields": [change.header for change in row.changes], "sheet": True})
            for row in rows
            if row.standing
        ],
    )
    for row in rows:
        phone = row.values["phone"]
        if phone and phone != row.person.phone and row.person.user_id is None:
            set_particulars(actor=actor, person=row.person, phone=phone)
    for application in standing.values():
        if application.status == ApplicationStatus.RETURNED:
            submit_application(actor=actor, application=application)
