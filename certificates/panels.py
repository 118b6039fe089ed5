"""The stage certificate of a batch's rail, what waits on the home page, and the chart."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment_center.accounts.enums import Act
from assessment_center.batches.enums import BatchStatus
from assessment_center.batches.models import AssessmentBatch
from assessment_center.office import HomeChart, MenuLink, home_charts, menu_links
from assessment_center.registry import Actor
from assessment_center.registry.entries import (
    BatchStage,
    Fact,
    HomePanel,
    Line,
    StageAction,
    StageView,
    batch_stages,
    home_panels,
)
from candidates.portal_parts import add_part
from certificates import (
    figures,  # noqa: F401 - its column registers itself
    fraud,  # noqa: F401 - its consequence registers itself
)
from certificates.policies import numbering_faults, printed_outside, request_faults
from certificates.portal_parts import PART
from certificates.selectors import (
    awaited,
    by_level,
    counts,
    results_final,
    to_hand_out,
    waiting_batches,
)

OVER = frozenset({BatchStatus.COMPLETED, BatchStatus.ARCHIVED})


def _url(name: str, batch: AssessmentBatch) -> str:
    return reverse(f"certificates_office:{name}", args=[batch.code])


def _blockers(batch: AssessmentBatch) -> list[Line]:
    outside = printed_outside(batch)
    faults = request_faults(batch) if outside else numbering_faults(batch, timezone.localdate())
    return [
        Line(str(each.reason), str(each.remedy), "bad", citations=each.citations) for each in faults
    ]


def certificate_stage(batch: AssessmentBatch, _actor: Actor) -> StageView:
    """Numbered, issued and handed out; or by which article not yet."""
    if not results_final(batch):
        return StageView("idle")
    told = counts(batch)
    page = StageAction(str(_("编号与发证")), _url("batch", batch), permission=Act.CERTIFICATE_VIEW)
    facts = [
        Fact(told["passed"], _("合格")),
        Fact(told["numbered"], _("已编号")),
        Fact(told["issued"], _("已发证")),
        Fact(told["handed_out"], _("已领取")),
    ]
    if printed_outside(batch):
        facts[1:3] = [Fact(awaited(batch).count(), _("申领中")), Fact(told["issued"], _("已领回"))]
        page = StageAction(
            str(_("证书申领与发放")), _url("batch", batch), permission=Act.CERTIFICATE_VIEW
        )
    if told["issued"] >= told["passed"]:
        return _settled(batch, told["issued"], facts, page)
    return StageView(
        state="now",
        note=(_("待领回 %(n)s 份") if printed_outside(batch) else _("待发 %(n)s 份"))
        % {"n": told["passed"] - told["issued"]},
        facts=facts,
        blockers=_blockers(batch) if told["numbered"] < told["passed"] else [],
        primary=page,
    )


def _settled(
    batch: AssessmentBatch, issued: int, facts: list[Fact], page: StageAction
) -> StageView:
    """Nothing is left to issue: the batch may be completed."""
    note = _("%(n)s 份") % {"n": issued}
    if batch.status in OVER:
        return StageView("done", note=note, facts=facts, actions=[page])
    finish = StageAction(
        str(_("完成批次")),
        _url("complete", batch),
        "post",
        Act.BATCH_PLAN,
        confirm=str(_("证书已全部办完，批次将转入归档。")),
    )
    return StageView("done", note=note, facts=facts, primary=finish, actions=[page])


def home_lines(actor: Actor) -> Sequence[Line]:
    """Batches with certificates to issue, and certificates nobody has collected."""
    if not actor.may(Act.CERTIFICATE_VIEW):
        return []
    lines = [
        Line(
            batch.name,
            _("%(n)s 人合格，还没有发证") % {"n": left},
            "now",
            _("待发证"),
            _url("batch", batch),
        )
        for batch, left in waiting_batches()
    ]
    left = to_hand_out()
    if left:
        url = reverse("certificates_office:index")
        lines.append(Line(_("%(n)s 份证书待领取") % {"n": left}, "", "idle", "", url))
    return lines


def chart(_actor: Actor) -> Sequence[tuple[str, float]]:
    return by_level()


add_part(PART)
batch_stages.register(
    "certificate", BatchStage("certificate", gettext_lazy("证书"), certificate_stage), order=130
)
home_panels.register(
    "certificates",
    HomePanel("certificates", gettext_lazy("证书"), home_lines, Act.CERTIFICATE_VIEW),
    order=130,
)
home_charts.register(
    "certificates.levels",
    HomeChart(
        "certificates.levels",
        gettext_lazy("今年发证（按等级）"),
        chart,
        "",
        Act.CERTIFICATE_VIEW,
    ),
    order=130,
)
menu_links.register(
    "certificates.ledger",
    MenuLink(
        "certificates", gettext_lazy("证书台账"), "certificates_office:index", Act.CERTIFICATE_VIEW
    ),
)
