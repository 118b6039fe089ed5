"""Numbering, issuing, handing out, revoking; each act in the transaction of its audit entry."""

from certificates.services.issuing import hand_out, issue, issue_batch, revoke
from certificates.services.numbering import assign_numbers, spoil_number
from certificates.services.uploading import record_upload
from certificates.services.verifying import Query, Verdict, verify_facts, verify_file, verify_text

__all__ = [
    "Query",
    "Verdict",
    "assign_numbers",
    "hand_out",
    "issue",
    "issue_batch",
    "record_upload",
    "revoke",
    "spoil_number",
    "verify_facts",
    "verify_file",
    "verify_text",
]
