"""The department's registration sheet and the data sheet that goes to the authority."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment_center.batches.labels import ROUTE_LABELS
from assessment_center.batches.models import AssessmentBatch
from assessment_center.catalog.labels import LEVEL_LABELS
from assessment_center.people.models import Department, SchoolClass
from assessment_center.people.reach import Reach
from assessment_center.people.rules import id_document, names
from assessment_center.spreadsheets import ColumnSpec, Kind, SheetSpec
from candidates.labels import EDUCATION_LABELS, EXAM_KIND_LABELS, ID_KIND_LABELS

NO_LEVEL = 0
LEVELS = (*((int(k), str(v)) for k, v in LEVEL_LABELS.items()), (NO_LEVEL, "——"))


def _pairs(labels: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    return tuple((key, str(label)) for key, label in labels.items())


def _past(day: date) -> date:
    """What has happened lies before tomorrow."""
    if day > timezone.localdate():
        raise ValueError(gettext("日期晚于今天，请核对。"))
    return day


_DEPARTMENT = "学生随班级，可留空；没有班级的写报送的院系"
_ROUTE = "留空为考试考核；其他方式导入后为草稿，由考生本人补齐认定事实再提交"

APPLICATIONS = SheetSpec(
    title=str(_("集中报名表")),
    columns=(
        ColumnSpec(
            "name",
            "姓名",
            required=True,
            width=12,
            example="张三",
            max_length=80,
            validate=names.validate,
        ),
        ColumnSpec(
            "id_kind",
            "证件类型",
            required=True,
            kind=Kind.CHOICE,
            choices=_pairs(ID_KIND_LABELS),
            example="居民身份证",
        ),
        ColumnSpec(
            "id_number",
            "证件号码",
            required=True,
            kind=Kind.ID_NUMBER,
            width=22,
            validate=id_document.normalise,
        ),
        ColumnSpec("phone", "手机号码", required=True, kind=Kind.PHONE, width=14),
        ColumnSpec("student_number", "学号", width=14, max_length=30),
        ColumnSpec("department", "院系", width=16, max_length=80, help=_DEPARTMENT),
        ColumnSpec("school_class", "班级", width=16, max_length=80),
        ColumnSpec("occupation", "职业", required=True, example="电工", max_length=80),
        ColumnSpec("job", "工种", help="没有工种的留空", max_length=80),
        ColumnSpec(
            "level",
            "等级",
            required=True,
            kind=Kind.CHOICE,
            choices=LEVELS,
            example="四级/中级工",
        ),
        ColumnSpec(
            "route",
            "评价方式",
            kind=Kind.CHOICE,
            choices=_pairs(ROUTE_LABELS),
            help=_ROUTE,
            width=14,
        ),
        ColumnSpec("exam_kind", "考试类型", kind=Kind.CHOICE, choices=_pairs(EXAM_KIND_LABELS)),
        ColumnSpec(
            "education", "文化程度", kind=Kind.CHOICE, choices=_pairs(EDUCATION_LABELS), width=18
        ),
        ColumnSpec("ethnicity", "民族", width=8, max_length=20),
        ColumnSpec("address", "通讯地址", width=30),
        ColumnSpec("employer", "工作单位", width=20, max_length=120),
        ColumnSpec("work_since", "从事本职业起始日期", kind=Kind.DATE, width=18, validate=_past),
        ColumnSpec("certificate_number", "原证书号", width=24, max_length=40),
        ColumnSpec(
            "certificate_level",
            "原证书等级",
            kind=Kind.CHOICE,
            choices=LEVELS[:-1],
            help="有原证书的须填",
        ),
        ColumnSpec(
            "certificate_issued", "原证书发证日期", kind=Kind.DATE, width=16, validate=_past
        ),
    ),
    notes=(
        "一人报一个职业（工种）和等级填一行。",
        "证件号码列须为文本格式；从其他表格粘贴时请选“只粘贴值”。",
        "学生填学号和班级，学籍由系统核对；社会人员留空。",
        "先试读，改正全部问题后再导入；同一文件再次上传不会重复报名。",
        "导入后发现填错的，改好原表再上传：同一人、同一职业工种和等级按改动处理，初审以后不能再改。",
        "照片打成一个 zip 一起上传：每人一张，文件名为证件号码，如 证件号码.jpg。",
    ),
    key_columns=("id_kind", "id_number", "occupation", "job", "level"),
    who=("name", "id_number"),
)

HEADERS = {column.key: column.header for column in APPLICATIONS.columns}


def applications_sheet(batch: AssessmentBatch, reach: Reach) -> SheetSpec:
    """The same sheet with the drop-downs of this batch: what it offers, departments, classes.

    Of departments and classes it names those within reach of who fills it in.
    """
    departments = reach.within(Department.objects.filter(is_active=True), "pk")
    offered = list(batch.offerings.select_related("occupation", "job"))
    levels = {each.level or NO_LEVEL for each in offered}
    routes = {each.route for each in offered}
    names = {
        "occupation": dict.fromkeys(each.occupation.name for each in offered),
        "job": dict.fromkeys(each.job.name for each in offered if each.job),
        "department": departments.values_list("name", flat=True),
        "school_class": _classes(batch, reach),
    }
    chosen: dict[str, tuple[tuple[Any, str], ...]]
    chosen = {key: tuple((name, name) for name in found) for key, found in names.items()}
    chosen["level"] = tuple((level, name) for level, name in LEVELS if level in levels)
    chosen["route"] = tuple(pair for pair in _pairs(ROUTE_LABELS) if pair[0] in routes)
    columns = tuple(
        replace(column, choices=chosen.get(column.key, column.choices))
        for column in APPLICATIONS.columns
    )
    lines = tuple(f"{each}（{each.get_route_display()}）" for each in offered)
    return replace(APPLICATIONS, columns=columns, notes=(*APPLICATIONS.notes, "可报：", *lines))


def _classes(batch: AssessmentBatch, reach: Reach) -> Iterable[str]:
    """Classes whose students have not left school by the year of the examination."""
    rows = SchoolClass.objects.filter(graduation_year__gte=batch.exam_starts.year)
    rows = reach.within(rows)
    return rows.order_by("department__name", "name").values_list("name", flat=True)


# The order and the words are those of the published data specification; * is required there.
AUTHORITY_COLUMNS = (
    ColumnSpec("name", "姓名", required=True),
    ColumnSpec("id_kind", "证件类型", required=True),
    ColumnSpec("id_number", "身份证号", kind=Kind.ID_NUMBER, width=22),
    ColumnSpec("sex", "性别", required=True, width=8),
    ColumnSpec("ethnicity", "民族", required=True, width=8),
    ColumnSpec("education", "文化程度", required=True, width=18),
    ColumnSpec("phone", "手机号码", required=True, kind=Kind.PHONE),
    ColumnSpec("condition", "考生申报条件", required=True, width=40),
    ColumnSpec("source", "考生来源", required=True),
    ColumnSpec("employer", "工作单位", width=24),
    ColumnSpec("address", "通讯地址", required=True, width=30),
    ColumnSpec("work_years", "本职业工作年限", width=14),
    ColumnSpec("email", "电子邮箱", width=20),
    ColumnSpec("certificate_number", "原证书号", width=24),
    ColumnSpec("certificate_occupation", "原职业（工种）", width=20),
    ColumnSpec("theory", "理论考试", width=10),
    ColumnSpec("practical", "实操考试", width=10),
    ColumnSpec("review", "综合考试", width=10),
    ColumnSpec("language", "外语考试", width=10),
    ColumnSpec("photo", "考生证照", required=True, width=24),
)
