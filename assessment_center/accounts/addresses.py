"""Where a request comes from, behind as many proxies of our own as the settings name."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str | None:
    """The network address of the browser; None where there is none (a socket, a test).

    With `PROXY_HOPS` n the n-th last entry of X-Forwarded-For is believed, since our own proxies
    wrote it; with 0 the header is not read at all: anybody may write it.
    """
    given = str(request.META.get("REMOTE_ADDR") or "")
    hops: int = settings.PROXY_HOPS
    if hops:
        chain = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
        given = chain[-hops] if len(chain) >= hops else given
    try:
        return str(ipaddress.ip_address(given))
    except ValueError:
        return None
