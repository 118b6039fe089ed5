"""F-312 and F-314: rules of the room, notice to candidates, penalties, and the board's text.

Everything is the rulebook's own settings in plain words; what it is silent on is not posted.
"""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center import pdf
from assessment_center.batches.models import AssessmentBatch
from assessment_center.batches.selectors import is_examined
from assessment_center.catalog.enums import Subject
from assessment_center.rulebooks import Rulebook
from exams.documents.common import subject_of, when
from exams.documents.reading import Plan, RoomPlan
from exams.documents.sheet import Kind, Made, Scope, declare
from exams.documents.words import board_rules, is_written, notices

DESKS, WORKSHOP = "书面科目", "技能操作"
PENALTIES = "违纪违规处理规定"
LONGEST_LIST = 16  # acts on one sheet, so that it is still read from two steps away


def room_rules(rules: Rulebook) -> list[str]:
    """The rules of a room where people write: seats, things, leaving, help, the end."""
    return [
        _("考生按座位号入座，把准考证和身份证件放在桌面右上角，接受核对。"),
        _("书籍、资料、手机和其他电子设备不带到座位；已带入的关机后放到指定的存放处。"),
        _("开考信号发出后方可答题；试卷印刷不清的举手询问，监考员不解释试题内容。"),
        _("保持安静，不交头接耳，不抄袭，不传递物品，不互换试卷。"),
        *_leaving(rules, board_rules(rules)[1:]),
        _("结束信号发出后立即停止答题，等候收卷；试卷、答题卡和草稿纸不得带出考场。"),
        _("服从监考人员和考评人员的管理，不得扰乱考场秩序。"),
    ]


def workshop_rules(rules: Rulebook) -> list[str]:
    """The rules of a workshop: the station, what is brought, the work and its handing over."""
    return [
        _("考生凭准考证和身份证件，到抽取或编定的工位就位，接受核对。"),
        _("只带入考生准备通知单所列的物品；书籍、资料、手机和其他电子设备放到指定的存放处。"),
        _("开考前检查设备、工具和材料，有缺少、损坏或安全隐患的，及时报告考评人员。"),
        _("开考信号发出后方可操作；试卷、图纸不清的举手询问，考评人员不解释题意、工艺和方法。"),
        _("遵守安全操作规程；保持安静，不窥视他人操作，不互借用品，不调换试件、作品，不串岗换岗。"),
        *_leaving(rules, [_("未经考评人员允许不得离开工位。")]),
        _("结束信号发出后立即停止操作，清理工位，把作品放到指定位置，经考评人员验收后离开。"),
        _("试件、作品、图纸和草稿纸不得带出考场。服从监考人员和考评人员的管理，不得扰乱考场秩序。"),
    ]


def _leaving(rules: Rulebook, place: list[str]) -> list[str]:
    """Leaving for a moment, for good, and coming back; `place` is the line on staying."""
    escorts, back = rules.settings.toilet_escorts, rules.settings.allow_return
    lines = []
    if escorts:
        lines.append(
            _("确需离座如厕的举手，经同意由 %(n)s 名工作人员陪同，不另加时间。")
            % {"n": escorts.value}
        )
    lines += place
    if back.citations and not back.value:
        lines.append(_("考毕离开考场，不得返回考场和候考区，不在附近停留谈论。"))
    return lines


def house_rules(plan: Plan) -> list[tuple[str, list[str]]]:
    """The rules of every kind of room in the plan, each under the name of the kind."""
    subjects = {each.subject_code for each in plan.sittings}
    written = (DESKS, room_rules(plan.rules))
    if Subject.PRACTICAL not in subjects:
        return [written]
    workshop = (WORKSHOP, workshop_rules(plan.rules))
    return [written, workshop] if is_written(subjects) else [workshop]


def penalties(rules: Rulebook) -> list[tuple[str, list[str]]]:
    """Every class of penalties with the acts it follows, each with its article."""
    found: dict[str, list[str]] = {}
    for each in rules.violations:
        cited = "、".join(str(one) for one in each.cite)
        found.setdefault(each.penalty, []).append(f"{each.act}（{cited}）")
    return [(rules.penalty(code).label, acts) for code, acts in found.items()]


def _poster(plan: Plan, title: str, items: list[str], *, numbered: bool = True) -> pdf.WallNotice:
    return pdf.WallNotice(
        title=title,
        items=items,
        issuer=plan.batch.centre.name,
        date=_month(plan),
        subtitle=plan.batch.name,
        numbered=numbered,
    )


def _month(plan: Plan) -> str:
    first = timezone.localtime(min(each.starts_at for each in plan.sittings))
    return f"{first.year} 年 {first.month} 月"


def rules_of_the_room(plan: Plan) -> Iterator[Made]:
    """F-312: 考场规则, of written subjects and of the workshop each its own."""
    if not plan.sittings:
        return
    for kind, lines in house_rules(plan):
        title, key = ("考场规则", "") if kind == DESKS else (f"考场规则（{kind}）", "workshop")
        yield Made(_poster(plan, title, lines), title, pdf.Paper.A3, key=key)


def notice_to_candidates(plan: Plan) -> Iterator[Made]:
    """F-312: 考生须知, as on the tickets."""
    if plan.sittings:
        subjects = {each.subject_code for each in plan.sittings}
        poster = _poster(plan, "考生须知", notices(plan.rules, subjects, posted=True))
        yield Made(poster, "考生须知", pdf.Paper.A3)


def penalty_rules(plan: Plan) -> Iterator[Made]:
    """F-312: what is forbidden and what follows, each act with its article."""
    if not plan.sittings:
        return
    for number, (label, acts) in enumerate(penalties(plan.rules), 1):
        for at in range(0, len(acts), LONGEST_LIST):
            part = enumerate(acts[at : at + LONGEST_LIST], at + 1)
            items = [f"有下列行为之一的，{label}："]
            items += [f"{place}. {text}" for place, text in part]
            poster = _poster(plan, PENALTIES, items, numbered=False)
            name = f"{PENALTIES} {number}"
            yield Made(poster, name, pdf.Paper.A3, key=f"{number}-{at}")


def board_lines(rules: Rulebook, room: RoomPlan) -> tuple[str, ...]:
    """What proctors write on the board of a room."""
    return (
        f"{subject_of(room.sitting)}　{when(room.sitting)}",
        f"职业、等级：{'；'.join(name for name, _number in room.offered)}",
        f"应考 {len(room.seats)} 人",
        "实考＿＿＿人　缺考＿＿＿人",
        *board_rules(rules),
    )


def _has_penalties(batch: AssessmentBatch) -> bool:
    return is_examined(batch) and bool(batch.rules.violations)


def register() -> None:
    for kind in (
        Kind("F-312", "room-rules", "考场规则", Scope.SITE, rules_of_the_room),
        Kind("F-312", "candidate-notice", "考生须知", Scope.SITE, notice_to_candidates),
        Kind("F-312", "penalty-rules", PENALTIES, Scope.SITE, penalty_rules, _has_penalties),
    ):
        declare(kind, order=310)
