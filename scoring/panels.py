"""The stages of scoring and publicity, what waits on the home page, and the candidate's part."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment_center.accounts.enums import Act
from assessment_center.batches.models import AssessmentBatch
from assessment_center.batches.panels import without_exam
from assessment_center.office import HomeChart, home_charts
from assessment_center.registry import Actor, Refused
from assessment_center.registry.entries import (
    BatchStage,
    Fact,
    HomePanel,
    Line,
    StageAction,
    StageState,
    StageView,
    batch_stages,
    home_panels,
)
from exams.selectors import missing_records
from scoring import (
    figures,  # noqa: F401 - its column registers itself
    form_results,  # noqa: F401 - registers itself
    fraud,  # noqa: F401 - its consequence registers itself
    policies,
    portal_part,  # noqa: F401 - registers itself
    recognition_panel,  # noqa: F401 - registers itself
    selectors,
)
from scoring.models import ScoreReview
from scoring.overview import SheetState, sheet_states


def _url(name: str, batch: AssessmentBatch) -> str:
    return reverse(f"scoring_office:{name}", args=[batch.code])


def score_stage(batch: AssessmentBatch, _actor: Actor) -> StageView:
    """Marks entered, checked, compiled and reported."""
    counts = selectors.result_counts(batch)
    if not batch.sittings.filter(status__in=["running", "recorded"]).exists():
        return StageView("idle")
    opened = StageAction(_("登分与核分"), _url("batch", batch), permission=Act.SCORE_VIEW)
    if counts["published"] or counts["final"]:
        told = (Fact(counts["total"], _("成绩")), Fact(counts["passed"], _("合格")))
        return StageView("done", f"{counts['total']}", told, actions=(opened,))
    states = sheet_states(batch)
    lines = [_sheet_line(batch, state) for state in states]
    checked = sum(state.is_checked for state in states)
    facts = (
        Fact(sum(state.present for state in states), _("应登分人次")),
        Fact(sum(state.entered for state in states), _("登分一致")),
        Fact(f"{checked}/{len(states)}", _("已核科目")),
    )
    note = f"{checked}/{len(states)}"
    if not counts["total"]:
        return StageView("now", note, facts, lines, _record_blockers(batch), opened)
    return _reporting(batch, note, facts, lines, opened)


def _record_blockers(batch: AssessmentBatch) -> Sequence[Line]:
    left = missing_records(batch).count()
    if not left:
        return ()
    return (Line(_("还有 %(n)s 个考场没有提交考场记录") % {"n": left}, state="due"),)


def _sheet_line(batch: AssessmentBatch, state: SheetState) -> Line:
    url = reverse("scoring_office:batch", args=[batch.code])
    title = f"{state.offering} · {state.label}"
    if state.is_checked:
        return Line(title, state="done", chip=_("已核分"))
    if state.ready:
        return Line(title, state="now", chip=_("可以核分"), url=url)
    detail = _("登分 %(n)s/%(all)s") % {"n": state.entered, "all": state.present}
    if state.different:
        detail += _("，不一致 %(n)s") % {"n": state.different}
    return Line(title, detail, "due" if state.different else "now", _("登分中"), url)


def _reporting(
    batch: AssessmentBatch,
    note: str,
    facts: Sequence[Fact],
    lines: Sequence[Line],
    opened: StageAction,
) -> StageView:
    first = batch.rules.settings.report_before_publicity
    if not first.value or selectors.reported_now(batch):
        return StageView("done", _("已汇总"), facts, lines, actions=(opened,))
    due = policies.report_due(batch)
    blocker = Line(
        _("成绩还没有上报主管部门"),
        _("最迟 %(day)s") % {"day": due.day} if due else "",
        "due",
        citations=first.citations,
    )
    report = StageAction(
        _("上报成绩"), _url("report", batch), "post", Act.REPORT, confirm=_("上报汇总的成绩？")
    )
    return StageView("due", note, facts, lines, (blocker,), report, (opened,))


def publicity_stage(batch: AssessmentBatch, _actor: Actor) -> StageView:
    """The list stands open, requests are answered, then the results are final."""
    publicity = selectors.publicity_of(batch)
    counts = selectors.result_counts(batch)
    page = StageAction(_("公示与生效"), _url("publicity", batch), permission=Act.SCORE_VIEW)
    if publicity is None:
        if not counts["total"]:
            return StageView("idle")
        return StageView("now", _("待公示"), primary=page)
    facts = (
        Fact(publicity.starts_on.isoformat(), _("公示开始")),
        Fact(publicity.ends_on.isoformat(), _("公示结束")),
        Fact(selectors.reviews_of(batch).count(), _("复核申请")),
    )
    if counts["final"]:
        return StageView("done", _("已生效"), facts, actions=(page,))
    allowed = policies.final_allowed(batch, on=timezone.localdate())
    blockers: tuple[Line, ...] = ()
    if isinstance(allowed, Refused):
        blockers = (Line(allowed.reason, allowed.remedy, "now", citations=allowed.citations),)
    lines = [_review_line(batch, each) for each in selectors.waiting_reviews(batch)]
    state: StageState = "now" if blockers else "due"
    note = _("至 %(day)s") % {"day": publicity.ends_on.strftime("%m-%d")}
    return StageView(state, note, facts, lines, blockers, page)


def _review_line(batch: AssessmentBatch, review: ScoreReview) -> Line:
    due = policies.reply_due(review)
    return Line(
        f"{selectors.ticket_number(review.result.application)} {review.get_subject_display()}",
        _("最迟 %(day)s 答复") % {"day": due.day} if due else "",
        "due",
        _("待复核"),
        reverse("scoring_office:review", args=[batch.code, review.pk]),
        _("答复"),
        due.citations if due else (),
    )


def home_lines(actor: Actor) -> Sequence[Line]:
    """Batches whose marks are to be entered or checked, and requests to be answered."""
    lines = []
    waiting = AssessmentBatch.objects.filter(sittings__status__in=["running", "recorded"])
    for batch in waiting.exclude(results__status__in=["published", "final"]).distinct():
        stage = score_stage(batch, actor)
        lines.append(
            Line(
                batch.name,
                "，".join(f"{fact.label} {fact.value}" for fact in stage.facts),
                stage.state,
                _("登分核分"),
                _url("batch", batch),
            )
        )
    if actor.may(Act.SCORE_CHECK):
        open_ones = ScoreReview.objects.filter(status="waiting").select_related("result__batch")
        lines += [_review_line(each.result.batch, each) for each in open_ones]
    return lines


def chart_rows(_actor: Any) -> Sequence[tuple[str, float]]:
    return selectors.pass_rates()


batch_stages.register(
    "score", BatchStage("score", gettext_lazy("评分"), score_stage, without_exam), order=110
)
batch_stages.register(
    "publicity", BatchStage("publicity", gettext_lazy("公示"), publicity_stage), order=120
)
home_panels.register(
    "scoring",
    HomePanel("scoring", gettext_lazy("成绩"), home_lines, Act.SCORE_VIEW),
    order=60,
)
home_charts.register(
    "scoring.pass_rate",
    HomeChart(
        "scoring.pass_rate",
        gettext_lazy("各职业合格率"),
        chart_rows,
        "%",
        Act.BATCH_VIEW,
    ),
    order=20,
)
