"""The master paper and its answer key on paper."""

from typing import Any

from django.utils.translation import gettext as _

from assessment_center import pdf
from questionbank.enums import ItemKind
from questionbank.labels import ITEM_KIND_LABELS
from questionbank.models import Paper
from questionbank.validators import LETTERS

KINDS = (ItemKind.SINGLE, ItemKind.MULTIPLE, ItemKind.TRUE_FALSE, ItemKind.PRACTICAL)
NUMERALS = "一二三四"


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


def master_paper(paper: Paper) -> bytes:
    """The paper as candidates get it: head, sections, items with their options."""
    body: list[str] = []
    number = 0
    for head, rows in _sections(paper):
        body.append(head)
        for row in rows:
            number += 1
            blank = "（　　）" if row["kind"] != ItemKind.PRACTICAL else ""
            body.append(f"{number}. {row['stem']}{blank}")
            if row["options"]:
                options = zip(LETTERS, row["options"], strict=False)
                body.append("　".join(f"{letter}. {text}" for letter, text in options))
    minutes = (paper.content or {}).get("minutes", paper.blueprint.minutes)
    return pdf.notice(
        pdf.Notice(
            issuer=_title(paper),
            title=_name(paper),
            body=body,
            signer="",
            date="",
            addressee=_("考试时间：%(n)s 分钟　姓名：＿＿＿＿＿＿　准考证号：＿＿＿＿＿＿＿＿")
            % {"n": minutes},
            red_head=False,
        ),
        imprint=_imprint(paper),
    )


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
