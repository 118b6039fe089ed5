"""Words of filing."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessment_center.filing.enums import Audience, FilingStatus, SpecStatus
from assessment_center.registry.entries import FilingPart, StageState

STATUS_LABELS: dict[str, Promise] = {
    FilingStatus.DRAFT: _("填报中"),
    FilingStatus.ASSESSED: _("已自评"),
    FilingStatus.SUBMITTED: _("已报送"),
    FilingStatus.RECOMMENDED: _("已推荐"),
    FilingStatus.RETURNED: _("已退回"),
    FilingStatus.CONFIRMED: _("已备案"),
    FilingStatus.PUBLISHED: _("已公布"),
}
STATUS_TONES: dict[str, StageState] = {
    FilingStatus.DRAFT: "idle",
    FilingStatus.ASSESSED: "now",
    FilingStatus.SUBMITTED: "now",
    FilingStatus.RECOMMENDED: "now",
    FilingStatus.RETURNED: "due",
    FilingStatus.CONFIRMED: "done",
    FilingStatus.PUBLISHED: "done",
}
KIND_LABELS: dict[str, Promise] = {
    "initial": _("初次备案"),
    "incremental": _("增量备案"),
    "selection": _("遴选"),
    "precheck": _("项目预审"),
}
SPEC_LABELS: dict[str, Promise] = {
    SpecStatus.DRAFT: _("编制中"),
    SpecStatus.REVIEWED: _("已评审"),
    SpecStatus.FILED: _("已备案"),
}
AUDIENCE_LABELS: dict[str, Promise] = {
    Audience.STUDENTS: _("学生"),
    Audience.STAFF: _("教职工"),
}
OWNERSHIP_LABELS: dict[str, Promise] = {"public": _("公办"), "private": _("民办")}
PART_LABELS: dict[FilingPart, Promise] = {
    "work_place": _("工作场所"),
    "theory_place": _("理论知识考场"),
    "practical_place": _("操作技能考核场所"),
    "equipment": _("设施设备"),
    "system": _("信息化建设"),
}
UNIT_LABELS: dict[str, Promise] = {
    "governing": _("领导机构"),
    "office": _("实施机构"),
    "group": _("工作组"),
    "faculty": _("院系"),
    "support": _("职能部门"),
    "authority": _("主管机构"),
}
