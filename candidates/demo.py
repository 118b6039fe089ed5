"""The demo's registration: a department's sheet, applications by hand, reviews, fees, report."""

import io
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from openpyxl import Workbook

from assessment_center.accounts.demo_users import PASSWORD
from assessment_center.accounts.enums import Act, Role
from assessment_center.batches.demo_crowd import crowd_of
from assessment_center.batches.enums import BatchStatus, Route
from assessment_center.batches.models import AssessmentBatch, Offering
from assessment_center.batches.services import close_registration, decide_report
from assessment_center.demo import Demo
from assessment_center.people.models import Person
from assessment_center.people.reach import reach_of
from assessment_center.people.selectors import id_number
from assessment_center.people.services import ensure_person, open_candidate_account
from assessment_center.registry import SYSTEM, Actor
from assessment_center.registry.entries import demo_steps
from candidates import (
    demo_cases,  # noqa: F401 - registers its own step
    demo_prices,  # noqa: F401 - registers its own steps
    demo_related,  # noqa: F401 - registers its own step
    samples,
    selectors,
)
from candidates.demo_fees import settle_fees
from candidates.demo_opening import bring_standing
from candidates.demo_portraits import portrait
from candidates.demo_routes import claim_all
from candidates.enums import ApplicationStatus as S
from candidates.enums import Origin, Stage
from candidates.models import Application
from candidates.rules.declaration import Declaration
from candidates.rules.facts import CertificateFact, WorkSpell
from candidates.services import originals, registration, reopening, review, sampling
from candidates.services.importing import import_sheet
from candidates.services.reporting import report_batch
from candidates.sheets import APPLICATIONS

SHARES = {"done": 1.0, "scoring": 0.6, "arranging": 0.5, "reviewing": 0.5, "registering": 0.3}
LEAST = 8
HIGH_LEVEL = 3
SKILLED = (2, 1)
EARLIER = CertificateFact(4, datetime(2024, 6, 20).date(), "")  # noqa: DTZ001 - a day, not a time
ADDRESS = "江州市学府大道88号"
WORKS = "江州重型机械厂"
POST_CODE = "450000"
MOVED = "江州市学府大道88号3号宿舍楼"
LOOK = 75  # seconds
NOTE = "已核对证书和证明原件，与所填一致。"


def registrations(demo: Demo) -> None:
    """Every batch gets its candidates, and goes on as far as its story goes."""
    used: set[Any] = set()
    for name, batch in demo.batches.items():
        count = max(LEAST, round(demo.candidates * SHARES.get(name, 0.3)))
        chosen = list(_choose(demo, batch, count, used))
        _register(demo, batch, chosen)
        claim_all(demo, batch, used)
        if demo.reaches(name, "register"):
            _close(demo, batch)
        if demo.reaches(name, "review"):
            _review_all(demo, batch)
            settle_fees(demo, name, batch)
        elif demo.reaches(name, "register"):
            _review_some(demo, batch)
        demo.say(f"{batch.code}：{selectors.queue(batch).count()} 份申报")
    _own_pages(demo)


def _choose(
    demo: Demo, batch: AssessmentBatch, count: int, used: set[Any]
) -> Iterator[tuple[Person, Offering]]:
    """Students whose major fits come first, each in one batch as long as there are enough."""
    students = list(
        Person.objects.filter(student__isnull=False)
        .select_related("student__school_class")
        .order_by("student__student_number")
    )
    mine = demo.rulebook[:2].upper()
    students = [p for p in students if p.student.student_number.startswith(mine)]
    examined = batch.offerings.filter(route="exam")
    offerings = list(examined.select_related("occupation", "job", "standard"))
    pools = {
        each.pk: _workers(demo, count, used)
        if each.level in SKILLED
        else _pool(each, batch, students, used)
        for each in offerings
    }
    taken: set[Any] = set()
    for place in range(count if offerings else 0):
        offering = offerings[place % len(offerings)]
        person = next((p for p in pools[offering.pk] if p.pk not in taken), None)
        if person is None:
            return
        taken.add(person.pk)
        used.add(person.pk)
        yield person, offering


def _workers(demo: Demo, count: int, used: set[Any]) -> list[Person]:
    """People of the trade, who neither study nor serve here."""
    found = [
        ensure_person(
            actor=demo.actor(Role.CLERK),
            name=who.name,
            id_kind="resident",
            id_number=who.id_number,
            phone=who.phone,
        )
        for who in crowd_of(demo, grown_up=True)[-count:]
    ]
    free = [p for p in found if p.pk not in used]
    return [p for p in free if not hasattr(p, "student") and not hasattr(p, "staff_member")]


def _pool(
    offering: Offering, batch: AssessmentBatch, students: list[Person], used: set[Any]
) -> list[Person]:
    majors = selectors.majors_for(offering, batch)
    return sorted(
        students, key=lambda p: (p.student.school_class.major not in majors, p.pk in used)
    )


def _received(batch: AssessmentBatch) -> datetime:
    """The day before the close, or now while registration is open."""
    wanted = batch.registration_closes - timedelta(days=1)
    now = timezone.now()
    return now if batch.registration_opens <= now < wanted else wanted


def _register(demo: Demo, batch: AssessmentBatch, chosen: list[tuple[Person, Offering]]) -> None:
    settings = batch.rules.settings
    received = _received(batch)
    by_sheet = settings.allow_proxy_entry.value and not settings.double_commitment.value
    if by_sheet and chosen:
        content = _sheet(batch, chosen)
        import_sheet(
            actor=demo.actor(Role.DEPARTMENT), batch=batch, content=content, received_at=received
        )
        for application in selectors.queue(batch):
            _picture(demo, application)
        return
    for person, offering in chosen:
        _by_hand(demo, person, offering, received)


def _picture(demo: Demo, application: Application) -> None:
    registration.attach_photo(
        actor=demo.actor(Role.DEPARTMENT),
        application=application,
        content=portrait(demo.rng, long_hair=application.person.sex == "female"),
    )


def _sheet(batch: AssessmentBatch, chosen: list[tuple[Person, Offering]]) -> bytes:
    """The department's workbook, as a clerk fills it in."""
    book = Workbook(write_only=True)
    page = book.create_sheet(APPLICATIONS.title)
    page.append([column.header for column in APPLICATIONS.columns])
    for place, (person, offering) in enumerate(chosen, start=1):
        values = _values(batch, person, offering, place)
        page.append([values.get(column.key) for column in APPLICATIONS.columns])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _values(
    batch: AssessmentBatch, person: Person, offering: Offering, place: int
) -> dict[str, Any]:
    fits = person.student.school_class.major in selectors.majors_for(offering, batch)
    values = {
        "name": person.name,
        "id_kind": "居民身份证",
        "id_number": id_number(person),
        "phone": person.phone,
        "student_number": person.student.student_number,
        "school_class": person.student.school_class.name,
        "occupation": offering.occupation.name,
        "job": offering.job.name if offering.job else None,
        "level": str(offering.get_level_display() or "——"),
        "education": "大学专科和专科学校",
        "ethnicity": "维吾尔族" if "·" in person.name else "汉族",
        "address": ADDRESS,
        "work_since": None if fits else "2014-07-01",
    }
    if offering.level == HIGH_LEVEL:
        values |= {
            "certificate_number": _earlier_number(place),
            "certificate_level": "四级/中级工",
            "certificate_issued": EARLIER.issued_on.isoformat(),
        }
    return values


def _earlier_number(place: int) -> str:
    return f"Y000050012345244{place:06d}"


def _by_hand(demo: Demo, person: Person, offering: Offering, received: datetime) -> None:
    """Where the candidate must fill in and sign himself, he does."""
    if person.user_id is None:
        open_candidate_account(actor=SYSTEM, person=person, password=PASSWORD)
    own = person.user.as_actor()  # type: ignore[union-attr]
    draft = registration.start_application(
        actor=demo.actor(Role.CLERK),
        person=person,
        offering=offering,
        origin=Origin.PORTAL,
        received_at=received,
    )
    _fill(demo, own, draft)
    registration.submit_application(actor=own, application=draft)


def _fill(demo: Demo, own: Actor, draft: Application) -> None:
    conditions = selectors.conditions_for(draft.offering, draft.batch)
    fitting = [c.id for c in conditions if c.level == draft.level]
    skilled = draft.level in SKILLED
    registration.save_facts(
        actor=own,
        application=draft,
        declaration=_declared(draft.level),
        ethnicity="汉族",
        education="college",
        address=ADDRESS,
        post_code=POST_CODE,
        employer=WORKS if skilled else "",
        condition_id=fitting[0 if skilled else -1] if fitting else "",
    )
    registration.set_photo(
        actor=own,
        application=draft,
        content=portrait(demo.rng, long_hair=draft.person.sex == "female"),
    )
    registration.sign_commitment(
        actor=own,
        application=draft,
        typed_name=draft.person.name,
        address="127.0.0.1",
        at=draft.received_at,
    )


def _declared(level: int | None) -> Declaration:
    """What somebody of this level has to show: a lower certificate, for the highest also work."""
    if level is not None and level in SKILLED:
        lower = CertificateFact(level + 1, date(2019, 6, 20), "")
        work = (WorkSpell(date(2014, 7, 1), None, WORKS),)
        return Declaration(intends_to_work=True, certificates=(lower,), work=work)
    certificates = (EARLIER,) if level == HIGH_LEVEL else ()
    return Declaration(intends_to_work=True, certificates=certificates)


def _close(demo: Demo, batch: AssessmentBatch) -> None:
    if batch.status == BatchStatus.ANNOUNCED:
        close_registration(actor=demo.actor(Role.CLERK), batch=batch, at=batch.registration_closes)
        batch.refresh_from_db()


def _review_all(demo: Demo, batch: AssessmentBatch) -> None:
    """Two people look at every application; one is refused and one cancelled."""
    when = batch.registration_closes + timedelta(hours=18)
    first, second = demo.actor(Role.DEPARTMENT), demo.actor(Role.REVIEWER)
    queue = list(selectors.queue(batch, state=S.SUBMITTED))
    _examples(demo, queue)
    _pass_clean(first, batch, Stage.FIRST, when)
    for row in selectors.queue(batch, state=S.SUBMITTED):
        review.first_review(actor=first, application=row, note=NOTE, at=when)
    after = when + timedelta(days=1)
    _pass_clean(second, batch, Stage.SECOND, after)
    for row in selectors.queue(batch, state=S.FIRST_REVIEWED):
        review.confirm(actor=second, application=row, note=NOTE, at=after)


def _pass_clean(actor: Actor, batch: AssessmentBatch, stage: Stage, at: datetime) -> None:
    """A tenth of the clean ones is drawn and looked at one by one; then the rest passes.

    Where each must be looked at by itself, nothing is done here.
    """
    if not samples.may_pass_many(batch, stage, actor):
        return
    if not samples.clean(batch, stage, actor).exists():
        return
    draw = sampling.draw_sample(actor=actor, batch=batch, stage=stage, percent=samples.USUAL)
    look = review.first_review if stage is Stage.FIRST else review.confirm
    for row in samples.looked(draw).waiting:
        if stage is Stage.FIRST:
            originals.see_original(actor=actor, application=row, kind="id_document", at=at)
        look(actor=actor, application=row, note=NOTE, at=at, seconds=LOOK)
    sampling.pass_rest(actor=actor, draw=draw, at=at)


def _examples(demo: Demo, queue: list[Application]) -> None:
    second = demo.actor(Role.REVIEWER)
    queue = [row for row in queue if row.route == Route.EXAM]
    if len(queue) > LEAST:
        review.refuse(actor=second, application=queue[-1], reason="学籍与所报专业不符。")
        registration.withdraw_application(
            actor=second, application=queue[-2], reason="考生书面申请取消。"
        )


def _review_some(demo: Demo, batch: AssessmentBatch) -> None:
    """The batch under review: some passed, some returned, most still waiting."""
    queue = list(selectors.queue(batch, state=S.SUBMITTED))
    third = len(queue) // 3
    first, second = demo.actor(Role.DEPARTMENT), demo.actor(Role.REVIEWER)
    for row in queue[:third]:
        own = _own_clerk(demo, row)
        review.first_review(actor=own or first, application=row, note=NOTE, seconds=LOOK)
    for row in queue[: third // 2]:
        review.confirm(actor=second, application=row, note=NOTE)
    for row in queue[:1]:
        reopening.correct(actor=first, application=row, address=MOVED)
    reasons = (("photo_unclear", ""), ("paper_missing", "请补交学籍证明。"))
    for row, (listed, reason) in zip(queue[third:], reasons, strict=False):
        review.return_application(actor=first, application=row, reason=reason, reasons=[listed])
    _examples(demo, queue)


def _own_clerk(demo: Demo, row: Application) -> Actor | None:
    """The clerk of the application's own department, where there is one."""
    clerk = demo.actor("department_clerk")
    within = reach_of(clerk, Act.APPLICATION_FIRST_REVIEW)
    return clerk if clerk is not SYSTEM and within.covers(row.department_id) else None


def report(demo: Demo) -> None:
    """The report of every batch that goes so far, after what must be arranged before it."""
    for batch in demo.reaching("report"):
        _report(demo, batch)


def _report(demo: Demo, batch: AssessmentBatch) -> None:
    actor = demo.actor(Role.CLERK)
    at = batch.registration_closes + timedelta(days=4)
    report = report_batch(actor=actor, batch=batch, pledged_by="钱立功", at=at)
    decide_report(
        actor=actor,
        report=report,
        approved=True,
        receipt_number=f"HZ{batch.code}",
        at=at + timedelta(days=2),
    )
    batch.refresh_from_db()


def _own_pages(demo: Demo) -> None:
    """A candidate who can sign in, and one who is in the middle of an application."""
    done = demo.batches.get("done")
    row = selectors.admitted(done).first() if done else None
    if row is not None:
        if row.person.user_id is None:
            open_candidate_account(actor=SYSTEM, person=row.person, password=PASSWORD)
        demo.say(f"考生登录：{row.person.name} {id_number(row.person)} 密码 {PASSWORD}")
    _one_draft(demo)


def _one_draft(demo: Demo) -> None:
    """A draft and a withdrawn application in the batch that is open now."""
    batch = demo.batches.get("registering")
    now = timezone.now()
    if batch is None or not batch.registration_opens <= now < batch.registration_closes:
        return
    free = Person.objects.filter(student__isnull=False, user=None)
    people = list(free.exclude(applications__batch=batch)[:2])
    examined = batch.offerings.filter(route="exam")
    offering = examined.select_related("occupation", "job", "standard").first()
    if offering is None:
        return
    for place, person in enumerate(people):
        open_candidate_account(actor=SYSTEM, person=person, password=PASSWORD)
        own = person.user.as_actor()  # type: ignore[union-attr]
        draft = registration.start_application(actor=own, person=person, offering=offering)
        if place:
            registration.withdraw_application(actor=own, application=draft)


demo_steps.register("candidates.opening", bring_standing, order=105)
demo_steps.register("candidates.registrations", registrations, order=200)
demo_steps.register("candidates.report", report, order=202)
