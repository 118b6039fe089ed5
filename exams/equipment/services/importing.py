"""The ledger from a workbook: judged row by row, taken whole or not at all."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.catalog.models import Occupation
from assessment_center.organization.selectors import active_centre
from assessment_center.registry import Actor, RefusedError
from assessment_center.spreadsheets import ImportOutcome, Row, RowProblem, read_or_refuse
from exams.equipment.enums import Ownership
from exams.equipment.services.ledger import change_equipment, enter_equipment
from exams.equipment.sheets import LEDGER
from exams.models import Equipment, Room
from exams.policies import require_act

LIMIT = 5_000


@dataclass(slots=True)
class LedgerReport(ImportOutcome):
    """How many lines were new, and how many of those known differ from the sheet."""

    new: int = 0
    changed: int = 0


def import_ledger(*, actor: Actor, content: bytes, dry_run: bool = False) -> LedgerReport:
    """Read the ledger's sheet; new numbers are entered, known ones changed.

    Raises `RefusedError` where the file as a whole is unfit; what is wrong in a row is told in the
    report, and then nothing is written.
    """
    require_act(actor, Act.EXAM_ARRANGE, _("导入设备台账"))
    sheet = read_or_refuse(content, LEDGER, limit_rows=LIMIT)
    report = LedgerReport()
    report.begin(sheet)
    with transaction.atomic():
        _take(actor, sheet.rows, report)
        report.written = report.ok and not dry_run
        if report.written:
            _told(actor, report)
        else:
            transaction.set_rollback(True)
    return report


def _told(actor: Actor, report: LedgerReport) -> None:
    centre = active_centre()
    if centre is not None:
        payload = {"new": report.new, "changed": report.changed}
        record(actor=actor, verb="exams.ledger_import", subject=centre.subject, payload=payload)


def _take(actor: Actor, rows: list[Row], report: LedgerReport) -> None:
    known = {one.number: one for one in Equipment.objects.select_related("occupation", "room")}
    places = {(each.site.name, each.name): each for each in Room.objects.select_related("site")}
    for row in rows:
        values, problems = _values(row, places)
        if problems:
            report.add(problems)
            continue
        one = known.get(values["number"])
        try:
            with transaction.atomic():
                if one is None:
                    enter_equipment(actor=actor, values=values)
                    report.new += 1
                else:
                    changed = change_equipment(actor=actor, equipment=one, values=values)
                    report.changed += _differs(one, changed)
        except RefusedError as refused:
            report.add([RowProblem(row.number, "编号", refused.refusal.reason)])


def _differs(before: Equipment, after: Equipment) -> bool:
    names = [each.attname for each in Equipment._meta.concrete_fields]  # noqa: SLF001
    return any(getattr(before, name) != getattr(after, name) for name in names)


def _values(
    row: Row, places: dict[tuple[str, str], Room]
) -> tuple[dict[str, Any], list[RowProblem]]:
    """The row as the ledger's columns; what cannot be found is a problem of its cell."""
    told = row.values
    values = {
        key: told.get(key)
        for key in ("number", "name", "quantity", "bought_on", "price", "station")
    }
    values |= {key: told.get(key) or "" for key in ("model", "indexes", "assesses", "store")}
    values["unit"] = told.get("unit") or "台"
    values["needed"] = told.get("needed") or told.get("quantity")
    values["ownership"] = told.get("ownership") or Ownership.OWN.value
    values["measuring"] = bool(told.get("measuring"))
    problems = list(_found(row, places, values))
    return values, problems


def _found(
    row: Row, places: dict[tuple[str, str], Room], values: dict[str, Any]
) -> Iterator[RowProblem]:
    """Put occupation and room into `values`, or say why they are not known."""
    values["occupation"] = values["room"] = None
    if name := row.values.get("occupation"):
        named = Occupation.objects.filter(Q(name=name) | Q(code=name), is_active=True)
        values["occupation"] = named.order_by("-edition").first()
        if values["occupation"] is None:
            yield RowProblem(row.number, "认定职业", _("没有这个职业：%(name)s") % {"name": name})
    site, room = row.values.get("site") or "", row.values.get("room") or ""
    if room:
        values["room"] = places.get((site, room))
        if values["room"] is None:
            yield RowProblem(row.number, "考场", _("没有登记这个考场"))
    elif site:
        yield RowProblem(row.number, "考场", _("填考点的须填考场"))
