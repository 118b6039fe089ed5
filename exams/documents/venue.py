"""The forms of a whole site: arrangement, distribution, the map, rooms by occupation, ways."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from assessment_center import pdf
from assessment_center.batches.models import AssessmentBatch
from exams.documents.common import (
    called,
    day,
    hours,
    own_name,
    place,
    subject_of,
    when,
    when_below,
)
from exams.documents.reading import Plan
from exams.documents.sheet import Kind, Made, Scope, declare, named_form

OFFICES = (
    "考务办公室", "候考室", "非考试物品存放处", "医务室", "监考员休息室", "考生入口", "考生出口",
)  # fmt: skip
DISTRIBUTION, MAP = "room-distribution", "venue-map"
A_SIGN = 6  # rooms named on one sign


def arrangement(plan: Plan) -> Iterator[Made]:
    """F-307: every sitting and room with occupations and numbers."""
    title = own_name(plan.batch, "F-307", "考场安排表")
    sheet = pdf.Roster(
        title=title,
        subtitle=plan.batch.name,
        columns=(
            pdf.Column("场次", 7),
            pdf.Column("科目", 17),
            pdf.Column("时间", 26),
            pdf.Column("考场", 7),
            pdf.Column("地点", 28, align="left"),
            pdf.Column("职业、等级与人数", 50, align="left"),
            pdf.Column("人数", 8),
        ),
        rows=[
            (
                str(room.sitting.number), subject_of(room.sitting),
                when_below(room.sitting),
                str(room.room.number), place(room.room), room.offered_text, str(len(room.seats)),
            )
            for room in plan.rooms
        ],
        signatures=("制表人", "审核人", "日期"),
    )  # fmt: skip
    yield Made(sheet, title, pdf.Paper.A4_LANDSCAPE)


def distribution(plan: Plan) -> Iterator[Made]:
    """F-308: which occupation sits where; posted outside."""
    title = _titled(plan.batch, DISTRIBUTION, "考场分布表")
    sheet = pdf.Roster(
        title=title,
        subtitle=plan.batch.name,
        columns=(
            pdf.Column("场次", 7),
            pdf.Column("科目", 18),
            pdf.Column("时间", 25),
            pdf.Column("考场", 14),
            pdf.Column("地点", 27, align="left"),
            pdf.Column("职业、等级", 28, align="left"),
            pdf.Column("准考证号", 38),
            pdf.Column("人数", 8),
        ),
        rows=[
            (
                str(room.sitting.number), subject_of(room.sitting), when_below(room.sitting),
                called(room.room), place(room.room), name, room.span(name), str(number),
            )
            for room in plan.rooms
            for name, number in room.offered
        ],
        notes=("准考证号区间内考生按座位表入座，以准考证所载考场、座位号为准。",),
    )  # fmt: skip
    yield Made(sheet, title, pdf.Paper.A4_LANDSCAPE)


def venue_map(plan: Plan) -> Iterator[Made]:
    """F-308: the rooms of the site as cards, large enough for the gate."""
    groups = [
        pdf.CardGroup(
            f"第 {sitting.number} 场　{subject_of(sitting)}　{when(sitting)}",
            [
                pdf.Card(
                    f"{room.room.number:02d}",
                    room.room.room.name,
                    [*(f"{name}　{n} 人" for name, n in room.offered), *_span(room.span())],
                )
                for room in plan.of(sitting)
            ],
        )
        for sitting in plan.sittings
    ]
    names = "、".join(site.name for site in plan.sites)
    where = "；".join(site.address for site in plan.sites if site.address)
    title = _titled(plan.batch, MAP, "考场示意图")
    sheet = pdf.RoomCards(
        title=f"{names}　{title}",
        groups=groups,
        subtitle="　".join(part for part in (plan.batch.name, where) if part),
    )
    yield Made(sheet, title, pdf.Paper.A3_LANDSCAPE)


def _titled(batch: AssessmentBatch, slug: str, otherwise: str) -> str:
    """The rulebook's name for the one of the two sheets it means, our own for the other."""
    form = batch.rules.form("F-308")
    return form.name if form and (form.sheet or DISTRIBUTION) == slug else otherwise


def _span(numbers: str) -> list[str]:
    return [f"准考证号 {numbers}"] if numbers else []


def by_occupation(plan: Plan) -> Iterator[Made]:
    """F-310: in which rooms of which subject every occupation and level sits."""
    title = own_name(plan.batch, "F-310", "考场按职业分布情况汇总表")
    found: dict[tuple[str, int], list[tuple[int, str, int]]] = defaultdict(list)
    total: Counter[str] = Counter()
    for room in plan.rooms:
        for name, number in room.offered:
            found[(name, room.sitting.number)].append((room.room.number, place(room.room), number))
            total[name] += number
    sittings = {each.number: each for each in plan.sittings}
    rows = []
    for (name, number), rooms in sorted(found.items()):
        told = "；".join(f"第 {room} 考场（{where}）{n} 人" for room, where, n in rooms)
        people = sum(n for _room, _where, n in rooms)
        sitting = sittings[number]
        rows.append(
            (name, subject_of(sitting), f"第 {number} 场", when(sitting), told, str(len(rooms)),
             str(people))
        )  # fmt: skip
    sheet = pdf.Roster(
        title=title,
        subtitle=plan.batch.name,
        columns=(
            pdf.Column("职业（工种）等级", 28, align="left"),
            pdf.Column("科目", 17),
            pdf.Column("场次", 9),
            pdf.Column("时间", 25),
            pdf.Column("考场与人数", 62, align="left"),
            pdf.Column("考场数", 8),
            pdf.Column("人数", 8),
        ),
        rows=rows,
        notes=(f"合计 {len(total)} 个职业（等级），{sum(total.values())} 人次。",),
        signatures=("制表人", "审核人", "日期"),
    )
    yield Made(sheet, "考场按职业分布汇总表", pdf.Paper.A4_LANDSCAPE)


def signs(plan: Plan) -> Iterator[Made]:
    """F-313: the site's own sign, the way to the rooms in both directions, the offices."""
    heading = plan.batch.name
    for site in plan.sites:
        words = _site_words(plan.batch, apart="\n")
        lines = [f"{site.name}考点" if words else plan.batch.centre.name]
        lines += [site.address] if site.address else []
        sign = pdf.Sign(words or f"{site.name}考点", heading=heading, lines=lines)
        yield _sign(sign, "考点标识", "site")
    numbers = sorted({room.room.number for room in plan.rooms})
    for at in range(0, len(numbers), A_SIGN):
        part = numbers[at : at + A_SIGN]
        text = f"第 {part[0]} 考场" if len(part) == 1 else f"第 {part[0]}－{part[-1]} 考场"
        for turn, word in (("left", "向左"), ("right", "向右"), ("up", "直行")):
            sign = pdf.Sign(text, arrow=turn, heading=heading)
            yield _sign(sign, f"路标 {text} {word}", f"{part[0]}-{turn}")
    for number, name in enumerate(OFFICES, 1):
        yield _sign(pdf.Sign(name, heading=heading), f"标牌 {name}", f"office-{number}")


def _site_words(batch: AssessmentBatch, apart: str = "") -> str:
    """What stands on the site's sign and banner, where the rulebook words it."""
    words = batch.rules.settings.site_sign
    return words.value.format(name=f"{apart}{batch.centre.name}") if words else ""


def _sign(sign: pdf.Sign, label: str, key: str) -> Made:
    return Made(sign, label, pdf.Paper.A4_LANDSCAPE, key=key)


def banner(plan: Plan) -> Iterator[Made]:
    """F-313: the banner over the gate, a character a sheet."""
    words = _site_words(plan.batch) or f"{plan.batch.centre.name}考点"
    for number, character in enumerate(words, 1):
        yield Made(pdf.Sign(character), f"横幅 {number:02d} {character}", key=f"{number:02d}")


def staff_on_site(plan: Plan) -> Iterator[Made]:
    """Where everybody of the staff is posted, for the wall of the office."""
    rows = [
        (
            f"第 {duty.sitting.number} 场",
            day(duty.sitting),
            hours(duty.sitting),
            str(duty.get_post_display()),
            str(duty.sitting_room or "全场"),
            duty.member.person.name,
        )
        for duty in plan.duties
    ]
    if not rows:
        return
    sheet = pdf.Roster(
        title="考务人员岗位一览表",
        subtitle=plan.batch.name,
        columns=(
            pdf.Column("场次", 12),
            pdf.Column("日期", 24),
            pdf.Column("时间", 20),
            pdf.Column("岗位", 20),
            pdf.Column("考场", 18),
            pdf.Column("姓名", 24, face=pdf.Face.KAI, names=True),
        ),
        rows=rows,
        notes=("本表含监考、考评安排，开考前不得外传。",),
    )
    yield Made(sheet, "考务人员岗位一览表")


def register() -> None:
    for kind in (
        Kind("F-307", "arrangement-table", "考场安排表", Scope.SITE, arrangement),
        Kind("F-308", DISTRIBUTION, "考场分布表", Scope.SITE, distribution),
        Kind("F-308", MAP, "考场示意图", Scope.SITE, venue_map),
        Kind("F-310", "rooms-by-occupation", "考场按职业分布汇总表", Scope.SITE, by_occupation),
        Kind("F-313", "signs", "考点标识与路标", Scope.SITE, signs),
        Kind("F-313", "banner", "考点横幅", Scope.BATCH, banner, named_form("F-313"), in_set=False),
        Kind("", "staff-on-site", "考务人员岗位一览表", Scope.SITE, staff_on_site),
    ):
        declare(kind, order=305)
