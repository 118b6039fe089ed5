"""A campus of our own on 127.0.0.1: an OpenID provider with RSA keys, and a CAS server."""

import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "assessment", "s3cret-of-the-client"
CAS_PAGE = '<cas:serviceResponse xmlns:cas="http://www.yale.edu/tp/cas">{}</cas:serviceResponse>'


def by_hand(told: dict[str, Any], secret: bytes) -> str:
    """A token no library would make: without a signature, or with HMAC under any bytes at all."""
    head = {"alg": "HS256" if secret else "none", "kid": "k1"}
    signed = ".".join(encoded(json.dumps(part).encode()) for part in (head, told))
    return f"{signed}.{encoded(hmac.digest(secret, signed.encode(), 'sha256') if secret else b'')}"


def encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


@cache
def key_of_provider() -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": "k1"})


class Provider:
    """What the provider gave out; `change` alters the claims of the next ID token."""

    def __init__(self) -> None:
        self.url = ""
        self.key = key_of_provider()
        self.codes: dict[str, dict[str, str]] = {}
        self.tickets: dict[str, tuple[str, str]] = {}
        self.claims: dict[str, Any] = {}
        self.change: dict[str, Any] = {}
        self.header: dict[str, Any] = {"alg": "RS256", "kid": "k1"}
        self.sign_with: Any = self.key
        self.secret: bytes | None = None
        self.cas_body: str | None = None
        self.asked = 0

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/jwks",
        }

    def authorize(self, address: str) -> dict[str, str]:
        """What the browser brings back after the sign-in at the campus."""
        asked = {key: values[0] for key, values in parse_qs(urlsplit(address).query).items()}
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        return {"code": code, "state": asked["state"]}

    def token(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        """A code is good once, for this client, with the verifier of its challenge."""
        asked = self.codes.pop(form.get("code", ""), None)
        known = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        hashed = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = encoded(hashed)
        sound = (
            asked is not None
            and authorization == f"Basic {known}"
            and asked.get("code_challenge_method") == "S256"
            and asked["code_challenge"] == challenge
            and form.get("redirect_uri") == asked["redirect_uri"]
        )
        if not sound or asked is None:
            return 400, {"error": "invalid_grant"}
        return 200, {"access_token": "t", "token_type": "Bearer", "id_token": self.id_token(asked)}

    def id_token(self, asked: dict[str, str]) -> str:
        now = int(time.time())
        told = {
            "iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 300,
            "nonce": asked["nonce"], **self.claims, **self.change,
        }  # fmt: skip
        told = {key: value for key, value in told.items() if value is not None}
        if self.secret is not None:
            return by_hand(told, self.secret)
        return jwt.encode(self.header, told, self.sign_with, algorithms=["RS256", "HS256"])

    def cas(self, query: dict[str, str]) -> str:
        """A ticket is good once and for the service that it was given for."""
        if self.cas_body is not None:
            return self.cas_body
        user, service = self.tickets.pop(query.get("ticket", ""), ("", ""))
        if not user or service != query.get("service"):
            return CAS_PAGE.format('<cas:authenticationFailure code="INVALID_TICKET"/>')
        told = (
            f"<cas:user>{user}</cas:user><cas:attributes><cas:gh>{user}</cas:gh></cas:attributes>"
        )
        return CAS_PAGE.format(f"<cas:authenticationSuccess>{told}</cas:authenticationSuccess>")


class Handler(BaseHTTPRequestHandler):
    provider: Provider

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""

    def answer(self, status: int, body: str, kind: str = "application/json") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body.encode())))
        self.end_headers()
        self.wfile.write(body.encode())

    def do_GET(self) -> None:
        self.provider.asked += 1
        parts = urlsplit(self.path)
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        if parts.path == "/.well-known/openid-configuration":
            self.answer(200, json.dumps(self.provider.discovery()))
        elif parts.path == "/jwks":
            public = self.provider.key.as_dict(private=False)
            self.answer(200, json.dumps({"keys": [public]}))
        elif parts.path == "/p3/serviceValidate":
            self.answer(200, self.provider.cas(query), "application/xml")
        else:
            self.answer(404, "{}")

    def do_POST(self) -> None:
        self.provider.asked += 1
        length = int(self.headers["Content-Length"])
        raw = parse_qs(self.rfile.read(length).decode())
        form = {key: values[0] for key, values in raw.items()}
        status, told = self.provider.token(form, self.headers.get("Authorization", ""))
        self.answer(status, json.dumps(told))


@contextmanager
def campus() -> Iterator[Provider]:
    """The servers while the block runs."""
    provider = Provider()
    handler = type("Bound", (Handler,), {"provider": provider})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    provider.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
