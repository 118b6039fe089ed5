"""The words for roles."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessment_center.accounts.enums import Kind, Role

ROLE_LABELS: dict[Role, Promise] = {
    Role.HEAD: _("主任"),
    Role.CLERK: _("考务员"),
    Role.REVIEWER: _("资格审核员"),
    Role.DEPARTMENT: _("院系经办人"),
    Role.ITEM_WRITER: _("命题专家"),
    Role.BANK_MANAGER: _("题库管理员"),
    Role.ASSESSOR: _("考评员"),
    Role.SCORE_CLERK: _("成绩管理员"),
    Role.CERTIFICATE_CLERK: _("证书管理员"),
    Role.ARCHIVIST: _("档案管理员"),
    Role.SUPERVISOR: _("质量督导员"),
    Role.ADMINISTRATOR: _("系统管理员"),
    Role.INSPECTOR: _("检查人员"),
}
DUTY_LABELS: dict[str, Promise] = {
    "first_review": _("资格初审"),
    "confirm": _("资格复核"),
    "write_items": _("命题"),
    "review_items": _("审题"),
    "assemble_papers": _("组卷"),
    "approve_papers": _("审定试卷"),
    "first_key": _("保管第一把试卷钥匙"),
    "second_key": _("保管第二把试卷钥匙"),
    "enter_scores": _("登分"),
    "check_scores": _("核分"),
}
KIND_LABELS: dict[Kind, Promise] = {Kind.STAFF: _("工作人员"), Kind.CANDIDATE: _("考生")}


def duty_label(key: str) -> str:
    """The name of a duty, in words."""
    return str(DUTY_LABELS[key])
