"""Until when, in the candidate's words."""

from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.batches.models import AssessmentBatch
from assessment_center.deadlines.selectors import due
from candidates.enums import ApplicationStatus as S
from candidates.models import Application
from candidates.policies import CORRECTABLE
from candidates.spoken import spoken, spoken_day


def until_words(application: Application) -> str:
    """Until when a draft is handed in or a returned application corrected; empty for others."""
    batch = application.batch
    if application.status == S.DRAFT:
        return closing_words(batch)
    if application.status != S.RETURNED:
        return ""
    if batch.status not in CORRECTABLE:
        return _("批次已上报，不能再补正。")
    last = due(batch).filter(stage="report", done_at=None).exclude(due=None).first()
    if last is None or last.due is None:
        return _("请尽快补正：批次上报后就不能再改。")
    return _("请在 %(day)s 前补正并重新提交：学校要在那天前上报。") % {"day": spoken_day(last.due)}


def closing_words(batch: AssessmentBatch) -> str:
    """When registration closes and how long that is from now."""
    closes = batch.registration_closes
    left = (timezone.localdate(closes) - timezone.localdate()).days
    if timezone.now() > closes:
        return _("报名已于 %(at)s 截止，这份草稿不能再提交。") % {"at": spoken(closes)}
    if left == 0:
        return _("今天 %(at)s 截止报名。") % {"at": f"{timezone.localtime(closes):%H:%M}"}
    told = _("还有 %(n)d 天") % {"n": left}
    return _("报名截至 %(at)s，%(left)s。") % {"at": spoken(closes), "left": told}
