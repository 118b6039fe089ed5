"""The ledger of equipment, who keeps it, and what was measured, mended and found on it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment_center.catalog.labels import LEVEL_LABELS
from assessment_center.catalog.models import Occupation
from assessment_center.personnel.models import StaffMember
from assessment_center.registry.records import Record
from exams.equipment.enums import Ownership, Standing, Verdict
from exams.equipment.labels import (
    CARE_LABELS,
    HANDLING_LABELS,
    KEEPER_EDUCATION,
    OWNERSHIP_LABELS,
    STANDING_LABELS,
    VERDICT_LABELS,
)
from exams.models.places import Room


class Equipment(Record):
    """A line of the ledger; without an occupation it serves all, without a room it is in store.

    With a station it belongs to that workstation of the room. `needed` pieces must be usable for
    a sitting in the room to be held.
    """

    number = models.CharField(_("编号"), max_length=40)
    name = models.CharField(_("名称"), max_length=80)
    model = models.CharField(_("型号规格"), max_length=120, blank=True)
    quantity = models.PositiveIntegerField(_("数量"), default=1)
    needed = models.PositiveIntegerField(_("每场需用数量"), default=1)
    unit = models.CharField(_("单位"), max_length=10, default="台")
    occupation = models.ForeignKey(
        Occupation, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("认定职业"),
    )  # fmt: skip
    bought_on = models.DateField(_("购置日期"), null=True, blank=True)
    price = models.DecimalField(
        _("单价（元）"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    indexes = models.CharField(_("技术指标与参数"), max_length=300, blank=True)
    assesses = models.CharField(_("可认定的工作内容"), max_length=300, blank=True)
    ownership = models.CharField(
        _("权属"), max_length=10, choices=OWNERSHIP_LABELS.items(), default=Ownership.OWN
    )
    room = models.ForeignKey(
        Room, on_delete=models.PROTECT, null=True, blank=True, related_name="equipment",
        verbose_name=_("所在考场"),
    )  # fmt: skip
    station = models.PositiveSmallIntegerField(_("工位号"), null=True, blank=True)
    store = models.CharField(_("存放地点"), max_length=80, blank=True)
    measuring = models.BooleanField(_("计量器具（须检定）"), default=False)
    state = models.CharField(
        _("状态"), max_length=10, choices=STANDING_LABELS.items(), default=Standing.IN_USE
    )

    class Meta:
        verbose_name = _("设备")
        verbose_name_plural = _("设备台账")
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(
                fields=("number",),
                name="equipment_number_once",
                violation_error_message=_("这个设备编号已经登记。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(number="") & ~models.Q(name=""),
                name="equipment_named",
                violation_error_message=_("设备须有编号和名称。"),
            ),
            models.CheckConstraint(
                condition=models.Q(needed__lte=models.F("quantity"), quantity__gte=1),
                name="equipment_quantity_sane",
                violation_error_message=_("数量至少为一，需用数量不能多于数量。"),
            ),
            models.CheckConstraint(
                condition=models.Q(station=None) | models.Q(room__isnull=False, station__gte=1),
                name="equipment_station_in_a_room",
                violation_error_message=_("填写工位号的设备须指定考场。"),
            ),
            models.CheckConstraint(
                condition=models.Q(price=None) | models.Q(price__gte=0),
                name="equipment_price_sane",
                violation_error_message=_("单价不能为负数。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    @property
    def place(self) -> str:
        """Where it stands, in words."""
        if self.room is None:
            return self.store
        if self.station is None:
            return str(self.room)
        return _("%(room)s %(station)s 号工位") % {"room": self.room, "station": self.station}


class Calibration(Record):
    """One calibration of a measuring instrument; entered wrongly, it is voided with the reason."""

    equipment = models.ForeignKey(Equipment, on_delete=models.PROTECT, related_name="calibrations")
    done_on = models.DateField(_("检定日期"))
    verdict = models.CharField(_("结论"), max_length=10, choices=VERDICT_LABELS.items())
    valid_until = models.DateField(_("有效期至"), null=True, blank=True)
    certificate = models.CharField(_("检定证书编号"), max_length=60)
    body = models.CharField(_("检定机构"), max_length=120)
    handling = models.CharField(
        _("处理意见"), max_length=12, choices=HANDLING_LABELS.items(), blank=True
    )
    voided_at = models.DateTimeField(_("作废时间"), null=True, blank=True)
    void_reason = models.CharField(_("作废原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("检定记录")
        verbose_name_plural = _("检定记录")
        ordering = ("equipment", "-done_on", "-created_at")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(
                    verdict=Verdict.PASSED.value,
                    valid_until__isnull=False,
                    valid_until__gte=models.F("done_on"),
                    handling="",
                )
                | models.Q(verdict=Verdict.FAILED.value, valid_until=None) & ~models.Q(handling=""),
                name="calibration_verdict_whole",
                violation_error_message=_("合格的须写有效期，不合格的须写处理意见。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(certificate=""),
                name="calibration_certified",
                violation_error_message=_("检定须有证书编号。"),
            ),
            models.UniqueConstraint(
                fields=("equipment", "certificate"),
                condition=models.Q(voided_at=None),
                name="calibration_once",
                violation_error_message=_("这份检定证书已经登记。"),
            ),
            models.CheckConstraint(
                condition=models.Q(voided_at=None, void_reason="")
                | models.Q(voided_at__isnull=False) & ~models.Q(void_reason=""),
                name="calibration_void_reasoned",
                violation_error_message=_("作废检定记录须写明原因。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.equipment} {self.certificate}"


class Maintenance(Record):
    """Daily care, regular service or a repair, with the indexes measured after it (EQP-04)."""

    equipment = models.ForeignKey(Equipment, on_delete=models.PROTECT, related_name="maintenance")
    kind = models.CharField(_("类别"), max_length=10, choices=CARE_LABELS.items())
    done_on = models.DateField(_("日期"))
    work = models.CharField(_("维护维修内容"), max_length=300)
    indexes_after = models.CharField(_("维护维修后的技术指标与参数"), max_length=300, blank=True)
    member = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, related_name="+", verbose_name=_("经手人")
    )

    class Meta:
        verbose_name = _("维护维修记录")
        verbose_name_plural = _("维护维修记录")
        ordering = ("equipment", "-done_on", "-created_at")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(work="")
                & (models.Q(kind="daily") | ~models.Q(indexes_after="")),
                name="maintenance_with_indexes",
                violation_error_message=_("维修和定期维护须写明内容和之后的技术指标。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.equipment} {self.done_on}"


class Keeper(Record):
    """Who keeps the equipment, full or part time, on which education and qualification (EQP-01)."""

    member = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, related_name="+", verbose_name=_("设备保管员")
    )
    education = models.CharField(_("文化程度"), max_length=24, choices=KEEPER_EDUCATION)
    qualification = models.CharField(_("职业资格（等级）证书"), max_length=80)
    level = models.PositiveSmallIntegerField(_("等级"), choices=LEVEL_LABELS.items())
    full_time = models.BooleanField(_("专职"), default=False)
    since = models.DateField(_("任职日期"))
    until = models.DateField(_("离任日期"), null=True, blank=True)
    appointed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("设备保管员")
        verbose_name_plural = _("设备保管员")
        ordering = ("-since",)
        constraints = (
            models.UniqueConstraint(
                fields=("member",),
                condition=models.Q(until=None),
                name="keeper_once",
                violation_error_message=_("这名人员已是在任的设备保管员。"),
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
                name="keeper_term_ordered",
                violation_error_message=_("离任日期不能早于任职日期。"),
            ),
        )

    def __str__(self) -> str:
        return str(self.member)
