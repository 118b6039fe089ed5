"""One cell to one value: unambiguous forms are taken, everything else is said to be wrong."""

import difflib
import math
import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from assessment_center.spreadsheets.columns import ColumnSpec, Kind
from assessment_center.spreadsheets.dates import read_date
from assessment_center.spreadsheets.problems import CellProblem, clean_text

MOBILE = re.compile(r"1[3-9]\d{9}")
LANDLINE = re.compile(r"0\d{2,3}-?\d{7,8}")
ID_CHARACTERS = re.compile(r"[0-9A-Z一-鿿()\-]{4,30}")
NUMBER = re.compile(r"[+-]?\d{1,15}(\.\d{1,10})?")
TRUE = frozenset({"是", "true", "y", "yes", "√"})
FALSE = frozenset({"否", "false", "n", "no", "×"})
QUOTES = "'’‘`"  # what other programs put before digits to keep them text
SAFE_INTEGER = 10**15
SHOWN_CHOICES = 8


def parse(value: Any, column: ColumnSpec) -> Any:
    """The value of a non-empty cell; `CellProblem` when it has none."""
    return PARSERS[column.kind](value, column)


def _text_of(value: object) -> str:
    if isinstance(value, str):
        return clean_text(value)
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        raise CellProblem(_("应为文本，请把单元格格式设为“文本”后重新填写"))
    if isinstance(value, float) and not value.is_integer():
        return repr(value)
    number = int(value)
    if abs(number) >= SAFE_INTEGER:
        raise CellProblem(_("数字过长，已被 Excel 改动；请把单元格格式设为“文本”后重新填写"))
    return str(number)


def _text(value: object, column: ColumnSpec) -> str:
    text = _text_of(value)
    if len(text) > column.max_length:
        raise CellProblem(
            _("共 %(length)d 个字，最多 %(limit)d 个字")
            % {"length": len(text), "limit": column.max_length}
        )
    return text


def _id_number(value: object, column: ColumnSpec) -> str:
    if not isinstance(value, str):
        problem = _("%(header)s必须是文本，不能是数字；请把单元格格式设为“文本”后重新填写")
        raise CellProblem(problem % {"header": column.header})
    text = unicodedata.normalize("NFKC", re.sub(r"\s+", "", clean_text(value))).upper()
    text = text.lstrip(QUOTES)
    if not ID_CHARACTERS.fullmatch(text):
        raise CellProblem(_("含有证件号码不允许的字符，或长度不对"))
    return text


def _date(value: object, column: ColumnSpec) -> date:
    return read_date(value, month=column.month)


def _decimal(value: object, _column: ColumnSpec) -> Decimal:
    if isinstance(value, float) and math.isfinite(value):
        return Decimal(repr(round(value, 10)))
    if isinstance(value, int | str) and not isinstance(value, bool):
        text = unicodedata.normalize("NFKC", clean_text(str(value)))
        if NUMBER.fullmatch(text):
            return Decimal(text)
    raise CellProblem(_("应为数字"))


def _integer(value: object, column: ColumnSpec) -> int:
    try:
        number = _decimal(value, column)
    except CellProblem:
        raise CellProblem(_("应为整数")) from None
    if abs(number) >= SAFE_INTEGER or number != number.to_integral_value():
        raise CellProblem(_("应为整数"))
    return int(number)


def _choice(value: object, column: ColumnSpec) -> Any:
    text = _text_of(value)
    for key, label in column.choices:
        if text in (str(label), str(key)):
            return key
    labels = [str(label) for _key, label in column.choices]
    if nearest := difflib.get_close_matches(text, labels, n=1, cutoff=0.4):
        raise CellProblem(
            _("没有“%(text)s”这个选项，是否为“%(nearest)s”？")
            % {"text": text[:20], "nearest": nearest[0]}
        )
    shown = "、".join(labels[:SHOWN_CHOICES]) + ("……" if len(labels) > SHOWN_CHOICES else "")
    raise CellProblem(
        _("没有“%(text)s”这个选项；可填：%(labels)s") % {"text": text[:20], "labels": shown}
    )


def _phone(value: object, _column: ColumnSpec) -> str:
    text = re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", _text_of(value)))
    text = re.sub(r"^(\+86|0086)", "", text.lstrip(QUOTES))
    if not (MOBILE.fullmatch(text) or LANDLINE.fullmatch(text)):
        raise CellProblem(_("不是有效的电话号码；请填 11 位手机号，或带区号的固定电话"))
    return text


def _boolean(value: object, _column: ColumnSpec) -> bool:
    text = str(value).strip().lower()
    if text in TRUE:
        return True
    if text in FALSE:
        return False
    raise CellProblem(_("请填“是”或“否”"))


PARSERS: dict[str, Callable[[Any, ColumnSpec], Any]] = {
    Kind.TEXT: _text,
    Kind.ID_NUMBER: _id_number,
    Kind.DATE: _date,
    Kind.INTEGER: _integer,
    Kind.DECIMAL: _decimal,
    Kind.CHOICE: _choice,
    Kind.PHONE: _phone,
    Kind.BOOLEAN: _boolean,
}
