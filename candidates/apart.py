"""Who may not look at an application: its candidate, and whoever is tied to him."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from assessment_center.accounts.hands import hands
from assessment_center.accounts.models import User
from assessment_center.people.enums import TieKind
from assessment_center.people.models import Tie
from assessment_center.registry import ALLOWED, Actor, Outcome, Refused
from candidates.models import Application

# A teacher looks at his students' applications; kin and other interest keep out.
KEPT_OUT = (TieKind.KIN.value, TieKind.FRIEND.value)


def not_oneself(application: Application, actor: Actor) -> Outcome:
    """Nobody reviews his own application or that of his kin, nor through a deputy."""
    users = hands(actor)
    if not users:
        return ALLOWED
    person = application.person
    accounts = User.objects.filter(pk__in=users).values_list("display_name", "identity__person")
    known = [(name, identity) for name, identity in accounts]
    own = any(identity == person.pk for _name, identity in known)
    if own or person.user_id in users:
        return Refused(_("不能审核自己的申报。"), remedy=_("请由其他审核人办理。"))
    if any(name == person.name and identity is None for name, identity in known):
        return Refused(
            _("考生与您同名，不能确认不是您本人。"),
            remedy=_("请由其他审核人办理，或请主任在“账号本人”中登记您的身份。"),
        )
    if tied(users, person.pk):
        return Refused(_("您与考生有回避关系，不能审核。"), remedy=_("请由其他审核人办理。"))
    return ALLOWED


def tied(users: Iterable[UUID], person_id: UUID) -> bool:
    """Whether one of these accounts is that of somebody tied to the person."""
    keys = list(users)

    def at(side: str) -> Q:
        return Q(**{f"{side}__user__in": keys}) | Q(**{f"{side}__staff_identity__user__in": keys})

    ties = Tie.objects.filter(kind__in=KEPT_OUT)
    return ties.filter(
        (Q(first=person_id) & at("second")) | (Q(second=person_id) & at("first"))
    ).exists()
