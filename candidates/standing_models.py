"""What is known of a person beyond one application: bans, passed subjects, held certificates."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment_center.catalog.labels import LEVEL_LABELS, SUBJECT_LABELS
from assessment_center.catalog.models import Job, Occupation
from assessment_center.people.models import Person
from assessment_center.registry.records import Record


class Ban(Record):
    """Applications of this person are refused while it holds; no `until`: until graduation."""

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="bans", verbose_name=_("考生")
    )
    starts = models.DateField(_("起"))
    until = models.DateField(_("止"), null=True, blank=True)
    reason = models.CharField(_("原因"), max_length=300)
    citations = ArrayField(models.CharField(max_length=200), default=list, verbose_name=_("依据"))
    rulebook = models.CharField(max_length=8, blank=True)
    source_kind = models.CharField(max_length=60)
    source_id = models.UUIDField()

    class Meta:
        verbose_name = _("禁考")
        verbose_name_plural = _("禁考")
        ordering = ("-starts",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("starts")),
                name="ban_ordered",
                violation_error_message=_("禁考的止日不能早于起日。"),
            ),
            models.UniqueConstraint(
                fields=("person", "source_kind", "source_id"),
                name="ban_once_per_source",
                violation_error_message=_("同一处理决定只登记一次禁考。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} {self.starts}"


class SubjectPass(Record):
    """A subject passed earlier and still to be counted until `valid_until`.

    One without an application was passed before the centre's first day here.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="subject_passes")
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, related_name="+")
    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    level = models.PositiveSmallIntegerField(
        _("等级"), choices=LEVEL_LABELS.items(), null=True, blank=True
    )
    subject_code = models.CharField(_("科目"), max_length=12, choices=SUBJECT_LABELS.items())
    passed_on = models.DateField(_("合格日期"))
    valid_until = models.DateField(_("有效至"), null=True, blank=True)
    application = models.ForeignKey(
        "candidates.Application",
        on_delete=models.PROTECT,
        related_name="subject_passes",
        null=True,
        blank=True,
    )
    source_kind = models.CharField(max_length=60)
    source_id = models.UUIDField()

    class Meta:
        verbose_name = _("单科合格")
        verbose_name_plural = _("单科合格")
        ordering = ("-passed_on",)
        constraints = (
            models.UniqueConstraint(
                fields=("application", "subject_code"),
                name="subject_pass_once",
                violation_error_message=_("这份申报的该科目合格已登记过。"),
            ),
            models.UniqueConstraint(
                fields=("person", "occupation", "job", "level", "subject_code"),
                condition=models.Q(application=None),
                nulls_distinct=False,
                name="earlier_subject_pass_once",
                violation_error_message=_("此人的该科目合格已在期初登记过。"),
            ),
            models.CheckConstraint(
                condition=models.Q(valid_until=None)
                | models.Q(valid_until__gte=models.F("passed_on")),
                name="subject_pass_ordered",
                violation_error_message=_("有效期不能早于合格日期。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} {self.get_subject_code_display()}"


class HeldCertificate(Record):
    """A certificate this centre issued to the person; later applications rest on it.

    One without an application was issued before the centre's first day here.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="certificates")
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, related_name="+")
    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    level = models.PositiveSmallIntegerField(
        _("等级"), choices=LEVEL_LABELS.items(), null=True, blank=True
    )
    number = models.CharField(_("证书编号"), max_length=40, unique=True)
    issued_on = models.DateField(_("发证日期"))
    application = models.OneToOneField(
        "candidates.Application",
        on_delete=models.PROTECT,
        related_name="certificate_held",
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("持有证书")
        verbose_name_plural = _("持有证书")
        ordering = ("-issued_on",)

    def __str__(self) -> str:
        return self.number
