"""What the papers of the registration share: the form's official name, its corner, its words."""

from collections.abc import Iterable

from assessment_center import pdf
from assessment_center.batches.enums import Route
from assessment_center.batches.models import AssessmentBatch
from assessment_center.printed.imprint import imprint
from assessment_center.registry import Actor, Citation, SubjectRef
from candidates import selectors
from candidates.models import Application
from candidates.rules.declaration import Declaration
from candidates.rules.facts import worked_days

SEX_WORDS = {"male": "男", "female": "女"}
NO_JOB = "——"
DAYS_A_YEAR = 365.25


def form_title(batch: AssessmentBatch, code: str, otherwise: str) -> tuple[str, str]:
    """The form's official name and the articles that order it."""
    form = batch.rules.form(code)
    return (form.name, "、".join(map(str, form.cite))) if form else (otherwise, "")


def corner(
    actor: Actor,
    batch: AssessmentBatch,
    form: tuple[str, str, str],
    content: object,
    *,
    subject: SubjectRef | None = None,
    cite: Iterable[Citation] = (),
) -> pdf.Imprint:
    """The registered corner of a sheet (`form`: code, slug, title) under the batch's rulebook."""
    named = batch.rules.form(form[0])
    return imprint(
        actor=actor,
        form=form,
        subject=subject or batch.subject,
        content=content,
        cite=named.cite if named else cite,
        batch_id=batch.pk,
    )


def photo_bytes(application: Application) -> bytes | None:
    if not application.photo:
        return None
    with application.photo.open("rb") as kept:
        return bytes(kept.read())


def photo_words(batch: AssessmentBatch) -> str:
    """What stands in the empty frame: the size of the photo where the rulebook names one."""
    paper = batch.rules.settings.paper_photo
    return f"{'一二'[paper.value.inch - 1]}寸照片" if paper else "照片"


def photo_name(application: Application) -> str:
    return f"{application.number}.jpg" if application.photo else ""


def condition_label(application: Application) -> str:
    """The condition applied under; the deciding one where none was chosen."""
    conditions = selectors.conditions_for(application.offering, application.batch)
    chosen = next((c.label for c in conditions if c.id == application.condition_id), "")
    if chosen:
        return chosen
    best = selectors.verdict_of(application).best
    return best.label if best else ""


def work_years(application: Application) -> str:
    """Counted to the day the application came in: printed later, the form says the same."""
    declared = Declaration.from_json(application.declaration)
    if not declared.work:
        return ""
    days = worked_days(declared.work, on=application.came_on)
    return f"{days / DAYS_A_YEAR:.1f}"


def kind_word(application: Application) -> str:
    """新考, 补考, or the route of somebody who is not examined."""
    if application.route != Route.EXAM:
        return str(application.get_route_display())
    return str(application.get_exam_kind_display())
