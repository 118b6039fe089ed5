"""When certificates may be numbered, and of which results."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment_center.batches.models import AssessmentBatch
from assessment_center.batches.selectors import in_scope, scope_citations
from assessment_center.opening.selectors import settled
from assessment_center.organization.models import Filing
from assessment_center.organization.selectors import filings_on
from assessment_center.registry import ALLOWED, Outcome, Refused
from assessment_center.registry.entries import Counting
from assessment_center.workdays.counting import count_term
from certificates.enums import OUTSIDE
from certificates.selectors import (
    counts,
    final_day,
    issue_day,
    results_approved,
    results_final,
    unnumbered,
)

FROM_BATCH_END = "batch_end"


def printed_outside(batch: AssessmentBatch) -> bool:
    """Where the authority numbers and prints, nothing is numbered here (CERT-02)."""
    printer = batch.rules.settings.certificate_printer
    return printer is not None and printer.value == OUTSIDE


def filing_on(batch: AssessmentBatch, on: date) -> Filing | None:
    """The filing whose number the certificates carry.

    One made under the batch's own rulebook comes first, and the basic one before an incremental.
    """
    own = batch.rulebook_version.code
    valid = filings_on(batch.centre, on)
    return min(
        valid,
        key=lambda each: (each.rulebook_version.code != own, each.is_incremental),
        default=None,
    )


def numbering_allowed(batch: AssessmentBatch, on: date) -> Outcome:
    """Printed by us, results approved where asked for, inside filing, its term and its scope."""
    return next(numbering_faults(batch, on), ALLOWED)


def numbering_faults(batch: AssessmentBatch, on: date) -> Iterator[Refused]:
    """Everything that forbids numbering on that day."""
    settings = batch.rules.settings
    if printed_outside(batch):
        printer = settings.certificate_printer
        yield Refused(
            _("证书由主管部门编号和制作，不在本系统编号。"), printer.citations if printer else ()
        )
        return
    yield from _unopened(batch)
    approval = settings.numbering_needs_approval
    if approval.value and not results_approved(batch):
        yield Refused(
            _("成绩尚未经主管部门审核，不能生成证书编号。"),
            approval.citations,
            _("请先上报成绩并登记审核结果。"),
        )
    final = final_day(batch)
    if final is not None and on < final:
        yield Refused(_("成绩于 %(day)s 生效，证书不能早于这一天。") % {"day": final})
    yield from _wording(batch)
    yield from _outside_filing(batch, on)


def _wording(batch: AssessmentBatch) -> Iterator[Refused]:
    """CERT-21: words that neither the title nor the institution's name may hold."""
    settings = batch.rules.settings
    if settings.forbidden_words is None:
        return
    texts = (settings.certificate_title.value, batch.centre.name)
    for word in settings.forbidden_words.value:
        if any(word in text for text in texts):
            yield Refused(
                _("证书上不得出现“%(word)s”字样。") % {"word": word},
                settings.forbidden_words.citations,
                _("请更正证书名称或机构名称。"),
            )


def _unopened(batch: AssessmentBatch) -> Iterator[Refused]:
    """The first day is not declared: nobody could say which number is the next (CERT-18)."""
    outcome = settled(batch.centre)
    if isinstance(outcome, Refused):
        settings = batch.rules.settings
        cited = settings.certno_pattern or settings.certificate_printer
        yield Refused(outcome.reason, cited.citations if cited else (), outcome.remedy)


def _outside_filing(batch: AssessmentBatch, on: date) -> Iterator[Refused]:
    if filing_on(batch, on) is None:
        yield Refused(
            _("%(day)s 不在备案有效期内，不能生成证书编号。") % {"day": on},
            scope_citations(batch.rules),
            _("请先登记有效的备案。"),
        )
        return
    offerings = {row.application.offering_id: row.application.offering for row in unnumbered(batch)}
    for each in offerings.values():
        outcome = in_scope(batch.centre, each.occupation, each.job, each.level, on)
        if isinstance(outcome, Refused):
            yield outcome


def upload_term(batch: AssessmentBatch) -> Counting | None:
    """CERT-28: from the end of the batch, or from the issue once there is one."""
    term = batch.rules.settings.upload_due
    if term is None:
        return None
    from_end = term.value.from_ == FROM_BATCH_END
    start = batch.exam_ends if from_end else issue_day(batch)
    if start is None:
        return None
    ends = gettext_lazy("批次考试结束日") if batch.examined else gettext_lazy("批次认定结束日")
    return count_term(ends if from_end else gettext_lazy("发证日"), start, term.value)


def upload_in_time(batch: AssessmentBatch, on: date, late_reason: str) -> Outcome:
    """CERT-30: where the rulebook asks for it, a late upload says why."""
    asked, by = batch.rules.settings.late_reason, upload_term(batch)
    if not asked.value or by is None or by.due is None or on <= by.due or late_reason.strip():
        return ALLOWED
    return Refused(
        _("证书数据的上传期限 %(day)s 已过。") % {"day": by.due},
        asked.citations,
        _("请写明逾期原因。"),
    )


def request_allowed(batch: AssessmentBatch) -> Outcome:
    """The authority makes them, and the results are final and approved (CERT-01, CERT-02)."""
    return next(request_faults(batch), ALLOWED)


def request_faults(batch: AssessmentBatch) -> Iterator[Refused]:
    """Everything that forbids asking the authority for certificates now."""
    settings = batch.rules.settings
    if not printed_outside(batch):
        printer = settings.certificate_printer
        yield Refused(
            _("证书由本机构编号和制作，不向主管部门申领。"), printer.citations if printer else ()
        )
        return
    yield from _unopened(batch)
    if not results_final(batch):
        yield Refused(_("结果还没有生效。"), remedy=_("请先办完公示。"))
    approval = settings.numbering_needs_approval
    if approval.value and not results_approved(batch):
        yield Refused(
            _("成绩尚未经主管部门审核确认，不能申领证书。"),
            approval.citations,
            _("请先上报成绩并登记审核结果。"),
        )


def all_issued(batch: AssessmentBatch) -> Outcome:
    """Whether everyone who passed has the certificate; nobody to certify is fine too."""
    told = counts(batch)
    if not results_final(batch):
        return Refused(_("结果还没有生效。"), remedy=_("请先办完公示。"))
    missing = told["passed"] - told["issued"]
    if missing > 0 and printed_outside(batch):
        printer = batch.rules.settings.certificate_printer
        return Refused(
            _("还有 %(n)s 份证书没有从主管部门领回。") % {"n": missing},
            printer.citations if printer else (),
            _("请申领并登记领回的证书。"),
        )
    if missing > 0:
        return Refused(_("还有 %(n)s 人没有发证。") % {"n": missing}, remedy=_("请先发证。"))
    return ALLOWED
