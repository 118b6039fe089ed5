"""How the campus is reached, read from the environment once at start. Imports nothing of ours."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

PREFIX = "ASSESSMENT_CAMPUS_"
LABEL, SCOPES = "统一身份认证登录", "openid profile"
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class Protocol(StrEnum):
    OIDC = "oidc"
    CAS = "cas"


class CampusSettingsError(ValueError):
    """The settings of the campus sign-on do not suffice; the text says which one."""


@dataclass(frozen=True, slots=True)
class Campus:
    """`url` is the issuer or the CAS server. A claim left empty is the account name itself."""

    protocol: Protocol
    url: str
    label: str = LABEL
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    scopes: str = SCOPES
    staff_claim: str = ""
    student_claim: str = ""


def read(environ: Mapping[str, str]) -> Campus | None:
    """The campus of these variables; None where none is named. Raises `CampusSettingsError`."""
    given = {
        key: value.strip()
        for key, value in environ.items()
        if key.startswith(PREFIX) and value.strip()
    }
    chosen = given.get("ASSESSMENT_CAMPUS_SIGN_ON", "")
    if not chosen:
        return None
    if chosen not in set(Protocol):
        raise CampusSettingsError(
            f"ASSESSMENT_CAMPUS_SIGN_ON is oidc, cas or empty, not {chosen!r}"
        )
    protocol = Protocol(chosen)
    named = {"client_id": "", "client_secret": ""}
    if protocol is Protocol.OIDC:
        named = {
            "client_id": _named(given, "ASSESSMENT_CAMPUS_CLIENT_ID"),
            "client_secret": _secret(given),
        }
    return Campus(
        protocol=protocol,
        url=_url(
            given,
            "ASSESSMENT_CAMPUS_ISSUER"
            if protocol is Protocol.OIDC
            else "ASSESSMENT_CAMPUS_CAS_URL",
        ),
        label=given.get("ASSESSMENT_CAMPUS_LABEL", LABEL),
        scopes=given.get("ASSESSMENT_CAMPUS_SCOPES", SCOPES),
        staff_claim=given.get("ASSESSMENT_CAMPUS_STAFF_CLAIM", ""),
        student_claim=given.get("ASSESSMENT_CAMPUS_STUDENT_CLAIM", ""),
        **named,
    )


def _named(given: Mapping[str, str], key: str) -> str:
    if key not in given:
        raise CampusSettingsError(f"{key} is missing")
    return given[key]


def _secret(given: Mapping[str, str]) -> str:
    """The client's secret, from a file: it never stands in the environment."""
    path = Path(_named(given, "ASSESSMENT_CAMPUS_CLIENT_SECRET_FILE"))
    try:
        secret = path.read_text(encoding="utf-8").strip()
    except OSError as fault:
        raise CampusSettingsError(
            f"ASSESSMENT_CAMPUS_CLIENT_SECRET_FILE: {fault.strerror}"
        ) from fault
    if not secret:
        raise CampusSettingsError("ASSESSMENT_CAMPUS_CLIENT_SECRET_FILE is empty")
    return secret


def _url(given: Mapping[str, str], key: str) -> str:
    """An address of the campus; without TLS only on this very machine."""
    url = _named(given, key)
    parts = urlsplit(url)
    plain = parts.scheme == "http" and parts.hostname in LOOPBACK
    if not (parts.hostname and (parts.scheme == "https" or plain)):
        raise CampusSettingsError(f"{key} must be an https address")
    return url
