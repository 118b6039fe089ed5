"""How somebody comes by a qualification: application, training, examination."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment_center.catalog.models import Occupation
from assessment_center.personnel.enums import ApplicationStatus, Applying, TrainingKind
from assessment_center.personnel.labels import (
    APPLYING_LABELS,
    EARLY_LABELS,
    GRADE_LABELS,
    STATUS_LABELS,
    TRAINING_LABELS,
)
from assessment_center.personnel.models.members import Qualification, StaffMember, choices
from assessment_center.registry.records import Record
from assessment_center.rulebooks.models import RulebookVersion

OPEN = (
    ApplicationStatus.DRAFT,
    ApplicationStatus.RECOMMENDED,
    ApplicationStatus.TRAINED,
    ApplicationStatus.PASSED,
)


class QualificationApplication(Record):
    """An application for a grade (F-801); when recommended, the facts then true are kept."""

    member = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="applications")
    grade = models.CharField(_("申报资格"), max_length=24, choices=choices(GRADE_LABELS))
    kind = models.CharField(
        _("申报类别"),
        max_length=10,
        choices=choices(APPLYING_LABELS),
        default=Applying.FIRST.value,
    )
    occupations = models.ManyToManyField(Occupation, blank=True, verbose_name=_("申报职业"))
    levels = ArrayField(
        models.PositiveSmallIntegerField(), default=list, blank=True, verbose_name=_("等级")
    )
    early = models.CharField(
        _("提前申报"), max_length=16, blank=True, choices=choices(EARLY_LABELS)
    )
    early_grounds = models.CharField(_("提前申报的材料"), max_length=300, blank=True)
    consent_number = models.CharField(_("主管部门同意文号"), max_length=80, blank=True)
    leads = models.BooleanField(_("拟任专家组组长"), default=False)
    is_new_occupation = models.BooleanField(_("新开发的职业"), default=False)
    exception = models.CharField(_("破格理由"), max_length=300, blank=True)
    statement = models.TextField(_("本人申请及业绩"), max_length=2000, blank=True)
    recommendation = models.TextField(_("单位推荐意见"), max_length=1000, blank=True)
    recommended_by = models.CharField(_("推荐单位"), max_length=120, blank=True)
    applied_on = models.DateField(_("申报日期"))
    recommended_on = models.DateField(_("推荐日期"), null=True, blank=True)
    facts = models.JSONField(_("推荐时的事实"), default=dict, blank=True)
    rulebook_version = models.ForeignKey(
        RulebookVersion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("规程"),
    )
    status = models.CharField(
        _("状态"),
        max_length=12,
        choices=choices(STATUS_LABELS),
        default=ApplicationStatus.DRAFT.value,
    )
    decision = models.CharField(_("审定意见"), max_length=300, blank=True)
    decided_on = models.DateField(_("审定日期"), null=True, blank=True)
    qualification = models.OneToOneField(
        Qualification,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="application",
        verbose_name=_("证卡"),
    )

    class Meta:
        verbose_name = _("资格申报")
        verbose_name_plural = _("资格申报")
        ordering = ("-created_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("member", "grade"),
                condition=models.Q(status__in=[each.value for each in OPEN]),
                name="qualification_application_open_once",
                violation_error_message=_("这个人同一资格的申报正在办理，不能再报。"),
            ),
            models.CheckConstraint(
                condition=models.Q(status="carded", qualification__isnull=False)
                | (~models.Q(status="carded") & models.Q(qualification=None)),
                name="qualification_application_carded",
                violation_error_message=_("发了证卡的申报须连着证卡，其他状态不能有证卡。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.member} · {self.get_grade_display()}"


class Training(Record):
    """A course, or the training of a panel before a session; `hours` without practice.

    `batch_id` and `session` are the batch a panel is trained for: this app does not know it.
    """

    kind = models.CharField(_("类别"), max_length=16, choices=choices(TRAINING_LABELS))
    title = models.CharField(_("名称"), max_length=120)
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"))
    hours = models.PositiveSmallIntegerField(_("学时"), help_text=_("不含实习的标准学时。"))
    topics = ArrayField(
        models.CharField(max_length=120), default=list, blank=True, verbose_name=_("内容")
    )
    organiser = models.CharField(_("主办单位"), max_length=120, blank=True)
    place = models.CharField(_("地点或方式"), max_length=120, blank=True)
    batch_id = models.UUIDField(null=True, blank=True, db_index=True)
    session = models.CharField(_("认定批次"), max_length=160, blank=True)

    class Meta:
        verbose_name = _("培训")
        verbose_name_plural = _("培训")
        ordering = ("-ends_on", "title")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="training_dates_ordered",
                violation_error_message=_("培训的结束日期不能早于开始日期。"),
            ),
            models.CheckConstraint(
                condition=models.Q(hours__gt=0),
                name="training_has_hours",
                violation_error_message=_("培训须有学时。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(kind=TrainingKind.BRIEFING.value)
                | models.Q(batch_id__isnull=False) & ~models.Q(session=""),
                name="briefing_of_a_batch",
                violation_error_message=_("考前集训须写明是哪个批次的。"),
            ),
        )

    def __str__(self) -> str:
        return self.title


class TrainingAttendance(Record):
    """How many hours of a course a member attended."""

    training = models.ForeignKey(Training, on_delete=models.CASCADE, related_name="attendances")
    member = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="trainings")
    hours = models.PositiveSmallIntegerField(_("参加学时"))

    class Meta:
        verbose_name = _("参训记录")
        verbose_name_plural = _("参训记录")
        constraints = (
            models.UniqueConstraint(
                fields=("training", "member"),
                name="attended_once",
                violation_error_message=_("这个人已在本次培训的名单中。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.member} · {self.training}"


class QualificationExam(Record):
    """One sitting of the qualification examination; a part not held is empty."""

    application = models.ForeignKey(
        QualificationApplication, on_delete=models.PROTECT, related_name="exams"
    )
    taken_on = models.DateField(_("考核日期"))
    general_score = models.DecimalField(
        _("通用知识"), max_digits=5, decimal_places=1, null=True, blank=True
    )
    professional_score = models.DecimalField(
        _("专业技能"), max_digits=5, decimal_places=1, null=True, blank=True
    )
    organiser = models.CharField(_("考核单位"), max_length=120, blank=True)
    passed = models.BooleanField(_("合格"))

    class Meta:
        verbose_name = _("资格考核")
        verbose_name_plural = _("资格考核")
        ordering = ("taken_on", "created_at")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(general_score=None) | models.Q(general_score__range=(0, 100)),
                name="exam_general_score",
                violation_error_message=_("考核分数在 0 至 100 之间。"),
            ),
            models.CheckConstraint(
                condition=models.Q(professional_score=None)
                | models.Q(professional_score__range=(0, 100)),
                name="exam_professional_score",
                violation_error_message=_("考核分数在 0 至 100 之间。"),
            ),
            models.CheckConstraint(
                condition=models.Q(general_score__isnull=False)
                | models.Q(professional_score__isnull=False),
                name="exam_has_a_part",
                violation_error_message=_("至少登记一个部分的考核分数。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.application} {self.taken_on}"
