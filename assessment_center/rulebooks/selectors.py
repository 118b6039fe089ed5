"""Reading rulebooks: the newest version, and what holds at a point of time."""

from datetime import datetime
from functools import lru_cache

from django.utils.translation import gettext as _

from assessment_center.registry import Citation, RefusedError
from assessment_center.rulebooks.models import RulebookVersion
from assessment_center.rulebooks.rules.loader import load_text, override
from assessment_center.rulebooks.rules.rulebook import Rulebook


def current_version(code: str) -> RulebookVersion:
    """Return the version of a rulebook installed last; refuses a code that is not installed."""
    version = RulebookVersion.objects.filter(code=code).order_by("-loaded_at").first()
    if version is None:
        raise RefusedError(
            _("没有安装代码为“%(code)s”的规程。") % {"code": code},
            remedy=_("请先安装规程，或检查代码是否写对。"),
        )
    return version


def current_versions() -> list[RulebookVersion]:
    """Return the newest version of every installed rulebook, ordered by code."""
    newest = RulebookVersion.objects.order_by("code", "-loaded_at").distinct("code")
    return list(newest)


@lru_cache(maxsize=64)
def _parsed(_sha256: str, version: RulebookVersion) -> Rulebook:
    return load_text(version.content, source=f"{version.code} {version.version}")


def rules_of(version: RulebookVersion, *, at: datetime | None = None) -> Rulebook:
    """Return the rulebook with the overrides made until `at` (all of them without `at`).

    The text is parsed once per content; raises `RulebookError` if a kept text cannot be read.
    """
    rules = _parsed(version.sha256, version)
    overrides = version.overrides.order_by("created_at")
    if at is not None:
        overrides = overrides.filter(created_at__lte=at)
    for each in overrides:
        citation = Citation(rules.identity.short, each.article)
        rules = override(rules, each.key, each.value, citation, each.reason)
    return rules
