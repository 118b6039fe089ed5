"""The workbooks: F-103 the summary, F-104 institution and scope, R-03 what is made public."""

from collections.abc import Iterable, Sequence
from itertools import groupby

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
from assessment_center.spreadsheets import ColumnSpec
from assessment_center.spreadsheets.handed_in import Paper, listed

KIND = "院校"
LIST = "评价机构信息与认定范围清单"
SCOPE_HEAD = ("职业编号", "职业名称", "工种/职业方向", "级别", "评价标准")
WIDTHS = (14, 22, 20, 16, 28)
SUMMARY = (
    ColumnSpec("number", "序号", width=5, kind="integer"),
    ColumnSpec("centre", "机构名称", width=26),
    ColumnSpec("school", "学校名称", width=22),
    ColumnSpec("ownership", "学校性质", width=9),
    ColumnSpec("supervised_by", "主管部门", width=14),
    ColumnSpec("kind", "备案类别", width=10),
    ColumnSpec("filed_as", "备案号", width=16),
    ColumnSpec("code", "职业编码", width=12),
    ColumnSpec("occupation", "职业名称", width=16),
    ColumnSpec("job", "工种名称", width=14),
    ColumnSpec("levels", "等级", width=12),
    ColumnSpec("major", "对应专业", width=16),
    ColumnSpec("standard", "评价标准", width=18),
    ColumnSpec("contact", "联系人", width=9),
    ColumnSpec("phone", "联系电话", width=15),
    ColumnSpec("address", "地址", width=24),
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
    p, filing = profile_of(application), application.filing or application.base
    shared = {
        "centre": application.centre.name,
        "school": p.school_name,
        "ownership": str(OWNERSHIP_LABELS.get(p.ownership, "")),
        "supervised_by": p.supervised_by,
        "kind": str(application.get_kind_display()),
        "filed_as": filing.number if filing else "",
        "contact": p.contact_name,
        "phone": p.contact_phone,
        "address": p.school_address,
    }
    rows = [
        {"number": number, **shared, **named(line), "major": line.major}
        for number, line in enumerate(selectors.lines_of(application), start=1)
    ]
    title = application.rules.form_name("F-103", "职业技能等级认定机构汇总表")
    return Made(title, "xlsx", listed(title, SUMMARY, rows))


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
    return list(rows.order_by("occupation__code", "job__name"))


def _workbook(application: FilingApplication, number: str, lines: Sequence[Line]) -> bytes:
    """As the form is ruled: facts over the list, an occupation's code and name once."""
    paper = Paper(application.rules.form_name("F-104", LIST), WIDTHS, landscape=False)
    for first, second in _facts(application, number):
        if second:
            paper.add([*first, *second], (1, 2, 1, 1), labels=(0, 2))
        else:
            paper.add(first, (1, 4), labels=(0,))
    paper.add(["开展职业技能等级认定范围"], (5,), heading=True)
    paper.add(SCOPE_HEAD, heading=True)
    for _occupation, jobs in groupby(lines, key=lambda line: line.occupation):
        rows = [paper.add(tuple(named(line).values())) for line in jobs]
        if len(rows) > 1:
            paper.merge(rows[0], 1, rows[-1], 1)
            paper.merge(rows[0], 2, rows[-1], 2)
    return paper.content()


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
