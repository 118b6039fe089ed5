"""People, where they study, and who is tied to whom."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessment_center.people.enums import Manner, StudentStatus, TieKind
from assessment_center.people.labels import STUDENT_STATUS_LABELS
from assessment_center.registry.records import Record


class Department(Record):
    name = models.CharField(_("院系名称"), max_length=80, unique=True)
    code = models.CharField(_("院系代码"), max_length=20, unique=True)
    is_active = models.BooleanField(_("使用中"), default=True)

    class Meta:
        verbose_name = _("院系")
        verbose_name_plural = _("院系")
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name


class DepartmentPost(Record):
    """For which department an account works; without one: for all, and for who has none."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="department_posts",
        verbose_name=_("账号"),
    )
    department = models.ForeignKey(
        Department,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="posts",
        verbose_name=_("院系"),
        help_text=_("不选即为全校：各院系和没有院系的社会考生都由他办。"),
    )
    is_active = models.BooleanField(_("任职中"), default=True)

    class Meta:
        verbose_name = _("院系任职")
        verbose_name_plural = _("院系任职")
        ordering = ("user__display_name", "department__code")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "department"),
                nulls_distinct=False,
                name="department_post_once",
                violation_error_message=_("这个账号已有这个院系的任职，请在原来的一行上修改。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} · {self.department or _('全校')}"


class SchoolClass(Record):
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="classes", verbose_name=_("院系")
    )
    name = models.CharField(_("班级"), max_length=80, unique=True)
    major = models.CharField(_("专业"), max_length=80)
    schooling = models.CharField(_("学制层次"), max_length=32, default="higher_vocational")
    enrolled_year = models.PositiveSmallIntegerField(_("入学年份"))
    graduation_year = models.PositiveSmallIntegerField(_("毕业年份"))

    class Meta:
        verbose_name = _("班级")
        verbose_name_plural = _("班级")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Person(Record):
    """One human being; the ID number is sealed, found by its keyed hash, shown masked."""

    name = models.CharField(_("姓名"), max_length=80)
    pinyin = models.CharField(_("拼音"), max_length=240, blank=True)
    initials = models.CharField(_("拼音首字母"), max_length=40, blank=True)
    id_kind = models.CharField(_("证件类型"), max_length=30)
    id_sealed = models.BinaryField()
    id_lookup = models.BinaryField(max_length=32)
    id_masked = models.CharField(_("证件号码"), max_length=40)
    sex = models.CharField(
        _("性别"), max_length=6, blank=True, choices=[("male", _("男")), ("female", _("女"))]
    )
    birth = models.DateField(_("出生日期"), null=True, blank=True)
    phone = models.CharField(_("手机号码"), max_length=20, blank=True)
    email = models.EmailField(_("电子邮箱"), blank=True)
    photo = models.ImageField(_("照片"), upload_to="photos/", blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="person",
        verbose_name=_("账号"),
    )

    class Meta:
        verbose_name = _("人员")
        verbose_name_plural = _("人员")
        ordering = ("pinyin", "name")
        constraints = (
            models.UniqueConstraint(
                fields=("id_kind", "id_lookup"),
                name="person_once",
                violation_error_message=_("这个证件号码已登记过。"),
            ),
        )
        indexes = (models.Index(fields=("initials",), name="person_initials"),)

    def __str__(self) -> str:
        return self.name


class StaffIdentity(Record):
    """Which person signs in with a staff account: what he may not decide is told by his ties."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="identity",
        verbose_name=_("账号"),
    )
    person = models.OneToOneField(
        Person, on_delete=models.CASCADE, related_name="staff_identity", verbose_name=_("本人")
    )

    class Meta:
        verbose_name = _("账号本人")
        verbose_name_plural = _("账号本人")

    def __str__(self) -> str:
        return f"{self.user} · {self.person}"


class StudentRecord(Record):
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="student")
    school_class = models.ForeignKey(
        SchoolClass, on_delete=models.PROTECT, related_name="students", verbose_name=_("班级")
    )
    student_number = models.CharField(_("学号"), max_length=30, unique=True)
    status = models.CharField(
        _("学籍状态"),
        max_length=12,
        choices=STUDENT_STATUS_LABELS.items(),
        default=StudentStatus.ENROLLED,
    )

    class Meta:
        verbose_name = _("学籍")
        verbose_name_plural = _("学籍")

    def __str__(self) -> str:
        return self.student_number


class TeachingAssignment(Record):
    """Who teaches which class: a teacher does not assess or proctor his own class."""

    teacher = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="teaching")
    school_class = models.ForeignKey(SchoolClass, on_delete=models.CASCADE, related_name="teachers")
    term = models.CharField(_("学期"), max_length=20)
    course = models.CharField(_("课程"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("任课")
        verbose_name_plural = _("任课")
        constraints = (
            models.UniqueConstraint(
                fields=("teacher", "school_class", "term", "course"), name="teaching_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.teacher} · {self.school_class}"


class Tie(Record):
    """A declared tie between two people, stored once with the smaller key first."""

    first = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(
        _("关系"),
        max_length=10,
        choices=[
            (TieKind.KIN.value, _("亲属")),
            (TieKind.TEACHER.value, _("师生")),
            (TieKind.FRIEND.value, _("其他利害关系")),
        ],
    )
    note = models.CharField(_("说明"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("回避关系")
        verbose_name_plural = _("回避关系")
        constraints = (
            models.UniqueConstraint(fields=("first", "second", "kind"), name="tie_once"),
            models.CheckConstraint(
                condition=models.Q(first__lt=models.F("second")), name="tie_ordered"
            ),
        )

    def __str__(self) -> str:
        return f"{self.first} · {self.second}"


class Disclosure(Record):
    """Full ID numbers that somebody saw at one time: who, how, on which page, why, and whose."""

    actor_kind = models.CharField(max_length=60)
    actor_id = models.UUIDField()
    actor_label = models.CharField(_("何人"), max_length=80)
    manner = models.CharField(
        _("方式"),
        max_length=10,
        choices=[
            (Manner.VIEW.value, _("查看")),
            (Manner.PRINT.value, _("打印")),
            (Manner.EXPORT.value, _("导出")),
            (Manner.JOB.value, _("后台任务")),
            (Manner.INTERNAL.value, _("系统处理")),
        ],
    )
    place = models.CharField(max_length=80, blank=True)
    purpose = models.CharField(_("事由"), max_length=200, blank=True)
    people = ArrayField(models.UUIDField(), verbose_name=_("涉及人员"))

    class Meta:
        verbose_name = _("证件号码使用记录")
        verbose_name_plural = _("证件号码使用记录")
        ordering = ("-created_at",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(manner__in=[manner.value for manner in Manner]),
                name="disclosure_manner",
            ),
            models.CheckConstraint(
                condition=models.Q(people__len__gt=0), name="disclosure_of_somebody"
            ),
        )
        indexes = (
            GinIndex(fields=("people",), name="disclosure_people"),
            models.Index(fields=("actor_id", "created_at"), name="disclosure_actor"),
        )

    def __str__(self) -> str:
        return f"{self.actor_label} {timezone.localdate(self.created_at)}"
