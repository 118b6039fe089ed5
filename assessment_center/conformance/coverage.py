"""How far the software keeps the matrix: every rule, every form, every report."""

from collections.abc import Iterator
from typing import Any

from assessment_center.conformance import matrix
from assessment_center.conformance.declarations import (
    Kept,
    declarations,
    form_reasons,
    report_ways,
)
from assessment_center.conformance.running import strongest
from assessment_center.registry.entries import centre_documents, documents, record_documents


def rule_rows(area: str = "") -> list[dict[str, Any]]:
    """Every rule with how it is kept and the tests that try; `area` is a number or a name."""
    return [_rule(row) for row in matrix.rows() if _in_area(row, area)]


def _in_area(row: matrix.RuleRow, area: str) -> bool:
    return not area or area in (str(row.area), row.area_name, row.id.partition("-")[0])


def _rule(row: matrix.RuleRow) -> dict[str, Any]:
    declared = declarations.get(row.id, [])
    chosen = strongest(declared) if declared else None
    return {
        "rule": row.id,
        "area": row.area_name,
        "title": row.title,
        "kept": chosen.kept.value if chosen else Kept.OPEN.value,
        "note": chosen.note if chosen else "",
        "tests": sorted({test for each in declared for test in each.tests}),
    }


def form_rows(group: str = "") -> list[dict[str, Any]]:
    """Every form and report with the document that prints it, or why none does."""
    return [row for row in (*_forms(), *_reports()) if not group or row["group"] == group]


def _forms() -> Iterator[dict[str, Any]]:
    printed = _printed()
    for form in matrix.forms():
        slug, reason = printed.get(form.code, ""), form_reasons.get(form.code, "")
        yield _row(form.code, form.group, form.name, slug, reason)


def _reports() -> Iterator[dict[str, Any]]:
    printed = _printed()
    for report in matrix.reports():
        slug = printed.get(report.code, "")
        how = report_ways.get(report.code, "")
        forms = [printed.get(code, "") for code in report.forms]
        if not slug and not how and forms and all(forms):
            how = "、".join(forms)
        yield _row(report.code, report.group, report.name, slug, how)


def _printed() -> dict[str, str]:
    """Slug by form code; a document may be several forms."""
    every = (*documents, *record_documents, *centre_documents)
    return {code: kind.slug for kind in every for code in kind.codes}


def _row(code: str, group: str, name: str, slug: str, reason: str) -> dict[str, Any]:
    status = "document" if slug else ("reason" if reason else Kept.OPEN.value)
    return {
        "code": code,
        "group": group,
        "name": name,
        "status": status,
        "document": slug,
        "reason": reason,
    }
