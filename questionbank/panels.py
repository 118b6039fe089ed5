"""The stage of the papers on the batch's rail, and items that wait on the home page."""

from functools import reduce

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment_center.accounts.enums import Act
from assessment_center.batches.models import AssessmentBatch
from assessment_center.batches.panels import without_exam
from assessment_center.office import MenuLink, menu_links
from assessment_center.registry import Actor, Refused
from assessment_center.registry.entries import (
    BatchStage,
    BatchTab,
    Fact,
    HomePanel,
    Line,
    StageAction,
    StageState,
    StageView,
    batch_stages,
    batch_tabs,
    home_panels,
)
from questionbank.enums import PaperStatus
from questionbank.models import Paper
from questionbank.policies import (
    Demands,
    from_authority,
    own_bank_demands,
    pickup_citations,
    serving_holders,
)
from questionbank.secrecy import admitted_user
from questionbank.selectors import bank_sizes, papers_of, waiting_for_review
from questionbank.supply import joined, paper_supplies

SHOWN = 6
TWO = 2
CLOSED = frozenset({PaperStatus.SEALED, PaperStatus.RELEASED})
CHIPS: dict[str, StageState] = {
    PaperStatus.DRAFT: "now",
    PaperStatus.APPROVED: "now",
    PaperStatus.SEALED: "seal",
    PaperStatus.RELEASED: "done",
}


def _page(batch: AssessmentBatch) -> str:
    return reverse("questionbank_office:papers", args=[batch.code])


def papers_stage(batch: AssessmentBatch, _actor: Actor) -> StageView:
    """Papers of the own bank, those of the authority, or both; each as its keeper tells it."""
    demands = own_bank_demands(batch)
    views = [_own_stage(batch, demands)] if demands else []
    if from_authority(batch):
        views += [tell(batch) for tell in paper_supplies]
    return reduce(joined, views) if views else StageView("idle")


def _own_stage(batch: AssessmentBatch, demands: Demands) -> StageView:
    """Every offering's subject with its forms; done once all are sealed, violet until opened."""
    page = StageAction(_("试卷"), _page(batch), permission=Act.BANK_VIEW)
    papers = list(papers_of(batch))
    closed = [paper for paper in papers if paper.status in CLOSED]
    covered = {(p.offering_id, p.subject) for p in closed}
    open_ones = [each for each in demands if (each[0].pk, each[1]) not in covered]
    done = not open_ones and len(closed) == len(papers)
    return StageView(
        state=_state(papers, done=done),
        note=_("封存 %(n)s 套") % {"n": len(closed)} if closed else "",
        facts=[
            Fact(len(demands), _("需要试卷的科目")),
            Fact(len(papers), _("已组试卷")),
            Fact(len(closed), _("已封存")),
        ],
        lines=[_line(paper) for paper in papers],
        blockers=[] if done else _blockers(batch, papers),
        primary=None if done else page,
        actions=[page] if done else [],
    )


def _state(papers: list[Paper], *, done: bool) -> StageState:
    if not papers:
        return "idle"
    if not done:
        return "now"
    return "done" if any(p.status == PaperStatus.RELEASED for p in papers) else "seal"


def _line(paper: Paper) -> Line:
    spare = _("备用卷") if paper.is_spare else ""
    return Line(str(paper), spare, CHIPS[paper.status], str(paper.get_status_display()))


def _blockers(batch: AssessmentBatch, papers: list[Paper]) -> list[Line]:
    """What is missing before everything is sealed."""
    made = {(paper.offering_id, paper.subject) for paper in papers}
    sizes = bank_sizes(batch)
    found = []
    for offering, subject in own_bank_demands(batch):
        what = f"{offering} {Paper(subject=subject).get_subject_display()}"
        if (offering.pk, subject) in made:
            continue
        text = _("还没有组卷") if sizes.get((offering.pk, subject)) else _("还没有题库")
        found.append(Line(_("%(what)s：%(text)s") % {"what": what, "text": text}, "", "bad"))
    drafts = sum(paper.status == PaperStatus.DRAFT for paper in papers)
    if drafts:
        text = _("%(n)s 套试卷待审定") % {"n": drafts}
        found.append(Line(text, _("审定人不能是组卷人本人。"), "due", url=_page(batch)))
    if len(serving_holders()) < TWO:
        url = reverse("questionbank_office:keys")
        text = _("持钥人不足两位")
        cited = pickup_citations(batch)
        found.append(Line(text, _("请两位持钥人各自设置钥匙。"), "bad", url=url, citations=cited))
    found += _unpromised(batch)
    approved = sum(paper.status == PaperStatus.APPROVED for paper in papers)
    if approved:
        text = _("%(n)s 套试卷待封存") % {"n": approved}
        found.append(Line(text, "", "due", url=_page(batch)))
    return found


def _unpromised(batch: AssessmentBatch) -> list[Line]:
    """Holders whose promise will not bind on the day the papers are opened (SEC-08)."""
    outcomes = [
        admitted_user(holder.user_id, batch.rules, batch.exam_starts)
        for holder in serving_holders()
    ]
    return [
        Line(each.reason, each.remedy, "bad", citations=each.citations)
        for each in outcomes
        if isinstance(each, Refused)
    ]


def review_lines(actor: Actor) -> list[Line]:
    """Banks with items that wait for this reviewer."""
    return [
        Line(
            str(bank),
            _("待审题 %(n)s 题") % {"n": bank.waiting},  # type: ignore[attr-defined]
            "due",
            _("待审题"),
            reverse("questionbank_office:bank", args=[bank.pk]) + "?status=submitted#items",
        )
        for bank in waiting_for_review(actor.user_id)[:SHOWN]
    ]


def approval_lines(_actor: Actor) -> list[Line]:
    """Batches whose papers wait for approval."""
    drafts = Paper.objects.filter(status=PaperStatus.DRAFT).select_related("batch")
    batches = {paper.batch.code: paper.batch for paper in drafts}
    return [
        Line(batch.name, _("有试卷待审定"), "due", _("待审定"), _page(batch))
        for batch in batches.values()
    ][:SHOWN]


batch_stages.register(
    "papers", BatchStage("papers", gettext_lazy("试卷"), papers_stage, without_exam), order=90
)
batch_tabs.register(
    "papers", BatchTab("papers", gettext_lazy("试卷"), _page, Act.BANK_VIEW), order=90
)
home_panels.register(
    "items_to_review",
    HomePanel("items_to_review", gettext_lazy("待审试题"), review_lines, Act.BANK_REVIEW),
    order=90,
)
home_panels.register(
    "papers_to_approve",
    HomePanel("papers_to_approve", gettext_lazy("待审定试卷"), approval_lines, Act.PAPER_APPROVE),
    order=91,
)
menu_links.register(
    "questionbank.keys",
    MenuLink("questionbank", gettext_lazy("试卷钥匙"), "questionbank_office:keys", Act.PAPER_KEY),
    order=10,
)
