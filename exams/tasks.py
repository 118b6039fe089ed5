"""Jobs of examinations: tickets and printed sets that are too large to wait for."""

import tempfile
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from assessment_center.batches.printing import zipped
from assessment_center.batches.selectors import batch_by_code
from assessment_center.jobs.running import JobRun, handler
from assessment_center.registry import RefusedError
from exams.documents.sets import Order, write
from exams.documents.ticket_sets import bound, chosen
from exams.services.printing import set_of
from exams.services.renewal_notices import tell_renewed
from exams.services.renewing import TELL

PRINT_TICKETS = "exams.print_tickets"


@handler(PRINT_TICKETS)
def print_tickets(run: JobRun) -> None:
    """The tickets of a batch bound as asked: one PDF, or an archive of one for each set."""
    batch = batch_by_code(run.params["batch"])
    tickets = chosen(batch, only_wanted=bool(run.params["only_wanted"]))
    if not tickets:
        raise RefusedError(_("没有要打印的准考证。"))

    def told(done: int) -> None:
        run.progress(done, len(tickets), _("正在排版"))

    told(0)
    parts = bound(batch, run.actor, tickets, run.params["sets"], told)
    if len(parts) == 1:
        run.attach(f"{parts[0][0]}.pdf", parts[0][1])
    else:
        run.attach(f"准考证-{batch.code}.zip", zipped(parts))
    told(len(tickets))
    run.tell(tickets=len(tickets), parts=len(parts))


@handler(TELL)
def tell_of_renewed(run: JobRun) -> None:
    """Tell the holders of tickets that a change has made say something else."""
    at = datetime.fromisoformat(run.params["at"])
    run.tell(told=tell_renewed(batch_by_code(run.params["batch"]), at))


@handler("exams.print_set")
def print_set(run: JobRun) -> None:
    """Print a set into a file on disk, telling after every bundle how far it is."""
    batch = batch_by_code(run.params["batch"])
    site = run.params.get("site")
    found = set_of(
        actor=run.actor,
        batch=batch,
        site=UUID(site) if site else None,
        changed=bool(run.params.get("changed")),
    )
    order = Order(run.params.get("order", Order.WORKING))
    with tempfile.TemporaryFile() as target:
        suffix = write(target, found, batch, run.actor, order=order, tell=run.progress)
        target.seek(0)
        run.attach(f"{batch.code}-考务材料.{suffix}", target)
    run.tell(parts=len(found))
