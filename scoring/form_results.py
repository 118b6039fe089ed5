"""The result that the registration form of a candidate prints, once it stands."""

from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.catalog.labels import SUBJECT_LABELS
from candidates.models import Application
from candidates.seams import FormResult, form_results
from scoring.enums import ResultStatus
from scoring.models import FinalResult
from scoring.sheets import fact_words, outcome_word


def of_form(application: Application) -> FormResult | None:
    """Scores by subject and the outcome; nothing while publicity still runs."""
    found = FinalResult.objects.filter(application=application, status=ResultStatus.FINAL)
    result = found.select_related("application").first()
    if result is None or result.final_at is None:
        return None
    subjects = "；".join(
        f"{SUBJECT_LABELS[fact['subject']]} {fact_words(fact)}" for fact in result.subjects
    )
    outcome = _("结论：%(word)s") % {"word": outcome_word(result)}
    if result.grade_label:
        outcome = f"{outcome}（{result.grade_label}）"
    return FormResult(subjects, outcome, timezone.localdate(result.final_at))


form_results.register("scoring", of_form)
