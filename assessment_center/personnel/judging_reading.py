"""What the pages of appraisals and misconduct show, read in few queries."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, QuerySet
from django.utils import timezone

from assessment_center.personnel.enums import TrainingKind
from assessment_center.personnel.exclusions import in_force
from assessment_center.personnel.judging_enums import AppraisalStatus, Branch, CaseStatus
from assessment_center.personnel.judging_labels import FAILING_LABELS, FOLLOWS_LABELS
from assessment_center.personnel.judging_selectors import (
    appraisals_of,
    appraised_in,
    in_year,
    last_day,
    session_facts,
)
from assessment_center.personnel.models import (
    Appraisal,
    Dispatch,
    Exclusion,
    MisconductCase,
    SessionRating,
    StaffMember,
    TrainingAttendance,
)
from assessment_center.personnel.rules.appraisal import Failing, Follows, Taken
from assessment_center.personnel.verdicts import is_appraised
from assessment_center.rulebooks.rules.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class YearRow:
    """One member's year: what was counted and how it was judged; `appraisal` None: no draft."""

    member: StaffMember
    served: int
    sittings: int
    missed: int
    refused: int
    unrated: int
    appraisal: Appraisal | None

    @property
    def follows(self) -> str:
        return follow_words(self.appraisal) if self.appraisal else ""

    @property
    def failing(self) -> str:
        return failing_words(self.appraisal) if self.appraisal else ""


def follow_words(row: Appraisal) -> str:
    return "、".join(str(FOLLOWS_LABELS[Follows(each)]) for each in row.follows)


def failing_words(row: Appraisal) -> str:
    return str(FAILING_LABELS[Failing(row.failing)]) if row.failing else ""


def year_rows(year: int, branch: str) -> list[YearRow]:
    """Everybody whose year it is, in the order of their names."""
    members = list(appraised_in(year, branch))
    facts = session_facts([each.pk for each in members], branch, until=last_day(year))
    judged = {each.member_id: each for each in appraisals_of(year, branch)}
    return [_row(each, in_year(facts.get(each.pk, []), year), judged) for each in members]


def _row(
    member: StaffMember, facts: Sequence[dict[str, Any]], judged: dict[UUID, Appraisal]
) -> YearRow:
    kinds = Counter(fact["taken"] for fact in facts)
    served = [fact for fact in facts if fact["taken"] == Taken.SERVED]
    return YearRow(
        member,
        len(served),
        sum(int(fact["sittings"]) for fact in served),
        kinds[Taken.MISSED],
        kinds[Taken.REFUSED],
        sum(1 for fact in served if fact["score"] is None and not fact["grade"]),
        judged.get(member.pk),
    )


def sessions_in(year: int) -> list[dict[str, Any]]:
    """The assessments of a year with how many assessors served and how many are rated."""
    served = Dispatch.objects.filter(branch=Branch.ASSESSOR, taken=Taken.SERVED, day__year=year)
    rows = served.values("session_id").annotate(
        name=Max("session"), last=Max("day"), people=Count("member", distinct=True)
    )
    rated = dict(SessionRating.objects.values_list("session_id").annotate(n=Count("id")).order_by())
    found = [{**row, "rated": rated.get(row["session_id"], 0)} for row in rows]
    return sorted(found, key=lambda row: row["last"], reverse=True)


def assessors_of(session_id: UUID) -> list[tuple[StaffMember, int, SessionRating | None]]:
    """Who served as an assessor in one assessment, in how many sittings, and the rating."""
    served = Dispatch.objects.filter(
        branch=Branch.ASSESSOR, taken=Taken.SERVED, session_id=session_id
    )
    counts = dict(served.values_list("member").annotate(n=Count("id")).order_by())
    rated = {each.member_id: each for each in SessionRating.objects.filter(session_id=session_id)}
    members = StaffMember.objects.filter(pk__in=counts).select_related("person")
    ordered = members.order_by("person__pinyin", "id")
    return [(each, counts[each.pk], rated.get(each.pk)) for each in ordered]


def cases() -> QuerySet[MisconductCase]:
    rows = MisconductCase.objects.select_related("member__person")
    return rows.order_by("status", "-happened_on", "-created_at")


def open_cases() -> QuerySet[MisconductCase]:
    return cases().filter(status=CaseStatus.OPEN.value)


def exclusions_of(member: StaffMember) -> QuerySet[Exclusion]:
    return member.exclusions.order_by("-starts")


def excluded_now(on: date) -> QuerySet[Exclusion]:
    """Who is kept from duty that day, whoever it is."""
    rows = in_force(on) | Exclusion.objects.filter(session_id__isnull=False, starts=on)
    return rows.select_related("member__person").order_by("member__person__pinyin", "starts")


def retraining_due() -> list[Appraisal]:
    """Confirmed years that order a training which has not taken place since (ASR-18)."""
    rows = Appraisal.objects.filter(
        status=AppraisalStatus.CONFIRMED.value, follows__contains=[Follows.RETRAIN.value]
    ).select_related("member__person")
    done = TrainingAttendance.objects.filter(training__kind=TrainingKind.RETRAINING.value)
    last = dict(done.values_list("member").annotate(on=Max("training__ends_on")).order_by())
    return [
        row
        for row in rows.order_by("confirmed_at")
        if row.confirmed_at
        and _before(last.get(row.member_id), timezone.localdate(row.confirmed_at))
    ]


def _before(day: date | None, confirmed: date) -> bool:
    return day is None or day < confirmed


def branches(rules: Rulebook | None) -> list[Branch]:
    """The branches whose yearly appraisal this rulebook orders."""
    return [each for each in Branch if rules is not None and is_appraised(rules, each)]
