"""F-810 database of experts; R-34: internal supervisors for filing, assessors who passed."""

from django.utils import timezone

from assessment_center import pdf
from assessment_center.accounts.enums import Act
from assessment_center.personnel.documents.common import (
    Parts,
    centre,
    form_name,
    imprint,
    levels_text,
    occupations_text,
    short_level,
)
from assessment_center.personnel.enums import ASSESSORS, EXPERTS, Grade
from assessment_center.personnel.models import Engagement, Qualification, StaffMember
from assessment_center.personnel.selectors import live_engagements, live_qualifications
from assessment_center.registry import Actor
from assessment_center.registry.entries import DocumentKind, record_documents


def _printed(actor: Actor, form: tuple[str, str, str], sheets: list[pdf.Roster]) -> Parts:
    corner = imprint(actor, form=form, subject=centre().subject, content=sheets)
    data = pdf.roster(sheets, imprint=corner, paper=pdf.Paper.A4_LANDSCAPE)
    return [(form[2], data)]


def _skill(member: StaffMember) -> str:
    level = levels_text([member.skill_level]) if member.skill_level else ""
    return f"{member.skill_occupation} {level}".strip()


EXPERT_COLUMNS = (
    pdf.Column("专业", 10),
    pdf.Column("姓名", 11, names=True),
    pdf.Column("性别", 6),
    pdf.Column("出生年月", 11),
    pdf.Column("工作单位（部门）", 20, align="left"),
    pdf.Column("学历", 12),
    pdf.Column("职称", 11),
    pdf.Column("技能等级", 17),
    pdf.Column("联系电话", 15),
    pdf.Column("聘期", 25),
    pdf.Column("备注", 8),
)


def _expert(member: StaffMember, letter: Engagement | None) -> tuple[str, ...]:
    person = member.person
    return (
        letter.speciality if letter else "",
        person.name,
        str(person.get_sex_display()) if person.sex else "",
        f"{person.birth:%Y-%m}" if person.birth else "",
        member.employer or str(member.department or ""),
        str(member.get_education_display()) if member.education else "",
        member.title,
        _skill(member),
        person.phone,
        f"{letter.starts:%Y-%m-%d} 至 {letter.ends:%Y-%m-%d}" if letter else "",
        "组长" if letter and letter.leads else "",
    )


def experts(_record: None, actor: Actor) -> Parts:
    """F-810: everybody hired or carded as an expert today, by speciality."""
    today = timezone.localdate()
    title = form_name("F-810", "专家信息库")
    hired = {
        each.member_id: each
        for each in live_engagements(today).filter(grade__in=EXPERTS).select_related("member")
    }
    carded = live_qualifications(today).filter(grade__in=EXPERTS).values("member")
    members = StaffMember.objects.filter(pk__in=[*hired]) | StaffMember.objects.filter(
        pk__in=carded
    )
    people = members.select_related("person", "department").distinct()
    rows = [_expert(member, hired.get(member.pk)) for member in people]
    rows.sort(key=lambda row: (row[0], row[-1] == "", row[1]))
    if not rows:
        return []
    sheet = pdf.Roster(
        title=title,
        subtitle=centre().name,
        columns=EXPERT_COLUMNS,
        rows=rows,
        notes=("命题专家的身份信息保密，本表不得外传。",),
    )
    return _printed(actor, ("F-810", "expert-list", title), [sheet])


def filing(_record: None, actor: Actor) -> Parts:
    """R-34: the internal supervisors to be filed and the assessors who passed and got a card."""
    today = timezone.localdate()
    inner = live_qualifications(today).filter(grade=Grade.SUPERVISOR_INTERNAL)
    passed = live_qualifications(today).filter(grade__in=ASSESSORS)
    sheets = [
        _cards("内部质量督导员备案表", list(inner.order_by("member__person__pinyin"))),
        _cards("考评人员考核合格名单", list(passed.order_by("grade", "member__person__pinyin"))),
    ]
    sheets = [each for each in sheets if each.rows]
    if not sheets:
        return []
    return _printed(actor, ("R-34", "staff-filing", "督导员备案与考评员名单"), sheets)


COLUMNS = (
    pdf.Column("序号", 6),
    pdf.Column("姓名", 14, names=True),
    pdf.Column("性别", 6),
    pdf.Column("类别", 16),
    pdf.Column("部门", 18, align="left"),
    pdf.Column("职称/职务", 13),
    pdf.Column("职业", 20, align="left"),
    pdf.Column("等级", 16, align="left"),
    pdf.Column("证卡编号", 17),
    pdf.Column("有效期", 27),
)


def _cards(title: str, cards: list[Qualification]) -> pdf.Roster:
    """One line a card; a column nobody has anything in is left out."""
    found = centre()
    rows = [_row(number, card) for number, card in enumerate(cards, 1)]
    kept = [at for at in range(len(COLUMNS)) if any(row[at] for row in rows)]
    return pdf.Roster(
        title=title,
        subtitle=f"报 {found.authority_name}",
        meta=(("机构", found.name), ("合计", f"{len(cards)} 人")),
        columns=tuple(COLUMNS[at] for at in kept),
        rows=[tuple(row[at] for at in kept) for row in rows],
        signatures=("填表人", "负责人（盖章）", "日期"),
    )


def _row(number: int, card: Qualification) -> tuple[str, ...]:
    member = card.member
    until = f"{card.valid_until:%Y-%m-%d}" if card.valid_until else "长期"
    judges = card.grade in ASSESSORS
    levels = "、".join(short_level(level) for level in sorted(card.levels, reverse=True))
    return (
        str(number),
        member.person.name,
        str(member.person.get_sex_display()) if member.person.sex else "",
        str(card.get_grade_display()),
        member.employer or str(member.department or ""),
        member.title,
        occupations_text(card) or ("各职业" if judges else ""),
        levels or ("各等级" if judges else ""),
        card.card_number,
        f"{card.valid_from:%Y-%m-%d} 至 {until}",
    )


def register() -> None:
    for order, (code, slug, label, render) in enumerate(
        (
            ("F-810", "expert-list", "专家信息库", experts),
            ("R-34", "staff-filing", "内督员备案与考评员合格名单", filing),
        )
    ):
        kind = DocumentKind(code, slug, label, render, Act.PEOPLE_VIEW)
        record_documents.register(slug, kind, order=120 + order)
