"""What stands behind every application: the school, its regulations, its units and their people."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment_center.filing.labels import OWNERSHIP_LABELS, UNIT_LABELS
from assessment_center.organization.models import AssessmentCentre
from assessment_center.personnel.models import StaffMember
from assessment_center.registry.records import Record


class SchoolProfile(Record):
    """The school as the filing form asks for it (F-102, FIL-20, FIL-28)."""

    centre = models.OneToOneField(
        AssessmentCentre, on_delete=models.PROTECT, related_name="profile"
    )
    school_name = models.CharField(_("学校全称"), max_length=120)
    school_address = models.CharField(_("学校地址"), max_length=200)
    registered_with = models.CharField(_("注册登记机构"), max_length=120)
    ownership = models.CharField(
        _("学校性质"), max_length=8, choices=list(OWNERSHIP_LABELS.items())
    )
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18)
    supervised_by = models.CharField(_("主管部门"), max_length=120)
    legal_name = models.CharField(_("法定代表人"), max_length=60)
    legal_post = models.CharField(_("法定代表人职务"), max_length=60)
    legal_phone = models.CharField(_("法定代表人办公电话"), max_length=40)
    contact_name = models.CharField(_("联系人"), max_length=60)
    contact_post = models.CharField(_("联系人职务"), max_length=60)
    contact_phone = models.CharField(_("联系人办公电话"), max_length=40)
    contact_mobile = models.CharField(_("手机号码"), max_length=20)
    email = models.EmailField(_("邮箱"))
    website = models.URLField(_("技能等级认定工作网址"), blank=True)
    english_name = models.CharField(_("英文名称"), max_length=160, blank=True)

    class Meta:
        verbose_name = _("学校信息")
        verbose_name_plural = _("学校信息")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(credit_code__regex=r"^[0-9A-HJ-NP-RTUW-Y]{18}$"),
                name="school_credit_code_form",
                violation_error_message=_("统一社会信用代码为 18 位数字和大写字母。"),
            ),
        )

    def __str__(self) -> str:
        return self.school_name


class InternalRegulation(Record):
    """A regulation of the school on assessment; `code` is the rulebook's name for it, or empty."""

    centre = models.ForeignKey(
        AssessmentCentre, on_delete=models.PROTECT, related_name="regulations"
    )
    code = models.CharField(_("对应的规定"), max_length=40, blank=True)
    title = models.CharField(_("名称"), max_length=160)
    number = models.CharField(_("文号"), max_length=60)
    issuer = models.CharField(_("发文部门"), max_length=80)
    issued_on = models.DateField(_("制定日期"))
    ended_on = models.DateField(_("废止日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("内部制度")
        verbose_name_plural = _("内部制度")
        ordering = ("issued_on", "title")
        constraints = (
            models.UniqueConstraint(
                fields=("centre", "title"),
                condition=models.Q(ended_on=None),
                name="regulation_in_force_once",
                violation_error_message=_("同名的制度已有一份在用，请先废止旧的。"),
            ),
            models.CheckConstraint(
                condition=models.Q(ended_on=None) | models.Q(ended_on__gte=models.F("issued_on")),
                name="regulation_term_ordered",
                violation_error_message=_("废止日期不能早于制定日期。"),
            ),
        )

    def __str__(self) -> str:
        return f"《{self.title}》"


class OrgUnit(Record):
    """A unit of the centre; one that is renamed ends and names its successor (ORG-05)."""

    centre = models.ForeignKey(AssessmentCentre, on_delete=models.PROTECT, related_name="units")
    code = models.CharField(_("对应的规定"), max_length=40)
    name = models.CharField(_("名称"), max_length=120)
    kind = models.CharField(_("类别"), max_length=12, choices=list(UNIT_LABELS.items()))
    document = models.CharField(_("设置文件"), max_length=160, blank=True)
    since = models.DateField(_("成立日期"))
    ended_on = models.DateField(_("停用日期"), null=True, blank=True)
    successor = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessor",
        verbose_name=_("职责承继单位"),
    )

    class Meta:
        verbose_name = _("机构设置")
        verbose_name_plural = _("机构设置")
        ordering = ("since", "name")
        constraints = (
            models.UniqueConstraint(
                fields=("centre", "code", "name"),
                condition=models.Q(ended_on=None),
                name="unit_in_force_once",
                violation_error_message=_("这个单位已经登记。"),
            ),
            models.CheckConstraint(
                condition=models.Q(ended_on=None, successor=None)
                | models.Q(ended_on__gte=models.F("since"), successor__isnull=False),
                name="ended_unit_has_successor",
                violation_error_message=_("停用的单位须写明职责承继单位，且不早于成立日期。"),
            ),
            models.CheckConstraint(
                condition=models.Q(successor=None) | ~models.Q(successor=models.F("id")),
                name="unit_not_its_own_successor",
                violation_error_message=_("单位不能承继自己。"),
            ),
        )

    def __str__(self) -> str:
        return self.name


class UnitMember(Record):
    """A member of the staff in a unit; `is_fulltime`: does nothing else (FIL-17)."""

    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="members")
    member = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, related_name="units", verbose_name=_("姓名")
    )
    post = models.CharField(_("岗位"), max_length=40)
    duty = models.CharField(_("主要职责"), max_length=120, blank=True)
    is_head = models.BooleanField(_("负责人"), default=False)
    is_fulltime = models.BooleanField(_("专职"), default=False)

    class Meta:
        verbose_name = _("机构成员")
        verbose_name_plural = _("机构成员")
        ordering = ("-is_head", "created_at")
        constraints = (
            models.UniqueConstraint(
                fields=("unit", "member"),
                name="unit_member_once",
                violation_error_message=_("此人已在这个单位。"),
            ),
            models.UniqueConstraint(
                fields=("unit",),
                condition=models.Q(is_head=True),
                name="unit_one_head",
                violation_error_message=_("一个单位只有一名负责人。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.member} {self.post}"
