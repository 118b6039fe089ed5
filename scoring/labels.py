"""The words for states of scores and results."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from scoring.enums import (
    EntryRound,
    PublicityStatus,
    RecognitionStatus,
    RecognitionVerdict,
    ResultStatus,
    ReviewStatus,
    Standing,
)

ROUND_LABELS: dict[str, Promise] = {
    EntryRound.FIRST.value: _("一登"),
    EntryRound.SECOND.value: _("二登"),
    EntryRound.ASSESSOR.value: _("考评员评分"),
}
STANDING_LABELS: dict[str, Promise] = {
    Standing.SCORED.value: _("有成绩"),
    Standing.ABSENT.value: _("缺考"),
    Standing.CHEATED.value: _("违纪取消"),
}
RESULT_LABELS: dict[str, Promise] = {
    ResultStatus.DRAFT.value: _("待公示"),
    ResultStatus.PUBLISHED.value: _("公示中"),
    ResultStatus.FINAL.value: _("已生效"),
}
PUBLICITY_LABELS: dict[str, Promise] = {
    PublicityStatus.OPEN.value: _("公示中"),
    PublicityStatus.CLOSED.value: _("公示结束"),
}
REVIEW_LABELS: dict[str, Promise] = {
    ReviewStatus.WAITING.value: _("待复核"),
    ReviewStatus.UNCHANGED.value: _("成绩无误"),
    ReviewStatus.CORRECTED.value: _("已更正"),
    ReviewStatus.REJECTED.value: _("不予受理"),
}
RECOGNITION_LABELS: dict[str, Promise] = {
    RecognitionStatus.PROPOSED.value: _("待确认"),
    RecognitionStatus.RETURNED.value: _("已退回"),
    RecognitionStatus.CONFIRMED.value: _("已确认"),
}
VERDICT_LABELS: dict[str, Promise] = {
    RecognitionVerdict.GRANTED.value: _("予以认定"),
    RecognitionVerdict.REFUSED.value: _("不予认定"),
}
