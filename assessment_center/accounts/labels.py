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
KIND_LABELS: dict[Kind, Promise] = {Kind.STAFF: _("工作人员"), Kind.CANDIDATE: _("考生")}
