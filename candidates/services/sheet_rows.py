"""Reading a department's sheet against what is known: what each row would do, or why it cannot."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.batches.enums import Route
from assessment_center.batches.models import AssessmentBatch, Offering
from assessment_center.people.models import Department, Person, SchoolClass, StudentRecord
from assessment_center.people.reach import Reach
from assessment_center.people.rules import id_document
from assessment_center.people.selectors import status_in
from assessment_center.people.services import build_person
from assessment_center.registry import Refused
from assessment_center.registry.blanks import Blank
from assessment_center.spreadsheets import Row
from candidates import policies, selectors
from candidates.enums import ApplicationStatus, ExamKind, Finding, Origin, Source
from candidates.labels import STATUS_LABELS
from candidates.models import Application
from candidates.services.sheet_changes import own_entry, told_apart, too_late
from candidates.services.sheet_declared import declared_by
from candidates.services.sheet_known import Known
from candidates.services.sheet_plan import (
    PlannedRow,
    RowRefusedError,
)
from candidates.sheets import NO_LEVEL

APPLICATION, STUDENT = Blank(Application), Blank(StudentRecord)


class RowReader:
    """Judges rows one after another by what is known of the batch and of their people."""

    def __init__(
        self,
        batch: AssessmentBatch,
        received_at: datetime | None,
        *,
        closed: Refused | None,
        reach: Reach,
    ) -> None:
        self.batch = batch
        self.reach = reach
        self.known = Known(batch)
        self.received_at = received_at
        self.closed = closed
        self.on = timezone.localdate(received_at) if received_at else timezone.localdate()

    def plan(self, row: Row) -> PlannedRow:
        """What the row would do; raises `RowRefusedError` with the column to look at."""
        values = row.values
        parsed = self._document(values)
        offering = self._offering(values)
        person, known = self._person(values, parsed)
        school_class = self._class(values, person)
        self._reached(school_class, self.known.departments.get(values["department"]))
        key = (person.pk, offering.occupation_id, offering.job_id, offering.level)
        planned = PlannedRow(row.number, values, person, known)
        standing = self.known.standing.get(key)
        if standing is not None and not self._differs(standing, planned):
            return planned
        self._still_open(planned, self.known.given_up.get(key))
        planned.application = self._application(values, offering, person, school_class)
        if school_class is not None and selectors.student_of(person) is None:
            planned.enrol_in = school_class
            status = status_in(school_class, self.batch.exam_starts)
            person.student = STUDENT(
                school_class_id=school_class.pk,
                status=status,
                student_number=values["student_number"],
            )
            person.student.school_class = school_class
        self._standing(person, offering, planned.application, values)
        self._eligible(planned.application, offering)
        return planned

    def _differs(self, standing: Application, planned: PlannedRow) -> bool:
        """Whether the row corrects what stands; refused where that is too late."""
        planned.standing = standing
        if not self.reach.covers(standing.department_id):
            raise RowRefusedError("姓名", _("这个人的申报不属于您的院系。"))
        if own_entry(standing):
            planned.remark = _("考生已在网上自行填报或签署，以本人填报为准，未作改动。")
            return False
        planned.changes = told_apart(standing, planned.values)
        if planned.changes and (why := too_late(standing, planned.changes)):
            raise RowRefusedError(planned.changes[0].header, why)
        return bool(planned.changes)

    def _still_open(self, planned: PlannedRow, given_up: Application | None) -> None:
        """After the close only a returned application is corrected; what was given up stays so."""
        returned = planned.standing and planned.standing.status == ApplicationStatus.RETURNED
        if self.closed is not None and not returned:
            raise RowRefusedError("姓名", self.closed)
        if planned.standing is None and given_up is not None:
            state = STATUS_LABELS[given_up.status]
            raise RowRefusedError(
                "姓名",
                _("同一项目的申报“%(state)s”，不再代为报名；请从表中删去这一行。")
                % {"state": state},
            )

    def _document(self, values: dict[str, Any]) -> id_document.ParsedId:
        try:
            return id_document.validate(values["id_number"], values["id_kind"], today=self.on)
        except id_document.IdDocumentError as fault:
            raise RowRefusedError("证件号码", fault) from fault

    def _offering(self, values: dict[str, Any]) -> Offering:
        level = values["level"] if values["level"] != NO_LEVEL else None
        line = (values["occupation"], values["job"], level, values["route"] or Route.EXAM)
        offering = self.known.offerings.get(line)
        if offering is None:
            raise RowRefusedError("职业", self.known.not_offered(line))
        scope = self.known.scopes[offering.pk]
        if isinstance(scope, Refused):
            raise RowRefusedError("职业", scope)
        return offering

    def _person(self, values: dict[str, Any], parsed: id_document.ParsedId) -> tuple[Person, bool]:
        person = self.known.person(parsed.number)
        if person is None:
            person = build_person(values["name"], parsed, values["phone"] or "")
            self.known.meet(person)
            return person, False
        if person.name != values["name"]:
            raise RowRefusedError("姓名", _("这个证件号码已用另一个姓名登记，请对照证件核对。"))
        return person, not person._state.adding  # noqa: SLF001 - Django's documented place

    def _class(self, values: dict[str, Any], person: Person) -> SchoolClass | None:
        student = selectors.student_of(person)
        found = self._named_class(values, student)
        self._student_number(values, person, student)
        return found

    def _named_class(
        self, values: dict[str, Any], student: StudentRecord | None
    ) -> SchoolClass | None:
        if values["department"] and values["department"] not in self.known.departments:
            raise RowRefusedError("院系", _("没有这个院系，请按学校登记的名称填写。"))
        if not values["school_class"]:
            return student.school_class if student else None
        found = self.known.classes.get(values["school_class"])
        if found is None:
            raise RowRefusedError("班级", _("没有这个班级，请按学校登记的名称填写。"))
        if values["department"] not in (None, found.department.name):
            raise RowRefusedError(
                "院系", _("这个班级属于“%(name)s”。") % {"name": found.department.name}
            )
        if student is not None and student.school_class_id != found.pk:
            raise RowRefusedError(
                "班级", _("与学籍登记的班级“%(name)s”不一致。") % {"name": student.school_class}
            )
        if student is None and not values["student_number"]:
            raise RowRefusedError("学号", _("填了班级的学生须填学号。"))
        return found

    def _student_number(
        self, values: dict[str, Any], person: Person, student: StudentRecord | None
    ) -> None:
        """A student's number is his alone: the one of the register, or new with his class."""
        number = values["student_number"]
        if not number:
            return
        if student is None and not values["school_class"]:
            raise RowRefusedError("班级", _("填了学号的学生须填班级；不是本校学生的，学号留空。"))
        if student is not None and student.student_number != number:
            raise RowRefusedError(
                "学号",
                _("与学籍登记的学号“%(number)s”不一致。") % {"number": student.student_number},
            )
        if self.known.numbered.setdefault(number, person.pk) != person.pk:
            raise RowRefusedError("学号", _("这个学号是另一名学生的，请核对。"))

    def _reached(self, school_class: SchoolClass | None, department: Department | None) -> None:
        """The clerk of a department enters the students of his department, and whom it brings."""
        place = school_class.department if school_class else department
        if self.reach.covers(place.pk if place else None):
            return
        if place is None:
            raise RowRefusedError("班级", _("没有班级的考生由全校经办人报名。"))
        if school_class is None:
            raise RowRefusedError("院系", _("“%(name)s”不是您的院系。") % {"name": place})
        raise RowRefusedError("班级", _("班级“%(name)s”不属于您的院系。") % {"name": school_class})

    def _application(
        self,
        values: dict[str, Any],
        offering: Offering,
        person: Person,
        school_class: SchoolClass | None,
    ) -> Application:
        outside = Source.EMPLOYER if values["employer"] else Source.SOCIETY
        department = self.known.departments.get(values["department"])
        place = school_class.department if school_class else department
        examined = offering.route == Route.EXAM
        made = APPLICATION(
            batch_id=self.batch.pk,
            offering_id=offering.pk,
            person_id=person.pk,
            occupation_id=offering.occupation_id,
            job_id=offering.job_id,
            level=offering.level,
            route=offering.route,
            subjects=list(offering.subjects),
            origin=Origin.SHEET if examined else Origin.PORTAL,
            department_id=place.pk if place else None,
            school_class_id=school_class.pk if school_class else None,
            source=Source.SCHOOL if school_class else outside,
            education=values["education"] or "",
            ethnicity=values["ethnicity"] or "",
            address=values["address"] or "",
            employer=values["employer"] or "",
            declaration=declared_by(values).as_json(),
            received_at=self.received_at,
        )
        made.batch, made.offering, made.person = self.batch, offering, person
        return made

    def _standing(
        self,
        person: Person,
        offering: Offering,
        application: Application,
        values: dict[str, Any],
    ) -> None:
        for outcome in (
            policies.own_people(person, self.batch),
            policies.far_enough(person, offering, self.batch),
        ):
            if isinstance(outcome, Refused):
                raise RowRefusedError("姓名", outcome)
        if person.pk in self.known.banned:
            outcome = policies.not_banned(person, self.batch)
            if isinstance(outcome, Refused):
                raise RowRefusedError("姓名", outcome)
        if person.pk in self.known.passed and offering.route == Route.EXAM:
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
        if offering.route != Route.EXAM:
            return
        held = [
            each
            for each in self.known.held.get(application.person_id, ())
            if each.occupation_id in self.known.counted[offering.pk]
        ]
        majors = self.known.majors[offering.pk]
        facts = selectors.facts_of(application, majors=majors, held=held, kinds=(), on=self.on)
        prepared = self.known.prepared[offering.pk]
        verdict = prepared.judge(level=offering.level, route=offering.route, facts=facts)
        application.finding = verdict.finding
        best = verdict.best
        application.condition_id = best.condition_id if best and best.truth else ""
        if verdict.finding == Finding.INELIGIBLE:
            cited = best.citations if best else ()
            raise RowRefusedError(
                "等级", Refused(_("所填情况不符合该等级的任何一项申报条件。"), cited)
            )
