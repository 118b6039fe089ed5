"""The words for the states and kinds of applications."""

from django.utils.translation import gettext_lazy as _

from assessment_center.people import labels as people_labels
from candidates.enums import (
    ApplicationStatus,
    CaseStatus,
    Education,
    EvidenceKind,
    ExamKind,
    ExpenseKind,
    FeeKind,
    FeeState,
    Finding,
    LineState,
    Origin,
    RefundGround,
    RefundState,
    ReturnReason,
    ReviewKind,
    Source,
    Stage,
    WaiverGround,
)

STATUS_LABELS = {
    ApplicationStatus.DRAFT.value: _("填写中"),
    ApplicationStatus.SUBMITTED.value: _("待初审"),
    ApplicationStatus.RETURNED.value: _("退回修改"),
    ApplicationStatus.FIRST_REVIEWED.value: _("待复核"),
    ApplicationStatus.CONFIRMED.value: _("审核通过"),
    ApplicationStatus.REFUSED.value: _("审核不通过"),
    ApplicationStatus.WITHDRAWN.value: _("已撤回"),
}
FEE_LABELS = {
    FeeState.NONE.value: _("不收费"),
    FeeState.DUE.value: _("待缴费"),
    FeeState.PAID.value: _("已缴费"),
    FeeState.WAIVED.value: _("已减免"),
    FeeState.REFUNDED.value: _("已退费"),
}
LINE_LABELS = {
    LineState.MATCHED.value: _("已匹配"),
    LineState.UNMATCHED.value: _("未匹配"),
    LineState.DISMISSED.value: _("不入账"),
}
REFUND_GROUND_LABELS = {
    RefundGround.WITHDRAWN.value: _("撤回申报"),
    RefundGround.REFUSED.value: _("审核不通过"),
    RefundGround.CANCELLED.value: _("考试取消"),
}
REFUND_STATE_LABELS = {
    RefundState.ASKED.value: _("待办理"),
    RefundState.PAID.value: _("已退费"),
    RefundState.DECLINED.value: _("不予退费"),
}
EXPENSE_LABELS = {
    ExpenseKind.EXAM_AFFAIRS.value: _("考务费"),
    ExpenseKind.ASSESSORS.value: _("考评费"),
    ExpenseKind.EXPERTS.value: _("专家费"),
    ExpenseKind.SUPERVISION.value: _("督导巡考费"),
    ExpenseKind.PAPERS.value: _("试卷费"),
    ExpenseKind.CERTIFICATES.value: _("证书费"),
    ExpenseKind.MATERIALS.value: _("耗材和资料费"),
    ExpenseKind.TRAINING.value: _("培训费"),
    ExpenseKind.EQUIPMENT.value: _("设备费"),
    ExpenseKind.SOFTWARE.value: _("软件费"),
    ExpenseKind.AUTHORITY.value: _("上缴主管部门"),
    ExpenseKind.OTHER.value: _("其他"),
}
EXAM_KIND_LABELS = {ExamKind.FIRST.value: _("新考"), ExamKind.RESIT.value: _("补考")}
ORIGIN_LABELS = {Origin.PORTAL.value: _("网上填报"), Origin.SHEET.value: _("院系导入")}
EVIDENCE_LABELS = {
    EvidenceKind.ID_DOCUMENT.value: _("身份证件"),
    EvidenceKind.EDUCATION.value: _("学历或学籍证明"),
    EvidenceKind.CERTIFICATE.value: _("已有的技能等级证书"),
    EvidenceKind.WORK.value: _("工作年限证明"),
    EvidenceKind.TITLE.value: _("职称证书"),
    EvidenceKind.CONTEST.value: _("竞赛获奖证明"),
    EvidenceKind.ONE_X.value: _("1+X 证书"),
    EvidenceKind.TRANSCRIPT.value: _("课程成绩单或学分证明"),
    EvidenceKind.OTHER.value: _("其他材料"),
}
EDUCATION_LABELS = {
    Education.POSTGRADUATE.value: _("研究生"),
    Education.BACHELOR.value: _("大学本科"),
    Education.COLLEGE.value: _("大学专科和专科学校"),
    Education.SECONDARY_VOCATIONAL.value: _("中等专业学校"),
    Education.TECHNICAL_SCHOOL.value: _("技工学校"),
    Education.HIGH_SCHOOL.value: _("高中"),
    Education.MIDDLE_SCHOOL.value: _("初中"),
    Education.PRIMARY_SCHOOL.value: _("小学"),
}
SOURCE_LABELS = {
    Source.SCHOOL.value: _("学校（在校生）"),
    Source.EMPLOYER.value: _("企业"),
    Source.AUTHORITY.value: _("机关"),
    Source.SOCIETY.value: _("社会"),
    Source.MILITARY.value: _("军队"),
    Source.OTHER.value: _("其他"),
}
FINDING_LABELS = {
    Finding.ELIGIBLE.value: _("符合"),
    Finding.UNPROVEN.value: _("待证明"),
    Finding.INELIGIBLE.value: _("不符合"),
}
REVIEW_LABELS = {
    ReviewKind.FIRST_REVIEW.value: _("初审通过"),
    ReviewKind.RETURN.value: _("退回修改"),
    ReviewKind.CONFIRM.value: _("复核通过"),
    ReviewKind.REFUSE.value: _("审核不通过"),
    ReviewKind.REOPEN.value: _("重新审核"),
}
STAGE_LABELS = {Stage.FIRST.value: _("初审"), Stage.SECOND.value: _("复核")}
RETURN_REASONS = {
    ReturnReason.FACTS_WRONG.value: _("个人信息与证件不一致"),
    ReturnReason.WORK_UNCLEAR.value: _("从业经历的单位或起止时间不清楚"),
    ReturnReason.WRONG_CONDITION.value: _("所选申报条件与情况不符"),
    ReturnReason.PHOTO_UNCLEAR.value: _("照片不清楚"),
    ReturnReason.PHOTO_GROUND.value: _("照片的底色、尺寸或着装不符合要求"),
    ReturnReason.NOT_THE_PERSON.value: _("照片不是本人近照"),
    ReturnReason.PAPER_MISSING.value: _("缺少证明材料"),
    ReturnReason.PAPER_UNCLEAR.value: _("材料不清楚或不完整"),
    ReturnReason.PAPER_DIFFERS.value: _("材料与所填内容不一致"),
    ReturnReason.UNSTAMPED.value: _("证明没有单位盖章或签字"),
    ReturnReason.NOT_SIGNED.value: _("承诺书未由本人签署"),
}
# The part of the application each reason concerns, where the candidate's page opens.
REASON_PARTS = {
    ReturnReason.FACTS_WRONG.value: "facts",
    ReturnReason.WORK_UNCLEAR.value: "facts",
    ReturnReason.WRONG_CONDITION.value: "facts",
    ReturnReason.PHOTO_UNCLEAR.value: "photo",
    ReturnReason.PHOTO_GROUND.value: "photo",
    ReturnReason.NOT_THE_PERSON.value: "photo",
    ReturnReason.PAPER_MISSING.value: "evidence",
    ReturnReason.PAPER_UNCLEAR.value: "evidence",
    ReturnReason.PAPER_DIFFERS.value: "evidence",
    ReturnReason.UNSTAMPED.value: "evidence",
    ReturnReason.NOT_SIGNED.value: "commitment",
}
CASE_LABELS = {
    CaseStatus.OPEN.value: _("待决定"),
    CaseStatus.UPHELD.value: _("成立"),
    CaseStatus.DISMISSED.value: _("不成立"),
}
FEE_KIND_LABELS = {
    FeeKind.PAYMENT.value: _("缴费"),
    FeeKind.WAIVER.value: _("减免"),
    FeeKind.SUBSIDY.value: _("补贴"),
}
WAIVER_GROUND_LABELS = {
    WaiverGround.CANCELLED.value: _("上次考试取消"),
    WaiverGround.OTHER.value: _("其他减免"),
}
ID_KIND_LABELS = people_labels.ID_KIND_LABELS
# Parts of the application a reviewer may return, in the order of the task list.
PART_LABELS = {
    "facts": _("个人情况"),
    "photo": _("照片"),
    "evidence": _("佐证材料"),
    "commitment": _("承诺书"),
}
