"""The words for kinds and states of equipment."""

from django.utils.translation import gettext_lazy as _

from candidates.enums import Education
from candidates.labels import EDUCATION_LABELS
from exams.equipment.enums import (
    CareKind,
    ChangeKind,
    ChangeState,
    CheckMoment,
    DamageKind,
    Handling,
    LoanState,
    Ownership,
    Settlement,
    Standing,
    Verdict,
)

OWNERSHIP_LABELS = {
    Ownership.OWN.value: _("自有"),
    Ownership.RENTED.value: _("租用"),
    Ownership.SHARED.value: _("共建共用"),
}
STANDING_LABELS = {Standing.IN_USE.value: _("在用"), Standing.SCRAPPED.value: _("已报废")}
VERDICT_LABELS = {Verdict.PASSED.value: _("合格"), Verdict.FAILED.value: _("不合格")}
HANDLING_LABELS = {
    Handling.REPAIR.value: _("修理后重新检定"),
    Handling.DOWNGRADE.value: _("降级使用"),
    Handling.SCRAP.value: _("报废"),
}
CARE_LABELS = {
    CareKind.DAILY.value: _("日常维护"),
    CareKind.REGULAR.value: _("定期维护"),
    CareKind.REPAIR.value: _("维修"),
}
LOAN_LABELS = {
    LoanState.ASKED.value: _("待批准"),
    LoanState.OUT.value: _("借出"),
    LoanState.HELD.value: _("有缺损待批准收回"),
    LoanState.RETURNED.value: _("已归还"),
    LoanState.REFUSED.value: _("未批准"),
}
DAMAGE_LABELS = {
    DamageKind.DAMAGE.value: _("损坏"),
    DamageKind.WEAR.value: _("损耗"),
    DamageKind.LOSS.value: _("丢失"),
}
SETTLEMENT_LABELS = {
    Settlement.REPAIRED.value: _("已修复"),
    Settlement.REPLACED.value: _("已补充"),
    Settlement.WRITTEN_OFF.value: _("已报损"),
}
CHECK_LABELS = {CheckMoment.BEFORE.value: _("考前检查"), CheckMoment.AFTER.value: _("考后归位")}
CHANGE_LABELS = {
    ChangeKind.PURCHASE.value: _("购置"),
    ChangeKind.REBUILD.value: _("安装调试改造"),
    ChangeKind.RENEWAL.value: _("更新"),
    ChangeKind.SCRAP.value: _("报废"),
}
CHANGE_STATE_LABELS = {
    ChangeState.PLANNED.value: _("待批准"),
    ChangeState.APPROVED.value: _("已批准"),
    ChangeState.REFUSED.value: _("未批准"),
    ChangeState.DONE.value: _("已办理"),
}
KEEPER_EDUCATION = tuple(
    (each.value, EDUCATION_LABELS[each.value])
    for each in Education
    if each not in {Education.PRIMARY_SCHOOL, Education.MIDDLE_SCHOOL}
)
