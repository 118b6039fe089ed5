"""The master paper and its answer key on paper."""

from typing import Any

from django.utils.translation import gettext as _

from assessment_center import pdf
from assessment_center.registry.language import in_chinese
from questionbank.enums import ItemKind
from questionbank.labels import ITEM_KIND_LABELS
from questionbank.models import Paper
from questionbank.validators import LETTERS

KINDS = (ItemKind.SINGLE, ItemKind.MULTIPLE, ItemKind.TRUE_FALSE, ItemKind.PRACTICAL)
NUMERALS = "一二三四"
PRACTICAL_LINES = 6


def _sections(paper: Paper) -> list[tuple[str, list[dict[str, Any]]]]:
    content = paper.content or {"items": [], "marks": {}}
    found: list[tuple[str, list[dict[str, Any]]]] = []
    for kind in KINDS:
        rows = [row for row in content["items"] if row["kind"] == kind]
        if rows:
            marks = content["marks"].get(kind, 0)
            head = _("%(n)s、%(kind)s（共 %(count)s 题，每题 %(marks)s 分）") % {
                "n": NUMERALS[len(found)],
                "kind": ITEM_KIND_LABELS[kind],
                "count": len(rows),
                "marks": f"{marks:g}",
            }
            found.append((head, rows))
    return found


def printed_answer(row: dict[str, Any]) -> str:
    if row["kind"] == ItemKind.TRUE_FALSE:
        return "√" if row["answer"] else "×"
    if row["kind"] == ItemKind.PRACTICAL:
        return str(row["answer"])
    return "".join(LETTERS[i] for i in row["answer"])


def _title(paper: Paper) -> str:
    return _("%(centre)s职业技能等级认定") % {"centre": paper.batch.centre.name}


def _name(paper: Paper) -> str:
    return _("%(what)s %(subject)s（%(form)s 卷）") % {
        "what": paper.offering,
        "subject": paper.get_subject_display(),
        "form": paper.form,
    }


def _imprint(paper: Paper) -> pdf.Imprint:
    return pdf.Imprint(code=paper.code, version=paper.form)


@in_chinese
def master_paper(paper: Paper) -> bytes:
    """The paper as candidates get it: head, sections, items with their options."""
    minutes = (paper.content or {}).get("minutes", paper.blueprint.minutes)
    return pdf.exam_paper(
        pdf.ExamPaper(
            title=_title(paper),
            subtitle=_name(paper),
            meta=((_("考试时间"), _("%(n)s 分钟") % {"n": minutes}),),
            sections=[
                pdf.PaperSection(head, [_item(row) for row in rows])
                for head, rows in _sections(paper)
            ],
        ),
        imprint=_imprint(paper),
    )


def _item(row: dict[str, Any]) -> pdf.PaperItem:
    blank = "" if row["kind"] == ItemKind.PRACTICAL else "（　　）"
    lines = PRACTICAL_LINES if row["kind"] == ItemKind.PRACTICAL else 0
    return pdf.PaperItem(f"{row['stem']}{blank}", tuple(row["options"]), lines)


@in_chinese
def answer_key(paper: Paper) -> bytes:
    """Numbers and right answers, for the marking group only."""
    rows = [row for _head, section in _sections(paper) for row in section]
    cells = [(str(number), printed_answer(row)) for number, row in enumerate(rows, start=1)]
    return pdf.roster(
        pdf.Roster(
            title=_("标准答案"),
            subtitle=_name(paper),
            columns=(pdf.Column(_("题号"), 1), pdf.Column(_("答案"), 4)),
            rows=cells,
        ),
        imprint=_imprint(paper),
    )
