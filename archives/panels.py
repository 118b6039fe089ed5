"""The stage archive of a batch's rail, and what waits for the archivist."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archives.enums import VolumeStatus
from archives.models import ArchiveItem
from archives.selectors import disposable, volumes_of
from archives.year_selectors import year_lines
from assessment_center.accounts.enums import Act
from assessment_center.batches.enums import BatchStatus
from assessment_center.batches.models import AssessmentBatch
from assessment_center.office import MenuLink, menu_links
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


def archive_stage(batch: AssessmentBatch, _actor: Actor) -> StageView:
    """Filed, closed and checked?"""
    url = reverse("archives_office:batch", args=[batch.code])
    volumes = list(volumes_of(batch))
    items = sum(volume.item_count for volume in volumes)
    faults = sum(volume.unsound_count for volume in volumes)
    facts = [Fact(items, _("归档文件")), Fact(len(volumes), _("案卷"))]
    if faults:
        blocker = Line(_("有 %(n)s 件档案核验不符。") % {"n": faults}, state="bad", url=url)
        return StageView("bad", note=_("核验不符"), facts=facts, blockers=(blocker,))
    if batch.status == BatchStatus.ARCHIVED:
        return StageView("done", note=_("%(n)s 件") % {"n": items}, facts=facts)
    if batch.status != BatchStatus.COMPLETED:
        return StageView("idle")
    closed = sum(volume.status == VolumeStatus.CLOSED for volume in volumes)
    lines = [
        Line(
            v.title,
            _("%(n)s 件") % {"n": v.item_count},
            "done" if v.root else "now",
            v.get_status_display(),
        )
        for v in volumes
    ]
    return StageView(
        "now",
        note=_("已封 %(n)s 卷") % {"n": closed},
        facts=facts,
        lines=lines,
        primary=StageAction(_("归档"), url, permission=Act.ARCHIVE_FILE),
    )


def waiting(_actor: Actor) -> Sequence[Line]:
    """Completed batches to be filed, faults found, and items past their term."""
    lines = [
        Line(
            batch.name,
            _("批次已完成，等待归档"),
            "now",
            url=reverse("archives_office:batch", args=[batch.code]),
        )
        for batch in AssessmentBatch.objects.filter(status=BatchStatus.COMPLETED)
    ]
    faults = ArchiveItem.objects.filter(check_sound=False).count()
    if faults:
        lines.append(Line(_("%(n)s 件档案核验不符") % {"n": faults}, state="bad"))
    for line in year_lines(timezone.localdate()):
        if not line.closed:
            url = reverse("archives_office:year", args=[line.year])
            told = _("%(year)s 年度档案") % {"year": line.year}
            lines.append(Line(told, _("登记簿、考务人员和设备的材料等待归档"), "now", url=url))
    due = disposable(timezone.localdate()).count()
    if due:
        lines.append(Line(_("%(n)s 件档案已过保管期") % {"n": due}, _("可办理销毁审批"), "due"))
    return lines


batch_stages.register(
    "archive", BatchStage("archive", gettext_lazy("归档"), archive_stage), order=140
)
home_panels.register(
    "archives",
    HomePanel("archives", gettext_lazy("待归档"), waiting, Act.ARCHIVE_FILE),
    order=140,
)
menu_links.register(
    "archives",
    MenuLink("archives", gettext_lazy("归档"), "archives_office:list", Act.ARCHIVE_VIEW),
    order=140,
)
