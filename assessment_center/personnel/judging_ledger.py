"""F-807: the ledger of all assessors, one line each, with everything the rulebooks list in it."""

from collections.abc import Iterable
from typing import Any

from assessment_center import pdf
from assessment_center.personnel.exclusions import in_words
from assessment_center.personnel.judging_reading import follow_words
from assessment_center.personnel.judging_sheets import NOTHING
from assessment_center.personnel.models import Appraisal, StaffMember
from assessment_center.personnel.rules.appraisal import Follows

COLUMNS = (
    pdf.Column("序号", 5),
    pdf.Column("姓名", 11, face=pdf.Face.KAI, names=True),
    pdf.Column("性别", 5),
    pdf.Column("所在部门、职称", 15),
    pdf.Column("任职资格、证卡和有效期", 30, align="left"),
    pdf.Column("培训考核", 15),
    pdf.Column("聘期", 13),
    pdf.Column("考评批次", 8),
    pdf.Column("最近年度考核", 11),
    pdf.Column("奖惩和注销", 19, align="left"),
)


def ledger_roster(members: Iterable[StaffMember], last: dict[Any, Appraisal]) -> pdf.Roster:
    """One line a member; `last` are the latest confirmed appraisals by member."""
    return pdf.Roster(
        title="考评人员信息台账",
        columns=COLUMNS,
        rows=[
            _row(number, member, last.get(member.pk))
            for number, member in enumerate(members, start=1)
        ],
        signatures=("制表人", "审核人", "日期"),
    )


def _row(number: int, member: StaffMember, judged: Appraisal | None) -> tuple[str, ...]:
    person = member.person
    hire = max(member.engagements.all(), key=lambda each: each.starts, default=None)
    where = (str(member.department or member.employer or ""), member.title)
    return (
        str(number),
        person.name,
        str(person.get_sex_display()) if person.sex else "",
        "\n".join(filter(None, where)) or NOTHING,
        "\n".join(_card(card) for card in member.qualifications.all()) or NOTHING,
        _trained(member),
        f"{hire.starts}\n至 {hire.last_day}" if hire else NOTHING,
        str(len({each.session_id for each in member.dispatches.all()})),
        f"{judged.year} {judged.grade or '未参评'}" if judged else NOTHING,
        _sanctions(member, judged),
    )


def _card(card: Any) -> str:
    ends = f"至 {card.valid_until}" if card.valid_until else "长期"
    told = f"{card.get_grade_display()} {card.card_number}\n{card.valid_from} {ends}"
    return f"{told}（{card.revoked_on} 注销）" if card.revoked_on else told


def _trained(member: StaffMember) -> str:
    """Hours of training in all, and how the last qualification examination ended."""
    hours = sum(each.hours for each in member.trainings.all())
    exams = [exam for each in member.applications.all() for exam in each.exams.all()]
    exam = max(exams, key=lambda each: each.taken_on, default=None)
    told = [f"{hours} 学时"] if hours else []
    if exam:
        told.append(f"{exam.taken_on} {'合格' if exam.passed else '不合格'}")
    return "\n".join(told) or NOTHING


def _sanctions(member: StaffMember, judged: Appraisal | None) -> str:
    told = [in_words(each) for each in member.exclusions.all()]
    if judged and Follows.REWARD.value in judged.follows:
        told.insert(0, f"{judged.year} 年{follow_words(judged)}")
    return "；".join(told) or NOTHING
