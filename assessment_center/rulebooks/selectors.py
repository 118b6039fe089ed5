"""Reading rulebooks: the newest version, and what holds at a point of time."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import lru_cache
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.registry import Citation, RefusedError
from assessment_center.rulebooks.models import RulebookVersion, RuleOverride
from assessment_center.rulebooks.rules.loader import CODES, load_text, override
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


def versions_of(code: str) -> list[RulebookVersion]:
    """Return the kept versions of a rulebook, the newest first."""
    return list(RulebookVersion.objects.filter(code=code).order_by("-loaded_at"))


def all_versions() -> list[RulebookVersion]:
    """Return every kept version, by rulebook in the program's order, the newest first."""
    order = {code: number for number, code in enumerate(CODES)}
    kept = RulebookVersion.objects.order_by("-loaded_at")
    return sorted(kept, key=lambda each: (order.get(each.code, len(order)), each.code))


def overrides_in_force(
    version: RulebookVersion, *, at: datetime | None = None
) -> dict[str, RuleOverride]:
    """Return by setting the override that counts at `at` (now without it).

    Of several the latest counts; once it is withdrawn the rulebook's own value holds again.
    """
    made = version.overrides.order_by("created_at").select_related("withdrawal")
    if at is not None:
        made = made.filter(created_at__lte=at)
    latest = {each.key: each for each in made}
    return {key: each for key, each in latest.items() if not _withdrawn(each, at)}


def _withdrawn(override: RuleOverride, at: datetime | None) -> bool:
    withdrawal = getattr(override, "withdrawal", None)
    return withdrawal is not None and (at is None or withdrawal.created_at <= at)


def rules_of(version: RulebookVersion, *, at: datetime | None = None) -> Rulebook:
    """Return the rulebook with the overrides in force at `at` (now without it).

    The text is parsed once per content; raises `RulebookError` if a kept text cannot be read.
    """
    rules = _parsed(version.sha256, version)
    for each in overrides_in_force(version, at=at).values():
        citation = Citation(rules.identity.short, each.article)
        rules = override(rules, each.key, each.value, citation, each.reason)
    return rules


SETTLED = timedelta(minutes=5)
_frozen: dict[tuple[UUID, UUID, datetime], Rulebook] = {}
KEPT = 64


def frozen_rules(
    holder: UUID, version_id: UUID, at: datetime, version: Callable[[], RulebookVersion]
) -> Rulebook:
    """The rulebook as it stood at `at` for the record `holder`, read once in a process.

    Versions, overrides and their withdrawals are never changed, so what held at a moment holds
    for ever; for the first minutes it is asked anew, as an override may still be on its way.
    """
    key = holder, version_id, at
    found = _frozen.get(key)
    if found is None:
        found = rules_of(version(), at=at)
        if at < timezone.now() - SETTLED:
            if len(_frozen) >= KEPT:
                _frozen.clear()
            _frozen[key] = found
    return found


def plain_rules(version: RulebookVersion) -> Rulebook:
    """Return the rulebook as its text says, without the office's own values."""
    return _parsed(version.sha256, version)
