"""The workbooks: F-103 the summary, F-104 institution and scope, R-03 what is made public."""

from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from assessment_center.filing import selectors
from assessment_center.filing.documents.base import (
    NO_JOB,
    Line,
    Made,
    level_figures,
    profile_of,
    standard_words,
)
from assessment_center.filing.labels import OWNERSHIP_LABELS
from assessment_center.filing.models import FilingApplication
from assessment_center.organization.models import FiledScope, Filing
from assessment_center.registry import Actor
from assessment_center.registry.language import in_chinese
from assessment_center.spreadsheets import ColumnSpec, write
from assessment_center.spreadsheets.writer import header_cell, save, sheet_title, text_cell

KIND = "院校"
LIST = "评价机构信息与认定范围清单"
SCOPE_HEAD = ("职业编码", "职业名称", "工种/职业方向", "级别", "评价标准")
WIDTHS = (16, 24, 24, 24, 30)
SUMMARY = (
    ColumnSpec("number", "序号", width=6, kind="integer"),
    ColumnSpec("centre", "机构名称", width=32),
    ColumnSpec("school", "学校名称", width=28),
    ColumnSpec("ownership", "学校性质", width=10),
    ColumnSpec("supervised_by", "主管部门", width=22),
    ColumnSpec("kind", "备案类别", width=12),
    ColumnSpec("filed_as", "备案号", width=18),
    ColumnSpec("code", "职业编码", width=14),
    ColumnSpec("occupation", "职业名称", width=20),
    ColumnSpec("job", "工种名称", width=20),
    ColumnSpec("levels", "等级", width=14),
    ColumnSpec("major", "对应专业", width=20),
    ColumnSpec("standard", "评价标准", width=24),
    ColumnSpec("contact", "联系人", width=12),
    ColumnSpec("phone", "联系电话", width=18),
    ColumnSpec("address", "地址", width=32),
)


def named(line: Line) -> dict[str, str]:
    return {
        "code": line.occupation.code,
        "occupation": line.occupation.name,
        "job": line.job.name if line.job else NO_JOB,
        "levels": level_figures(line),
        "standard": standard_words(line),
    }


@in_chinese
def summary(application: FilingApplication, _actor: Actor) -> Made:
    """F-103: one row for every line asked for, the institution beside it."""
    p = profile_of(application)
    shared = {
        "centre": application.centre.name,
        "school": p.school_name,
        "ownership": str(OWNERSHIP_LABELS.get(p.ownership, "")),
        "supervised_by": p.supervised_by,
        "kind": str(application.get_kind_display()),
        "filed_as": application.base.number if application.base else "",
        "contact": p.contact_name,
        "phone": p.contact_phone,
        "address": p.school_address,
    }
    rows = [
        {"number": number, **shared, **named(line), "major": line.major}
        for number, line in enumerate(selectors.lines_of(application), start=1)
    ]
    title = "职业技能等级认定机构汇总表"
    return Made(title, "xlsx", write(rows, SUMMARY, title=title))


@in_chinese
def scope_list(application: FilingApplication, _actor: Actor) -> Made:
    """F-104: the institution's facts over the list; the filed list once there is a reply."""
    filing = application.filing or application.base
    number = filing.number if filing else ""
    lines: Iterable[Line] = selectors.lines_of(application)
    if application.filing:
        lines = _filed(application.filing)
    return Made(LIST, "xlsx", _workbook(application, number, list(lines)))


def _filed(filing: Filing) -> list[FiledScope]:
    rows = filing.scope.select_related("occupation", "job", "standard")
    return list(rows.order_by("occupation__code"))


def _workbook(application: FilingApplication, number: str, lines: Sequence[Line]) -> bytes:
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(sheet_title(LIST))
    for index, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    for first, second in _facts(application, number):
        cells = [header_cell(sheet, first[0]), text_cell(sheet, first[1])]
        if second:
            cells += [header_cell(sheet, second[0]), text_cell(sheet, second[1])]
        sheet.append(cells)
    sheet.append([header_cell(sheet, "开展职业技能等级认定范围")])
    sheet.append([header_cell(sheet, head) for head in SCOPE_HEAD])
    for line in lines:
        sheet.append([text_cell(sheet, text) for text in named(line).values()])
    return save(book)


Fact = tuple[str, str]


def _facts(application: FilingApplication, number: str) -> list[tuple[Fact, Fact | None]]:
    """FIL-20: the fields of the list that goes with the reply."""
    p, centre = profile_of(application), application.centre
    return [
        (("机构名称", centre.name), None),
        (("机构简称", centre.short_name), ("备案号", number)),
        (("机构类型", KIND), None),
        (("联系人", p.contact_name), ("联系电话", p.contact_phone or centre.phone)),
        (("邮箱", p.email), ("网址", p.website)),
        (("地址", p.school_address or centre.address), None),
    ]
