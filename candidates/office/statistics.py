"""The figures of the reviewers, on a page that prints and as a workbook."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.batches.selectors import batch_by_code
from assessment_center.office import actor_of, office_view, render_office
from assessment_center.spreadsheets import WORKBOOK_TYPE, ColumnSpec, Kind, write
from candidates import review_statistics
from candidates.portal.status import file_response


def _heads() -> list[str]:
    return [
        _("审核人"), _("初审通过"), _("复核通过"), _("退回"), _("不通过"), _("其中批量通过"),
        _("验看原件"), _("逐份用时中位数（分钟）"), _("退回率（%）"),
    ]  # fmt: skip


@office_view(Act.APPLICATION_VIEW, methods=("GET", "HEAD"))
def page(request: HttpRequest, code: str) -> HttpResponse:
    batch = batch_by_code(code)
    actor = actor_of(request)
    lines = review_statistics.by_reviewer(batch, actor)
    if "xlsx" in request.GET:
        columns = [
            ColumnSpec(str(i), head, kind=Kind.DECIMAL if i else Kind.TEXT)
            for i, head in enumerate(_heads())
        ]
        made = write(review_statistics.table(lines), columns, title=_("审核统计"))
        name = f"{batch.code} {_('审核统计')} {timezone.localdate():%Y-%m-%d}.xlsx"
        return file_response(made, WORKBOOK_TYPE, name)
    context = {
        "batch": batch,
        "lines": lines,
        "heads": _heads(),
        "draws": review_statistics.draws(batch, actor),
        "at": timezone.now(),
    }
    return render_office(request, "office/candidates/statistics.html", context)
