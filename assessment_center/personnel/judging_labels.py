"""Words for what the office judges of its staff."""

from django.utils.translation import gettext_lazy as _

from assessment_center.personnel.judging_enums import (
    AppraisalStatus,
    Branch,
    CaseStatus,
    ExclusionKind,
)
from assessment_center.personnel.rules.appraisal import Failing, Follows, Taken

BRANCH_LABELS = {Branch.ASSESSOR: _("考评员"), Branch.SUPERVISOR: _("质量督导员")}
TAKEN_LABELS = {
    Taken.SERVED: _("已参加"),
    Taken.MISSED: _("未按要求参加"),
    Taken.REFUSED: _("无正当理由拒绝派遣"),
    Taken.EXCUSED: _("有正当理由未参加"),
}
FAILING_LABELS = {
    Failing.MISSED_IN_A_ROW: _("连续未按要求参加考评工作"),
    Failing.NONE_IN_THE_YEAR: _("一年内未按要求参加考评工作"),
}
FOLLOWS_LABELS = {
    Follows.REWARD: _("表彰奖励"),
    Follows.RETRAIN: _("重新进行业务培训"),
    Follows.DISMISS: _("解聘并注销证卡"),
    Follows.PAUSE: _("暂停资格"),
}
APPRAISAL_LABELS = {AppraisalStatus.DRAFT: _("待审定"), AppraisalStatus.CONFIRMED: _("已审定")}
CASE_LABELS = {
    CaseStatus.OPEN: _("待决定"),
    CaseStatus.DECIDED: _("已处理"),
    CaseStatus.UNFOUNDED: _("查无实据"),
}
EXCLUSION_LABELS = {
    ExclusionKind.SESSION: _("取消本次资格"),
    ExclusionKind.PAUSED: _("暂停"),
    ExclusionKind.DISMISSED: _("解聘"),
    ExclusionKind.BARRED: _("禁任"),
}
GROUP_LABELS = {
    "exam_staff": _("考务人员"),
    "proctor": _("监考员"),
    "assessor": _("考评员"),
    "supervisor": _("质量督导员"),
    "expert": _("专家"),
    "bank_staff": _("题库人员"),
    "registration_staff": _("报名人员"),
    "certificate_staff": _("证书管理人员"),
    "paper_keeper": _("试卷保管人员"),
    "archive_user": _("档案使用人"),
}
EFFECT_LABELS = {
    "end_duty": _("终止考务工作"),
    "replace": _("当即撤换"),
    "lose_session": _("取消本次资格"),
    "criticise": _("批评教育"),
    "notice": _("通报"),
    "tell_employer": _("通报所在单位"),
    "correct_in_time": _("限期改正"),
    "pause_duty": _("暂停委派"),
    "lose_post": _("取消资格"),
    "cancel_card": _("注销证卡"),
    "end_hire": _("解除聘用"),
    "bar": _("规定年限内不得重新申报"),
    "bar_for_good": _("今后不得从事"),
    "discipline": _("行政处分"),
    "liability": _("追究责任"),
    "justice": _("移送司法机关"),
    "warn": _("当场制止"),
    "decided_by_body": _("由有权机构研究决定"),
}
