"""What candidates are told on tickets and boards: the rulebook's own minutes, in plain words."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from assessment_center.catalog.enums import Subject
from assessment_center.catalog.labels import SUBJECT_LABELS
from assessment_center.rulebooks import Rulebook
from assessment_center.rulebooks.labels import VALUE_LABELS
from exams.drawing import outstanding
from exams.models import SeatAssignment


def place_words(seat: SeatAssignment, station: str = "") -> str:
    """The number of a seat, with its workstation, as the candidate may know it now."""
    if outstanding(seat.sitting):
        return _("考前抽签")
    return f"{seat.seat_number:02d}" + (f"（{station}）" if station else "")


WRITTEN = frozenset({Subject.THEORY, Subject.LANGUAGE})


def is_written(subjects: Collection[str]) -> bool:
    """Whether somebody writes at a desk; so too where nothing is known of the subjects."""
    return not subjects or not WRITTEN.isdisjoint(subjects)


def notices(rules: Rulebook, subjects: Collection[str] = (), *, posted: bool = False) -> list[str]:
    """The points a candidate must know; settings the rulebook is silent on are left out.

    `posted`: on the wall, where “this card” would be no card.
    """
    settings = rules.settings
    entrance = (
        _("凭准考证和本人%(papers)s入场，证件不全或与本人不符的不得入场。")
        if posted
        else _("凭本证和本人%(papers)s入场，证件不全或与本人不符的不得入场。")
    )
    lines = [entrance % {"papers": accepted_papers(rules)}]
    entry = settings.t_candidate_entry
    if entry and "theory" in entry.value:
        lines.append(_("开考前 %(n)s 分钟开始入场，请提前到达。") % {"n": -entry.value["theory"]})
    lines += [late for late in (_late(rules), _leave(rules), *_on_site(rules, subjects)) if late]
    if is_written(subjects):
        lines.append(_("对号入座，两证放在桌面右上角；手机等电子设备关机后放到指定位置。"))
        lines.append(_("只用蓝色或黑色笔作答，姓名和准考证号只写在规定位置，不作任何标记。"))
    else:
        lines.append(_("按座（工）位号就位，接受证件核对；手机等电子设备关机后放到指定位置。"))
        lines.append(_("只带入考生准备通知单所列的物品；试卷和作品上不作任何标记。"))
    lines.append(_("违反考场规则的，按规程取消成绩直至取消申报资格。"))
    return lines


def accepted_papers(rules: Rulebook) -> str:
    """TKT-04: the ID documents the rulebook lets in with; any valid one where it is silent."""
    kinds = rules.settings.accepted_id_types
    if kinds is None:
        return _("有效身份证件")
    return _("或").join(str(VALUE_LABELS[kind]) for kind in kinds.value)


def _late(rules: Rulebook) -> str:
    limit = rules.settings.late_limit_theory_min
    return _("开考 %(n)s 分钟后不得入场，按缺考处理。") % {"n": limit.value} if limit else ""


def _leave(rules: Rulebook) -> str:
    settings = rules.settings
    if settings.early_leave_forbidden.value:
        return _("考试结束前不得交卷离场。")
    limit = settings.early_leave_theory_min
    return _("开考 %(n)s 分钟后方可交卷离场。") % {"n": limit.value} if limit else ""


def _on_site(rules: Rulebook, subjects: Collection[str]) -> list[str]:
    """DAY-15, DAY-16: from when nobody is let in to the practical test and the review."""
    settings, found = rules.settings, []
    for subject, limit in (
        (Subject.PRACTICAL, settings.late_limit_practical_min),
        (Subject.REVIEW, settings.late_limit_review_min),
    ):
        if limit is None or subject not in subjects:
            continue
        told = {"subject": SUBJECT_LABELS[subject], "n": limit.value}
        if limit.value:
            found.append(_("%(subject)s开始 %(n)s 分钟后不得入场。") % told)
        else:
            found.append(_("%(subject)s开始后不得入场。") % told)
    return found


def board_rules(rules: Rulebook) -> list[str]:
    """The two standing lines of the blackboard: phones and leaving the seat."""
    leave = _leave(rules)
    return [
        _("手机一律关机，与其他物品一起放到指定位置。"),
        _("未经监考人员允许不得离开座位。") + leave,
    ]
