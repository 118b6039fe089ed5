"""Reading a department's sheet against what is known: what each row would do, or why it cannot."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.batches.enums import Route
from assessment_center.batches.models import AssessmentBatch, Offering
from assessment_center.batches.selectors import in_scope
from assessment_center.catalog.labels import LEVEL_LABELS
from assessment_center.catalog.models import Job, Occupation
from assessment_center.people import crypto
from assessment_center.people.models import Person, SchoolClass, StudentRecord
from assessment_center.people.reach import Reach
from assessment_center.people.rules import id_document, names
from assessment_center.people.selectors import status_in
from assessment_center.registry import Refused
from assessment_center.spreadsheets import Row, RowProblem
from candidates import policies, selectors
from candidates.enums import ExamKind, Finding, Origin, Source
from candidates.models import Application, HeldCertificate, SubjectPass
from candidates.rules.declaration import Declaration
from candidates.rules.facts import CertificateFact, WorkSpell
from candidates.sheets import NO_LEVEL

CHUNK = 500
Progress = Callable[[int, int, str], None]
Line = tuple[str, str | None, int | None]


class RowRefusedError(Exception):
    def __init__(self, header: str, message: object) -> None:
        self.header = header
        self.message = str(message)
        super().__init__(self.message)


@dataclass(slots=True)
class PlannedRow:
    """A row that may be written: the application not yet saved, and whether the person is new."""

    number: int
    values: dict[str, Any]
    application: Application
    person_known: bool
    enrol_in: SchoolClass | None = None
    unchanged: bool = False


@dataclass(slots=True)
class SheetPlan:
    rows: list[PlannedRow] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)


class RowReader:
    """Judges rows one after another; everything they need was read in a few queries before."""

    def __init__(self, batch: AssessmentBatch, received_at: datetime | None, reach: Reach) -> None:
        self.batch = batch
        self.reach = reach
        self.received_at = received_at
        self.on = timezone.localdate(received_at) if received_at else timezone.localdate()
        offerings = batch.offerings.filter(route=Route.EXAM)
        offerings = offerings.select_related("occupation", "job", "standard")
        self.offerings: dict[Line, Offering] = {}
        for each in offerings:
            each.batch = batch
            job = each.job.name if each.job else None
            for name in (each.occupation.name, each.occupation.code):
                self.offerings.setdefault((name, job, each.level), each)
        self.majors = {
            each.pk: selectors.majors_for(each, batch) for each in self.offerings.values()
        }
        self.scopes = {
            each.pk: policies.offering_allowed(each, batch) for each in self.offerings.values()
        }
        classes = SchoolClass.objects.select_related("department")
        self.classes = {each.name: each for each in classes}
        self.people: dict[bytes, Person] = {}
        self.live: set[tuple[Any, ...]] = set()
        self.held: dict[Any, list[HeldCertificate]] = {}
        self.passed: set[Any] = set()
        self.banned: set[Any] = set()

    def know(self, rows: Sequence[Row]) -> None:
        """Read the people of these rows and what bears on them."""
        numbers = [id_document.normalise(r.values["id_number"]) for r in rows]
        keys = [key for number in numbers for key in crypto.lookups(number)]
        found = Person.objects.filter(id_lookup__in=keys)
        people = list(found.select_related("student__school_class__department"))
        for person in people:
            person._state.fields_cache.setdefault("student", None)  # noqa: SLF001 - not asked again
            self.people[bytes(person.id_lookup)] = person
        ids = [person.pk for person in people]
        live = Application.objects.filter(batch=self.batch, person__in=ids)
        live = live.exclude(status__in=["refused", "withdrawn"])
        self.live |= set(live.values_list("person_id", "occupation_id", "job_id", "level"))
        for each in HeldCertificate.objects.filter(person__in=ids):
            self.held.setdefault(each.person_id, []).append(each)
        passes = SubjectPass.objects.filter(person__in=ids)
        self.passed |= set(passes.values_list("person_id", flat=True))
        banned = Person.objects.filter(pk__in=ids, bans__isnull=False)
        self.banned |= set(banned.values_list("pk", flat=True))

    def plan(self, row: Row) -> PlannedRow:
        """What the row would do; raises `RowRefusedError` with the column to look at."""
        values = row.values
        parsed = self._document(values)
        offering = self._offering(values)
        person, known = self._person(values, parsed)
        school_class = self._class(values, person)
        self._reached(school_class)
        key = (person.pk, offering.occupation_id, offering.job_id, offering.level)
        application = self._application(values, offering, person, school_class)
        enrol = school_class if known is False or selectors.student_of(person) is None else None
        planned = PlannedRow(row.number, values, application, known, enrol)
        if known and key in self.live:
            planned.unchanged = True
            return planned
        if enrol is not None:
            person.student = StudentRecord(
                person=person, school_class=enrol, status=status_in(enrol, self.batch.exam_starts)
            )
        self._standing(person, offering, application, values)
        self._eligible(application, offering)
        return planned

    def _document(self, values: dict[str, Any]) -> id_document.ParsedId:
        try:
            values["name"] = names.validate(values["name"])
        except names.PersonNameError as fault:
            raise RowRefusedError("姓名", fault.message) from fault
        try:
            return id_document.validate(values["id_number"], values["id_kind"], today=self.on)
        except id_document.IdDocumentError as fault:
            raise RowRefusedError("证件号码", fault) from fault

    def _offering(self, values: dict[str, Any]) -> Offering:
        level = values["level"] if values["level"] != NO_LEVEL else None
        name, job = values["occupation"], values["job"]
        offering = self.offerings.get((name, job, level))
        if offering is not None:
            scope = self.scopes[offering.pk]
            if isinstance(scope, Refused):
                raise RowRefusedError("职业", scope)
            return offering
        raise RowRefusedError("职业", self._not_offered(name, job, level))

    def _not_offered(self, name: str, job: str | None, level: int | None) -> str:
        """Why it cannot be applied for: unknown, outside the filed scope, or not in this batch."""
        named = Occupation.objects.filter(is_active=True)
        occupation = named.filter(name=name).first() or named.filter(code=name).first()
        if occupation is None:
            return _("“%(name)s”不在职业分类大典中，请核对名称。") % {"name": name}
        branch = Job.objects.filter(occupation=occupation, name=job).first() if job else None
        if job and branch is None:
            return _("“%(name)s”没有工种“%(job)s”。") % {"name": name, "job": job}
        scope = in_scope(self.batch.centre, occupation, branch, level, self.batch.exam_starts)
        if isinstance(scope, Refused):
            return str(scope)
        shown = " ".join(str(p) for p in (name, job, LEVEL_LABELS.get(level or 0)) if p)
        return str(
            Refused(
                _("本批次公告没有“%(offering)s”。") % {"offering": shown},
                policies.announcement_citations(self.batch),
                _("请改报公告中的项目。"),
            )
        )

    def _person(self, values: dict[str, Any], parsed: id_document.ParsedId) -> tuple[Person, bool]:
        key, *older = crypto.lookups(parsed.number)
        person = next((self.people[k] for k in (key, *older) if k in self.people), None)
        if person is None:
            person = Person(name=values["name"], birth=parsed.birth, id_kind=parsed.kind)
            person._state.fields_cache["student"] = None  # noqa: SLF001 - not yet in the database
            self.people[key] = person
            return person, False
        if person.name != values["name"]:
            raise RowRefusedError("姓名", _("这个证件号码已用另一个姓名登记，请对照证件核对。"))
        return person, not person._state.adding  # noqa: SLF001 - Django's documented place

    def _class(self, values: dict[str, Any], person: Person) -> SchoolClass | None:
        student = selectors.student_of(person)
        if not values["school_class"]:
            return student.school_class if student else None
        found = self.classes.get(values["school_class"])
        if found is None:
            raise RowRefusedError("班级", _("没有这个班级，请按学校登记的名称填写。"))
        if student is not None and student.school_class_id != found.pk:
            raise RowRefusedError(
                "班级", _("与学籍登记的班级“%(name)s”不一致。") % {"name": student.school_class}
            )
        if student is None and not values["student_number"]:
            raise RowRefusedError("学号", _("填了班级的学生须填学号。"))
        return found

    def _reached(self, school_class: SchoolClass | None) -> None:
        """The clerk of a department enters the students of his department."""
        if self.reach.covers(school_class.department_id if school_class else None):
            return
        if school_class is None:
            raise RowRefusedError("班级", _("没有班级的考生由全校经办人报名。"))
        raise RowRefusedError("班级", _("班级“%(name)s”不属于您的院系。") % {"name": school_class})

    def _application(
        self,
        values: dict[str, Any],
        offering: Offering,
        person: Person,
        school_class: SchoolClass | None,
    ) -> Application:
        outside = Source.EMPLOYER if values["employer"] else Source.SOCIETY
        return Application(
            batch=self.batch,
            offering=offering,
            person=person,
            occupation_id=offering.occupation_id,
            job_id=offering.job_id,
            level=offering.level,
            subjects=list(offering.subjects),
            origin=Origin.SHEET,
            department=school_class.department if school_class else None,
            school_class=school_class,
            source=Source.SCHOOL if school_class else outside,
            education=values["education"] or "",
            ethnicity=values["ethnicity"] or "",
            address=values["address"] or "",
            employer=values["employer"] or "",
            declaration=_declaration(values).as_json(),
            received_at=self.received_at,
        )

    def _standing(
        self,
        person: Person,
        offering: Offering,
        application: Application,
        values: dict[str, Any],
    ) -> None:
        outcome = policies.own_people(person, self.batch)
        if isinstance(outcome, Refused):
            raise RowRefusedError("姓名", outcome)
        if person.pk in self.banned:
            outcome = policies.not_banned(person, self.batch)
            if isinstance(outcome, Refused):
                raise RowRefusedError("姓名", outcome)
        if person.pk in self.passed:
            outcome = policies.something_to_sit(person, offering, self.batch)
            if isinstance(outcome, Refused):
                raise RowRefusedError("考试类型", outcome)
            sit = selectors.to_sit(person, offering, self.batch)
            application.subjects = list(sit.subjects)
            application.exam_kind = ExamKind.RESIT if sit.is_resit else ExamKind.FIRST
        wanted = values["exam_kind"]
        if wanted == ExamKind.RESIT and application.exam_kind != ExamKind.RESIT:
            raise RowRefusedError("考试类型", _("没有仍有效的合格科目，不能按补考报名。"))

    def _eligible(self, application: Application, offering: Offering) -> None:
        held = [
            each
            for each in self.held.get(application.person_id, ())
            if each.occupation_id == offering.occupation_id
        ]
        verdict = selectors.verdict_of(
            application, majors=self.majors[offering.pk], held=held, kinds=()
        )
        application.finding = verdict.finding
        best = verdict.best
        application.condition_id = best.condition_id if best and best.truth else ""
        if verdict.finding == Finding.INELIGIBLE:
            cited = best.citations if best else ()
            raise RowRefusedError(
                "等级", Refused(_("所填情况不符合该等级的任何一项申报条件。"), cited)
            )


def _declaration(values: dict[str, Any]) -> Declaration:
    work: tuple[WorkSpell, ...] = ()
    if values["work_since"]:
        work = (WorkSpell(values["work_since"], None, values["employer"] or ""),)
    certificates: tuple[CertificateFact, ...] = ()
    if values["certificate_number"]:
        if not (values["certificate_level"] and values["certificate_issued"]):
            raise RowRefusedError("原证书号", _("填了原证书号的，还须填原证书等级和发证日期。"))
        certificates = (
            CertificateFact(
                values["certificate_level"],
                values["certificate_issued"],
                values["certificate_number"],
            ),
        )
    return Declaration(
        intends_to_work=True,
        works_in_occupation=bool(work) or None,
        work=work,
        certificates=certificates,
    )


def plan_rows(
    *,
    batch: AssessmentBatch,
    rows: Sequence[Row],
    received_at: datetime | None,
    progress: Progress,
    reach: Reach,
) -> SheetPlan:
    """Judge all rows in chunks; nothing is written."""
    reader = RowReader(batch, received_at, reach)
    plan = SheetPlan()
    for start in range(0, len(rows), CHUNK):
        chunk = rows[start : start + CHUNK]
        reader.know(chunk)
        _judge(reader, chunk, plan)
        progress(start + len(chunk), len(rows), _("正在核对"))
    return plan


def _judge(reader: RowReader, rows: Iterable[Row], plan: SheetPlan) -> None:
    for row in rows:
        try:
            plan.rows.append(reader.plan(row))
        except RowRefusedError as refused:
            plan.problems.append(RowProblem(row.number, refused.header, refused.message))
