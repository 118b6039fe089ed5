"""What the candidates' part shows on the batch page and on the home page."""

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Count
from django.db.models.functions import TruncWeek
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment_center.accounts.enums import Act
from assessment_center.batches.enums import BatchStatus
from assessment_center.batches.models import AssessmentBatch
from assessment_center.batches.seams import paper_makers, report_makers, supplement_makers
from assessment_center.office import HomeChart, MenuLink, home_charts, menu_links
from assessment_center.registry import Actor
from assessment_center.registry.entries import (
    BatchStage,
    BatchTab,
    Fact,
    HomePanel,
    Line,
    StageAction,
    StageView,
    batch_stages,
    batch_tabs,
    home_panels,
)
from candidates import (
    figures,  # noqa: F401 - its columns register themselves
    selectors,
    timeline,  # noqa: F401 - registers the own part of the portal page
)
from candidates.cases import false_paper_rules, wants_safety
from candidates.enums import ApplicationStatus as S
from candidates.enums import FeeState
from candidates.models import Application
from candidates.services.fees import fee_citations
from candidates.services.reporting import report_anew, report_batch, report_papers

WEEKS = 12


def _url(name: str, batch: AssessmentBatch) -> str:
    return reverse(f"candidates_office:{name}", args=[batch.code])


def register_stage(batch: AssessmentBatch, actor: Actor) -> StageView:
    """How many have applied, and until when."""
    counts = selectors.counts_by_state(batch, actor)
    handed_in = sum(n for state, n in counts.items() if state not in {S.DRAFT, S.WITHDRAWN})
    facts = [
        Fact(handed_in, _("已提交")),
        Fact(counts.get(S.DRAFT, 0), _("填写中")),
        Fact(counts.get(S.WITHDRAWN, 0), _("已撤回")),
    ]
    note = _("%(n)d 人") % {"n": handed_in}
    listed = StageAction(str(_("申报名单")), _url("queue", batch), permission=Act.APPLICATION_VIEW)
    beside = _beside(batch)
    if batch.status in {BatchStatus.DRAFT, BatchStatus.CANCELLED}:
        return StageView(state="idle")
    if batch.status == BatchStatus.ANNOUNCED:
        bring = StageAction(
            str(_("院系集中报名")), _url("import", batch), permission=Act.APPLICATION_ENTER
        )
        over = timezone.now() > batch.registration_closes
        return StageView(
            state="due" if over else "now",
            note=note,
            facts=facts,
            primary=bring,
            actions=[listed, *beside],
        )
    return StageView(state="done", note=note, facts=facts, actions=[listed, *beside])


def _beside(batch: AssessmentBatch) -> list[StageAction]:
    """What the rulebook adds to the registration: fraud dealt with, safety agreed upon."""
    found = []
    if false_paper_rules(batch.rules):
        found.append(
            StageAction(
                str(_("弄虚作假处理")), _url("fraud", batch), permission=Act.APPLICATION_VIEW
            )
        )
    if wants_safety(batch):
        found.append(
            StageAction(
                str(_("安全保证书")), _url("safety", batch), permission=Act.APPLICATION_VIEW
            )
        )
    return found


def review_stage(batch: AssessmentBatch, actor: Actor) -> StageView:
    """What waits for the first review and for the confirmation."""
    counts = selectors.counts_by_state(batch, actor)
    first, second = counts.get(S.SUBMITTED, 0), counts.get(S.FIRST_REVIEWED, 0)
    returned, passed = counts.get(S.RETURNED, 0), counts.get(S.CONFIRMED, 0)
    facts = [
        Fact(first, _("待初审")),
        Fact(second, _("待复核")),
        Fact(returned, _("退回修改")),
        Fact(passed, _("审核通过")),
        Fact(counts.get(S.REFUSED, 0), _("不通过")),
    ]
    page = StageAction(str(_("去审核")), _url("queue", batch), permission=Act.APPLICATION_VIEW)
    waiting = first + second + returned
    if waiting:
        note = _("待审 %(n)d") % {"n": waiting}
        return StageView(state="now", note=note, facts=facts, primary=page)
    if passed:
        return StageView(
            state="done", note=_("通过 %(n)d") % {"n": passed}, facts=facts, actions=[page]
        )
    return StageView(state="idle", facts=facts)


def fee_stage(batch: AssessmentBatch, _actor: Actor) -> StageView:
    """Who has paid; those who have not are not admitted."""
    counts = selectors.counts_by_fee(batch)
    due, paid = counts.get(FeeState.DUE, 0), counts.get(FeeState.PAID, 0)
    waived, free = counts.get(FeeState.WAIVED, 0), counts.get(FeeState.NONE, 0)
    facts = [Fact(paid, _("已缴费")), Fact(due, _("待缴费")), Fact(waived, _("已减免"))]
    if free:
        facts.append(Fact(free, _("不收费")))
    page = StageAction(str(_("登记缴费")), _url("fees", batch), permission=Act.FEE_RECORD)
    if due:
        line = Line(
            str(_("未缴费的考生不列入考试名单。")), state="due", citations=fee_citations(batch)
        )
        return StageView(
            state="now",
            note=_("待缴 %(n)d") % {"n": due},
            facts=facts,
            lines=[line],
            primary=page,
        )
    settled = paid + waived + free
    if settled:
        return StageView(state="done", facts=facts, actions=[page])
    return StageView(state="idle", facts=facts)


def free_of_charge(batch: AssessmentBatch) -> Line | None:
    """Why there is nothing to pay: the rulebook takes no fees (FEE-01)."""
    mode = batch.rules.settings.fee_mode
    if mode is None or mode.value != "none":
        return None
    return Line(
        str(_("规程规定不收费，这一步不适用。")), state="unneeded", citations=mode.citations
    )


def waiting_lines(actor: Actor) -> Sequence[Line]:
    """Per batch: what this actor may review now."""
    waiting = Application.objects.none()
    if actor.may(Act.APPLICATION_FIRST_REVIEW):
        first = Application.objects.filter(status=S.SUBMITTED)
        waiting |= selectors.visible(actor, first, act=Act.APPLICATION_FIRST_REVIEW)
    if actor.may(Act.APPLICATION_CONFIRM):
        waiting |= Application.objects.filter(status=S.FIRST_REVIEWED)
    words = {S.SUBMITTED: _("待初审"), S.FIRST_REVIEWED: _("待复核")}
    rows = (
        waiting.values_list("batch__code", "batch__name", "status")
        .annotate(n=Count("id"))
        .order_by("batch__code", "status")
    )
    return [
        Line(
            f"{name} · {words[S(status)]} {n}",
            state="now",
            url=f"{reverse('candidates_office:queue', args=[code])}?state={status}",
            link=str(_("去审核")),
        )
        for code, name, status, n in rows
    ]


def fee_lines(_actor: Actor) -> Sequence[Line]:
    rows = (
        Application.objects.filter(status=S.CONFIRMED, fee_state=FeeState.DUE)
        .values_list("batch__code", "batch__name")
        .annotate(n=Count("id"))
        .order_by("batch__code")
    )
    return [
        Line(
            _("%(name)s · 待缴费 %(n)d") % {"name": name, "n": n},
            state="due",
            url=reverse("candidates_office:fees", args=[code]),
            link=str(_("登记缴费")),
        )
        for code, name, n in rows
    ]


def by_week(actor: Actor) -> list[tuple[str, float]]:
    """Applications handed in, by week, the last twelve weeks that had any."""
    rows = (
        selectors.visible(actor, Application.objects.all())
        .filter(submitted_at__gte=timezone.now() - timedelta(days=366))
        .annotate(week=TruncWeek("submitted_at"))
        .values_list("week")
        .annotate(n=Count("id"))
        .order_by("week")
    )
    return [(f"{week:%m-%d}", float(n)) for week, n in rows][-WEEKS:]


batch_stages.register(
    "register", BatchStage("register", gettext_lazy("报名"), register_stage), order=30
)
batch_stages.register("review", BatchStage("review", gettext_lazy("审核"), review_stage), order=40)
batch_stages.register(
    "fee", BatchStage("fee", gettext_lazy("缴费"), fee_stage, free_of_charge), order=50
)
batch_tabs.register(
    "candidates",
    BatchTab(
        "candidates",
        gettext_lazy("考生"),
        lambda batch: _url("queue", batch),
        Act.APPLICATION_VIEW,
    ),
    order=20,
)
home_panels.register(
    "candidates.review",
    HomePanel(
        "candidates.review", gettext_lazy("待审核"), waiting_lines, permission=Act.APPLICATION_VIEW
    ),
    order=20,
)
home_panels.register(
    "candidates.fees",
    HomePanel("candidates.fees", gettext_lazy("待缴费"), fee_lines, permission=Act.FEE_RECORD),
    order=30,
)
home_charts.register(
    "candidates.weeks",
    HomeChart(
        "candidates.weeks",
        gettext_lazy("每周报名人数"),
        by_week,
        permission=Act.APPLICATION_VIEW,
    ),
    order=10,
)
menu_links.register(
    "candidates.home",
    MenuLink(
        "candidates", gettext_lazy("报名与审核"), "candidates_office:home", Act.APPLICATION_VIEW
    ),
)
report_makers.register("candidates", report_batch)
supplement_makers.register("candidates", report_anew)
paper_makers.register("candidates", report_papers)
