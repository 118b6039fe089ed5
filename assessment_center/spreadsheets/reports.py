"""What is wrong with a sheet, for the page and as a file to hand back to the department."""

from django.utils.translation import gettext as _

from assessment_center.spreadsheets.columns import ColumnSpec, Kind, SheetSpec
from assessment_center.spreadsheets.outcomes import ReadResult
from assessment_center.spreadsheets.writer import write


def error_report(result: ReadResult, spec: SheetSpec) -> bytes:
    """A workbook with one line for each error: row, column, header, what is wrong."""
    columns = (
        ColumnSpec("row", _("行"), kind=Kind.INTEGER, width=8),
        ColumnSpec("column", _("列"), width=8),
        ColumnSpec("header", _("表头"), width=20),
        ColumnSpec("message", _("问题"), width=70),
    )
    rows = ((e.row, e.column_letter, e.header, e.message) for e in result.errors)
    return write(rows, columns, title=_("%(title)s－问题清单") % {"title": spec.title})


def error_lines(result: ReadResult) -> list[str]:
    """One sentence for each error, with the cell's address."""
    lines = [
        _("第 %(row)d 行 %(cell)s“%(header)s”：%(message)s")
        % {"row": e.row, "cell": e.address, "header": e.header, "message": e.message}
        for e in result.errors
    ]
    if result.truncated:
        lines.append(_("问题过多，只列出前面的；请改正后重新上传。"))
    return lines
