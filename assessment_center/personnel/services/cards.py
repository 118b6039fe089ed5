"""Cards: entered, numbered, revoked."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.audit.services import record
from assessment_center.catalog.models import Occupation
from assessment_center.personnel.enums import ASSESSORS, Grade
from assessment_center.personnel.exclusions import may_qualify
from assessment_center.personnel.models import GRADE_LABELS, Qualification, StaffMember
from assessment_center.personnel.rules.terms import card_years, last_day
from assessment_center.personnel.services.common import require_manage
from assessment_center.registry import Actor, Citation, RefusedError
from assessment_center.registry.outcomes import require
from assessment_center.rulebooks.rules.rulebook import Rulebook

PREFIXES = {
    Grade.PROCTOR: "JK",
    Grade.ASSESSOR: "KP",
    Grade.SENIOR_ASSESSOR: "GK",
    Grade.SUPERVISOR_INTERNAL: "ND",
    Grade.SUPERVISOR_EXTERNAL: "WD",
    Grade.EXPERT: "ZJ",
    Grade.ITEM_WRITER: "MT",
    Grade.KEEPER: "BG",
    Grade.STAFF: "GZ",
}


@transaction.atomic
def add_qualification(  # noqa: PLR0913 - a card has this many facts
    *,
    actor: Actor,
    member: StaffMember,
    grade: Grade,
    valid_from: date,
    valid_until: date | None = None,
    card_number: str = "",
    occupations: Iterable[Occupation] = (),
    levels: Sequence[int] = (),
    rules: Rulebook | None = None,
    issued_on: date | None = None,
    issuer: str = "",
) -> Qualification:
    """Enter a card with its term; `rules` may limit occupations and years (DBL-09, ASR-09)."""
    require_manage(actor)
    named = list(occupations)
    if rules is not None:
        check_card(rules, grade, len(named), valid_from, valid_until)
    card = Qualification(
        member=member,
        grade=grade,
        card_number=card_number.strip(),
        levels=sorted(set(levels), reverse=True),
        valid_from=valid_from,
        valid_until=valid_until,
        issued_on=issued_on,
        issuer=issuer,
    )
    card.full_clean()
    require(may_qualify(member, grade, valid_from))
    card.save()
    card.occupations.set(named)
    record(
        actor=actor,
        verb="staff.qualify",
        subject=member.subject,
        payload={"grade": grade, "card": card.card_number},
    )
    return card


def check_card(rules: Rulebook, grade: str, named: int, first: date, until: date | None) -> None:
    """DBL-09, ASR-09: refuse more occupations or years than the rulebook allows a card."""
    limit = rules.settings.max_occupations
    if limit and grade in ASSESSORS and named > limit.value:
        raise RefusedError(
            _("一名考评员最多考评 %(limit)s 个职业。") % {"limit": limit.value}, limit.citations
        )
    years = card_years(rules.settings, grade)
    if years and (until is None or until > last_day(first, years.value)):
        raise RefusedError(
            _("证卡有效期最长 %(years)s 年，应止于 %(day)s 或更早。")
            % {"years": years.value, "day": last_day(first, years.value)},
            years.citations,
        )


def next_card_number(grade: str, on: date) -> str:
    """The next free number of a grade and year: KP-2026-0007. Numbers are never used again."""
    head = f"{PREFIXES[Grade(grade)]}-{on.year}-"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"card:{head}"])
    used = Qualification.objects.filter(card_number__startswith=head)
    tails = (number.removeprefix(head) for number in used.values_list("card_number", flat=True))
    last = max((int(tail) for tail in tails if tail.isdecimal()), default=0)
    return f"{head}{last + 1:04d}"


@transaction.atomic
def revoke_card(
    *,
    actor: Actor,
    card: Qualification,
    reason: str,
    on: date | None = None,
    citations: Sequence[Citation] = (),
) -> Qualification:
    """Cancel a card from this day on; the reason and the articles stay in the trail."""
    require_manage(actor)
    locked = Qualification.objects.select_for_update(of=("self",)).get(pk=card.pk)
    told = reason.strip()
    if not told:
        raise RefusedError(_("注销证卡须写明原因。"))
    if locked.revoked_on is not None:
        raise RefusedError(
            _("这张证卡已于 %(day)s 注销。") % {"day": locked.revoked_on}, remedy=_("不必再办。")
        )
    locked.revoked_on, locked.revoked_reason = on or timezone.localdate(), told
    locked.full_clean()
    locked.save(update_fields=["revoked_on", "revoked_reason"])
    record(
        actor=actor,
        verb="staff.revoke",
        subject=locked.member.subject,
        payload={
            "grade": str(GRADE_LABELS[Grade(locked.grade)]),
            "card": locked.card_number,
            "reason": told,
            **({"cited": [str(each) for each in citations]} if citations else {}),
        },
    )
    return locked
