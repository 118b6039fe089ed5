"""Whether the undertaking still covers what it was signed for.

What is signed is a promise about the facts; the signature keeps their digest. However they are
changed afterwards, by the candidate, the office or a sheet, it covers them no longer.
"""

import hashlib
import json

from django.utils.translation import gettext_lazy

from assessment_center.batches.enums import Route
from candidates.models import Application, Commitment

RECOGNISED = gettext_lazy(
    "本人承诺：所填信息和提交的材料真实、完整、有效；"
    "如有不实，愿意承担取消报名资格、认定结果无效和注销证书等后果。"
)
UNDERTAKING = gettext_lazy(
    "本人承诺：所填信息和提交的材料真实、完整、有效；遵守考试纪律；"
    "如有不实，愿意承担取消报名资格、成绩无效和注销证书等后果。"
)

FACT_FIELDS = (
    "ethnicity",
    "education",
    "source",
    "employer",
    "address",
    "post_code",
    "condition_id",
)


def undertaking_of(application: Application) -> str:
    """What is signed: who is recognised without an examination promises nothing about one."""
    return str(UNDERTAKING if application.route == Route.EXAM else RECOGNISED)


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
