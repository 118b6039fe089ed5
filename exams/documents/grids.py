"""Rows of the forms people fill in: label and cell, side by side or across the page."""

from assessment_center import pdf


def cells(*pairs: tuple[str, str]) -> pdf.FormRow:
    """Pairs of label and text in one row."""
    told = [part for label, text in pairs for part in (pdf.Cell(label, label=True), pdf.Cell(text))]
    return pdf.FormRow(told, 10.0)


def wide(label: str, text: str, height: float, foot: str = "") -> pdf.FormRow:
    """One label and a block across the page, `height` mm high; `foot` stands at its lower right."""
    cell = pdf.Cell(text, span=3, block=True, foot=foot)
    return pdf.FormRow((pdf.Cell(label, label=True), cell), height)
