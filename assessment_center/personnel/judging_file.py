"""The personal file of one member with all its parts (F-807, F-811; ASR-14)."""

from collections.abc import Iterator, Sequence

from django.utils import timezone

from assessment_center import pdf
from assessment_center.organization.models import AssessmentCentre
from assessment_center.personnel.conduct import measure_words
from assessment_center.personnel.exclusions import in_words
from assessment_center.personnel.judging_enums import Branch
from assessment_center.personnel.judging_labels import TAKEN_LABELS
from assessment_center.personnel.judging_reading import failing_words, follow_words
from assessment_center.personnel.judging_sheets import NOTHING, mean_words
from assessment_center.personnel.models import Dispatch, SessionRating, StaffMember
from assessment_center.personnel.rules.appraisal import Taken

Part = str | pdf.Table


def personal_file(
    centre: AssessmentCentre, member: StaffMember, branch: str, day: str
) -> pdf.Notice:
    """All parts in the order of the rulebook; a part without entries says so."""
    title = "考评员档案" if branch == Branch.ASSESSOR else "质量督导考核档案"
    body: list[Part] = []
    parts = (
        ("个人信息", _person),
        ("任职资格", _cards),
        ("申报、培训和考核", _training),
        ("聘用", _hires),
        ("考评和督导记录", _dispatches),
        ("年度考核", _years),
        ("奖惩和注销", _sanctions),
    )
    for number, (name, part) in zip("一二三四五六七", parts, strict=True):
        told = list(part(member))
        body.append(f"{number}、{name}" if told else f"{number}、{name}（没有记录）")
        body += told
    return pdf.Notice(
        issuer=centre.name,
        title=f"{title}（{member.person.name}）",
        body=tuple(body),
        signer=centre.name,
        date=day,
        red_head=False,
    )


def _table(
    heads: tuple[tuple[str, int], ...], rows: Sequence[tuple[str, ...]]
) -> Iterator[pdf.Table]:
    if rows:
        columns = tuple(pdf.Column(label, width) for label, width in heads)
        yield pdf.Table(columns=columns, rows=rows)


def _person(member: StaffMember) -> Iterator[Part]:
    """Two facts a line: the part stays short."""
    person = member.person
    facts = (
        ("姓名", person.name),
        ("性别", str(person.get_sex_display()) if person.sex else NOTHING),
        ("出生年月", f"{person.birth:%Y-%m}" if person.birth else NOTHING),
        ("联系电话", person.phone or NOTHING),
        ("工作单位（部门）", member.employer or str(member.department or NOTHING)),
        ("人员类别", "校外人员" if member.is_external else "校内人员"),
        ("职称或职务", member.title or NOTHING),
        ("学历和专业", f"{member.get_education_display()} {member.major}".strip() or NOTHING),
    )
    rows = [(*facts[at], *facts[at + 1]) for at in range(0, len(facts), 2)]
    yield from _table((("项目", 20), ("内容", 30), ("项目", 18), ("内容", 32)), rows)


def _cards(member: StaffMember) -> Iterator[Part]:
    heads = (("资格", 18), ("证卡编号", 22), ("有效期", 30), ("注销", 30))
    rows = [
        (
            str(card.get_grade_display()),
            card.card_number or NOTHING,
            f"{card.valid_from} 至 {card.valid_until or '长期'}",
            f"{card.revoked_on} {card.revoked_reason}" if card.revoked_on else NOTHING,
        )
        for card in member.qualifications.order_by("valid_from")
    ]
    yield from _table(heads, rows)


def _training(member: StaffMember) -> Iterator[Part]:
    applied = [
        (
            f"{each.applied_on}",
            f"申报{each.get_grade_display()}（{each.get_kind_display()}）",
            str(each.get_status_display()),
        )
        for each in member.applications.order_by("applied_on")
    ]
    trained = [
        (
            f"{each.training.starts_on}",
            f"{each.training.get_kind_display()}：{each.training.title}",
            "；".join(filter(None, (f"至 {each.training.ends_on}", each.training.session))),
        )
        for each in member.trainings.select_related("training").order_by("training__starts_on")
    ]
    yield from _table((("日期", 20), ("事项", 60), ("结果", 20)), sorted(applied + trained))


def _hires(member: StaffMember) -> Iterator[Part]:
    heads = (("聘任为", 18), ("合同或聘书", 26), ("聘期", 32), ("终止", 30))
    rows = [
        (
            str(each.get_grade_display()),
            f"{each.get_kind_display()} {each.number}".strip(),
            f"{each.starts} 至 {each.ends}",
            f"{each.ended_on} {each.ended_reason}" if each.ended_on else NOTHING,
        )
        for each in member.engagements.order_by("starts")
    ]
    yield from _table(heads, rows)


def _dispatches(member: StaffMember) -> Iterator[Part]:
    ratings = {each.session_id: each for each in member.ratings.all()}
    heads = (("日期", 16), ("认定批次", 34), ("身份", 14), ("参加情况", 20), ("评价", 20))
    rows, told = [], set()
    for each in member.dispatches.order_by("day", "created_at"):
        key = (each.session_id, each.branch, each.taken)
        if key not in told:
            rating = ratings.get(each.session_id) if each.branch == Branch.ASSESSOR else None
            rows.append(_sent(each, rating))
        told.add(key)
    yield from _table(heads, rows)


def _sent(each: Dispatch, rating: SessionRating | None) -> tuple[str, ...]:
    judged = " ".join(str(x) for x in (rating.score, rating.grade) if x) if rating else ""
    served = each.taken == Taken.SERVED
    return (
        f"{each.day}",
        each.session,
        str(each.get_branch_display()),
        str(TAKEN_LABELS[Taken(each.taken)]),
        (judged if served else each.reason) or NOTHING,
    )


def _years(member: StaffMember) -> Iterator[Part]:
    heads = (("年度", 10), ("身份", 16), ("平均分", 12), ("等次", 14), ("说明", 30), ("审定", 24))
    rows = [
        (
            str(row.year),
            str(row.get_branch_display()),
            mean_words(row),
            row.grade or "未参评",
            "；".join(filter(None, (failing_words(row), follow_words(row)))) or NOTHING,
            f"{row.confirmed_by_name}" if row.confirmed_at else "待审定",
        )
        for row in member.appraisals.order_by("year", "branch")
    ]
    yield from _table(heads, rows)
    for row in member.appraisals.exclude(summary="").order_by("year"):
        yield f"（{row.year} 年个人小结）{row.summary}"


def _sanctions(member: StaffMember) -> Iterator[Part]:
    heads = (("日期", 16), ("事项", 44), ("处理", 40))
    rows = [
        (f"{case.decided_on}", case.act, measure_words(case.measures) or case.get_status_display())
        for case in member.cases.exclude(decided_on=None).order_by("decided_on")
    ]
    rows += [
        (f"{each.starts}", str(each.get_kind_display()), in_words(each))
        for each in member.exclusions.order_by("starts")
    ]
    rows += [
        (f"{timezone.localdate(row.confirmed_at)}", f"{row.year} 年度考核优秀", follow_words(row))
        for row in member.appraisals.filter(follows__contains=["reward"]).exclude(confirmed_at=None)
    ]
    yield from _table(heads, sorted(rows))
