"""Who may serve: members of the staff with their qualifications and cards."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment_center.catalog.models import Occupation
from assessment_center.people.models import Department, Person
from assessment_center.personnel.enums import Grade
from assessment_center.registry.records import Record

GRADE_LABELS = {
    Grade.PROCTOR: _("监考员"),
    Grade.ASSESSOR: _("考评员"),
    Grade.SENIOR_ASSESSOR: _("高级考评员"),
    Grade.SUPERVISOR_INTERNAL: _("内部质量督导员"),
    Grade.SUPERVISOR_EXTERNAL: _("外部质量督导员"),
    Grade.EXPERT: _("专家"),
    Grade.STAFF: _("工作人员"),
}


class StaffMember(Record):
    """A person who serves at examinations."""

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

    class Meta:
        verbose_name = _("考务人员")
        verbose_name_plural = _("考务人员")
        ordering = ("person__pinyin",)

    def __str__(self) -> str:
        return self.person.name


class Qualification(Record):
    """A qualification with its card and term; `occupations` empty means any."""

    member = models.ForeignKey(StaffMember, on_delete=models.CASCADE, related_name="qualifications")
    grade = models.CharField(
        _("资格"), max_length=24, choices=[(g.value, label) for g, label in GRADE_LABELS.items()]
    )
    card_number = models.CharField(_("证卡编号"), max_length=40, blank=True)
    occupations = models.ManyToManyField(Occupation, blank=True, verbose_name=_("职业"))
    levels = ArrayField(
        models.PositiveSmallIntegerField(), default=list, blank=True, verbose_name=_("等级")
    )
    valid_from = models.DateField(_("有效期起"))
    valid_until = models.DateField(_("有效期止"), null=True, blank=True)

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
        )

    def __str__(self) -> str:
        return f"{self.member} · {self.get_grade_display()}"
