"""Which rulebook the office works under, before its first filing says so."""

from django.db import transaction
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.first_day.models import RulebookChoice
from assessment_center.first_day.selectors import filed_rules
from assessment_center.registry import Actor, RefusedError
from assessment_center.rulebooks.selectors import current_version


@transaction.atomic
def choose_rulebook(*, actor: Actor, code: str) -> RulebookChoice:
    """Choose the rulebook of the first filing; once a filing holds, that one counts."""
    if not actor.may(Act.CENTRE_MANAGE):
        raise RefusedError(_("您的角色不能选定规程。"), remedy=_("请找中心主任办理。"))
    version = current_version(code)
    filed = filed_rules()
    if filed is not None and filed.identity.code != code:
        raise RefusedError(
            _("备案已按“%(name)s”登记，不能改选。") % {"name": filed.identity.name},
            remedy=_("改按另一规程备案的，请登记新的备案。"),
        )
    choice = RulebookChoice.objects.create(code=version.code, chosen_by_id=actor.user_id)
    record(
        actor=actor,
        verb="first_day.choose_rulebook",
        subject=choice.subject,
        payload={"rulebook": version.name, "version": version.version},
    )
    return choice
