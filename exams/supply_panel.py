"""How the papers of the authority stand, for the stage of the papers and the home page."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment_center.accounts.enums import Act
from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry import Actor
from assessment_center.registry.entries import (
    Fact,
    HomePanel,
    Line,
    StageAction,
    StageView,
    home_panels,
)
from exams.enums import ParcelState
from exams.models import PaperParcel
from exams.supply import (
    asked_of,
    bags_needed,
    held_parcels,
    is_outdated,
    lines_of,
    open_lines,
    parcels_of,
    supply_citations,
)
from questionbank.supply import paper_supplies


def _url(batch: AssessmentBatch) -> str:
    return reverse("exams_office:supply", args=[batch.code])


def supply_stage(batch: AssessmentBatch) -> StageView:
    """Asked for, arrived and in store; a bag with a fault holds the stage."""
    asked = asked_of(batch)
    page = StageAction(_("主管部门试卷"), _url(batch), permission=Act.EXAM_VIEW)
    if asked is None:
        ready = bool(bags_needed(batch, 0))
        text = _("试卷由主管部门下发，还没有提出试卷需求")
        line = Line(text, "", "due", citations=supply_citations(batch))
        return StageView("now" if ready else "idle", primary=page, blockers=[line] if ready else [])
    lines, waiting = lines_of(asked), open_lines(asked).count()
    stored = parcels_of(batch).filter(state=ParcelState.STORED).count()
    blockers = _blockers(batch, waiting)
    if is_outdated(asked):
        text = _("排座已变，试卷需求与考场人数不符")
        blockers.append(Line(text, _("请重新提出需求。"), "bad", url=page.url))
    return StageView(
        state="now" if blockers else "done",
        note=_("入库 %(n)s/%(all)s 袋") % {"n": stored, "all": len(lines)},
        facts=[Fact(len(lines), _("需要的试卷袋")), Fact(stored, _("已入库"))],
        blockers=blockers,
        primary=page if blockers else None,
        actions=[] if blockers else [page],
    )


def _blockers(batch: AssessmentBatch, waiting: int) -> list[Line]:
    found = [
        Line(
            _("袋号 %(number)s 有异常，待主任决定") % {"number": each.number},
            each.note,
            "bad",
            url=_url(batch),
        )
        for each in held_parcels(batch)
    ]
    if waiting:
        text = _("还有 %(n)s 袋试卷没有到") % {"n": waiting}
        found.append(Line(text, "", "due", url=_url(batch), citations=supply_citations(batch)))
    return found


def held_lines(_actor: Actor) -> list[Line]:
    """Bags that wait for the head's decision."""
    waiting = PaperParcel.objects.filter(state=ParcelState.HELD).select_related("batch")
    return [
        Line(each.batch.name, _("袋号 %(n)s：%(why)s") % {"n": each.number, "why": each.note},
             "bad", _("待决定"), _url(each.batch))
        for each in waiting
    ]  # fmt: skip


paper_supplies.register("authority", supply_stage)
home_panels.register(
    "papers_held",
    HomePanel("papers_held", gettext_lazy("试卷异常"), held_lines, Act.PAPER_APPROVE),
    order=92,
)
