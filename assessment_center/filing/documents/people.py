"""The teams on the application form: staff, experts, assessors, internal supervisors."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils import timezone

from assessment_center.catalog.labels import LEVEL_LABELS
from assessment_center.filing import selectors
from assessment_center.filing.documents.grid import heading, table
from assessment_center.filing.models import FilingApplication, UnitMember
from assessment_center.pdf import FormRow
from assessment_center.people.selectors import id_number
from assessment_center.personnel.enums import Grade
from assessment_center.personnel.models import StaffMember
from assessment_center.personnel.selectors import live_qualifications

POST = "职务/职称/技能等级"
OWN = "是否本单位职工"
NO = "否"
YES = "是"


def team_rows(application: FilingApplication) -> list[FormRow]:
    """Four tables under their headings; every person with the ID number the form asks for."""
    today = timezone.localdate()
    return [
        heading("人员队伍建设情况"),
        *_staff(application),
        *_experts(today),
        *_assessors(application, today),
        *_supervisors(application),
    ]


def _numbered(rows: Iterable[Sequence[str]]) -> list[tuple[str, ...]]:
    return [(str(number), *row) for number, row in enumerate(rows, start=1)]


def _skill(member: StaffMember) -> str:
    """“高级工” of “三级/高级工”."""
    level = LEVEL_LABELS.get(member.skill_level) if member.skill_level else ""
    return str(level).rpartition("/")[2]


def _person(member: StaffMember) -> tuple[str, str, str]:
    """Name, ID number, and “科长/高级技师”: post or title and skill, as far as they are known."""
    standing = "/".join(filter(None, (member.title, _skill(member))))
    return (member.person.name, id_number(member.person), standing)


def _education(member: StaffMember) -> str:
    return str(member.get_education_display()) if member.education else ""


def _own(member: StaffMember) -> str:
    return NO if member.is_external else YES


def _staff(application: FilingApplication) -> list[FormRow]:
    units = selectors.units_in_force(application.centre).filter(kind__in=("office", "group"))
    held = UnitMember.objects.filter(unit__in=units).exclude(unit__code="supervision")
    rows: dict[object, tuple[str, ...]] = {}
    for each in held.select_related("member__person").order_by("unit__since", "-is_head"):
        duty = each.duty or each.post
        rows.setdefault(each.member_id, (*_person(each.member), _education(each.member), duty))
    head = ("序号", "姓名", "身份证号", POST, "学历", "主要职责")
    return [heading("工作人员情况"), *table((2, 3, 6, 5, 3, 5), head, _numbered(rows.values()))]


def _experts(today: date) -> list[FormRow]:
    cards = live_qualifications(today).filter(grade=Grade.EXPERT)
    rows = []
    for card in cards.order_by("member__person__pinyin"):
        member = card.member
        fields = "、".join(each.name for each in card.occupations.all()) or member.major
        rows.append((*_person(member), _education(member), fields, _own(member)))
    head = ("序号", "姓名", "身份证号", POST, "学历", "专业", OWN)
    return [heading("专家队伍"), *table((2, 3, 6, 4, 3, 3, 3), head, _numbered(rows))]


def _assessors(application: FilingApplication, today: date) -> list[FormRow]:
    """Those who may assess what is asked for; a card without occupations holds for any."""
    asked = {line.occupation_id for line in selectors.lines_of(application)}
    cards = live_qualifications(today).filter(grade__in=selectors.ASSESSING)
    rows = []
    for card in cards.order_by("member__person__pinyin"):
        named = list(card.occupations.all())
        mine = [each.name for each in named if each.pk in asked]
        if named and not mine:
            continue
        told = "、".join(mine) or "各职业"
        rows.append((*_person(card.member), told, card.card_number, _own(card.member)))
    head = ("序号", "姓名", "身份证号", POST, "考评职业", "证书编号", OWN)
    return [heading("考评人员队伍"), *table((2, 3, 6, 3, 3, 4, 3), head, _numbered(rows))]


def _supervisors(application: FilingApplication) -> list[FormRow]:
    units = selectors.units_in_force(application.centre).filter(code="supervision")
    held = UnitMember.objects.filter(unit__in=units).select_related("member__person")
    rows = [
        (
            *_person(each.member),
            _education(each.member),
            each.member.major,
            each.duty or each.post,
        )
        for each in held
    ]
    head = ("序号", "姓名", "身份证号", POST, "学历", "专业", "主要职责")
    return [
        heading("内部质量督导人员队伍"),
        *table((2, 3, 6, 4, 3, 3, 3), head, _numbered(rows)),
    ]
