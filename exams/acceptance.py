"""What is looked at before a room is used: the lines of its check-list, each with its article.

A line stands on the list where the batch's rulebook speaks of it and the room is of its kind.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessment_center.conformance import matrix
from assessment_center.registry import ALLOWED, Citation, Outcome, Refused
from assessment_center.rulebooks import Rulebook
from exams.enums import RoomKind
from exams.models import RoomAcceptance, Sitting, SittingRoom

WRITTEN = frozenset({RoomKind.THEORY, RoomKind.COMPUTER})
WORK = frozenset({RoomKind.PRACTICAL})
REVIEW = frozenset({RoomKind.REVIEW})
EVERY = frozenset(RoomKind)


@dataclass(frozen=True, slots=True)
class Point:
    """A line of the list: the rule in the matrix, what is looked at, for which kinds of rooms."""

    rule: str
    text: Promise
    kinds: frozenset[RoomKind]


POINTS = (
    Point("VEN-02", _("单人、单桌、单行，监考员能走到每个座位"), WRITTEN),
    Point("VEN-03", _("座位前后左右的间距量过，符合规定"), WRITTEN),
    Point("VEN-05", _("安静、整洁、明亮，通道畅通"), WRITTEN),
    Point("VEN-06", _("监控无死角，画面和录像正常"), EVERY),
    Point(
        "VEN-07",
        _("主控机、备用电源正常，机器无残留文件，试题已装好"),
        frozenset({RoomKind.COMPUTER}),
    ),
    Point("VEN-08", _("考务办公室和规定的用房设在附近"), EVERY),
    Point("VEN-09", _("设备、工具、材料与准备通知单相符"), WORK),
    Point("VEN-10", _("警戒线已设，有人把守"), WORK),
    Point("VEN-11", _("工位已编号，安全规程和警示在墙上"), WORK),
    Point("VEN-12", _("评委席、答辩席和投影就位"), REVIEW),
    Point("VEN-13", _("规则、示意图、时间表、信号和路标已张贴"), WRITTEN),
    Point("VEN-14", _("规则、说明和路标已张贴"), WORK | REVIEW),
    Point("VEN-15", _("板书已写好"), frozenset({RoomKind.THEORY})),
    Point("VEN-18", _("非考试物品有指定的存放处"), EVERY),
    Point("VEN-19", _("医疗、安保、消防和疏散安排到位"), EVERY),
    Point("VEN-20", _("考务用品按清单备齐"), EVERY),
    Point("VEN-22", _("考试区与候考区分开"), EVERY),
    Point("VEN-23", _("已清场，照明和信号的电源检查过，开闭有专人"), EVERY),
    Point("VEN-24", _("滞留室已安排"), EVERY),
)
RULES = tuple(point.rule for point in POINTS)


@dataclass(frozen=True, slots=True)
class Line:
    point: Point
    citations: tuple[Citation, ...]


def check_list(room: SittingRoom, rules: Rulebook) -> list[Line]:
    """The lines for this room under this rulebook, in the order of the matrix."""
    return [
        Line(point, cited)
        for point in POINTS
        if room.room.kind in point.kinds and (cited := matrix.row(point.rule).cited(rules))
    ]


def must_be_accepted(rules: Rulebook, subject: str) -> tuple[Citation, ...] | None:
    """VEN-16: the articles by which rooms are accepted before this subject begins, if any."""
    asked = rules.settings.room_accepted_for
    return asked.citations if asked and subject in asked.value else None


def rooms_accepted(sitting: Sitting) -> Outcome:
    """Refuses while a room with candidates was not looked over, or not found sound at last."""
    cited = must_be_accepted(sitting.batch.rules, sitting.subject_code)
    if cited is None:
        return ALLOWED
    listed = _with_candidates(sitting)
    last = last_of(room.pk for room in listed)
    open_ones = [room for room in listed if not (room.pk in last and last[room.pk].accepted)]
    if not open_ones:
        return ALLOWED
    return Refused(
        _("%(rooms)s还没有验收合格，不能开考。")
        % {"rooms": "、".join(str(room.room) for room in open_ones)},
        cited,
        str(_("请逐项检查验收，不合格的整改后再验收一次。")),
    )


def _with_candidates(sitting: Sitting) -> list[SittingRoom]:
    rooms = sitting.rooms.filter(seats__isnull=False).select_related("room__site")
    return list(rooms.distinct().order_by("number"))


def last_of(rooms: Iterable[UUID]) -> dict[UUID, RoomAcceptance]:
    """The last look at each of these rooms of sittings."""
    found = RoomAcceptance.objects.filter(sitting_room__in=list(rooms))
    found = found.select_related("member__person").order_by("at", "created_at")
    return {each.sitting_room_id: each for each in found}


def faults_in(acceptance: RoomAcceptance) -> Iterator[tuple[Point, str]]:
    """The lines that were not sound, with what was written about them."""
    points = {point.rule: point for point in POINTS}
    for line in acceptance.lines:
        if not line["sound"] and line["rule"] in points:
            yield points[line["rule"]], line["note"]
