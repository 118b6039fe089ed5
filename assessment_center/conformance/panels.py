"""The card of the batch page that sums up a run."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessment_center.accounts.enums import Act
from assessment_center.conformance.enums import State
from assessment_center.conformance.labels import STATE_LABELS
from assessment_center.conformance.running import counts, failures, run
from assessment_center.office import BatchCard, batch_cards
from assessment_center.registry.entries import Line, StageState

SHOWN = 3


def report_url(batch: Any) -> str:
    return reverse("conformance_office:batch", args=[batch.code])


def lines(batch: Any, _actor: Any) -> Sequence[Line]:
    """What is broken first, then how many rules stand in each state."""
    results = run(batch)
    broken = [
        Line(
            title=f"{each.rule} {each.title}",
            detail=each.detail,
            state="bad",
            chip=str(STATE_LABELS[State.FAILED]),
            citations=each.citations,
        )
        for each in list(failures(results))[:SHOWN]
    ]
    found = counts(results)
    summary = "，".join(
        f"{label} {found[key]}" for key, label in STATE_LABELS.items() if key in found
    )
    state: StageState = "bad" if broken else "done"
    return [
        *broken,
        Line(title=summary, state=state, url=report_url(batch), link=str(_("逐条查看"))),
    ]


batch_cards.register(
    "conformance",
    BatchCard(
        key="conformance",
        title=_("规程符合性"),
        lines=lines,
        permission=Act.CONFORMANCE_VIEW,
        url=report_url,
    ),
    order=50,
)
