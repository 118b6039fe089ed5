"""The line of the home page that says how old the last backup is."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment_center.accounts.enums import Act
from assessment_center.accounts.templatetags.office import moment
from assessment_center.backup.enums import RunKind
from assessment_center.backup.models import BackupRun
from assessment_center.backup.services import OVERDUE, last_good
from assessment_center.registry.entries import HomePanel, Line, home_panels

MEGABYTE = 1 << 20


def lines(_actor: Any) -> Sequence[Line]:
    """When the last backup was made, and why the last try failed if it did."""
    good, last = last_good(), BackupRun.objects.exclude(kind=RunKind.RESTORE).first()
    shown = [_last(good)]
    if last is not None and not last.ok:
        shown.append(Line(_("最近一次没有成功"), last.message, "bad", _("失败")))
    return shown


def _last(run: BackupRun | None) -> Line:
    if run is None:
        detail = _("请运行 manage.py backup，并设置定时备份。")
        return Line(_("还没有备份"), detail, "bad", _("没有"))
    fresh = timezone.now() - run.created_at <= OVERDUE
    detail = _("%(size)s MB，%(rows)s 行，%(files)s 个文件") % {
        "size": round(run.size / MEGABYTE, 1),
        "rows": run.rows,
        "files": run.files,
    }
    title = _("最近备份：%(at)s") % {"at": moment(run.created_at)}
    if fresh:
        return Line(title, detail, "done", _("正常"))
    return Line(title, detail, "due", _("已过期"))


home_panels.register(
    "backup",
    HomePanel("backup", gettext_lazy("备份"), lines, permission=Act.ACCOUNT_MANAGE),
    order=900,
)
