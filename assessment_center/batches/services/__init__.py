"""From the annual plan to the archived batch; each act in the transaction of its audit entry."""

from assessment_center.batches.services.announcing import (
    discard_announcement,
    draft_announcement,
    edit_announcement,
    publish_announcement,
)
from assessment_center.batches.services.closing import (
    archive_batch,
    cancel_batch,
    close_registration,
    complete_batch,
)
from assessment_center.batches.services.opening import (
    add_offering,
    open_batch,
    paper_origin,
    remove_offering,
)
from assessment_center.batches.services.papers import submit_papers
from assessment_center.batches.services.planning import (
    add_plan_line,
    approve_plan,
    create_plan,
    file_plan,
    remove_plan_line,
    write_summary,
)
from assessment_center.batches.services.recognition import enter_basis, retire_basis
from assessment_center.batches.services.reporting import (
    decide_report,
    log_receipt,
    submit_report,
    supplement_report,
)

__all__ = [
    "add_offering",
    "add_plan_line",
    "approve_plan",
    "archive_batch",
    "cancel_batch",
    "close_registration",
    "complete_batch",
    "create_plan",
    "decide_report",
    "discard_announcement",
    "draft_announcement",
    "edit_announcement",
    "enter_basis",
    "file_plan",
    "log_receipt",
    "open_batch",
    "paper_origin",
    "publish_announcement",
    "remove_offering",
    "remove_plan_line",
    "retire_basis",
    "submit_papers",
    "submit_report",
    "supplement_report",
    "write_summary",
]
