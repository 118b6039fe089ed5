"""Can the staff at hand keep apart what must be kept apart? Asked when a batch opens (STAFF-19)."""

from collections.abc import Callable, Mapping, Sequence

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act, Kind, Role
from assessment_center.accounts.labels import ROLE_LABELS, duty_label
from assessment_center.accounts.models import RoleGrant
from assessment_center.accounts.rules.role_matrix import ROLE_MATRIX
from assessment_center.accounts.rules.separations import (
    DUTIES,
    Apart,
    Lack,
    lacks,
    separations,
)
from assessment_center.registry import Citation, OpenSet, RefusedError
from assessment_center.rulebooks.rules.rulebook import Rulebook

# What a rulebook says of a separation that is no setting of its own; higher parts register it.
Citing = Callable[[Rulebook], Mapping[str, Sequence[Citation]]]
citing: OpenSet[Citing] = OpenSet("separation_citations")
SETTINGS = ("reviewer_not_writer", "two_person_rule")


def apart_under(rules: Rulebook) -> tuple[Apart, ...]:
    """The separations with the articles that demand them under this rulebook."""
    cited: dict[str, Sequence[object]] = {}
    for key in SETTINGS:
        setting = getattr(rules.settings, key)
        if setting and setting.value:
            cited[key] = setting.citations
    for each in citing:
        cited |= each(rules)
    return separations(cited)


def citations_for(rules: Rulebook, first: str, second: str) -> tuple[Citation, ...]:
    """The articles that keep two duties apart under this rulebook; none where it is advice."""
    pairs = [pair for pair in apart_under(rules) if {pair.first, pair.second} == {first, second}]
    return tuple(each for pair in pairs for each in pair.citations if isinstance(each, Citation))


def staff_at_hand() -> dict[str, frozenset[Act]]:
    """What every member of staff with an open account may do, by name and sign-in name."""
    now = timezone.now()
    grants = RoleGrant.objects.filter(Q(until=None) | Q(until__gt=now)).filter(
        user__is_active=True, user__kind=Kind.STAFF
    )
    found: dict[str, frozenset[Act]] = {}
    rows = grants.values_list("user__display_name", "user__username", "role")
    for name, username, role in rows:
        who = f"{name}（{username}）"
        found[who] = found.get(who, frozenset()) | ROLE_MATRIX[Role(role)]
    return found


def lacking(rules: Rulebook) -> list[Lack]:
    """The duties of a batch under this rulebook that nobody is left for."""
    return lacks(staff_at_hand(), apart_under(rules))


def words(lack: Lack) -> str:
    """One lack as a sentence: which duty, and why nobody is left for it."""
    duty = duty_label(lack.duty)
    if not lack.able:
        acts = next(each.acts for each in DUTIES if each.key == lack.duty)
        roles = "、".join(str(ROLE_LABELS[role]) for role in Role if ROLE_MATRIX[role] & acts)
        return _("“%(duty)s”没有人：需要一位%(roles)s") % {"duty": duty, "roles": roles}
    bound = "、".join(duty_label(key) for key in lack.bound_by)
    return _("“%(duty)s”缺人：能做的只有%(able)s，而“%(bound)s”须由另一人办理") % {
        "duty": duty,
        "able": "、".join(lack.able),
        "bound": bound,
    }


def require_staff(rules: Rulebook, *, relax_reason: str = "") -> list[str]:
    """Refuse to open a batch that the staff cannot carry.

    What an article demands cannot be relaxed; what is our own advice can, for a reason. Returns
    the sentences of what was relaxed, for the trail.
    """
    found = lacking(rules)
    hard = [lack for lack in found if lack.force == "cited"]
    if hard:
        citations = [c for lack in hard for c in lack.citations if isinstance(c, Citation)]
        raise RefusedError(
            _("现有人员不能胜任：%(lacks)s。") % {"lacks": "；".join(map(words, hard))},
            dict.fromkeys(citations),
            _("请系统管理员先为其他人员授予相应角色。"),
        )
    if found and not relax_reason.strip():
        raise RefusedError(
            _("现有人员还不齐：%(lacks)s。") % {"lacks": "；".join(map(words, found))},
            remedy=_("请先授予角色；确要先开设批次的，请在“人手说明”里写明原因，会记入审计。"),
        )
    return [words(lack) for lack in found]
