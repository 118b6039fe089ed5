"""Reading what somebody's year consists of: sessions, ratings, appraisals, under which rulebook."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from assessment_center.organization.selectors import active_centre, rules_on
from assessment_center.personnel.judging_enums import AppraisalStatus, Branch
from assessment_center.personnel.models import StaffMember
from assessment_center.personnel.models.appraisals import Appraisal, Dispatch, SessionRating
from assessment_center.personnel.rules.appraisal import Measures, Session, Taken
from assessment_center.rulebooks.rules.rulebook import Rulebook

# Of several sittings of one assessment the answer that tells most stands for all of them.
STRONGEST = (Taken.SERVED, Taken.REFUSED, Taken.MISSED, Taken.EXCUSED)


def last_day(year: int) -> date:
    return date(year, 12, 31)


def rules_for(year: int) -> Rulebook | None:
    """The rulebook under which the year is appraised: the filing's at its end, or today's."""
    centre = active_centre()
    if centre is None:
        return None
    today = timezone.localdate()
    return rules_on(centre, min(last_day(year), today)) or rules_on(centre, today)


def measures(rules: Rulebook) -> Measures:
    """What this rulebook orders after an appraisal of assessors."""
    settings = rules.settings
    after = settings.dismiss_after_unqualified_years
    return Measures(
        dismiss_after=after.value if after else None,
        consecutive=settings.dismiss_consecutive.value,
        retrain=settings.retrain_unqualified.value,
        reward=settings.reward_excellent.value,
    )


def session_facts(
    members: Iterable[Any], branch: str, *, until: date
) -> dict[UUID, list[dict[str, Any]]]:
    """The sessions of each member up to a day, as an appraisal keeps them, in their order."""
    sent = Dispatch.objects.filter(member_id__in=members, branch=branch, day__lte=until)
    rated = _ratings(members) if branch == Branch.ASSESSOR else {}
    grouped: dict[tuple[UUID, UUID], list[Dispatch]] = defaultdict(list)
    for each in sent.order_by("day", "created_at"):
        grouped[each.member_id, each.session_id].append(each)
    found: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for (member, session), rows in grouped.items():
        found[member].append(_fact(rows, rated.get((member, session))))
    for facts in found.values():
        facts.sort(key=lambda fact: str(fact["day"]))
    return found


def _ratings(members: Iterable[Any]) -> dict[tuple[UUID, UUID], SessionRating]:
    rows = SessionRating.objects.filter(member_id__in=members)
    return {(each.member_id, each.session_id): each for each in rows}


def _fact(rows: list[Dispatch], rating: SessionRating | None) -> dict[str, Any]:
    taken = next(kind for kind in STRONGEST if kind in {row.taken for row in rows})
    served = [row for row in rows if row.taken == Taken.SERVED]
    return {
        "session_id": str(rows[0].session_id),
        "session": rows[0].session,
        "day": rows[0].day.isoformat(),
        "taken": taken.value,
        "sittings": len(served),
        "score": str(rating.score) if rating and rating.score is not None else None,
        "grade": rating.grade if rating else "",
        "reason": next((row.reason for row in rows if row.reason), ""),
    }


def as_session(fact: dict[str, Any]) -> Session:
    """A kept fact as the rules take it."""
    score = fact["score"]
    return Session(
        date.fromisoformat(fact["day"]),
        Taken(fact["taken"]),
        Decimal(score) if score is not None else None,
        max(int(fact["sittings"]), 1),
    )


def in_year(facts: Iterable[dict[str, Any]], year: int) -> list[dict[str, Any]]:
    return [fact for fact in facts if fact["day"].startswith(f"{year}-")]


def appraised_in(year: int, branch: str) -> QuerySet[StaffMember]:
    """Whose year is appraised: who was sent in it, whatever the answer was.

    An appraisal judges work that was asked for; who was never sent has no record to be judged by.
    """
    sent = Dispatch.objects.filter(branch=branch, day__year=year)
    members = StaffMember.objects.filter(pk__in=sent.values("member"))
    return members.select_related("person", "department").order_by("person__pinyin", "id")


def earlier_years(member: StaffMember, branch: str, year: int) -> dict[int, bool]:
    """Which confirmed years before this one were unqualified."""
    rows = Appraisal.objects.filter(
        member=member, branch=branch, year__lt=year, status=AppraisalStatus.CONFIRMED.value
    )
    return dict(rows.values_list("year", "unqualified"))


def appraisals_of(year: int, branch: str) -> QuerySet[Appraisal]:
    rows = Appraisal.objects.filter(year=year, branch=branch)
    return rows.select_related("member__person", "member__department")


def last_confirmed(member: StaffMember, branch: str) -> Appraisal | None:
    """The latest confirmed appraisal, which a renewal of the card asks for (ASR-11)."""
    rows = member.appraisals.filter(branch=branch, status=AppraisalStatus.CONFIRMED.value)
    return rows.order_by("-year").first()
