"""Workbooks in and out: one list of columns serves template, import and export.

No tables stand here, and nothing is written: `read` says what stands in a file and what is
wrong with it, cell by cell; the caller's service decides and writes all or nothing.
"""

from assessment_center.spreadsheets.blanks import template
from assessment_center.spreadsheets.columns import ColumnSpec, Kind, SheetSpec
from assessment_center.spreadsheets.importing import ImportOutcome, RowProblem, read_or_refuse
from assessment_center.spreadsheets.outcomes import CellError, ReadResult, Row, SheetRefusedError
from assessment_center.spreadsheets.reader import read
from assessment_center.spreadsheets.records import (
    Change,
    PlannedRow,
    RecordOutcome,
    RecordSheet,
    RowFaultError,
    SheetJudge,
)
from assessment_center.spreadsheets.reports import error_lines, error_report
from assessment_center.spreadsheets.writer import WORKBOOK_TYPE, write

__all__ = [
    "WORKBOOK_TYPE",
    "CellError",
    "Change",
    "ColumnSpec",
    "ImportOutcome",
    "Kind",
    "PlannedRow",
    "ReadResult",
    "RecordOutcome",
    "RecordSheet",
    "Row",
    "RowFaultError",
    "RowProblem",
    "SheetJudge",
    "SheetRefusedError",
    "SheetSpec",
    "error_lines",
    "error_report",
    "read",
    "read_or_refuse",
    "template",
    "write",
]
