"""Records of the foundation for tests, made through the services; every date lies in spring 2026.

A batch of `make_batch` registers from 1 to 20 April and examines on 23 and 24 May 2026. `announced`,
`closed` and `approved` carry it on at plausible times, whatever the clock of the test says.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import count
from typing import Any

from django.utils import timezone

from assessment_center.accounts.enums import Act, Role
from assessment_center.accounts.models import User
from assessment_center.accounts.services import create_staff
from assessment_center.batches import services as batches
from assessment_center.batches.models import Announcement, AnnualPlan, AssessmentBatch, Offering
from assessment_center.batches.selectors import paper_kinds
from assessment_center.catalog.models import Job, Occupation, OccupationalStandard
from assessment_center.opening import services as opening
from assessment_center.opening.enums import Beginning
from assessment_center.opening.models import OpeningDeclaration
from assessment_center.organization import services as organization
from assessment_center.organization.models import AssessmentCentre, FiledScope, Filing
from assessment_center.people import services as people
from assessment_center.people.models import Department, Person, SchoolClass
from assessment_center.people.posts import set_post
from assessment_center.people.rules.id_document import check_digit
from assessment_center.personnel import services as personnel
from assessment_center.personnel.enums import (
    ASSESSORS,
    EngagementKind,
    Grade,
    UndertakingKind,
)
from assessment_center.personnel.models import Engagement, StaffMember, Undertaking
from assessment_center.registry import SYSTEM, Actor
from assessment_center.rulebooks.models import RulebookVersion
from assessment_center.rulebooks.selectors import current_version
from assessment_center.rulebooks.services import install_rulebooks
from tests.remembered import remembered

PASSWORD = "Spring-2026-night"
_numbers = count(1)
SURNAMES = "赵钱孙李周吴郑王冯陈"
GIVEN = "安博晨大恩方国海佳凯"


def at(year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    """A moment of the office's clock."""
    return datetime(year, month, day, hour, minute, tzinfo=timezone.get_default_timezone())


@remembered
def make_user(*roles: Role | str, username: str = "", display_name: str = "", **more: Any) -> User:
    """A staff account with these roles (none: sees nothing); its password is `PASSWORD`.

    A department's clerk works for the whole college, or for the `departments` given.
    """
    number = next(_numbers)
    departments = more.pop("departments", (None,))
    user = create_staff(
        actor=SYSTEM,
        username=username or f"user{number}",
        display_name=display_name or f"办事员{number}",
        password=PASSWORD,
        roles=[Role(role) for role in roles],
        **more,
    )
    if Role.DEPARTMENT in roles:
        for department in departments:
            set_post(actor=SYSTEM, user=user, department=department)
    return user


def make_rulebook(code: str = "chongqing") -> RulebookVersion:
    if not RulebookVersion.objects.exists():
        install_rulebooks()
    return current_version(code)


def id_number(number: int, *, birth: str = "20051016", region: str = "500103") -> str:
    """A well-formed number of nobody; `number` below 1000 tells them apart."""
    first = f"{region}{birth}{number % 1000:03d}"
    return first + check_digit(first)


def make_person(name: str = "", *, number: str = "", **more: Any) -> Person:
    step = next(_numbers)
    chosen = name or SURNAMES[step % 10] + GIVEN[step // 10 % 10] + GIVEN[step // 100 % 10]
    given = number or id_number(step, birth=f"2005{1 + step // 1000 % 12:02d}16")
    return people.ensure_person(
        actor=SYSTEM, name=chosen, id_kind="resident", id_number=given, **more
    )


def make_department(name: str = "", **more: Any) -> Department:
    step = next(_numbers)
    return people.save_department(actor=SYSTEM, name=name or f"院系{step}", code=f"D{step}", **more)


def make_class(department: Department | None = None, name: str = "", **more: Any) -> SchoolClass:
    facts = {"major": "机电一体化技术", "enrolled_year": 2023, "graduation_year": 2026, **more}
    return people.save_class(
        actor=SYSTEM,
        department=department or make_department(),
        name=name or f"机电{next(_numbers)}班",
        **facts,
    )


@remembered
def make_student(school_class: SchoolClass | None = None, **person: Any) -> Person:
    """A person who studies in a class."""
    made = make_person(**person)
    people.enrol(
        actor=SYSTEM,
        person=made,
        school_class=school_class or make_class(),
        student_number=f"S{next(_numbers):08d}",
    )
    return made


@remembered
def make_member(
    *grades: Grade, occupations: Iterable[Occupation] = (), levels: Sequence[int] = (), **more: Any
) -> StaffMember:
    """A member with cards of these grades for 2024 to 2029; assessors are hired as long."""
    member = personnel.save_member(actor=SYSTEM, person=make_person(), **more)
    for grade in grades:
        personnel.add_qualification(
            actor=SYSTEM,
            member=member,
            grade=grade,
            valid_from=date(2024, 1, 1),
            valid_until=date(2029, 12, 31),
            occupations=occupations,
            levels=levels,
        )
        if grade in ASSESSORS:
            for year in (2024, 2027):
                make_contract(member, grade, date(year, 1, 1), date(year + 2, 12, 31))
    Undertaking.objects.create(
        member=member,
        kind=UndertakingKind.SECRECY,
        text="保守秘密。",
        signed_name=member.person.name,
        signed_on=date(2024, 1, 1),
    )
    return member


def make_contract(member: StaffMember, grade: Grade, starts: date, ends: date) -> Engagement:
    """A signed contract as it lies in the file, whatever the rulebook of the day."""
    return Engagement.objects.create(
        member=member,
        grade=grade,
        kind=EngagementKind.CONTRACT,
        starts=starts,
        ends=ends,
        signed_on=starts,
    )


def make_occupation(name: str = "电工", code: str = "") -> Occupation:
    found = Occupation.objects.filter(name=name, is_active=True).first()
    if found:
        return found
    return Occupation.objects.create(name=name, code=code or _free_code(), edition=2022)


def _free_code() -> str:
    """A code no occupation has, whether it was made just now or laid back from memory."""
    taken = set(Occupation.objects.values_list("code", flat=True))
    codes = (f"6-31-{10 + at // 90 % 90:02d}-{1 + at % 90:02d}" for at in count(next(_numbers)))
    return next(code for code in codes if code not in taken)


def make_job(occupation: Occupation, name: str) -> Job:
    return Job.objects.get_or_create(occupation=occupation, name=name)[0]


def make_standard(occupation: Occupation, job: Job | None = None) -> OccupationalStandard:
    return OccupationalStandard.objects.get_or_create(
        occupation=occupation,
        job=job,
        edition="2018",
        defaults={
            "name": f"{occupation.name}国家职业标准",
            "durations": {"theory": 90, "practical": 120},
            "ratios": {"practical": 5},
        },
    )[0]


@remembered
def make_centre(*, opened: bool = True, **facts: Any) -> AssessmentCentre:
    """The one active centre; made once per test, its first day declared as new by two people."""
    found = AssessmentCentre.objects.filter(is_active=True).first()
    if found and not facts:
        return found
    given = {
        "name": "试验职业学院",
        "short_name": "试验职院",
        "province_code": "50",
        "address": "江州市学府路1号",
        "phone": "023-10000001",
        "complaint_phone": "023-10000002",
        "authority_name": "江州市职业技能鉴定指导中心",
        "seal_name": "试验职业学院职业技能等级认定专用章",
        **facts,
    }
    centre = organization.save_centre(actor=SYSTEM, **given)
    if opened:
        declare_new(centre)
    return centre


def declare_new(centre: AssessmentCentre) -> OpeningDeclaration:
    """A new centre without opening balances, prepared by one and signed by another."""
    one, other = (_signer(username) for username in ("preparer", "signer"))
    begun = opening.begin(actor=one, centre=centre, kind=Beginning.NEW)
    prepared = opening.prepare(actor=one, declaration=begun)
    return opening.sign(actor=other, declaration=prepared)


def _signer(username: str) -> Actor:
    """Somebody of the centre who never signs in."""
    user = User.objects.create(username=username, display_name=username, kind="staff")
    return Actor(user.ref, username, frozenset({Act.CENTRE_MANAGE}))


FILING_NUMBERS = {"henan": "Y000041019001"}  # where the rulebook says how one is made


@remembered
def make_filing(centre: AssessmentCentre | None = None, **more: Any) -> Filing:
    version = more.pop("rulebook_version", None) or make_rulebook()
    facts = {
        "number": FILING_NUMBERS.get(version.code, "Y000050012345"),
        "valid_from": date(2025, 1, 1),
        "valid_until": date(2027, 12, 31),
        **more,
    }
    return organization.add_filing(
        actor=SYSTEM, centre=centre or make_centre(), rulebook_version=version, **facts
    )


@remembered
def make_scope(
    occupation: Occupation, *, filing: Filing | None = None, job: Job | None = None, **more: Any
) -> FiledScope:
    filing = filing or make_centre().filings.first() or make_filing()
    return organization.add_scope_line(
        actor=SYSTEM,
        filing=filing,
        occupation=occupation,
        job=job,
        standard=make_standard(occupation, job),
        levels=more.pop("levels", (5, 4, 3, 2, 1)),
        **more,
    )


@remembered
def make_plan(year: int = 2026, *, approved: bool = True) -> AnnualPlan:
    """The plan of the centre's year with one line; the present one if there is one."""
    centre = make_centre()
    plan = AnnualPlan.objects.filter(centre=centre, year=year).first()
    if plan is None:
        plan = batches.create_plan(actor=SYSTEM, centre=centre, year=year)
        batches.add_plan_line(
            actor=SYSTEM,
            plan=plan,
            occupation=make_occupation(),
            level=4,
            forecast=60,
            planned_month=5,
        )
    if approved and plan.status == "draft":
        plan = batches.approve_plan(actor=SYSTEM, plan=plan)
    return plan


@remembered
def make_batch(code: str = "", *, rulebook: str = "chongqing", **more: Any) -> AssessmentBatch:
    """A batch in preparation, in an approved plan, without offerings."""
    make_rulebook(rulebook)
    facts = {
        "name": "2026年春季职业技能等级认定",
        "registration_opens": at(2026, 4, 1),
        "registration_closes": at(2026, 4, 20, 17),
        "exam_starts": date(2026, 5, 23),
        "exam_ends": date(2026, 5, 24),
        "exam_place": "试验职业学院实训中心",
        **more,
    }
    if "plan" not in facts:
        facts["plan"] = make_plan()
    number = code or f"B2026{next(_numbers):04d}"
    return batches.open_batch(actor=SYSTEM, code=number, rulebook_code=rulebook, **facts)


@remembered
def make_offering(
    batch: AssessmentBatch | None = None,
    occupation: Occupation | str = "电工",
    level: int | None = 4,
    job: Job | None = None,
    **more: Any,
) -> Offering:
    """An offering inside the filed scope, which is widened when needed."""
    batch = batch or make_batch()
    named = make_occupation(occupation) if isinstance(occupation, str) else occupation
    covered = FiledScope.objects.filter(filing__centre=batch.centre, occupation=named, job=job)
    if not covered.exists():
        make_scope(named, job=job)
    return batches.add_offering(
        actor=SYSTEM, batch=batch, occupation=named, level=level, job=job, **more
    )


@remembered
def announced(batch: AssessmentBatch, when: datetime | None = None) -> Announcement:
    """Publish the first announcement in March; a batch without offerings gets one."""
    if not batch.offerings.exists():
        make_offering(batch)
    moment = when or at(2026, 3, 20)
    if "batch_plan" in paper_kinds(batch):
        batches.submit_papers(actor=SYSTEM, batch=batch, kind="batch_plan", at=moment)
    draft = batches.draft_announcement(actor=SYSTEM, batch=batch)
    published = batches.publish_announcement(actor=SYSTEM, announcement=draft, at=moment)
    batch.refresh_from_db()
    return published


@remembered
def closed(batch: AssessmentBatch) -> AssessmentBatch:
    """Announced, and registration closed at its hour."""
    announced(batch)
    batches.close_registration(actor=SYSTEM, batch=batch, at=batch.registration_closes)
    batch.refresh_from_db()
    return batch


@remembered
def approved(batch: AssessmentBatch, candidates: int = 30) -> AssessmentBatch:
    """Closed, reported on 22 April and approved on 28 April."""
    closed(batch)
    report = batches.submit_report(
        actor=SYSTEM,
        batch=batch,
        candidate_count=candidates,
        pledged_by="钱立功",
        at=at(2026, 4, 22),
    )
    batches.decide_report(
        actor=SYSTEM, report=report, approved=True, receipt_number="HZ-1", at=at(2026, 4, 28)
    )
    batch.refresh_from_db()
    return batch
