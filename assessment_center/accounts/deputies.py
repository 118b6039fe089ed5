"""Leave and deputies: somebody acts in the name of another, for a time, seen in every entry."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act, Kind
from assessment_center.accounts.labels import duty_label
from assessment_center.accounts.models import Deputyship, User
from assessment_center.accounts.rules.deputies import closes_circle, lent_acts
from assessment_center.accounts.rules.role_matrix import acts_of
from assessment_center.accounts.rules.separations import joined, separations
from assessment_center.audit.services import record
from assessment_center.registry import Actor, RefusedError


@transaction.atomic
def appoint(
    *,
    actor: Actor,
    principal: User,
    deputy: User,
    starts: datetime,
    ends: datetime,
    reason: str,
) -> Deputyship:
    """Name a deputy for somebody on leave.

    Refuses circles, a deputy who would join two duties that stay apart, and a second deputy in
    the same days. Who is away does not act as a deputy meanwhile.
    """
    if not actor.may(Act.DEPUTY_APPOINT):
        raise RefusedError(_("代理由主任指定。"))
    _refuse_unfit(actor, principal, deputy, starts, ends, reason)
    people = User.objects.filter(pk__in=(principal.pk, deputy.pk)).order_by("pk")
    list(people.select_for_update())
    overlapping = Deputyship.objects.filter(starts__lt=ends, ends__gt=starts)
    if overlapping.filter(principal=principal).exists():
        raise RefusedError(_("这段时间已有代理人。"), remedy=_("请先结束原来的代理。"))
    pairs = overlapping.values_list("principal_id", "deputy_id")
    if closes_circle(pairs, principal.pk, deputy.pk):
        raise RefusedError(
            _("这样会形成循环代理：%(name)s这段时间正由别人代理。") % {"name": deputy},
            remedy=_("请另选代理人。"),
        )
    _refuse_joined(principal, deputy)
    made = Deputyship.objects.create(
        principal=principal,
        deputy=deputy,
        starts=starts,
        ends=ends,
        reason=reason.strip(),
        made_by_id=actor.user_id,
    )
    facts = {"principal": str(principal.pk), "deputy": str(deputy.pk), "reason": made.reason}
    days = {"starts": starts.isoformat(), "ends": ends.isoformat()}
    record(actor=actor, verb="deputy.appoint", subject=made.subject, payload=facts | days)
    return made


def _refuse_unfit(
    actor: Actor, principal: User, deputy: User, starts: datetime, ends: datetime, reason: str
) -> None:
    if principal.pk == deputy.pk:
        raise RefusedError(_("代理人不能是本人。"))
    if actor.user_id == deputy.pk:
        raise RefusedError(_("不能指定自己代理别人，请由另一位有权的人办理。"))
    if any(user.kind != Kind.STAFF or not user.is_active for user in (principal, deputy)):
        raise RefusedError(_("只有在用的工作人员账号才能代理。"))
    if ends <= starts:
        raise RefusedError(_("代理的结束时间须晚于开始时间。"))
    if ends <= timezone.now():
        raise RefusedError(_("代理的结束时间已过。"))
    if not reason.strip():
        raise RefusedError(_("请写明事由，如“因公出差”。"))


def _refuse_joined(principal: User, deputy: User) -> None:
    """A deputy with both duties of a pair would be his own second pair of eyes."""
    own, lent = acts_of(deputy.roles), lent_acts(principal.roles)
    clashes = joined(own, lent, separations({}))
    if clashes:
        words = "；".join(
            _("%(one)s与%(other)s")
            % {"one": duty_label(pair.first), "other": duty_label(pair.second)}
            for pair in clashes
        )
        raise RefusedError(
            _("%(name)s代理后会一人兼两职：%(duties)s须由不同的人办理。")
            % {"name": deputy, "duties": words},
            remedy=_("请另选代理人。"),
        )


@transaction.atomic
def end(*, actor: Actor, deputyship: Deputyship) -> None:
    """End a deputyship now; the deputy, the principal or the head may."""
    row = Deputyship.objects.select_for_update().get(pk=deputyship.pk)
    concerned = actor.user_id in (row.principal_id, row.deputy_id)
    if not concerned and not actor.may(Act.DEPUTY_APPOINT):
        raise RefusedError(_("只有代理双方或主任可以结束代理。"))
    now = timezone.now()
    if row.ends <= now:
        raise RefusedError(_("这次代理已经结束。"))
    row.ends = max(now, row.starts)
    row.save(update_fields=["ends"])
    record(actor=actor, verb="deputy.end", subject=row.subject)


def live(*, at: datetime | None = None) -> QuerySet[Deputyship]:
    """The deputyships in force at a moment."""
    moment = at or timezone.now()
    found = Deputyship.objects.filter(starts__lte=moment, ends__gt=moment)
    return found.select_related("principal", "deputy")


def held_by(user: User) -> Sequence[Deputyship]:
    """For whom the user may act now: nobody whose account is closed, nothing that joins duties.

    Roles may have been given since the appointment, so the duties are looked at again.
    """
    own = acts_of(user.roles)
    return [
        each
        for each in live().filter(deputy=user, principal__is_active=True)
        if not joined(own, lent_acts(each.principal.roles), separations({}))
    ]


def chosen(user: User, key: str) -> Deputyship | None:
    """The deputyship the session named, while it is in force."""
    return next((each for each in held_by(user) if str(each.pk) == key), None)
