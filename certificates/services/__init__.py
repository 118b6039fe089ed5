"""Numbering, issuing, handing out, revoking; each act in the transaction of its audit entry."""

from certificates.services.delivery import Delivered, DeliveryReport, receive_certificates
from certificates.services.issuing import hand_out, issue, issue_batch
from certificates.services.numbering import assign_numbers, spoil_number
from certificates.services.requesting import request_certificates
from certificates.services.revoking import revoke, revoke_earlier
from certificates.services.uploading import record_upload

__all__ = [
    "Delivered",
    "DeliveryReport",
    "assign_numbers",
    "hand_out",
    "issue",
    "issue_batch",
    "receive_certificates",
    "record_upload",
    "request_certificates",
    "revoke",
    "revoke_earlier",
    "spoil_number",
]
