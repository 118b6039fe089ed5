"""SEC-08: who works with items or papers has signed the promise that the rulebook wants.

Asked of the person who acts (a deputy signs for himself) and of the two whose keys open a paper.
Who only looks on without a part in the work, as an inspector does, is not of the house: no article
asks him. The system writes what the house brings in and reads nothing.
"""

from datetime import date
from uuid import UUID

from django.utils import timezone

from assessment_center.accounts.enums import Act
from assessment_center.personnel.enums import UndertakingKind
from assessment_center.personnel.promises import promised
from assessment_center.registry import ALLOWED, Actor, Outcome
from assessment_center.registry.outcomes import require
from assessment_center.rulebooks.rules.rulebook import Rulebook
from questionbank.policies import rules_today

WORKING = (
    Act.BANK_WRITE,
    Act.BANK_REVIEW,
    Act.BANK_ACCEPT,
    Act.PAPER_ASSEMBLE,
    Act.PAPER_APPROVE,
    Act.PAPER_KEY,
)


def admitted(actor: Actor, rules: Rulebook | None) -> Outcome:
    """Whether somebody may see or handle items and papers under these rules."""
    if actor.user_id is None or not any(actor.may(act) for act in WORKING):
        return ALLOWED
    return admitted_user(actor.user_id, rules)


def admitted_user(user: UUID, rules: Rulebook | None, on: date | None = None) -> Outcome:
    """The same for one whose key is used without his acting himself; `on` is today if not said."""
    cited = rules.settings.bank_secrecy if rules else None
    if cited is None or not cited.value:
        return ALLOWED
    return promised(user, UndertakingKind.SECRECY, on or timezone.localdate(), cited.citations)


def require_admitted(actor: Actor, rules: Rulebook | None = None) -> None:
    """Raise `RefusedError` where the promise is missing; without `rules` those of today hold."""
    require(admitted(actor, rules or rules_today()))
