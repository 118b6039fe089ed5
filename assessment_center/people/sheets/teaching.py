"""Who teaches which class, from a workbook: a teacher keeps away from his own class."""

import difflib
import re
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from assessment_center.people import services
from assessment_center.people.models import Person, SchoolClass, TeachingAssignment
from assessment_center.people.sheets.known import (
    NAME,
    NUMBER,
    WHO,
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

TERM = re.compile(r"(\d{4})-(\d{4})-[123]")


def _term(text: str) -> str:
    found = TERM.fullmatch(text)
    if found is None or int(found[2]) != int(found[1]) + 1:
        raise ValueError(_("学期写成 2025-2026-1 的样式：学年起止和第几学期"))
    return text


def teaching_spec(_rules: Any) -> SheetSpec:
    classes = SchoolClass.objects.values_list("name", flat=True)
    return SheetSpec(
        title="任课",
        columns=(
            *person_columns(number_required=False),
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
                "term", "学期", required=True, width=14, example="2025-2026-2", validate=_term
            ),
            ColumnSpec("course", "课程", max_length=80, width=24, help="可不填"),
        ),
        who=WHO,
        notes=(
            "一名教师任教几个班就写几行。任课教师不能监考、考评自己任教的班级。",
            "教师已登记为考务人员且不重名的，证件号码可以不填。",
        ),
    )


class TeachingJudge(SheetJudge):
    def prepare(self, rows: Sequence[Row]) -> None:
        self.people = KnownPeople([row for row in rows if row.values[NUMBER]], "student")
        self.classes = {each.name: each for each in SchoolClass.objects.all()}
        self.named: dict[str, list[Person]] = {}
        for person in Person.objects.filter(staff_member__isnull=False).select_related("student"):
            self.named.setdefault(person.name, []).append(person)
        known = TeachingAssignment.objects.all()
        self.known = set(known.values_list("teacher", "school_class", "term", "course"))
        self.once = Once()

    def judge(self, row: Row) -> PlannedRow:
        values = row.values
        school_class = self.classes[values["school_class"]]
        term, course = values["term"], values["course"] or ""
        name, person, key = self._teacher(row)
        self.once.take((key, school_class.pk, term, course), row, name, _("班级"), _("任课"))
        student = getattr(person, "student", None) if person else None
        if student is not None and student.school_class_id == school_class.pk:
            raise RowFaultError(
                _("班级"),
                _("“%(name)s”登记为这个班的学生，不能又是它的教师；请核对证件号码")
                % {"name": name},
            )
        if person and (person.pk, school_class.pk, term, course) in self.known:
            return PlannedRow(row.number, name, "unchanged")

        def write() -> None:
            services.assign_teaching(
                actor=self.actor,
                teacher=person or self._entered(values, name),
                school_class=school_class,
                term=term,
                course=course,
            )

        return PlannedRow(row.number, name, "new", write=write)

    def _entered(self, values: dict[str, Any], name: str) -> Person:
        return services.ensure_person(
            actor=self.actor,
            name=name,
            id_kind=values["id_kind"] or "resident",
            id_number=values[NUMBER],
        )

    def _teacher(self, row: Row) -> tuple[str, Person | None, Any]:
        """By the document, or by a name that only one member of the staff has."""
        if row.values[NUMBER]:
            who = self.people.identify(row)
            return who.name, who.person, who.person.pk if who.person else who.document.number
        name = row.values[NAME]
        found = self.named.get(name, [])
        if len(found) > 1:
            raise RowFaultError(
                _("证件号码"),
                _("考务人员中有 %(n)d 位“%(name)s”，请填写证件号码")
                % {"n": len(found), "name": name},
            )
        if not found:
            near = difflib.get_close_matches(name, list(self.named), n=1, cutoff=0.5)
            hint = _("；是否为“%(near)s”？") % {"near": near[0]} if near else ""
            raise RowFaultError(
                _("姓名"),
                _("考务人员中没有“%(name)s”：请先登记，或填写证件号码") % {"name": name} + hint,
            )
        return name, found[0], found[0].pk


TEACHING = RecordSheet(teaching_spec, TeachingJudge, limit_rows=20_000)
