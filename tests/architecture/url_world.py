"""A small world in which every kind of object stands once, and a few of another candidate's."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

from archives.models import ArchiveItem, Volume
from assessment_center.accounts import guard
from assessment_center.accounts.enums import GuardScope, Role
from assessment_center.accounts.models import Deputyship, SignInGuard, User
from assessment_center.batches import services as batches
from assessment_center.batches.models import AssessmentBatch, AuthorityReport, Offering
from assessment_center.catalog.services import relate_occupation
from assessment_center.conformance.models import ManualConfirmation
from assessment_center.deadlines.enums import Scope
from assessment_center.deadlines.models import Deadline
from assessment_center.deadlines.services import make_feed
from assessment_center.filing import services as filing_services
from assessment_center.first_day import services as first_day
from assessment_center.jobs.models import Job
from assessment_center.people.models import Department, Person
from assessment_center.people.posts import identify as set_identity
from assessment_center.personnel import services as personnel
from assessment_center.personnel.enums import Grade
from assessment_center.personnel.models import (
    Appraisal,
    Dispatch,
    MisconductCase,
    StaffMember,
)
from assessment_center.printed.services import Wanted, register_set
from assessment_center.registers import services as registers
from assessment_center.registry import SYSTEM
from assessment_center.rulebooks.models import RuleOverride
from assessment_center.spreadsheets import ColumnSpec, write
from assessment_center.workdays.models import CalendarOverride, HolidayNotice
from candidates.enums import Stage
from candidates.models import (
    Application,
    Ban,
    FeeExpense,
    FeePayment,
    FeeRefund,
    FeeWaiver,
    FinanceLine,
    FraudCase,
    HeldCertificate,
    ReportPackage,
    SampleDraw,
    SubjectPass,
)
from candidates.services import registration
from candidates.vault import keep_upload, seal_bytes
from certificates.documents.face import face_of
from certificates.models import (
    BlankMovement,
    Certificate,
    CertificateDelivery,
    CertificateRequest,
    EarlierCertificate,
    NumberSeries,
    SpoiledNumber,
)
from exams import services as exams
from exams.equipment import services as equipment
from exams.models import (
    Calibration,
    Damage,
    Duty,
    Incident,
    Keeper,
    Packet,
    PaperParcel,
    PaperRequisition,
    RequisitionLine,
    SittingRoom,
    SupervisionFinding,
    SupervisionReport,
    Violation,
)
from questionbank.models import (
    Bank,
    BankAcceptance,
    Blueprint,
    EarlierPaper,
    Item,
    KeyHolder,
    Paper,
    Point,
)
from scoring.models import (
    FinalResult,
    Publicity,
    ScoreEntry,
    ScoreReport,
    ScoreReview,
    SubjectResult,
)
from tests.exams import build
from tests.factories import candidates as c
from tests.factories import filing
from tests.factories import foundation as f

TODAY = f.at(2026, 6, 10, 10)


@dataclass
class World:
    """Who is there, and by which name an address finds what."""

    users: dict[str, User] = field(default_factory=dict)
    objects: dict[str, Any] = field(default_factory=dict)
    foreign: dict[str, Any] = field(default_factory=dict)
    id_numbers: list[str] = field(default_factory=list)
    clients: dict[str, Client] = field(default_factory=dict)
    department_clerks: dict[str, User] = field(default_factory=dict)
    clerks: dict[str, Client] = field(default_factory=dict)

    def put(self, **made: Any) -> None:
        self.objects |= {name: getattr(one, "pk", one) for name, one in made.items()}

    def put_foreign(self, **made: Any) -> None:
        self.foreign |= {name: getattr(one, "pk", one) for name, one in made.items()}


def build_world() -> World:
    """Everything, in the order of a batch's life; files go to the media folder of the test."""
    world = World()
    own, other = _candidates(world)
    _staff(world)
    _registration(world, own, other)
    batch = _examination(world, own, other)
    _bank(world, batch)
    _results(world, batch)
    _recognised(world, batch)
    _certificates(world, batch)
    _records(world, batch)
    _judged(world, batch)
    _registers(world, batch)
    _deadlines(world, batch)
    _first_days(world)
    _filing(world)
    _departments(world)
    return world


def _departments(world: World) -> None:
    """A clerk of the departments whose candidates stand here, and one of another."""
    own = list(Department.objects.all())
    Application.objects.filter(department=None).update(department=own[0])
    other = f.make_department()
    sampled = Application.objects.first()
    assert sampled is not None
    draw = SampleDraw.objects.create(
        batch=sampled.batch,
        stage=Stage.FIRST,
        percent=10,
        seed="x",
        population=[sampled.pk],
        sampled=[sampled.pk],
        by=world.users["department"],
    )
    world.put(sample=draw, page=1, review_stage="first")
    set_identity(actor=SYSTEM, user=world.users["reviewer"], person=f.make_person())
    world.department_clerks = {
        "own clerk": f.make_user(Role.DEPARTMENT, departments=own),
        "other clerk": f.make_user(Role.DEPARTMENT, departments=[other]),
    }


def _filing(world: World) -> None:
    """An application in draft with a line and a paper, and what stands behind it."""
    application = filing.begin()
    line = filing.ask(application, "钳工")
    office = filing.staff_up(application, [line.occupation])
    filing.regulate(application)
    world.put(
        filing_request=application,
        filing_line=line,
        filing_paper=filing_services.add_paper(
            actor=SYSTEM, application=application, code="evidence", content=filing.PDF
        ),
        regulation=application.centre.regulations.all()[0],
        unit=office,
        unit_member=office.members.all()[0],
        specification=filing.specify(application),
        filing_material="evidence",
        filing_print="F-107",
        filing_move="assess",
    )


def _first_days(world: World) -> None:
    """A sheet that waits to be written, and a class whose slips may be printed."""
    student = f.make_student(f.make_class()).student
    upload = first_day.upload_sheet(
        actor=world.users["clerk"].as_actor(),
        key="departments",
        file_name="院系.xlsx",
        content=write(
            [["XX", "信息工程学院"]],
            [ColumnSpec("code", "院系代码"), ColumnSpec("name", "院系名称")],
            title="院系",
        ),
    )
    world.put(setup_step="departments", sheet_upload=upload)
    world.put(school_class=student.school_class, student_record=student)


def _candidates(world: World) -> tuple[Person, Person]:
    people = []
    for number, name in ((901, "赵安安"), (902, "钱博博")):
        one = f.id_number(number)
        world.id_numbers.append(one)
        people.append(c.make_candidate(name=name, number=one))
    world.users |= {"candidate": people[0].user, "other candidate": people[1].user}
    return people[0], people[1]


def _staff(world: World) -> None:
    world.users |= {role.value: f.make_user(role) for role in Role}
    world.put(app_label="batches", none=str(uuid4()))
    member = f.make_user(Role.CLERK)
    guard.take(guard.claims_of(GuardScope.ACCOUNT, member.username, user=member, address=None))
    deputyship = Deputyship.objects.create(
        principal=member,
        deputy=f.make_user(Role.CLERK),
        starts=TODAY,
        ends=TODAY + timedelta(days=3),
        reason="因公出差",
    )
    world.put(member=member, block=SignInGuard.objects.get(), deputyship=deputyship)
    _personnel(world)


def _personnel(world: World) -> None:
    """An assessor with card and contract who applies for the senior grade."""
    member = f.make_member(Grade.ASSESSOR)
    application = personnel.apply_for(
        actor=SYSTEM, member=member, grade=Grade.SENIOR_ASSESSOR, levels=[2]
    )
    world.put(
        staff_member=member,
        staff_card=member.qualifications.get(),
        staff_contract=member.engagements.first(),
        staff_application=application,
        staff_move="withdraw",
        staff_list="card-sheets",
        staff_form="venue-objection",
    )


def _first_day(world: World, batch: AssessmentBatch, own: Person) -> None:
    """What the centre brought along, before any certificate closes its books."""
    opening = batch.centre.opening
    what = {"occupation": f.make_occupation(), "level": 4}
    earlier = EarlierCertificate.objects.create(
        centre=batch.centre,
        opening=opening,
        person=own,
        number="Y000050012345254000001",
        issued_on=date(2025, 12, 1),
        **what,
    )
    world.put(earlier_certificate=earlier)
    BlankMovement.objects.create(
        centre=batch.centre,
        opening=opening,
        kind="opening",
        blank="证书内页",
        count=20,
        moved_on=date(2026, 1, 4),
    )
    EarlierPaper.objects.create(
        opening=opening,
        code="2025-A",
        subject_code="theory",
        used_on=date(2025, 11, 15),
        **what,
    )


def _registration(world: World, own: Person, other: Person) -> None:
    offering = c.make_open_offering(code="OPEN-1")
    batch = offering.batch
    published = batch.announcements.get()
    plan = batches.create_plan(actor=SYSTEM, centre=batch.centre, year=2027)
    line = batches.add_plan_line(
        actor=SYSTEM,
        plan=plan,
        occupation=offering.occupation,
        level=4,
        forecast=9,
        planned_month=5,
    )
    _first_day(world, batch, own)
    world.put(
        opening_kind="certificates.blanks",
        campus_door="staff",
        open_batch=batch,
        open_offering=offering,
        announcement=published,
        year=2027,
        plan_line=line,
        rulebook="chongqing",
        document="announcement",
    )
    import time_machine

    with time_machine.travel(c.NOW, tick=False):
        mine, theirs = _draft(offering, own), _draft(offering, other)
    world.put(draft_application=mine, evidence=mine.evidence.get())
    world.put_foreign(draft_application=theirs, evidence=theirs.evidence.get())


def _draft(offering: Any, person: Person) -> Application:
    draft = c.make_draft(offering, person)
    registration.add_evidence(
        actor=person.user.as_actor(), application=draft, kind="education", content=c.picture()
    )
    return draft


def _examination(world: World, own: Person, other: Person) -> AssessmentBatch:
    batch = f.make_batch("DONE-1")
    offering = f.make_offering(batch)
    f.approved(batch, 2)
    mine, theirs = (build.admit(offering, person=person)[0] for person in (own, other))
    build.staff(3)
    sitting = build.ticketed(batch).sittings.get(number=1)
    exams.assign_duties(actor=SYSTEM, sitting=sitting)
    kind = "proctor_rooms"
    draw = exams.commit_lots(actor=SYSTEM, sitting=sitting, kind=kind, at=build.TICKETS_AT)
    sitting = exams.start_sitting(actor=SYSTEM, sitting=sitting)
    batch = AssessmentBatch.objects.get(pk=batch.pk)
    seat = sitting.rooms.filter(seats__application=mine).get()
    packet = Packet.objects.create(
        sitting_room=seat, paper_key="电工", count=2, seal_number="FQ-0001"
    )
    world.put(
        code=batch.code,
        batch=batch,
        offering=offering,
        application=mine,
        sitting=sitting,
        sitting_room=seat,
        seat_assignment=seat.seats.get(application=mine),
        ticket=mine.ticket,
        sitting_number=sitting.number,
        room=seat.room,
        duty=Duty.objects.first(),
        packet=packet,
        packet_move="give",
        draw=draw,
        draw_kind=kind,
        subject="theory",
        report=AuthorityReport.objects.get(batch=batch),
        draft=batches.draft_announcement(actor=SYSTEM, batch=batch),
    )
    printed = register_set(
        actor=SYSTEM,
        batch_id=batch.pk,
        wanted=[Wanted("F-501", "sign-in", "考生签到表", seat.subject, "1" * 64)],
    )
    world.put(sheet_code=printed[0].code)
    world.put_foreign(application=theirs)
    world.put(report_kind="venue", fraud_case=_fraud(mine))
    assignment = seat.seats.get(application=mine)
    Violation.objects.create(
        assignment=assignment,
        act_code="V-1",
        act="携带手机",
        penalty="warning",
        consequence="警告",
        happened_at=build.THEORY_STARTS,
        description="桌内有手机",
        recorder="孙大",
        witness="李恩",
    )
    incident = Incident.objects.create(
        sitting=sitting,
        kind="disaster",
        happened_at=build.THEORY_STARTS,
        reported_at=build.THEORY_STARTS,
        reported_to="中心",
        text="停电",
    )
    world.put(parcel=_parcel(batch, seat, incident))
    _equipment(world)
    _registered(world)
    return batch


def _fraud(application: Application) -> FraudCase:
    return FraudCase.objects.create(
        application=application, act_code="X", act="伪造", consequence="取消", facts="证书系伪造"
    )


def _registered(world: World) -> None:
    """A document that came in, with its file."""
    values = {
        "title": "关于开展技能等级认定的通知",
        "counterpart": "省人社厅",
        "dated": date(2026, 5, 1),
        "secrecy": "open",
        "keeper": "陈档案",
    }
    entry = registers.Entry(values, file=b"%PDF-1.7 x")
    line = registers.enter_document(actor=SYSTEM, series="in", entry=entry)
    world.put(document_entry=line, register="documents", step="agree")


def _equipment(world: World) -> None:
    """A meter of the ledger with everything that can happen to one."""
    values = {"number": "YQ-1", "name": "万用表", "quantity": 2, "measuring": True}
    one = equipment.enter_equipment(actor=SYSTEM, values=values)
    person, day = StaffMember.objects.first(), date(2026, 5, 1)
    loan = equipment.ask_loan(
        actor=SYSTEM,
        equipment=one,
        borrower=person,
        purpose="教学",
        starts_on=day,
        due_back=day,
    )
    world.put(
        equipment=one,
        equipment_form="equipment-ledger",
        equipment_plan=equipment.ask_plan(actor=SYSTEM, kind="purchase", text="购置车床"),
        decision="approve",
        loan=loan,
        calibration=Calibration.objects.create(
            equipment=one,
            done_on=day,
            verdict="passed",
            valid_until=date(2027, 4, 30),
            certificate="JD-1",
            body="市计量院",
        ),
        damage=Damage.objects.create(
            equipment=one,
            kind="wear",
            happened_at=TODAY,
            what="磨损",
            cause="使用",
            noted_by=person,
        ),
        keeper=Keeper.objects.create(
            member=person, education="college", qualification="电工", level=3, since=day
        ),
    )


def _parcel(batch: AssessmentBatch, room: SittingRoom, incident: Incident) -> PaperParcel:
    """A bag of the authority that waits for the head's decision."""
    asked = PaperRequisition.objects.create(
        batch=batch, number=1, spare=0, asked_at=build.TICKETS_AT
    )
    line = RequisitionLine.objects.create(
        requisition=asked,
        sitting_room=room,
        offering=batch.offerings.get(),
        subject="theory",
        kind="spare",
        count=2,
    )
    first, second = StaffMember.objects.all()[:2]
    return PaperParcel.objects.create(
        batch=batch,
        line=line,
        number="ZG-001",
        asked=2,
        count=2,
        seal_intact=False,
        received_at=build.TICKETS_AT,
        giver="林老师",
        receiver=first,
        second=second,
        state="held",
        incident=incident,
    )


def _bank(world: World, batch: AssessmentBatch) -> None:
    offering, writer = batch.offerings.get(), world.users["item_writer"]
    bank = Bank.objects.create(occupation=offering.occupation, level=4, subject="theory")
    point = Point.objects.create(bank=bank, code="A", area="安全", name="用电安全", weight=100)
    item = Item.objects.create(
        bank=bank,
        point=point,
        kind="true_false",
        stem="停电后须先验电",
        answer=True,
        difficulty="0.50",
        fingerprint="0" * 64,
        writer=writer,
    )
    BankAcceptance.objects.create(bank=bank, accepted_at=TODAY, item_count=1, opinion="同意")
    plan = Blueprint.objects.create(
        bank=bank, name="期末", counts={"true_false": 1}, marks={"true_false": 100}, minutes=90
    )
    KeyHolder.objects.create(user=world.users["head"], recipient="age1", identity_sealed=b"x")
    paper = Paper.objects.create(
        batch=batch,
        offering=offering,
        subject="theory",
        blueprint=plan,
        form="A",
        code="SJ-1",
        draw_key="k",
        content={},
        assembled_by=world.users["bank_manager"],
    )
    world.put(bank=bank, item=item, item_move="submit", paper=paper)


def _results(world: World, batch: AssessmentBatch) -> None:
    applications = list(batch.applications.order_by("created_at"))
    entry = ScoreEntry.objects.create(
        application=applications[0],
        subject="theory",
        round="first",
        score=80,
        entered_by=world.users["score_clerk"],
    )
    for row in applications:
        _result(row)
    Publicity.objects.create(
        batch=batch,
        starts_on=date(2026, 6, 8),
        ends_on=date(2026, 6, 15),
        place="校园网",
        evidence=_kept("publicity/seen.pdf"),
        evidence_digest="0" * 64,
    )
    world.put(score_entry=entry, score_review=ScoreReview.objects.first())
    related = relate_occupation(
        actor=SYSTEM,
        standard=f.make_standard(f.make_occupation()),
        occupation=f.make_occupation("钳工"),
        source="标准附表",
    )
    world.put(related_occupation=related)


def _recognised(world: World, batch: AssessmentBatch) -> None:
    """Somebody who is not examined, beside those who are; decided by nobody yet."""
    examined = batch.offerings.get()
    offering = Offering.objects.create(
        batch=batch,
        occupation=examined.occupation,
        level=3,
        route="direct",
        standard=examined.standard,
        subjects=[],
    )
    row = Application.objects.create(
        batch=batch,
        offering=offering,
        person=f.make_student(),
        occupation=offering.occupation,
        level=3,
        route="direct",
        subjects=[],
        number="DONE-1-00099",
        status="confirmed",
        submitted_at=c.NOW,
        first_reviewed_at=c.NOW,
        confirmed_at=c.NOW,
    )
    basis = batches.enter_basis(
        actor=SYSTEM,
        route="direct",
        title="电工相关1+X证书",
        document="对应目录",
        occupation=offering.occupation,
    )
    world.put(recognised=row, basis=basis)


def _result(row: Application) -> None:
    checked = {"score": 80, "passed": True, "standing": "scored"}
    for subject in row.subjects:
        SubjectResult.objects.create(application=row, subject=subject, **checked)
    facts = [{"subject": subject, "full_score": 100, **checked} for subject in row.subjects]
    result = FinalResult.objects.create(
        application=row,
        batch=row.batch,
        subjects=facts,
        passed=True,
        status="published",
        published_at=TODAY - timedelta(days=2),
    )
    ScoreReview.objects.create(
        result=result, subject="theory", reason="复核加分", requested_at=TODAY
    )


def _certificates(world: World, batch: AssessmentBatch) -> None:
    series = NumberSeries.objects.create(
        centre=batch.centre, filing_number="Y000050012345", year=2026, level=4, last_serial=3
    )
    SpoiledNumber.objects.create(series=series, serial=3, reason="试")
    for serial, result in enumerate(batch.results.order_by("created_at"), start=1):
        made = Certificate(
            application=result.application,
            batch=batch,
            basis=result,
            series=series,
            serial=serial,
            number=f"Y000050012345264{serial:06d}",
            token="signed",
            digest="0" * 64,
            pdf=_kept("certificates/one.pdf"),
            status="issued",
            issued_on=TODAY.date(),
        )
        made.face = face_of(made)
        made.save()
        if serial == 1:
            world.put(certificate=made)
            asked = CertificateRequest.objects.create(
                batch=batch, number=1, sent_at=build.TICKETS_AT
            )
            world.put(certificate_request=asked)
            CertificateDelivery.objects.create(
                batch=batch,
                received_on=TODAY.date(),
                giver="林老师",
                count=1,
                sheet=_kept("certificate-deliveries/one.xlsx"),
                digest="1" * 64,
            )


def _kept(name: str) -> str:
    return default_storage.save(name, ContentFile(b"kept"))


def _deadlines(world: World, batch: AssessmentBatch) -> None:
    row = Deadline.objects.create(
        batch=batch,
        kind="exams.meeting",
        label="考前会议",
        due=TODAY.date(),
        by_hand=True,
        subject_kind=batch.subject.kind,
        subject_id=batch.pk,
    )
    world.put(deadline=row, calendar_secret=make_feed(user=world.users["head"], scope=Scope.ALL))


def _records(world: World, batch: AssessmentBatch) -> None:
    report = batch.reports.first()
    volume = Volume.objects.create(batch=batch, number=1, title="报名与资格")
    Volume.objects.create(centre=batch.centre, year=2025, number=1, title="登记簿卷")
    item = ArchiveItem.objects.create(
        volume=volume,
        number=1,
        kind="application_form",
        title="申报表",
        file=_kept("archive/one.pdf"),
        file_name="one.pdf",
        size=4,
        digest="0" * 64,
        subject_kind="batches.assessmentbatch",
        subject_id=batch.pk,
        retention_class="short",
        keep_until=date(2031, 12, 31),
        citation="CQ §1",
    )
    clerk = world.users["clerk"]
    job = Job.objects.create(
        name="candidates.import_sheet",
        label="导入",
        ordered_by=clerk,
        subject_kind="batches.assessmentbatch",
        subject_id=batch.pk,
        status="done",
        params={"token": keep_upload(b"PK"), "dry_run": True},
        result={"problem_count": 0, "ready": 1},
        result_file=_kept("jobs/one.xlsx"),
    )
    package = ReportPackage(report=report, digest="0" * 64, candidate_count=2)
    sealed = ContentFile(seal_bytes(b"PK", row_id=package.pk))
    package.sealed.save("one.sealed", sealed, save=False)
    package.save()
    told = ScoreReport(
        report=batch.reports.create(kind="results", status="submitted", submitted_at=TODAY),
        digest="0" * 64,
        results_digest="0" * 64,
        candidate_count=2,
        passed_count=2,
    )
    told.sealed.save("two", ContentFile(seal_bytes(b"PK", row_id=told.pk)), save=False)
    told.save()
    confirmed = ManualConfirmation.objects.create(
        batch=batch,
        rule="RPT-07",
        outcome="kept",
        note="对照缴费通知",
        attachment=_kept("confirmations/one.pdf"),
        attachment_digest="0" * 64,
        confirmed_by=world.users["head"],
        confirmed_at=TODAY,
    )
    world.put(volume=volume, archive_item=item, job=job, package=package, archive_year=2025)
    world.put(manual_rule=confirmed.rule, confirmation=confirmed)


def _judged(world: World, batch: AssessmentBatch) -> None:
    """An assessor with a session, a drafted year and a case; a report of supervision."""
    member = f.make_member(Grade.ASSESSOR)
    row = Dispatch.objects.create(
        member=member,
        branch="assessor",
        session_id=batch.pk,
        session=batch.name,
        source_id=uuid4(),
        day=date(2026, 5, 23),
        taken="served",
    )
    case = MisconductCase.objects.create(
        member=member,
        group="assessor",
        groups=["assessor"],
        act_code="A-1",
        act="不服从派遣",
        penalty="通报",
        always=["notice"],
        happened_on=date(2026, 5, 23),
        description="拒绝派遣",
    )
    report = SupervisionReport.objects.create(
        batch=batch,
        kind="internal",
        ended_on=date(2026, 5, 24),
        submitted_on=date(2026, 5, 25),
        text="秩序良好",
    )
    finding = SupervisionFinding.objects.create(
        report=report, text="时钟不准", owner=member, due_on=date(2026, 6, 1)
    )
    appraisal = Appraisal.objects.create(member=member, branch="assessor", year=2026)
    world.put(
        judged=member.pk,
        dispatch=row.pk,
        session=batch.pk,
        case=case.pk,
        supervision=report.pk,
        finding=finding.pk,
        appraisal=appraisal.pk,
        year=2026,
        branch="assessor",
    )


def _registers(world: World, batch: AssessmentBatch) -> None:
    """One of each register that the batch's life did not bring."""
    row = batch.applications.filter(route="exam").first()
    source = {"source_kind": "exams.violation", "source_id": uuid4()}
    kind = {"occupation": row.occupation, "level": 4}
    day = {"passed_on": date(2026, 6, 1), "valid_until": date(2028, 6, 1)}
    payment = FeePayment.objects.create(
        application=row, amount_cents=100, receipt_number="P-1", paid_on=date(2026, 4, 12)
    )
    refund = FeeRefund.objects.create(
        payment=payment, ground="withdrawn", reason="x", amount_cents=100
    )
    receipt = FinanceLine.objects.create(
        batch=batch,
        receipt_number="P-2",
        amount_cents=100,
        paid_on=date(2026, 4, 12),
        state="unmatched",
    )
    waiver = FeeWaiver.objects.create(
        application=row,
        subject_code="theory",
        amount_cents=100,
        ground="other",
        reason="x",
        given_on=date(2026, 4, 12),
    )
    expense = FeeExpense.objects.create(
        batch=batch, kind="exam", amount_cents=100, spent_on=date(2026, 4, 12), voucher="V-1"
    )
    world.put(refund=refund.pk, finance_line=receipt.pk, waiver=waiver.pk, expense=expense.pk)
    Ban.objects.create(
        person=row.person, starts=date(2020, 1, 1), until=date(2021, 1, 1), reason="x", **source
    )
    SubjectPass.objects.create(
        person=row.person, application=row, subject_code="theory", **kind, **day, **source
    )
    HeldCertificate.objects.create(
        person=row.person, application=row, number="Z-1", issued_on=day["passed_on"], **kind
    )
    f.make_job(row.occupation, "维修电工")
    HolidayNotice.objects.create(year=2030, title="放假安排")
    CalendarOverride.objects.create(date=date(2030, 1, 2), is_workday=True)
    override = RuleOverride.objects.create(
        rulebook_version=batch.rulebook_version,
        key="late_limit_theory_min",
        value=20,
        reason="试",
        article="试",
    )
    world.put(person=row.person, rule_override=override)
