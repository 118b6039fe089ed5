"""Sites and rooms from a workbook, with the layout of their seats."""

import re
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from assessment_center.registry import RefusedError
from assessment_center.spreadsheets import (
    ColumnSpec,
    Kind,
    PlannedRow,
    RecordSheet,
    Row,
    RowFaultError,
    SheetJudge,
    SheetSpec,
)
from exams.enums import RoomKind
from exams.labels import ROOM_KIND_LABELS
from exams.models import Room, Site
from exams.services import enter_site, save_room, save_site

PLACE = re.compile(r"(\d{1,2})(?:排|-|－)(\d{1,2})列?")
BREAKS = re.compile(r"[、,，;；\s]+")
LARGEST = 40
KEPT = ("area", "spacing_cm", "is_tiered", "has_video")  # what a row leaves out stays


def read_places(text: str) -> tuple[tuple[int, int], ...]:
    """Places without a seat: 1排1列、1排2列; `ValueError` with a sentence for anything else."""
    found = set()
    for word in filter(None, BREAKS.split(text.strip())):
        place = PLACE.fullmatch(word)
        if place is None:
            raise ValueError(_("“%(word)s”不是座位；写成 1排1列、1排2列") % {"word": word[:20]})
        found.add((int(place[1]), int(place[2])))
    return tuple(sorted(found))


def read_area(value: int) -> int:
    """Square metres, more than none."""
    if value < 1:
        raise ValueError(_("面积应大于 0 平方米"))
    return value


def room_spec(_rules: Any) -> SheetSpec:
    return SheetSpec(
        title="考场",
        columns=(
            ColumnSpec(
                "site", "考点", required=True, max_length=120, width=24, example="第一教学楼"
            ),
            ColumnSpec("address", "考点地址", max_length=200, width=30, help="一个考点写一次即可"),
            ColumnSpec("name", "考场名称", required=True, max_length=80, example="101教室"),
            ColumnSpec(
                "kind",
                "类别",
                required=True,
                kind=Kind.CHOICE,
                choices=tuple((key, str(label)) for key, label in ROOM_KIND_LABELS.items()),
                example=str(ROOM_KIND_LABELS[RoomKind.THEORY]),
            ),
            ColumnSpec("rows", "排数", required=True, kind=Kind.INTEGER, example="6"),
            ColumnSpec("columns", "列数", required=True, kind=Kind.INTEGER, example="5"),
            ColumnSpec(
                "blocked",
                "不设座的位置",
                width=24,
                validate=read_places,
                max_length=2000,
                help="讲台为前；第 1 排靠讲台，第 1 列在左。没有的留空",
                example="1排1列、1排2列",
            ),
            *_more_columns(),
        ),
        notes=(
            "每个考场一行；技能考场的排和列按工位排布填写。",
            "办公用房（办公室、档案室、保密室等）不排座，排数和列数各填 1。",
        ),
    )


def _more_columns() -> tuple[ColumnSpec, ...]:
    """What a row may leave out."""
    return (
        ColumnSpec("capacity", "可用座位数", kind=Kind.INTEGER, help="不填即为全部座位"),
        ColumnSpec(
            "area",
            "面积（平方米）",
            kind=Kind.INTEGER,
            width=16,
            validate=read_area,
            help="印在备案申请表的场地情况中；不知道的留空",
            example="80",
        ),
        ColumnSpec("spacing_cm", "座位间距（厘米）", kind=Kind.INTEGER, width=18),
        ColumnSpec("is_tiered", "阶梯教室", kind=Kind.BOOLEAN, help="不填即为“否”"),
        ColumnSpec("has_video", "有视频监控", kind=Kind.BOOLEAN, help="不填即为“是”"),
    )


class RoomJudge(SheetJudge):
    def prepare(self, rows: Sequence[Row]) -> None:  # noqa: ARG002 - rooms are few
        self.sites = {site.name: site for site in Site.objects.all()}
        self.rooms = {
            (room.site.name, room.name): room for room in Room.objects.select_related("site")
        }
        self.addresses: dict[str, tuple[int, str]] = {}
        self.seen: dict[Any, int] = {}

    def judge(self, row: Row) -> PlannedRow:
        values = row.values
        key = (values["site"], values["name"])
        who = f"{values['site']} {values['name']}"
        if (first := self.seen.setdefault(key, row.number)) != row.number:
            raise RowFaultError(
                _("考场名称"),
                _("“%(who)s”与第 %(n)d 行相同，请删去一行") % {"who": who, "n": first},
            )
        self._grid(values)
        address = self._address(row)
        found = self.rooms.get(key)
        facts = self._facts(values, found)
        if found is None:
            return PlannedRow(
                row.number, who, "new", write=lambda: self._save(Room(), values, facts, address)
            )
        changes = self.compare(
            _worded({**_held(found), "address": found.site.address}),
            _worded({**facts, "address": address}),
        )
        if not changes:
            return PlannedRow(row.number, who, "unchanged")
        return PlannedRow(
            row.number, who, "changed", changes, lambda: self._save(found, values, facts, address)
        )

    def _grid(self, values: dict[str, Any]) -> None:
        for key in ("rows", "columns"):
            if not 1 <= values[key] <= LARGEST:
                raise RowFaultError(self.headers[key], _("应在 1 至 40 之间"))
        for row, column in values["blocked"] or ():
            if not (1 <= row <= values["rows"] and 1 <= column <= values["columns"]):
                raise RowFaultError(
                    _("不设座的位置"),
                    _("%(row)d 排 %(column)d 列不在 %(rows)d 排 %(columns)d 列之内")
                    % {
                        "row": row,
                        "column": column,
                        "rows": values["rows"],
                        "columns": values["columns"],
                    },
                )
        places = values["rows"] * values["columns"] - len(values["blocked"] or ())
        if places < 1 or not 1 <= (values["capacity"] or places) <= places:
            raise RowFaultError(
                _("可用座位数"),
                _("实有座位 %(n)d 个，可用座位数应在 1 至 %(n)d 之间") % {"n": places},
            )

    def _address(self, row: Row) -> str:
        """The site's address: told once, and nowhere otherwise."""
        site, given = row.values["site"], row.values["address"] or ""
        if not given:
            known = self.addresses.get(site)
            return known[1] if known else ""
        first = self.addresses.setdefault(site, (row.number, given))
        if first[1] != given:
            raise RowFaultError(
                _("考点地址"),
                _("同一考点第 %(n)d 行写的是“%(first)s”，这里是“%(given)s”")
                % {"n": first[0], "first": first[1], "given": given},
            )
        return given

    def _facts(self, values: dict[str, Any], found: Room | None) -> dict[str, Any]:
        """What the row says; what it leaves out stays as it is, or takes its default."""
        held = (
            _held(found)
            if found
            else {"area": None, "spacing_cm": None, "is_tiered": False, "has_video": True}
        )
        kept = {key: held[key] if values[key] is None else values[key] for key in KEPT}
        blocked = tuple(values["blocked"] or ())
        places = values["rows"] * values["columns"] - len(blocked)
        return {
            "kind": values["kind"],
            "rows": values["rows"],
            "columns": values["columns"],
            "blocked": blocked,
            "capacity": values["capacity"] or places,
            **kept,
        }

    def _save(
        self, room: Room, values: dict[str, Any], facts: dict[str, Any], address: str
    ) -> None:
        known = Site.objects.filter(name=values["site"]).first()
        site = known or enter_site(actor=self.actor, name=values["site"], address=address)
        if address and site.address != address:
            save_site(actor=self.actor, instance=site, values={"address": address}, is_new=False)
        is_new = room._state.adding  # noqa: SLF001 - Django's documented place
        given = {**facts, "blocked": [list(place) for place in facts["blocked"]]}
        try:
            save_room(
                actor=self.actor,
                instance=room,
                values={"site": site, "name": values["name"], **given},
                is_new=is_new,
            )
        except ValidationError as faults:
            raise RefusedError("；".join(faults.messages)) from faults


def _held(room: Room) -> dict[str, Any]:
    names = ("kind", "rows", "columns", "capacity", *KEPT)
    blocked = tuple((row, column) for row, column in room.blocked)
    return {**{name: getattr(room, name) for name in names}, "blocked": blocked}


def _worded(facts: dict[str, Any]) -> dict[str, Any]:
    blocked = "、".join(f"{row}排{column}列" for row, column in facts["blocked"])
    kind = str(ROOM_KIND_LABELS[facts["kind"]])
    return {**facts, "blocked": blocked or _("无"), "kind": kind}


ROOMS = RecordSheet(room_spec, RoomJudge, limit_rows=2_000)
