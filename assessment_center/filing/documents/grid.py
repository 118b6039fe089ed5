"""The grid of the application form: 24 columns, with headings and small tables in it."""

from collections.abc import Iterable, Sequence

from assessment_center.pdf import Cell, FormRow

WHOLE = 24


def label(text: str, span: int = 4) -> Cell:
    return Cell(text, span=span, label=True)


def value(text: object, span: int = 8) -> Cell:
    return Cell(str(text or ""), span=span)


def heading(text: str) -> FormRow:
    return FormRow((label(text, WHOLE),), heads=True)


def table(
    spans: Sequence[int], head: Sequence[str], rows: Iterable[Sequence[str]]
) -> list[FormRow]:
    """Labels and the rows below them; an empty row to be filled in by hand where there is none."""
    labels = tuple(label(text, span) for text, span in zip(head, spans, strict=True))
    found = list(rows) or [("",) * len(spans)]
    values = (tuple(value(t, s) for t, s in zip(row, spans, strict=True)) for row in found)
    return [FormRow(labels, heads=True), *(FormRow(cells) for cells in values)]
