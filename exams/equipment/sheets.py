"""The ledger as a workbook: one list of columns for template, import and export."""

from collections.abc import Iterable, Mapping
from typing import Any

from assessment_center.spreadsheets import ColumnSpec, Kind, SheetSpec, template, write
from exams.equipment.labels import OWNERSHIP_LABELS
from exams.models import Equipment


def _pairs(labels: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    return tuple((key, str(label)) for key, label in labels.items())


LEDGER = SheetSpec(
    title="设备台账",
    columns=(
        ColumnSpec("number", "编号", required=True, width=14, max_length=40, example="SB-001"),
        ColumnSpec("name", "名称", required=True, width=18, max_length=80, example="万用表"),
        ColumnSpec("model", "型号规格", width=18, max_length=120),
        ColumnSpec("quantity", "数量", required=True, kind=Kind.INTEGER, width=8, example="1"),
        ColumnSpec("needed", "每场需用数量", kind=Kind.INTEGER, width=14, help="不填即为数量"),
        ColumnSpec("unit", "单位", width=8, max_length=10, example="台"),
        ColumnSpec("occupation", "认定职业", max_length=80, help="名称或编码；通用的留空"),
        ColumnSpec("bought_on", "购置日期", kind=Kind.DATE, width=14),
        ColumnSpec("price", "单价（元）", kind=Kind.DECIMAL, width=12),
        ColumnSpec("indexes", "技术指标与参数", width=30, max_length=300),
        ColumnSpec("assesses", "可认定的工作内容", width=30, max_length=300),
        ColumnSpec(
            "ownership", "权属", kind=Kind.CHOICE, choices=_pairs(OWNERSHIP_LABELS), width=12
        ),
        ColumnSpec("site", "考点", width=20, max_length=120),
        ColumnSpec("room", "考场", width=16, max_length=80, help="填考场的须填考点"),
        ColumnSpec("station", "工位号", kind=Kind.INTEGER, width=8),
        ColumnSpec("store", "存放地点", width=16, max_length=80),
        ColumnSpec("measuring", "计量器具", kind=Kind.BOOLEAN, width=10, help="须检定的填“是”"),
    ),
    notes=(
        "编号已在台账中的，按本表改正该行；没有的，登记为新设备。",
        "有一行不合要求，整表都不写入；请改正全部问题后再导入。",
    ),
    key_columns=("number",),
)


def ledger_workbook(found: Iterable[Equipment]) -> bytes:
    """The lines as they stand; it can be changed and read in again."""
    return write((_row(one) for one in found), LEDGER.columns, title=LEDGER.title)


def ledger_template() -> bytes:
    return template(LEDGER)


def _row(one: Equipment) -> dict[str, Any]:
    return {
        "number": one.number,
        "name": one.name,
        "model": one.model,
        "quantity": one.quantity,
        "needed": one.needed,
        "unit": one.unit,
        "occupation": one.occupation.name if one.occupation else "",
        "bought_on": one.bought_on,
        "price": one.price,
        "indexes": one.indexes,
        "assesses": one.assesses,
        "ownership": one.ownership,
        "site": one.room.site.name if one.room else "",
        "room": one.room.name if one.room else "",
        "station": one.station,
        "store": one.store,
        "measuring": one.measuring,
    }
