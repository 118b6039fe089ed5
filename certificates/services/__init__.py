"""Numbering, issuing, handing out, revoking; each act in the transaction of its audit entry."""

from certificates.services.issuing import hand_out, issue, issue_batch, revoke
from certificates.services.numbering import assign_numbers, spoil_number
from certificates.services.uploading import record_upload

__all__ = [
    "assign_numbers",
    "hand_out",
    "issue",
    "issue_batch",
    "record_upload",
    "revoke",
    "spoil_number",
]
