"""OpenID Connect: authorization code with PKCE, the ID token verified claim by claim."""

import hmac
import secrets
from collections.abc import Mapping
from typing import Any

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from django.core.cache import cache
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from assessment_center.campus.config import Campus
from assessment_center.campus.errors import CampusError

# Signatures alone: a token with a shared secret or none at all is not one of the campus.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
TIMEOUT = 8
LEEWAY = 60
KEPT_SECONDS = 3600
FAULTS = (
    AuthlibBaseError, JoseError, requests.RequestException, KeyError, TypeError, ValueError,
)  # fmt: skip
Kept = dict[str, str]


def start(campus: Campus, *, state: str, back: str) -> tuple[str, Kept]:
    """Where the browser is sent, and what the session keeps until it returns."""
    kept = {"nonce": secrets.token_urlsafe(32), "verifier": secrets.token_urlsafe(48)}
    try:
        with _session(campus, back) as session:
            url, _state = session.create_authorization_url(
                _metadata(campus)["authorization_endpoint"],
                state=state,
                code_verifier=kept["verifier"],
                nonce=kept["nonce"],
            )
    except FAULTS as fault:
        raise CampusError(f"discovery: {fault!r}") from fault
    return url, kept


def finish(campus: Campus, *, kept: Kept, query: Mapping[str, str], back: str) -> dict[str, Any]:
    """The claims of the ID token that this code is good for. Raises `CampusError`."""
    if "error" in query or not query.get("code"):
        raise CampusError(f"the campus answered {query.get('error', 'without a code')!r}")
    if "iss" in query and not hmac.compare_digest(query["iss"].encode(), campus.url.encode()):
        raise CampusError("the answer names another issuer")
    try:
        metadata = _metadata(campus)
        with _session(campus, back) as session:
            token = session.fetch_token(
                metadata["token_endpoint"],
                code=query["code"],
                code_verifier=kept["verifier"],
                timeout=TIMEOUT,
            )
        published: Any = _fetched(metadata["jwks_uri"])
        keys = KeySet.import_key_set(published)
        return _verified(campus, token, keys, kept["nonce"])
    except FAULTS as fault:
        raise CampusError(f"token: {fault!r}") from fault


def _verified(campus: Campus, token: Mapping[str, Any], keys: KeySet, nonce: str) -> dict[str, Any]:
    """Signature, issuer, audience, time and nonce, all of them demanded."""
    decoded = jwt.decode(token["id_token"], keys, algorithms=list(ALGORITHMS))
    demanded = {
        "iss": {"essential": True, "value": campus.url},
        "aud": {"essential": True, "value": campus.client_id},
        "nonce": {"essential": True, "value": nonce},
    }
    known = {"client_id": campus.client_id, "nonce": nonce, **_access(token)}
    claims = CodeIDToken(decoded.claims, decoded.header, demanded, known)
    claims.validate(leeway=LEEWAY)
    return dict(claims)


def _access(token: Mapping[str, Any]) -> dict[str, Any]:
    return {"access_token": token["access_token"]} if "access_token" in token else {}


def _session(campus: Campus, back: str) -> OAuth2Session:
    return OAuth2Session(
        campus.client_id,
        campus.client_secret,
        redirect_uri=back,
        scope=campus.scopes,
        code_challenge_method="S256",
        default_timeout=TIMEOUT,
    )


def _metadata(campus: Campus) -> dict[str, Any]:
    """What the issuer says of itself, asked once an hour; it must be about this very issuer."""
    key = f"campus:{campus.url}"
    found: dict[str, Any] | None = cache.get(key)
    if found is None:
        found = _fetched(f"{campus.url.rstrip('/')}/.well-known/openid-configuration")
        if found.get("issuer") != campus.url:
            raise CampusError("the issuer calls itself otherwise")
        cache.set(key, found, KEPT_SECONDS)
    return found


def _fetched(url: str) -> dict[str, Any]:
    answer = requests.get(url, timeout=TIMEOUT, allow_redirects=False)
    answer.raise_for_status()
    found: dict[str, Any] = answer.json()
    return found
