"""Departments and classes from a workbook."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from assessment_center.people import services
from assessment_center.people.labels import SCHOOLING_LABELS
from assessment_center.people.models import Department, SchoolClass
from assessment_center.people.sheets.known import Once
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

YEARS = range(1990, 2100)


def department_spec(_rules: Any) -> SheetSpec:
    return SheetSpec(
        title="院系",
        columns=(
            ColumnSpec(
                "code",
                "院系代码",
                required=True,
                max_length=20,
                example="JD",
                help="短而不变，如 JD",
            ),
            ColumnSpec(
                "name", "院系名称", required=True, max_length=80, width=30, example="机电工程学院"
            ),
            ColumnSpec("is_active", "使用中", kind=Kind.BOOLEAN, help="不填即为“是”", example="是"),
        ),
        notes=(
            "每个院系一行。",
            "代码相同的算同一个院系：名称不同时，导入前会列出原名称和新名称。",
        ),
    )


class DepartmentJudge(SheetJudge):
    def prepare(self, rows: Sequence[Row]) -> None:  # noqa: ARG002 - all are few
        self.known = {each.code: each for each in Department.objects.all()}
        self.owner = {each.name: each.code for each in self.known.values()}
        self.once = Once()

    def judge(self, row: Row) -> PlannedRow:
        code, name = row.values["code"], row.values["name"]
        self.once.take(code, row, name, _("院系代码"), _("代码"))
        if self.owner.setdefault(name, code) != code:
            raise RowFaultError(
                _("院系名称"),
                _("“%(name)s”已用代码 %(code)s；两个院系不能同名")
                % {"name": name, "code": self.owner[name]},
            )
        found = self.known.get(code)
        active = row.values["is_active"]
        facts = {"name": name, "code": code, "is_active": True if active is None else active}

        def write() -> None:
            services.save_department(actor=self.actor, row=found, **facts)

        if found is None:
            return PlannedRow(row.number, name, "new", write=write)
        if active is None:
            facts["is_active"] = found.is_active
        changes = self.compare(
            {"name": found.name, "is_active": found.is_active},
            {"name": name, "is_active": facts["is_active"]},
        )
        if not changes:
            return PlannedRow(row.number, name, "unchanged")
        return PlannedRow(row.number, found.name, "changed", changes, write)


def class_spec(_rules: Any) -> SheetSpec:
    departments = Department.objects.filter(is_active=True).values_list("name", flat=True)
    return SheetSpec(
        title="班级",
        columns=(
            ColumnSpec(
                "name", "班级", required=True, max_length=80, width=24, example="电气2301班"
            ),
            ColumnSpec(
                "department",
                "院系",
                required=True,
                kind=Kind.CHOICE,
                choices=tuple((name, name) for name in departments),
                width=24,
                help="从下拉列表中选，须先登记院系",
                example="机电工程学院",
            ),
            ColumnSpec(
                "major", "专业", required=True, max_length=80, width=24, example="电气自动化技术"
            ),
            ColumnSpec(
                "schooling",
                "学制层次",
                kind=Kind.CHOICE,
                choices=tuple((key, str(label)) for key, label in SCHOOLING_LABELS.items()),
                help="不填即为高等职业教育",
                width=18,
            ),
            ColumnSpec(
                "enrolled_year", "入学年份", required=True, kind=Kind.INTEGER, example="2023"
            ),
            ColumnSpec(
                "graduation_year", "毕业年份", required=True, kind=Kind.INTEGER, example="2026"
            ),
        ),
        notes=("每个班一行；班级名称全校不重复，学生名单按这个名称认班。",),
    )


class ClassJudge(SheetJudge):
    def prepare(self, rows: Sequence[Row]) -> None:
        names = [row.values["name"] for row in rows]
        found = SchoolClass.objects.filter(name__in=names).select_related("department")
        self.known = {each.name: each for each in found}
        self.departments = {each.name: each for each in Department.objects.all()}
        self.once = Once()

    def judge(self, row: Row) -> PlannedRow:
        values = row.values
        name = values["name"]
        self.once.take(name, row, name, _("班级"), _("班级名称"))
        self._years(values)
        found = self.known.get(name)
        if found is not None and values["schooling"] is None:
            values["schooling"] = found.schooling
        facts = {
            "name": name,
            "department": self.departments[values["department"]],
            "major": values["major"],
            "schooling": values["schooling"] or "higher_vocational",
            "enrolled_year": values["enrolled_year"],
            "graduation_year": values["graduation_year"],
        }

        def write() -> None:
            services.save_class(actor=self.actor, row=found, **facts)

        if found is None:
            return PlannedRow(row.number, name, "new", write=write)
        old = {key: getattr(found, key) for key in facts if key != "name"}
        new = {key: value for key, value in facts.items() if key != "name"}
        changes = self.compare(_worded(old), _worded(new))
        if not changes:
            return PlannedRow(row.number, name, "unchanged")
        return PlannedRow(row.number, name, "changed", changes, write)

    def _years(self, values: dict[str, Any]) -> None:
        for key, header in (("enrolled_year", _("入学年份")), ("graduation_year", _("毕业年份"))):
            if values[key] not in YEARS:
                raise RowFaultError(header, _("年份应写四位，如 2023"))
        if values["graduation_year"] <= values["enrolled_year"]:
            raise RowFaultError(_("毕业年份"), _("毕业年份应晚于入学年份"))


def _worded(facts: dict[str, Any]) -> dict[str, Any]:
    level = SCHOOLING_LABELS.get(facts["schooling"], facts["schooling"])
    return {**facts, "department": str(facts["department"]), "schooling": str(level)}


DEPARTMENTS = RecordSheet(department_spec, DepartmentJudge, limit_rows=500)
CLASSES = RecordSheet(class_spec, ClassJudge, limit_rows=5_000)
