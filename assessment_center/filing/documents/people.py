"""The teams on the application form: staff, experts, assessors, internal supervisors."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils import timezone

from assessment_center.filing import selectors
from assessment_center.filing.models import FilingApplication, UnitMember
from assessment_center.pdf import Cell, FormRow
from assessment_center.people.selectors import id_number
from assessment_center.personnel.enums import Grade
from assessment_center.personnel.models import StaffMember
from assessment_center.personnel.selectors import live_qualifications

NO = "否"
YES = "是"


def team_rows(application: FilingApplication) -> list[FormRow]:
    """Four tables under their headings; every person with the ID number the form asks for."""
    today = timezone.localdate()
    return [
        _heading("人员队伍建设情况"),
        *_staff(application),
        *_experts(today),
        *_assessors(application, today),
        *_supervisors(application),
    ]


def _heading(text: str) -> FormRow:
    return FormRow((Cell(text, span=12, label=True),))


def _table(
    spans: Sequence[int], head: Sequence[str], rows: Iterable[Sequence[str]]
) -> list[FormRow]:
    names = [Cell(t, span=s, label=True) for t, s in zip(head, spans, strict=True)]
    made = [FormRow(tuple(names))]
    for number, row in enumerate(rows, start=1):
        cells = zip((str(number), *row), spans, strict=True)
        made.append(FormRow(tuple(Cell(text, span=span) for text, span in cells)))
    return made


def _person(member: StaffMember) -> tuple[str, str, str]:
    return (member.person.name, id_number(member.person), member.title)


def _staff(application: FilingApplication) -> list[FormRow]:
    units = selectors.units_in_force(application.centre).filter(kind__in=("office", "group"))
    held = UnitMember.objects.filter(unit__in=units).exclude(unit__code="supervision")
    rows: dict[object, tuple[str, ...]] = {}
    for each in held.select_related("member__person").order_by("unit__since", "-is_head"):
        duty = each.duty or each.post
        rows.setdefault(each.member_id, (*_person(each.member), duty))
    head = ("序号", "姓名", "身份证号", "职务/职称/技能等级", "主要职责")
    return [_heading("工作人员情况"), *_table((1, 2, 4, 2, 3), head, rows.values())]


def _experts(today: date) -> list[FormRow]:
    cards = live_qualifications(today).filter(grade=Grade.EXPERT)
    rows = []
    for card in cards.order_by("member__person__pinyin"):
        fields = "、".join(each.name for each in card.occupations.all())
        own = NO if card.member.is_external else YES
        rows.append((*_person(card.member), fields, own))
    head = ("序号", "姓名", "身份证号", "职务/职称/技能等级", "专业", "是否本单位职工")
    return [_heading("专家队伍"), *_table((1, 2, 4, 2, 2, 1), head, rows)]


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
        own = NO if card.member.is_external else YES
        told = "、".join(mine) or "各职业"
        rows.append((*_person(card.member), told, card.card_number, own))
    head = ("序号", "姓名", "身份证号", "职务/职称/技能等级", "考评职业", "证书编号", "本单位职工")
    return [_heading("考评人员队伍"), *_table((1, 1, 4, 2, 1, 2, 1), head, rows)]


def _supervisors(application: FilingApplication) -> list[FormRow]:
    units = selectors.units_in_force(application.centre).filter(code="supervision")
    held = UnitMember.objects.filter(unit__in=units).select_related("member__person")
    rows = [(*_person(each.member), each.duty or each.post) for each in held]
    head = ("序号", "姓名", "身份证号", "职务/职称/技能等级", "主要职责")
    return [_heading("内部质量督导人员队伍"), *_table((1, 2, 4, 2, 3), head, rows)]
