"""F-301: the plan of an examination, and the handbook of everybody on duty.

Both say what the batch, its timetable, its staff and its rulebook say; nothing is written twice.
"""

from collections import defaultdict
from collections.abc import Iterator

from django.utils import timezone

from assessment_center import pdf
from assessment_center.catalog.enums import Subject
from exams.documents.common import called, own_name, place, subject_of, when
from exams.documents.posting import house_rules, penalties
from exams.documents.reading import Plan
from exams.documents.sheet import Kind, Made, Scope, declare
from exams.documents.timetable import clock, moments, offset
from exams.labels import MOMENT_LABELS, POST_LABELS
from exams.models import Duty, Sitting

NAMED = 90  # people of one post named in a row of the plan, so that no row outgrows its page
Part = str | pdf.Table | pdf.FlowChart
TASKS = {
    "chief_examiner": "全面负责考点组织实施，处理异常情况，批准启用备用卷和中止、延时。",
    "exam_manager": "负责考务安排、人员培训、物品准备和试卷交接，组织考务会。",
    "site_head": "负责考点布置、安保、医疗、水电和设备保障，维持警戒线内外秩序。",
    "proctor": "按时间卡执行：布置考场、核对证件、签到、宣读规则、启封发卷、巡视、收卷、作记录。",
    "assessor": "核对设备、工具、材料，组织工位抽签，独立评分，当场填写评分记录，收齐作品。",
    "panel_leader": "组织考评组统一评分尺度，分工到工位和项目，审核评分记录，签署意见。",
    "supervisor": "监督考务、考评全过程，记录问题并提出整改意见，不参与评分。",
    "exam_staff": "引导考生，联络各考场，发放物品，统计到考人数，协助处理突发情况。",
    "keeper": "双人保管、双人交接试卷，登记每一次出入库和启封、回收。",
}  # fmt: skip


def _by_post(plan: Plan) -> dict[str, list[Duty]]:
    found: dict[str, list[Duty]] = defaultdict(list)
    for duty in plan.duties:
        found[duty.post].append(duty)
    return {post: found[post] for post in POST_LABELS if post in found}


def _people(duties: list[Duty]) -> Iterator[str]:
    """The names of those on one post, each once, in as many rows as they fill."""
    names = list(dict.fromkeys(each.member.person.name for each in duties))
    for first in range(0, len(names), NAMED):
        yield "、".join(names[first : first + NAMED])


def _sessions(plan: Plan) -> pdf.Table:
    rows = []
    for sitting in plan.sittings:
        rooms = plan.of(sitting)
        offered = dict.fromkeys(name for room in rooms for name, _number in room.offered)
        people = sum(len(room.seats) for room in rooms)
        rows.append(
            (str(sitting.number), subject_of(sitting), when(sitting), "、".join(offered),
             str(len(rooms)), str(people))
        )  # fmt: skip
    columns = (
        pdf.Column("场次", 6),
        pdf.Column("科目", 12),
        pdf.Column("时间", 18),
        pdf.Column("职业（工种）等级", 24, align="left"),
        pdf.Column("考场", 6),
        pdf.Column("人数", 7),
    )
    return pdf.Table(columns, rows)


def _rooms(plan: Plan) -> pdf.Table:
    """Which candidates sit where: the mapping of numbers to rooms."""
    rows = [
        (
            f"{room.sitting.number}-{room.room.number}", place(room.room), room.offered_text,
            str(len(room.seats)), room.span(),
        )
        for room in plan.rooms
    ]  # fmt: skip
    columns = (
        pdf.Column("场次-考场", 9),
        pdf.Column("地点", 16, align="left"),
        pdf.Column("职业、等级与人数", 24, align="left"),
        pdf.Column("人数", 6),
        pdf.Column("准考证号", 22),
    )
    if any(row[-1] for row in rows):
        return pdf.Table(columns, rows)
    # Before tickets are given out nobody has a number.
    return pdf.Table(columns[:-1], [row[:-1] for row in rows])


def _staff(plan: Plan) -> pdf.Table:
    rows = [
        ("", names, "") if part else (str(POST_LABELS[post]), names, TASKS[post])
        for post, duties in _by_post(plan).items()
        for part, names in enumerate(_people(duties))
    ]
    columns = (
        pdf.Column("岗位", 10),
        pdf.Column("人员", 26, align="left", face=pdf.Face.KAI, listing=True),
        pdf.Column("职责", 40, align="left"),
    )
    return pdf.Table(columns, rows)


def _clock(plan: Plan, sitting: Sitting) -> pdf.Table:
    rows = [
        (
            clock(each), offset(each, sitting), str(MOMENT_LABELS[each.key]),
            "、".join(str(one) for one in each.citations),
        )
        for each in moments(plan, sitting)
    ]  # fmt: skip
    columns = (
        pdf.Column("时间", 8),
        pdf.Column("相对开考", 13),
        pdf.Column("事项", 30, align="left"),
        pdf.Column("依据", 22, align="left"),
    )
    return pdf.Table(columns, rows)


def _emergency(plan: Plan) -> str:
    limit = plan.rules.settings.first_report_minutes
    first = f"在发现后 {limit.value} 分钟内作首次报告，" if limit else "立即报告，"
    return (
        "发生试卷错漏、破损或泄密，停电、设备故障，考生伤病、冲突等突发情况，"
        f"现场人员先保护考生安全和试卷安全，{first}"
        "由主考或考务组长决定延时、启用备用卷或中止，并当场填写突发事件记录。"
    )


def _scores(plan: Plan) -> list[str]:
    subjects = {each.subject_code for each in plan.sittings}
    lines = []
    if subjects & {Subject.THEORY, Subject.LANGUAGE}:
        lines.append(
            "理论知识等书面科目的试卷、答题卡按准考证号整理密封，由阅卷人员按标准答案集中评阅。"
        )
    if subjects & {Subject.PRACTICAL, Subject.REVIEW}:
        lines.append(
            "技能操作考核和综合评审由考评组按评分标准评分，评分记录由考评员、考评组长签字。"
        )
    lines.append("成绩由两人分别录入、系统比对，不一致的回到评分记录核对；确认后才能公示。")
    return lines


def implementation_plan(plan: Plan) -> Iterator[Made]:
    """F-301: heads, staff and tasks, sessions, mapping, marking, score entry, emergencies."""
    if not plan.rooms:
        return
    batch = plan.batch
    title = own_name(batch, "F-301", "考务实施方案")
    body: list[Part] = [
        f"为做好{batch.name}的组织实施，明确分工，严格程序，制定本方案。",
        "一、基本情况",
        _facts(plan),
        "二、组织机构与职责",
        *([_staff(plan)] if plan.duties else ["各岗位人员待定岗后列入。"]),
        "三、考试场次",
        _sessions(plan),
        "四、考场与考生安排",
        _rooms(plan),
        "五、时间安排",
        "各场次按规程规定的时间执行，见考试时间表和考场时间卡，以统一信号为准。",
        "六、试卷领取、启用与回收",
        *_papers(plan),
        "七、评分、阅卷与成绩登录",
        *_scores(plan),
        "八、应急处置",
        _emergency(plan),
    ]
    yield Made(_notice(plan, f"{batch.name}\n{title}", body), title)


def _facts(plan: Plan) -> str:
    batch = plan.batch
    people = sum(len(room.seats) for room in plan.rooms)
    return (
        f"组织单位：{batch.centre.name}。考试时间：{_days(plan)}。考试地点：{batch.exam_place}。"
        f"共 {len(plan.sittings)} 场、{len(plan.rooms)} 个考场、{people} 人次。"
    )


def _papers(plan: Plan) -> list[str]:
    return [
        *(f"{each}：{each.paper_origin}。" for each in plan.batch.offerings.all() if each.subjects),
        "试卷由保密员双人保管、双人交接，按考场分袋；当众验封启封，考后清点、密封、交回。",
    ]


def staff_handbook(plan: Plan) -> Iterator[Made]:
    """F-301: what everybody on duty has in his pocket: posts, clock, rules, penalties."""
    if not plan.rooms:
        return
    batch = plan.batch
    body: list[Part] = ["一、岗位职责"]
    for number, (post, task) in enumerate(TASKS.items(), 1):
        body.append(f"{number}. {POST_LABELS[post]}：{task}")
    body += ["二、时间安排"]
    shown: set[tuple[str, ...]] = set()
    for sitting in plan.sittings:
        table = _clock(plan, sitting)
        pattern = (sitting.subject_code, *(row[1] for row in table.rows))
        if pattern in shown:
            continue
        shown.add(pattern)
        body += [f"（{NUMERALS[len(shown) - 1]}）{subject_of(sitting)}（{when(sitting)}）", table]
    body += ["三、考场安排", _rooms(plan), "四、考场规则"]
    for numeral, (kind, lines) in zip(NUMERALS, house_rules(plan), strict=False):
        body.append(f"（{numeral}）{kind}")
        body += [f"{number}. {text}" for number, text in enumerate(lines, 1)]
    found = penalties(plan.rules)
    if found:
        body.append("五、违纪违规处理")
        body += [f"有下列行为之一的，{label}：{'；'.join(acts)}。" for label, acts in found]
    body += ["六、应急处置" if found else "五、应急处置", _emergency(plan)]
    contact = f"联系电话：{batch.centre.phone}" if batch.centre.phone else ""
    yield Made(_notice(plan, f"{batch.name}\n考务手册", body, contact), "考务手册")


NUMERALS = "一二三四五六七八九十"


def _notice(plan: Plan, title: str, body: list[Part], contact: str = "") -> pdf.Notice:
    batch = plan.batch
    return pdf.Notice(
        issuer=batch.centre.name,
        title=title,
        body=body,
        signer=batch.centre.name,
        date="　　年　　月　　日",
        contact=contact,
        red_head=False,
    )


def _days(plan: Plan) -> str:
    first = timezone.localdate(min(each.starts_at for each in plan.sittings))
    last = timezone.localdate(max(each.ends_at for each in plan.sittings))
    return f"{first}" if first == last else f"{first} 至 {last}"


def on_duty(plan: Plan, sitting: Sitting) -> list[tuple[str, str, str]]:
    """Post, room and name of everybody on duty in a sitting."""
    return [
        (
            str(duty.get_post_display()),
            called(duty.sitting_room) if duty.sitting_room else "全场",
            duty.member.person.name,
        )
        for duty in plan.duties
        if duty.sitting_id == sitting.pk
    ]


def register() -> None:
    for kind in (
        Kind("F-301", "implementation-plan", "考务实施方案", Scope.BATCH, implementation_plan),
        Kind("F-301", "staff-handbook", "考务手册", Scope.BATCH, staff_handbook),
    ):
        declare(kind, order=298)
