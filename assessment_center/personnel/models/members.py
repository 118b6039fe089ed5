"""Who may serve: members of the staff with their facts, qualifications and cards."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment_center.catalog.models import Occupation
from assessment_center.people.models import Department, Person
from assessment_center.personnel.labels import (
    EDUCATION_LABELS,
    EMPLOYMENT_LABELS,
    GRADE_LABELS,
    TITLE_LABELS,
)
from assessment_center.registry.records import Record

LEVEL_RANGE = (1, 5)


def choices(labels: Mapping[Any, Any]) -> list[tuple[str, Any]]:
    return [(str(key), label) for key, label in labels.items()]


class StaffMember(Record):
    """A person who serves at examinations, with the facts his qualifications rest on.

    The `…_since` dates are the day a fact began, so that years can be counted on any day.
    """

    person = models.OneToOneField(
        Person, on_delete=models.PROTECT, related_name="staff_member", verbose_name=_("姓名")
    )
    department = models.ForeignKey(
        Department,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="staff",
        verbose_name=_("所在部门"),
    )
    title = models.CharField(_("职称/职务"), max_length=60, blank=True)
    is_external = models.BooleanField(_("校外人员"), default=False)
    is_active = models.BooleanField(_("在岗"), default=True)
    employment = models.CharField(
        _("用工性质"), max_length=10, blank=True, choices=choices(EMPLOYMENT_LABELS)
    )
    employer = models.CharField(_("工作单位"), max_length=120, blank=True)
    education = models.CharField(
        _("学历"), max_length=12, blank=True, choices=choices(EDUCATION_LABELS)
    )
    major = models.CharField(_("所学专业"), max_length=60, blank=True)
    skill_level = models.PositiveSmallIntegerField(
        _("职业技能等级"), null=True, blank=True, help_text=_("1 为高级技师，5 为初级工。")
    )
    skill_occupation = models.CharField(_("技能等级的职业"), max_length=60, blank=True)
    skill_since = models.DateField(_("取得技能等级的日期"), null=True, blank=True)
    title_rank = models.CharField(
        _("职称级别"), max_length=20, blank=True, choices=choices(TITLE_LABELS)
    )
    title_since = models.DateField(_("取得职称的日期"), null=True, blank=True)
    occupation_since = models.DateField(_("从事本职业起"), null=True, blank=True)
    assessor_since = models.DateField(_("从事考评起"), null=True, blank=True)
    manager_since = models.DateField(_("从事相关管理起"), null=True, blank=True)
    in_authority = models.BooleanField(_("人社部门在职人员"), default=False)
    other_institutions = models.PositiveSmallIntegerField(_("同时受聘的其他评价机构数"), default=0)
    resume = models.TextField(_("工作简历"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("考务人员")
        verbose_name_plural = _("考务人员")
        ordering = ("person__pinyin",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(skill_level=None) | models.Q(skill_level__range=LEVEL_RANGE),
                name="member_skill_level",
                violation_error_message=_("职业技能等级只有一级至五级。"),
            ),
        )

    def __str__(self) -> str:
        return self.person.name


class Qualification(Record):
    """A qualification with its card and term; `occupations` empty means any.

    The last day of the term still counts. A revoked card counts from `revoked_on` on no more;
    `revoked_source` is the decision that took it, whose appeal may give another in its place.
    """

    member = models.ForeignKey(StaffMember, on_delete=models.CASCADE, related_name="qualifications")
    grade = models.CharField(_("资格"), max_length=24, choices=choices(GRADE_LABELS))
    card_number = models.CharField(_("证卡编号"), max_length=40, blank=True)
    occupations = models.ManyToManyField(Occupation, blank=True, verbose_name=_("职业"))
    levels = ArrayField(
        models.PositiveSmallIntegerField(), default=list, blank=True, verbose_name=_("等级")
    )
    valid_from = models.DateField(_("有效期起"))
    valid_until = models.DateField(_("有效期止"), null=True, blank=True)
    issued_on = models.DateField(_("发证日期"), null=True, blank=True)
    issuer = models.CharField(_("发证单位"), max_length=120, blank=True)
    revoked_on = models.DateField(_("注销日期"), null=True, blank=True)
    revoked_reason = models.CharField(_("注销原因"), max_length=300, blank=True)
    revoked_source = models.UUIDField(null=True, blank=True, editable=False)
    hired = True  # whoever reads cards for a day of duty sets whether a contract covers it

    class Meta:
        verbose_name = _("资格证卡")
        verbose_name_plural = _("资格证卡")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(valid_until=None)
                | models.Q(valid_until__gte=models.F("valid_from")),
                name="qualification_term_ordered",
                violation_error_message=_("证卡有效期的止日不能早于起日。"),
            ),
            models.CheckConstraint(
                condition=models.Q(revoked_on=None) | ~models.Q(revoked_reason=""),
                name="qualification_revoked_why",
                violation_error_message=_("注销证卡须写明原因。"),
            ),
            models.UniqueConstraint(
                fields=("card_number",),
                condition=~models.Q(card_number=""),
                name="card_number_once",
                violation_error_message=_("这个证卡编号已经用过。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.member} · {self.get_grade_display()}"

    def holds(self, on: date) -> bool:
        """Whether the card itself is valid that day."""
        begun = self.valid_from <= on
        ended = self.valid_until is not None and self.valid_until < on
        return begun and not ended and (self.revoked_on is None or on < self.revoked_on)
