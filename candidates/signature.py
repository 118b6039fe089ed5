"""Whether the undertaking still covers what it was signed for.

What is signed is a promise about the facts; the signature keeps their digest. However they are
changed afterwards, by the candidate, the office or a sheet, it covers them no longer.
"""

import hashlib
import json

from candidates.models import Application, Commitment

FACT_FIELDS = (
    "ethnicity",
    "education",
    "source",
    "employer",
    "address",
    "post_code",
    "condition_id",
)


def facts_digest(application: Application) -> str:
    """SHA-256 of the personal and declared facts, whatever the order they were written in."""
    facts = {name: getattr(application, name) for name in FACT_FIELDS}
    whole = {"facts": facts, "declared": application.declaration}
    text = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def signature_of(application: Application) -> Commitment | None:
    """The signed undertaking, as long as it covers the facts as they stand."""
    signed: Commitment | None = getattr(application, "commitment", None)
    if signed is None or signed.covers != facts_digest(application):
        return None
    return signed


def outdated(application: Application) -> bool:
    """Whether something was signed, and the facts were changed after that."""
    return hasattr(application, "commitment") and signature_of(application) is None
