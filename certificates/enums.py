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
