"""Where the header stands and which column is which; anything odd is one clear sentence."""

import difflib
from collections.abc import Sequence

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from assessment_center.spreadsheets.columns import ColumnSpec, SheetSpec, plain_header
from assessment_center.spreadsheets.outcomes import SheetRefusedError

HEAD_ROWS = 6
MAX_COLUMNS = 200
SHOWN_TITLE = 20

Grid = Sequence[Sequence[object]]


def locate(head: Grid, spec: SheetSpec) -> dict[int, ColumnSpec]:
    """Columns by their position, counted from 0; the first row must be the header."""
    known = {plain_header(column.header): column for column in spec.columns}
    if not any(plain_header(cell) for row in head for cell in row):
        raise SheetRefusedError(_("工作表是空的；请使用下载的模板填写后上传。"))
    _refuse_title_rows(head, known)
    found: dict[int, ColumnSpec] = {}
    problems: list[str] = []
    for index, cell in enumerate(head[0]):
        if not (name := plain_header(cell)):
            continue
        column = known.get(name)
        if column is None:
            problems.append(_unknown(index, cell, list(known)))
        elif column in found.values():
            problems.append(
                _("%(letter)s 列“%(header)s”重复出现")
                % {"letter": get_column_letter(index + 1), "header": column.header}
            )
        else:
            found[index] = column
    problems += _missing(spec, found)
    if problems:
        raise SheetRefusedError(
            _("表头不符：%(problems)s；请使用下载的模板，不要改动表头。")
            % {"problems": "；".join(problems)}
        )
    return found


def _missing(spec: SheetSpec, found: dict[int, ColumnSpec]) -> list[str]:
    present = {column.key for column in found.values()}
    absent = [c.header for c in spec.columns if c.required and c.key not in present]
    return [_("缺少“%(headers)s”") % {"headers": "”“".join(absent)}] if absent else []


def _unknown(index: int, cell: object, known: list[str]) -> str:
    shown = str(cell).strip()[:SHOWN_TITLE]
    problem = _("%(letter)s 列“%(header)s”不是本表的列") % {
        "letter": get_column_letter(index + 1),
        "header": shown,
    }
    nearest = difflib.get_close_matches(plain_header(cell), known, n=1, cutoff=0.5)
    return problem + (_("（是否为“%(header)s”？）") % {"header": nearest[0]} if nearest else "")


def _refuse_title_rows(head: Grid, known: dict[str, ColumnSpec]) -> None:
    matches = [len({plain_header(cell) for cell in row} & known.keys()) for row in head]
    best = max(range(len(head)), key=matches.__getitem__)
    if best == 0 or matches[best] * 2 < len(known):
        return
    title = next((str(c).strip() for row in head[:best] for c in row if plain_header(c)), "")
    rows = _("第 1 行") if best == 1 else _("第 1 至 %(last)d 行") % {"last": best}
    raise SheetRefusedError(
        _("%(rows)s是标题行（“%(title)s”），不是表头；请删除%(rows)s，使表头位于第 1 行。")
        % {"rows": rows, "title": title[:SHOWN_TITLE]}
    )
