"""The words for states and routes."""

from django.utils.translation import gettext_lazy as _

from assessment_center.batches.enums import (
    AnnouncementStatus,
    BatchStatus,
    PlanStatus,
    ReportStatus,
    Route,
)

PLAN_LABELS = {PlanStatus.DRAFT.value: _("草稿"), PlanStatus.APPROVED.value: _("已批准")}
BATCH_LABELS = {
    BatchStatus.DRAFT.value: _("筹备"),
    BatchStatus.ANNOUNCED.value: _("报名中"),
    BatchStatus.REGISTRATION_CLOSED.value: _("报名截止"),
    BatchStatus.REPORTED.value: _("已上报"),
    BatchStatus.APPROVED.value: _("已核准"),
    BatchStatus.COMPLETED.value: _("已完成"),
    BatchStatus.ARCHIVED.value: _("已归档"),
    BatchStatus.CANCELLED.value: _("已取消"),
}
ROUTE_LABELS = {
    Route.EXAM.value: _("考试考核"),
    Route.DIRECT.value: _("直接认定"),
    Route.PROCESS.value: _("过程化考核"),
    Route.CREDIT.value: _("学分认定"),
    Route.CONTEST.value: _("竞赛取证"),
    Route.PERFORMANCE.value: _("业绩评审"),
}
PAPER_ORIGIN_LABELS = {"own_bank": _("本机构题库"), "authority": _("主管部门")}
RECOGNITION_ROUTES = [(key, word) for key, word in ROUTE_LABELS.items() if key != Route.EXAM.value]
ORGANISER_LABELS = {
    "school": _("校级"),
    "city": _("市级"),
    "province": _("省级"),
    "nation": _("国家级"),
}
ANNOUNCEMENT_LABELS = {
    AnnouncementStatus.DRAFT.value: _("草稿"),
    AnnouncementStatus.PUBLISHED.value: _("已发布"),
}
REPORT_DUE_LABELS = {
    "plan": _("向主管部门上报本批计划"),
    "data": _("上传报名数据"),
    "venue": _("上报场地资料"),
}
REPORT_KIND_LABELS = {
    "plan": _("批次申请和报名数据"),
    "batch_plan": _("考核计划"),
    "venue": _("考场设施设备"),
    "change": _("考试时间、地点变更"),
    "results": _("成绩"),
    "certificates": _("证书数据"),
}
RECEIPT_LABELS = {
    "submitted": _("报出"),
    "received": _("平台受理"),
    "returned": _("退回"),
    "approved": _("核准"),
    "supplement": _("补报"),
}
REPORT_LABELS = {
    ReportStatus.DRAFT.value: _("待上报"),
    ReportStatus.SUBMITTED.value: _("已上报"),
    ReportStatus.RETURNED.value: _("已退回"),
    ReportStatus.APPROVED.value: _("已核准"),
}
