"""Papers used before the first day: taken over as signed, and seen when new ones are drawn."""

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from assessment_center.audit.services import record
from assessment_center.opening.book import OpeningBook
from assessment_center.opening.trades import Trades, level_of
from assessment_center.registry import Actor, RefusedError
from questionbank.models import Bank, EarlierItem, EarlierPaper, Item
from questionbank.validators import fingerprint

CHUNK = 1000
PAPERS, ITEMS = "questionbank.papers", "questionbank.items"


def enter_papers(actor: Actor, book: OpeningBook) -> int:
    """Keep the used papers of the declaration (BANK-09)."""
    trades, made = Trades(), []
    for row in book.rows(PAPERS):
        values = row.values
        occupation, job = trades.find(values)
        assert occupation is not None
        made.append(
            EarlierPaper(
                opening=book.declaration,
                code=values["code"],
                occupation=occupation,
                job=job,
                level=level_of(values),
                subject_code=values["subject"],
                used_on=values["used_on"],
                digest=(values["digest"] or "").lower(),
            )
        )
    EarlierPaper.objects.bulk_create(made, batch_size=CHUNK)
    payload = {"kind": PAPERS, "count": len(made)}
    record(actor=actor, verb="opening.apply", subject=book.ref, payload=payload)
    return len(made)


def remove_papers(_actor: Actor, book: OpeningBook) -> None:
    """They go with the declaration, their questions with them."""
    EarlierPaper.objects.filter(opening=book.declaration).delete()


def enter_items(actor: Actor, book: OpeningBook) -> int:
    """Keep which questions the papers held, by what makes two stems the same."""
    papers = {paper.code: paper for paper in EarlierPaper.objects.filter(opening=book.declaration)}
    made = [
        EarlierItem(paper=papers[row.values["code"]], fingerprint=fingerprint(row.values["stem"]))
        for row in book.rows(ITEMS)
    ]
    EarlierItem.objects.bulk_create(made, batch_size=CHUNK)
    payload = {"kind": ITEMS, "count": len(made)}
    record(actor=actor, verb="opening.apply", subject=book.ref, payload=payload)
    return len(made)


def remove_items(_actor: Actor, book: OpeningBook) -> None:
    EarlierItem.objects.filter(paper__opening=book.declaration).delete()


def _papers_of(bank: Bank) -> QuerySet[EarlierPaper]:
    return EarlierPaper.objects.filter(
        occupation=bank.occupation_id,
        job=bank.job_id,
        level=bank.level,
        subject_code=bank.subject,
    )


def earlier_uses(bank: Bank) -> dict[str, int]:
    """How often each fingerprint stood in a paper of the time before."""
    rows = EarlierItem.objects.filter(paper__in=_papers_of(bank))
    return dict(rows.values_list("fingerprint").annotate(n=Count("id")))


def refuse_repeated(bank: Bank, forms: Sequence[Sequence[Item]]) -> None:
    """No form is an earlier paper over again: the same questions and no other (BANK-09)."""
    earlier: dict[str, set[str]] = defaultdict(set)
    rows = EarlierItem.objects.filter(paper__in=_papers_of(bank))
    for code, mark in rows.values_list("paper__code", "fingerprint"):
        earlier[code].add(mark)
    for items in forms:
        marks = {item.fingerprint for item in items}
        same = next((code for code, kept in sorted(earlier.items()) if kept == marks), None)
        if same is not None:
            raise RefusedError(
                _("抽出的试卷与以前用过的试卷“%(code)s”题目完全相同，不能再用。") % {"code": same},
                remedy=_("请先向题库补充试题，再重新组卷。"),
            )
