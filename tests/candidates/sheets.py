"""Department sheets for tests."""

import io
from typing import Any

from openpyxl import Workbook

from candidates.sheets import APPLICATIONS
from tests.factories import candidates as c
from tests.factories import foundation as f

HEADERS = [column.header for column in APPLICATIONS.columns]


def row_for(number: int, **changes: Any) -> dict[str, Any]:
    """A row of somebody not known yet, who may apply by intention or by work."""
    return {
        "姓名": "赵安" + "一二三四五六七八九十"[number % 10],
        "证件类型": "居民身份证",
        "证件号码": f.id_number(number),
        "手机号码": "13800000000",
        "职业": "电工",
        "等级": "四级/中级工",
        "文化程度": "大学专科和专科学校",
        "民族": "汉族",
        "通讯地址": "学府路1号",
        "工作单位": "江州机电厂",
        "从事本职业起始日期": "2015-03-01",
        **changes,
    }


def student_row(number: int, **changes: Any) -> dict[str, Any]:
    """A row of a final-year student of a class that fits; the class is made."""
    school_class = f.make_class(name=f"电气{number}班", major=c.MAJOR)
    return row_for(
        number,
        学号=f"X{number:06d}",
        班级=school_class.name,
        工作单位=None,
        从事本职业起始日期=None,
        **changes,
    )


def workbook(rows: list[dict[str, Any]], headers: list[str] | None = None) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = APPLICATIONS.title
    names = headers or HEADERS
    sheet.append(names)
    for row in rows:
        sheet.append([row.get(name) for name in names])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
