"""Dispatches, ratings and years of appraisal for tests; every session lies in 2025."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from assessment_center.accounts.enums import Role
from assessment_center.accounts.models import User
from assessment_center.personnel import appraisals, confirming, dispatches
from assessment_center.personnel.enums import Grade, Post
from assessment_center.personnel.judging_enums import Branch
from assessment_center.personnel.models import Appraisal, Dispatch, StaffMember
from assessment_center.personnel.rules.appraisal import Taken
from assessment_center.registry import SYSTEM, SubjectRef
from assessment_center.rulebooks.rules.rulebook import Rulebook
from assessment_center.rulebooks.selectors import rules_of
from tests.factories import foundation as f
from tests.remembered import remembered


def rules(code: str) -> Rulebook:
    return rules_of(f.make_rulebook(code))


def filed(code: str) -> Rulebook:
    """A centre filed under this rulebook since 2024."""
    f.make_centre()
    f.make_filing(
        valid_from=date(2024, 1, 1),
        valid_until=date(2026, 12, 31),
        rulebook_version=f.make_rulebook(code),
    )
    return rules(code)


@remembered
def assessor(**more: Any) -> StaffMember:
    return f.make_member(Grade.ASSESSOR, **more)


@remembered
def send(
    member: StaffMember,
    book: Rulebook,
    taken: Taken = Taken.SERVED,
    *,
    day: date = date(2025, 5, 20),
    session: UUID | None = None,
    post: str = Post.ASSESSOR,
    reason: str = "",
) -> Dispatch:
    row = dispatches.record_dispatch(
        actor=SYSTEM,
        member=member,
        post=post,
        sent=dispatches.Sent(
            session or uuid4(), f"{day:%m月}认定", SubjectRef("exams.sitting", uuid4()), day, book
        ),
        taken=taken,
        reason=reason or ("" if taken == Taken.SERVED else "未说明理由"),
    )
    assert row is not None
    return row


def rate(row: Dispatch, book: Rulebook, score: str | None = "92", grade: str = "") -> None:
    dispatches.rate_session(
        actor=f.make_user(Role.SUPERVISOR).as_actor(),
        member=row.member,
        session_id=row.session_id,
        rules=book,
        score=Decimal(score) if score else None,
        grade=grade,
        opinion="按标准独立评分",
    )


@remembered
def clerk() -> User:
    return f.make_user(Role.CLERK)


@remembered
def head() -> User:
    return f.make_user(Role.HEAD)


def written(book: Rulebook, **more: Any) -> appraisals.Written:
    asked = book.settings.appraisal_content
    facts = {
        "summary": "全年参加考评，独立评分，无差错。",
        "manager_opinion": "履职认真。",
        "supervisor_opinion": "评分客观。",
        "content": dict.fromkeys(asked.value, "符合要求") if asked else {},
        **more,
    }
    return appraisals.Written(**facts)


@remembered
def drafted(
    member: StaffMember,
    book: Rulebook,
    year: int = 2025,
    branch: str = Branch.ASSESSOR,
    **more: Any,
) -> Appraisal:
    """Drafted and written by one clerk."""
    actor = clerk().as_actor()
    appraisals.draft_year(actor=actor, year=year, rules=book, branch=branch)
    row = Appraisal.objects.get(member=member, year=year, branch=branch)
    return appraisals.write_appraisal(
        actor=actor, appraisal=row, written=written(book, **more), rules=book
    )


@remembered
def confirmed(member: StaffMember, book: Rulebook, year: int = 2025, **more: Any) -> Appraisal:
    row = drafted(member, book, year, **more)
    return confirming.confirm_appraisal(actor=head().as_actor(), appraisal=row, rules=book)
