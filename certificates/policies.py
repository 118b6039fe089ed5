"""When certificates may be numbered."""

from django.utils.translation import gettext as _

from assessment_center.batches.enums import ReportStatus
from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry import ALLOWED, Outcome, Refused


def numbering_allowed(batch: AssessmentBatch) -> Outcome:
    """The authority's approval of the results where asked for; printed by us, not by it."""
    settings = batch.rules.settings
    printer = settings.certificate_printer
    if printer is not None and printer.value == "authority":
        return Refused(_("证书由主管部门编号和制作，不在本系统编号。"), printer.citations)
    approval = settings.numbering_needs_approval
    if approval is not None and approval.value:
        approved = batch.reports.filter(kind="results", status=ReportStatus.APPROVED).exists()
        if not approved:
            return Refused(
                _("成绩尚未经主管部门审核，不能生成证书编号。"),
                approval.citations,
                _("请先上报成绩并登记审核结果。"),
            )
    return ALLOWED
