"""The roll of students from a workbook: who they are, and in which class."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from assessment_center.people import services
from assessment_center.people.bulk import NewPerson, NewStudent, enrol_many, enter_people
from assessment_center.people.enums import StudentStatus
from assessment_center.people.labels import STUDENT_STATUS_LABELS
from assessment_center.people.models import Person, SchoolClass, StudentRecord
from assessment_center.people.selectors import status_in
from assessment_center.people.sheets.known import (
    NUMBER,
    WHO,
    Identified,
    KnownPeople,
    Once,
    person_columns,
)
from assessment_center.spreadsheets import (
    ColumnSpec,
    Kind,
    PlannedRow,
    RecordSheet,
    Row,
    RowFaultError,
    SheetJudge,
    SheetSpec,
)


def student_spec(_rules: Any) -> SheetSpec:
    classes = SchoolClass.objects.values_list("name", flat=True)
    return SheetSpec(
        title="学生",
        columns=(
            *person_columns(),
            ColumnSpec("student_number", "学号", required=True, width=16, max_length=30),
            ColumnSpec(
                "school_class",
                "班级",
                required=True,
                kind=Kind.CHOICE,
                choices=tuple((name, name) for name in classes),
                width=24,
                help="从下拉列表中选，须先登记班级",
            ),
            ColumnSpec(
                "status",
                "学籍状态",
                kind=Kind.CHOICE,
                choices=tuple((key, str(label)) for key, label in STUDENT_STATUS_LABELS.items()),
                help="不填则按班级的毕业年份推定；毕业以 7 月 1 日为准",
            ),
            ColumnSpec("phone", "手机号码", kind=Kind.PHONE, width=14, help="可不填"),
        ),
        who=WHO,
        notes=(
            "每名学生一行。证件号码加密保存，名单中只显示首尾几位。",
            "证件号码相同的算同一个人；姓名不一致时不导入，请对照证件改正。",
        ),
    )


class StudentJudge(SheetJudge):
    def prepare(self, rows: Sequence[Row]) -> None:
        self.people = KnownPeople(rows, "student__school_class")
        self.classes = {each.name: each for each in SchoolClass.objects.all()}
        numbers = [row.values["student_number"] for row in rows]
        taken = StudentRecord.objects.filter(student_number__in=numbers).select_related("person")
        self.owner = {each.student_number: each.person for each in taken}
        self.once = Once()
        self.fresh: list[tuple[Row, Identified, SchoolClass, StudentStatus]] = []

    def judge(self, row: Row) -> PlannedRow:
        who = self.people.identify(row)
        number = row.values["student_number"]
        self.once.take(("id", who.document.number), row, who.name, _("证件号码"), _("证件号码"))
        self.once.take(("no", number), row, who.name, _("学号"), _("学号"))
        owner = self.owner.get(number)
        if owner is not None and owner != who.person:
            raise RowFaultError(
                _("学号"),
                _("学号 %(number)s 已属于“%(owner)s”，这里是“%(name)s”；请核对")
                % {"number": number, "owner": owner.name, "name": who.name},
            )
        school_class = self.classes[row.values["school_class"]]
        student = getattr(who.person, "student", None) if who.person else None
        if student is None:
            status = StudentStatus(
                row.values["status"] or status_in(school_class, self.people.today)
            )
            self.fresh.append((row, who, school_class, status))
            return PlannedRow(row.number, who.name, "new")
        assert who.person is not None  # somebody has the record
        return self._known(row, who.person, student, school_class)

    def _known(
        self, row: Row, person: Person, student: StudentRecord, school_class: SchoolClass
    ) -> PlannedRow:
        number, status = row.values["student_number"], row.values["status"]
        phone = row.values["phone"] or ""
        changes = self.compare(
            {
                "student_number": student.student_number,
                "school_class": student.school_class.name,
                "status": str(STUDENT_STATUS_LABELS[student.status]),
                "phone": person.phone,
            },
            {
                "student_number": number,
                "school_class": school_class.name,
                "status": str(STUDENT_STATUS_LABELS[status]) if status else "",
                "phone": phone,
            },
        )
        if not changes:
            return PlannedRow(row.number, person.name, "unchanged")

        def write() -> None:
            services.enrol(
                actor=self.actor,
                person=person,
                school_class=school_class,
                student_number=number,
                status=StudentStatus(status or student.status),
            )
            if phone and phone != person.phone:
                services.set_particulars(actor=self.actor, person=person, phone=phone)

        return PlannedRow(row.number, person.name, "changed", changes, write)

    def write(self, rows: Sequence[PlannedRow]) -> None:
        """The new ones in few statements; what changes, one by one."""
        unknown = [each for each in self.fresh if each[1].person is None]
        made = enter_people(
            actor=self.actor,
            people=[
                NewPerson(
                    who.name,
                    who.document.kind,
                    row.values[NUMBER],
                    row.values["phone"] or "",
                )
                for row, who, _class, _status in unknown
            ],
        )
        new = {id(each): person for each, person in zip(unknown, made, strict=True)}
        enrol_many(
            actor=self.actor,
            students=[
                NewStudent(
                    new.get(id(each)) or _person(each[1]),
                    each[2],
                    each[0].values["student_number"],
                    each[3],
                )
                for each in self.fresh
            ],
        )
        super().write(rows)


def _person(who: Identified) -> Person:
    assert who.person is not None  # the others were entered just now
    return who.person


STUDENTS = RecordSheet(student_spec, StudentJudge, limit_rows=20_000)
