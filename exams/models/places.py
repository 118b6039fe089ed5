"""Where examinations are held."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment_center.catalog.models import Occupation
from assessment_center.registry.records import Record
from exams.enums import RoomKind
from exams.labels import ROOM_KIND_LABELS


class Site(Record):
    """A place with rooms that one person heads on the day."""

    name = models.CharField(_("考点名称"), max_length=120, unique=True)
    address = models.CharField(_("地址"), max_length=200, blank=True)
    is_active = models.BooleanField(_("使用中"), default=True)

    class Meta:
        verbose_name = _("考点")
        verbose_name_plural = _("考点")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Room(Record):
    """A room as a grid: row 1 at the podium, column 1 at its left; `capacity` seats may be used.

    `blocked` lists the places of the grid without a seat, `broken` those whose seat cannot be
    used, `reserved` those kept for who comes late, `accessible` those for who needs one:
    [[row, column], …]. A place is in one of the first three at most. A room of the office is
    kept for the filing form; nobody is seated there.
    """

    site = models.ForeignKey(
        Site, on_delete=models.PROTECT, related_name="rooms", verbose_name=_("考点")
    )
    name = models.CharField(_("考场名称"), max_length=80)
    kind = models.CharField(
        _("类别"), max_length=12, choices=ROOM_KIND_LABELS.items(), default=RoomKind.THEORY
    )
    rows = models.PositiveSmallIntegerField(_("排数"))
    columns = models.PositiveSmallIntegerField(_("列数"))
    blocked = models.JSONField(_("不设座的位置"), default=list, blank=True)
    broken = models.JSONField(_("损坏的座位"), default=list, blank=True)
    reserved = models.JSONField(_("备用的座位"), default=list, blank=True)
    accessible = models.JSONField(_("无障碍座位"), default=list, blank=True)
    capacity = models.PositiveSmallIntegerField(_("可用座（工）位数"))
    is_tiered = models.BooleanField(_("阶梯教室"), default=False)
    area = models.PositiveSmallIntegerField(_("面积（平方米）"), null=True, blank=True)
    spacing_cm = models.PositiveSmallIntegerField(_("座位间距（厘米）"), null=True, blank=True)
    has_video = models.BooleanField(_("有视频监控"), default=True)
    is_active = models.BooleanField(_("使用中"), default=True)

    class Meta:
        verbose_name = _("考场")
        verbose_name_plural = _("考场")
        ordering = ("site", "name")
        constraints = (
            models.UniqueConstraint(
                fields=("site", "name"),
                name="room_name_once",
                violation_error_message=_("这个考点已有同名考场。"),
            ),
            models.CheckConstraint(
                condition=models.Q(area=None) | models.Q(area__gt=0),
                name="room_area_positive",
                violation_error_message=_("面积应大于 0 平方米。"),
            ),
            models.CheckConstraint(
                condition=models.Q(rows__range=(1, 40), columns__range=(1, 40)),
                name="room_grid_sane",
                violation_error_message=_("排数和列数应在 1 至 40 之间。"),
            ),
            models.CheckConstraint(
                condition=models.Q(capacity__gte=1)
                & models.Q(capacity__lte=models.F("rows") * models.F("columns")),
                name="room_capacity_fits",
                violation_error_message=_("可用座位数须在 1 至排数×列数之间。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.site} {self.name}"

    @property
    def places(self) -> list[tuple[int, int]]:
        """Every place of the grid with a sound seat, row by row."""
        blocked = {tuple(place) for place in [*self.blocked, *self.broken]}
        return [
            (row, column)
            for row in range(1, self.rows + 1)
            for column in range(1, self.columns + 1)
            if (row, column) not in blocked
        ]


class Workstation(Record):
    """A numbered station of a workshop: how many work at it at once, and for which occupations.

    Without occupations it serves all. The equipment of the ledger names the same number.
    """

    room = models.ForeignKey(
        Room, on_delete=models.CASCADE, related_name="stations", verbose_name=_("考场")
    )
    number = models.PositiveSmallIntegerField(_("工位号"))
    name = models.CharField(_("名称"), max_length=60, blank=True)
    capacity = models.PositiveSmallIntegerField(_("同时作业人数"), default=1)
    is_usable = models.BooleanField(_("可以使用"), default=True)
    occupations = models.ManyToManyField(
        Occupation, blank=True, related_name="+", verbose_name=_("适用职业")
    )

    class Meta:
        verbose_name = _("工位")
        verbose_name_plural = _("工位")
        ordering = ("room", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("room", "number"),
                name="workstation_number_once",
                violation_error_message=_("这个考场已有相同号码的工位。"),
            ),
            models.CheckConstraint(
                condition=models.Q(number__gte=1, capacity__range=(1, 20)),
                name="workstation_capacity_sane",
                violation_error_message=_("工位号从 1 起，每个工位同时作业 1 至 20 人。"),
            ),
        )

    def __str__(self) -> str:
        return _("%(number)s 号工位") % {"number": self.number}
