"""Contracts, letters of appointment and undertakings (ASR-10, EXP-04, SEC-08)."""

from collections.abc import Iterable
from datetime import date

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.audit.services import record
from assessment_center.personnel.enums import EXPERTS, EngagementKind, Grade, UndertakingKind
from assessment_center.personnel.models import (
    Engagement,
    Qualification,
    StaffMember,
    Undertaking,
)
from assessment_center.personnel.policies import rules_for
from assessment_center.personnel.renewal import hire_renewable
from assessment_center.personnel.rules.terms import hire_years, last_day, latest_end
from assessment_center.personnel.services.common import locked_member, require_manage
from assessment_center.registry import Actor, Citation, RefusedError
from assessment_center.registry.outcomes import require
from assessment_center.rulebooks.rules.rulebook import Rulebook

HEADS = {EngagementKind.CONTRACT: "HT", EngagementKind.LETTER: "PS"}


@transaction.atomic
def hire(  # noqa: PLR0913 - a contract has this many facts
    *,
    actor: Actor,
    member: StaffMember,
    grade: Grade,
    starts: date,
    ends: date | None = None,
    kind: EngagementKind | None = None,
    card: Qualification | None = None,
    number: str = "",
    signed_on: date | None = None,
    speciality: str = "",
    leads: bool = False,
) -> Engagement:
    """Hire a member for a grade; without `ends` as long as card and rulebook allow.

    Refuses a term longer than the rulebook's or than the card's, a second one at the same time,
    somebody without the card, and more institutions at once than the rulebook allows (DBL-10).
    """
    require_manage(actor)
    locked = locked_member(member)
    rules = rules_for(starts)
    held = card or _card(locked, grade, starts)
    _check_hire(rules, locked, grade, starts, held)
    require(hire_renewable(locked, grade, rules, starts))
    last = _last_day(rules, grade, starts, ends, held)
    engagement = Engagement(
        member=locked,
        grade=grade,
        kind=kind or (EngagementKind.LETTER if grade in EXPERTS else EngagementKind.CONTRACT),
        qualification=held,
        starts=starts,
        ends=last,
        signed_on=signed_on,
        speciality=speciality.strip(),
        leads=leads,
    )
    engagement.number = number.strip() or _number(engagement.kind, starts)
    engagement.full_clean()
    engagement.save()
    record(
        actor=actor,
        verb="staff.hire",
        subject=locked.subject,
        payload={"grade": grade, "number": engagement.number, "until": last.isoformat()},
    )
    return engagement


def _card(member: StaffMember, grade: str, on: date) -> Qualification | None:
    cards = member.qualifications.filter(grade=grade).order_by("-valid_from")
    return next((card for card in cards if card.holds(on)), None)


def _check_hire(
    rules: Rulebook | None,
    member: StaffMember,
    grade: str,
    starts: date,
    card: Qualification | None,
) -> None:
    form = rules.form("F-802") if rules else None
    if grade not in EXPERTS and (card is None or not card.holds(starts)):
        raise RefusedError(
            _("%(member)s 在聘期开始时没有这一资格的有效证卡。") % {"member": member},
            form.cite if form else (),
            _("请先办理证卡。"),
        )
    most = rules.settings.max_institutions if rules else None
    if most and member.other_institutions + 1 > most.value:
        raise RefusedError(
            _("%(member)s 已受聘其他 %(n)s 家评价机构，同时受聘不得超过 %(most)s 家。")
            % {"member": member, "n": member.other_institutions, "most": most.value},
            most.citations,
        )


def _last_day(
    rules: Rulebook | None,
    grade: str,
    starts: date,
    ends: date | None,
    card: Qualification | None,
) -> date:
    """The end asked for, or the latest allowed; refuses one beyond it."""
    years = hire_years(rules.settings, grade) if rules else None
    until = card.valid_until if card else None
    latest = latest_end(starts, years.value if years else None, until)
    last = ends or latest
    if last is None:
        raise RefusedError(_("请填聘期止。"))
    if latest and last > latest:
        raise _too_long(starts, latest, until, years.citations if years else ())
    return last


def _too_long(
    starts: date, latest: date, until: date | None, cited: tuple[Citation, ...]
) -> RefusedError:
    if until == latest:
        reason = _("聘期不能超过证卡的有效期（%(day)s 止）。") % {"day": latest}
    else:
        reason = _("聘期自 %(start)s 起最长到 %(day)s。") % {"start": starts, "day": latest}
    return RefusedError(reason, cited)


def _number(kind: str, starts: date) -> str:
    """The next number of the year: HT-2026-0003."""
    head = f"{HEADS[EngagementKind(kind)]}-{starts.year}-"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"hire:{head}"])
    used = Engagement.objects.filter(number__startswith=head).values_list("number", flat=True)
    tails = (number.removeprefix(head) for number in used)
    last = max((int(tail) for tail in tails if tail.isdecimal()), default=0)
    return f"{head}{last + 1:04d}"


@transaction.atomic
def sign_engagement(*, actor: Actor, engagement: Engagement, signed_on: date) -> Engagement:
    """Both sides have signed; from now on the contract counts."""
    require_manage(actor)
    locked = _locked(engagement)
    if locked.signed_on is not None:
        raise RefusedError(_("已于 %(day)s 签订。") % {"day": locked.signed_on})
    if signed_on > timezone.localdate():
        raise RefusedError(_("签订日期不能晚于今天。"))
    locked.signed_on = signed_on
    locked.save(update_fields=["signed_on"])
    _told(actor, locked, "staff.sign", day=signed_on.isoformat())
    return locked


@transaction.atomic
def end_engagement(
    *,
    actor: Actor,
    engagement: Engagement,
    reason: str,
    on: date | None = None,
    citations: Iterable[Citation] = (),
) -> Engagement:
    """End a term early; `on` is its last day."""
    require_manage(actor)
    locked = _locked(engagement)
    if locked.ended_on is not None:
        raise RefusedError(_("聘任已于 %(day)s 终止。") % {"day": locked.ended_on})
    if not reason.strip():
        raise RefusedError(_("终止聘任须写明原因。"))
    locked.ended_on, locked.ended_reason = on or timezone.localdate(), reason.strip()
    locked.full_clean()
    locked.save(update_fields=["ended_on", "ended_reason"])
    cited = [str(each) for each in citations]
    _told(
        actor,
        locked,
        "staff.end_hire",
        day=locked.ended_on.isoformat(),
        reason=locked.ended_reason,
        **({"cited": cited} if cited else {}),
    )
    return locked


@transaction.atomic
def review_engagement(
    *, actor: Actor, engagement: Engagement, review: str, renew: bool
) -> Engagement:
    """The general report at the end of a term, and whether the member is hired again (ASR-10)."""
    require_manage(actor)
    locked = _locked(engagement)
    if locked.ended_on is not None:
        raise RefusedError(_("聘任已提前终止，不再评价。"))
    if not review.strip():
        raise RefusedError(_("请填写聘期综合评价。"))
    locked.review, locked.renew = review.strip(), renew
    locked.save(update_fields=["review", "renew"])
    _told(actor, locked, "staff.review_hire", renew=renew)
    return locked


def _locked(engagement: Engagement) -> Engagement:
    found = Engagement.objects.select_for_update(of=("self",))
    return found.select_related("member__person").get(pk=engagement.pk)


def _told(actor: Actor, engagement: Engagement, verb: str, **payload: object) -> None:
    facts = {"number": engagement.number, **payload}
    record(actor=actor, verb=verb, subject=engagement.member.subject, payload=facts)


@transaction.atomic
def hire_missing(*, actor: Actor, cards: Iterable[Qualification], signed_on: date) -> int:
    """A contract for every card without one, from the day of signing as long as allowed."""
    require_manage(actor)
    made = 0
    for card in cards:
        taken = Engagement.objects.filter(member=card.member, grade=card.grade)
        if not card.holds(signed_on) or any(each.last_day >= signed_on for each in taken):
            continue
        rules = rules_for(signed_on)
        years = hire_years(rules.settings, card.grade) if rules else None
        ends = None if years or card.valid_until else last_day(signed_on, 1)
        hire(
            actor=actor,
            member=card.member,
            grade=Grade(card.grade),
            starts=signed_on,
            ends=ends,
            card=card,
            signed_on=signed_on,
        )
        made += 1
    return made


@transaction.atomic
def record_undertaking(
    *,
    actor: Actor,
    member: StaffMember,
    kind: UndertakingKind,
    text: str,
    signed_name: str,
    signed_on: date,
    valid_until: date | None = None,
) -> Undertaking:
    """Enter an undertaking the member signed; the name must be his."""
    require_manage(actor)
    if signed_name.strip() != member.person.name:
        raise RefusedError(
            _("签名“%(name)s”与姓名“%(person)s”不符。")
            % {"name": signed_name.strip(), "person": member.person.name},
            remedy=_("承诺书须由本人签署。"),
        )
    if signed_on > timezone.localdate():
        raise RefusedError(_("签订日期不能晚于今天。"))
    undertaking = Undertaking(
        member=member,
        kind=kind,
        text=text.strip(),
        signed_name=signed_name.strip(),
        signed_on=signed_on,
        valid_until=valid_until,
    )
    undertaking.full_clean()
    undertaking.save()
    record(
        actor=actor,
        verb="staff.undertake",
        subject=member.subject,
        payload={"kind": kind, "day": signed_on.isoformat()},
    )
    return undertaking
