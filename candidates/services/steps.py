"""Writing down what a reviewer did, and telling the candidate."""

from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from assessment_center.notices.services import notify
from assessment_center.registry import Actor, RefusedError
from assessment_center.registry.language import in_chinese
from candidates import selectors
from candidates.content import content_of, digest_of
from candidates.enums import ReviewKind
from candidates.models import Application, ReviewStep
from candidates.rules.eligibility import Verdict

NOTE = 300


def verdict_json(verdict: Verdict) -> dict[str, object]:
    """The verdict as the review keeps it: which condition, by which article, on which facts."""
    best = verdict.best
    if best is None:
        return {"finding": verdict.finding.value}
    return {
        "finding": verdict.finding.value,
        "condition": best.condition_id,
        "label": best.label,
        "cited": [str(citation) for citation in best.citations],
        "facts": [each.fact for each in best.predicates],
    }


def judged(row: Application) -> Verdict:
    """Judge anew under the lock: evidence may have come since, or a condition changed."""
    return found(row, selectors.verdict_of(row))


def found(row: Application, verdict: Verdict) -> Verdict:
    """Keep the finding of a verdict given under the lock."""
    if row.finding != verdict.finding:
        row.finding = verdict.finding
        row.save(update_fields=["finding"])
    return verdict


def as_seen(row: Application, seen: str) -> None:
    """Refuse a decision over something else than what the reviewer had before him.

    `seen` is `content.digest_of` the page he decided from; "" where there was no page.
    """
    if seen and seen != digest_of(row):
        raise RefusedError(
            _("您打开页面以后，申报的内容有了改动。"), remedy=_("请看过现在的内容再作决定。")
        )


def write_step(
    *,
    actor: Actor,
    row: Application,
    kind: ReviewKind,
    verdict: Verdict | None = None,
    note: str = "",
    **more: Any,
) -> ReviewStep:
    """One line of the review, with the application as it stood; `more` are further columns."""
    return ReviewStep.objects.create(
        application=row,
        kind=kind,
        by_id=actor.user_id,
        by_name=actor.label[:80],
        note=note.strip()[:NOTE],
        verdict=verdict_json(verdict) if verdict else {},
        content=content_of(row),
        **more,
    )


@in_chinese
def tell(row: Application, title: str | Promise, body: str | Promise = "") -> None:
    """A notice to the candidate who has an account, in the language of the forms."""
    if row.person.user is not None:
        notify(
            recipients=[row.person.user],
            title=str(title),
            body=str(body),
            link=reverse("portal:application", args=[row.pk]),
        )
