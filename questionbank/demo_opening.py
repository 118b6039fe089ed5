"""The demo's paper of last year: ten of its questions stand in the bank today and rest."""

from datetime import date

from assessment_center.batches.demo_opening import bring
from assessment_center.catalog.enums import Subject
from assessment_center.demo import Demo
from questionbank.demo_items import facts_of
from questionbank.opening_balances import ITEMS as ITEM_SHEET
from questionbank.opening_balances import PAPERS as PAPER_SHEET
from questionbank.services.opening import ITEMS, PAPERS

CODE, OCCUPATION, SHOWN = "2025-DG4-A", "电工", 10


def bring_papers(demo: Demo) -> None:
    """The used paper and its questions, as the bank will know them again by their stems."""
    paper = {
        "code": CODE,
        "occupation": OCCUPATION,
        "level": 4,
        "subject": Subject.THEORY.value,
        "used_on": date(2025, 11, 15),
    }
    bring(demo, PAPERS, PAPER_SHEET, [paper])
    stems = [fact.question for fact in facts_of(OCCUPATION)[:SHOWN]]
    bring(demo, ITEMS, ITEM_SHEET, [{"code": CODE, "stem": stem} for stem in stems])
