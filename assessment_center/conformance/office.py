"""The rule-by-rule page of a batch."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse

from assessment_center.accounts.enums import Act
from assessment_center.batches.selectors import batch_by_code
from assessment_center.conformance.labels import STATE_LABELS, STATE_TONES
from assessment_center.conformance.running import RuleResult, counts, run
from assessment_center.office import office_view, render_office


@office_view(Act.CONFORMANCE_VIEW)
def batch_report(request: HttpRequest, code: str) -> HttpResponse:
    """Every rule by area; `?state=` keeps those of one state."""
    batch = batch_by_code(code)
    results = run(batch)
    wanted = request.GET.get("state", "")
    shown = [each for each in results if not wanted or each.state == wanted]
    chips = [
        {"state": state, "label": STATE_LABELS[state], "tone": STATE_TONES[state], "n": n}
        for state, n in sorted(
            counts(results).items(), key=lambda pair: list(STATE_LABELS).index(pair[0])
        )
    ]
    return render_office(
        request,
        "office/conformance/batch.html",
        {"batch": batch, "areas": _by_area(shown), "chips": chips, "wanted": wanted},
    )


def _by_area(results: list[RuleResult]) -> list[dict[str, object]]:
    return [
        {"name": name, "rows": [_shown(each) for each in rows]}
        for (_number, name), rows in groupby(results, key=lambda r: (r.area, r.area_name))
    ]


def _shown(result: RuleResult) -> dict[str, object]:
    return {
        "rule": result.rule,
        "title": result.title,
        "detail": result.detail,
        "citations": result.citations,
        "label": STATE_LABELS[result.state],
        "tone": STATE_TONES[result.state],
    }
