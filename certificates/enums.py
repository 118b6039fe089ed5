"""States of certificates and numbers."""

from enum import StrEnum


class CertificateStatus(StrEnum):
    NUMBERED = "numbered"
    ISSUED = "issued"
    HANDED_OUT = "handed_out"
    REVOKED = "revoked"


class Medium(StrEnum):
    ELECTRONIC = "electronic"
    PAPER = "paper"


class Origin(StrEnum):
    """Who numbered and made the certificate (CERT-02)."""

    OWN = "own"
    AUTHORITY = "authority"


UPLOAD = "certificates"  # the kind of report by which certificate data goes to the authority
OUTSIDE = "authority"  # the value of a rulebook that lets the authority number and print


class BlankMove(StrEnum):
    """How blank certificates come and go (CERT-27)."""

    OPENING = "opening"
    RECEIVED = "received"
    USED = "used"
    SPOILED = "spoiled"
    DESTROYED = "destroyed"


BLANKS_IN = frozenset({BlankMove.OPENING, BlankMove.RECEIVED})
