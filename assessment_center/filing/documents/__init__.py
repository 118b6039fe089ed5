"""The papers of filing: made from what is entered, by the form's code."""

from collections.abc import Callable

from assessment_center.filing.documents.base import Made
from assessment_center.filing.documents.evaluation import evaluation, opinions
from assessment_center.filing.documents.form import form
from assessment_center.filing.documents.letters import letter, reply
from assessment_center.filing.documents.plan import plan
from assessment_center.filing.documents.publication import publication
from assessment_center.filing.documents.sheets import scope_list, summary
from assessment_center.filing.documents.specification import specifications
from assessment_center.filing.documents.venue import form as venue
from assessment_center.filing.models import FilingApplication
from assessment_center.registry import Actor

__all__ = ["MAKERS", "Made", "publication"]

MAKERS: dict[str, Callable[[FilingApplication, Actor], Made]] = {
    "F-101": letter,
    "F-102": form,
    "F-103": summary,
    "F-104": scope_list,
    "F-105": reply,
    "F-106": evaluation,
    "F-107": plan,
    "F-108": specifications,
    "F-109": opinions,
    "F-218": venue,
}
