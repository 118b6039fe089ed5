"""Draws as they are read: what each is repeated from, and how its lots stand now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from assessment_center.batches.models import AssessmentBatch
from assessment_center.catalog.enums import Subject
from assessment_center.registry import RefusedError
from assessment_center.rulebooks import Rulebook
from exams.enums import DrawKind
from exams.models import Draw, DrawCorrection, DrawLine, Sitting
from exams.policies import on_site_lots
from exams.rules import lots, panels
from exams.rules.staffing import WRITTEN, supervision

OF_CANDIDATES = frozenset({DrawKind.WORKSTATION, DrawKind.REVIEW_ORDER})
Pair = tuple[str, str]


def place(room_number: int, number: int | None) -> str:
    """A place in a draw: the room and the number in it."""
    return f"{room_number:02d}-{number or 0:02d}"


def kinds_for(rules: Rulebook, subject: str) -> list[DrawKind]:
    """The draws a sitting of this subject may have, in the order of the day."""
    watch = supervision(rules.settings)
    first = [DrawKind.SUPERVISOR] if watch and watch.by_lot else []
    if subject in WRITTEN:
        return [*first, DrawKind.PROCTOR_ROOMS]
    if subject == Subject.REVIEW:
        return [*first, DrawKind.PANEL, DrawKind.REVIEW_ORDER]
    fixed = rules.settings.workstation_assignment
    preassigned = fixed is not None and fixed.value == "preassigned"
    return [*first, DrawKind.PANEL, *([] if preassigned else [DrawKind.WORKSTATION])]


def outstanding(sitting: Sitting) -> DrawKind | None:
    """The draw ordered before candidates go in, while it has not been held."""
    ordered = on_site_lots(sitting.batch.rules, sitting.subject_code)
    if ordered is None:
        return None
    held = sitting.draws.filter(kind=ordered[0], held_at__isnull=False).exists()
    return None if held else ordered[0]


def draws_of(batch: AssessmentBatch) -> QuerySet[Draw]:
    """Held draws with their lots and corrections, in the order of the timetable."""
    return _whole(Draw.objects.filter(sitting__batch=batch, held_at__isnull=False)).order_by(
        "sitting__number", "held_at"
    )


def draws_at(sitting: Sitting) -> dict[str, Draw]:
    """The draws of a sitting by kind, committed or held."""
    return {draw.kind: draw for draw in _whole(Draw.objects.filter(sitting=sitting))}


def draw_by_id(pk: UUID) -> Draw:
    """The draw with its sitting, or a refusal in words."""
    draw = Draw.objects.select_related("sitting__batch__rulebook_version").filter(pk=pk).first()
    if draw is None:
        raise RefusedError(_("没有这次抽签。"))
    return draw


def _whole(found: QuerySet[Draw]) -> QuerySet[Draw]:
    lines = DrawLine.objects.select_related(
        "application__person", "application__offering__occupation", "application__offering__job",
        "application__ticket", "member__person", "sitting_room__room__site",
    ).order_by("position")  # fmt: skip
    corrections = DrawCorrection.objects.select_related("member__person").order_by("corrected_at")
    return found.select_related("sitting__batch__rulebook_version").prefetch_related(
        Prefetch("lines", lines), Prefetch("corrections", corrections)
    )


def drawn(inputs: Mapping[str, Any], *, key: str) -> list[Pair]:
    """Repeat a draw from what it keeps: (person, place) in the order of places."""
    found: list[Pair] = []
    for hat in inputs.get("hats", ()):
        bars = [(person, spot) for person, spot in hat["barred"]]
        one = lots.Hat(hat["people"], hat["places"], bars)
        found += lots.draw(one, key=key, purpose=hat["purpose"])
    if "panels" in inputs:
        for panel in panels.draw_panels(
            panels.needs_of(inputs["panels"]), key=key, purpose=inputs["purpose"]
        ):
            room = int(panel.room)
            found += [(who, place(room, at)) for at, who in enumerate(panel.members, 1)]
    return sorted(found, key=lambda pair: pair[1])


def repeats(draw: Draw) -> bool:
    """Does the draw, repeated with its key, give the lots that were kept?"""
    if draw.held_at is None or lots.inputs_digest(draw.inputs) != draw.list_digest:
        return False
    kept = [(person_of(line), place_of(line)) for line in draw.lines.all()]
    return drawn(draw.inputs, key=draw.key) == sorted(kept, key=lambda pair: pair[1])


def person_of(line: DrawLine) -> str:
    return line.application.number if line.application else str(line.member_id)


def place_of(line: DrawLine) -> str:
    return place(line.sitting_room.number if line.sitting_room else 0, line.number)


@dataclass(frozen=True, slots=True)
class Lot:
    """A lot as it stands now: the line of the draw whose place it is, and who holds it."""

    line: DrawLine
    name: str
    ticket: str
    offering: str
    room: str
    number: int | None
    corrected: bool


def lots_now(draw: Draw) -> list[Lot]:
    """The lots after all corrections, in the order of the draw."""
    lines = {line.pk: line for line in draw.lines.all()}
    spot = {pk: pk for pk in lines}
    stand_in: dict[UUID, Any] = {}
    for each in draw.corrections.all():
        if each.other_id:
            spot[each.line_id], spot[each.other_id] = spot[each.other_id], spot[each.line_id]
        else:
            stand_in[each.line_id] = each.member
    return [
        _lot(line, lines[spot[pk]], stand_in.get(pk), corrected=pk in stand_in or spot[pk] != pk)
        for pk, line in lines.items()
    ]


def _lot(line: DrawLine, where: DrawLine, stand_in: Any, *, corrected: bool) -> Lot:
    room = str(where.sitting_room or _("全场"))
    if line.application is None:
        name = str(stand_in or line.member)
        return Lot(line, name, "", "", room, where.number, corrected)
    ticket = getattr(line.application, "ticket", None)
    return Lot(
        line,
        line.application.person.name,
        ticket.number if ticket else line.application.number,
        str(line.application.offering),
        room,
        where.number,
        corrected,
    )


def corrections_in_words(draw: Draw) -> list[str]:
    """Each correction as a sentence with its time, reason and name."""
    names = {line.pk: _holder(line) for line in draw.lines.all()}
    return [_correction(each, names) for each in draw.corrections.all()]


def _holder(line: DrawLine) -> str:
    return line.application.person.name if line.application else str(line.member)


def _correction(each: DrawCorrection, names: Mapping[UUID, str]) -> str:
    told = {
        "one": names[each.line_id],
        "other": names[each.other_id] if each.other_id else str(each.member),
        "reason": each.reason,
        "who": each.corrected_by_name,
    }
    if each.other_id:
        return _("%(one)s与%(other)s对调。原因：%(reason)s。更正人：%(who)s") % told
    return _("%(one)s换为%(other)s。原因：%(reason)s。更正人：%(who)s") % told


def unrotated(draw: Draw) -> Iterable[str]:
    """Rooms whose drawn panel has too few new faces (STAFF-09)."""
    if "panels" not in draw.inputs or draw.held_at is None:
        return
    wanted = panels.needs_of(draw.inputs["panels"])
    for panel in panels.draw_panels(wanted, key=draw.key, purpose=draw.inputs["purpose"]):
        if not panel.rotated:
            yield panel.room
