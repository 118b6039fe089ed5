"""CAS 3: a ticket, asked about at the server that gave it."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

import requests

from assessment_center.campus.config import Campus
from assessment_center.campus.errors import CampusError

TIMEOUT = 8
LONGEST = 64 * 1024
TICKET = re.compile(r"ST-[A-Za-z0-9._\-]{1,250}")
SPACE = "{http://www.yale.edu/tp/cas}"


def service(back: str, state: str) -> str:
    """Our address as CAS knows it; the state in it ties the ticket to this browser."""
    return f"{back}?{urlencode({'state': state})}"


def _root(campus: Campus) -> str:
    return campus.url.rstrip("/")


def start(campus: Campus, *, state: str, back: str) -> tuple[str, dict[str, str]]:
    """Where the browser is sent; the session keeps nothing besides the state."""
    return f"{_root(campus)}/login?{urlencode({'service': service(back, state)})}", {}


def finish(campus: Campus, *, state: str, query: Mapping[str, str], back: str) -> dict[str, Any]:
    """The user name (as `user`) and attributes that the ticket stands for. Raises `CampusError`."""
    ticket = query.get("ticket", "")
    if not TICKET.fullmatch(ticket):
        raise CampusError("no service ticket")
    asked = {"service": service(back, state), "ticket": ticket}
    try:
        answer = requests.get(
            f"{_root(campus)}/p3/serviceValidate",
            params=asked,
            timeout=TIMEOUT,
            allow_redirects=False,
        )
        answer.raise_for_status()
    except requests.RequestException as fault:
        raise CampusError(f"serviceValidate: {fault!r}") from fault
    return _read(answer.content)


def _read(content: bytes) -> dict[str, Any]:
    if len(content) > LONGEST or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise CampusError("an answer that is none")
    try:
        root = ET.fromstring(content)  # noqa: S314 - neither document type nor entity gets here
    except ET.ParseError as fault:
        raise CampusError("an answer that is none") from fault
    success = root.find(f"{SPACE}authenticationSuccess")
    user = success.findtext(f"{SPACE}user", "").strip() if success is not None else ""
    if root.tag != f"{SPACE}serviceResponse" or success is None or not user:
        failure = root.find(f"{SPACE}authenticationFailure")
        raise CampusError(f"refused: {failure.get('code') if failure is not None else root.tag}")
    told = {
        each.tag.removeprefix(SPACE): (each.text or "").strip()
        for each in success.findall(f"{SPACE}attributes/*")
    }
    return {**told, "user": user}
