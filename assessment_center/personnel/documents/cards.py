"""F-801 application, F-802 and F-808 cards."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils import timezone

from assessment_center import pdf
from assessment_center.accounts.enums import Act
from assessment_center.personnel.documents.common import (
    Parts,
    centre,
    form_name,
    form_name_for,
    imprint,
    levels_text,
    occupations_text,
    photo_of,
    short_level,
)
from assessment_center.personnel.enums import ASSESSORS, SUPERVISORS
from assessment_center.personnel.models import Qualification, QualificationApplication
from assessment_center.personnel.selectors import live_qualifications
from assessment_center.registry import Actor
from assessment_center.registry.entries import DocumentKind, record_documents

BLANK = "—"


def card_of(card: Qualification, title: str, issuer: str) -> pdf.StaffCard:
    until = f"{card.valid_until:%Y-%m-%d}" if card.valid_until else "长期"
    facts = (
        ("类别", str(card.get_grade_display())),
        ("职业", occupations_text(card)),
        ("等级", "、".join(short_level(level) for level in sorted(card.levels, reverse=True))),
        ("编号", card.card_number or BLANK),
        ("有效期", f"{card.valid_from:%Y-%m-%d} 至 {until}"),
    )
    return pdf.StaffCard(
        title=title,
        name=card.member.person.name,
        facts=tuple((label, value) for label, value in facts if value),
        issuer=card.issuer or issuer,
        photo=photo_of(card.member),
        qr=card.card_number,
    )


def _title(grade: str) -> str:
    if grade in ASSESSORS:
        return form_name("F-802", "考评人员证卡")
    if grade in SUPERVISORS:
        return form_name_for("F-808", grade, "质量督导员证")
    return "工作证"


def one_card(card: Qualification, actor: Actor) -> Parts:
    """The card at its own size and, to be cut out, on a sheet."""
    title = _title(card.grade)
    drawn = card_of(card, title, centre().name)
    supervising = card.grade in SUPERVISORS
    form = (
        "F-808" if supervising else "F-802" if card.grade in ASSESSORS else "",
        "supervisor-card" if supervising else "staff-card",
        title,
    )
    corner = imprint(actor, form=form, subject=card.subject, content=drawn)
    stem = f"{title} {card.member.person.name}"
    return [(stem, pdf.staff_cards(drawn, imprint=corner, paper=pdf.Paper.CARD))]


def card_sheets(_record: None, actor: Actor) -> Parts:
    """All cards of assessors and supervisors valid today, ten on a sheet."""
    today = timezone.localdate()
    live = live_qualifications(today).filter(grade__in=[*ASSESSORS, *SUPERVISORS])
    found = centre()
    ordered = live.order_by("grade", "member__person__pinyin")
    drawn = [card_of(card, _title(card.grade), found.name) for card in ordered]
    if not drawn:
        return []
    form = ("", "card-sheets", "证卡")
    corner = imprint(actor, form=form, subject=found.subject, content=drawn)
    return [("证卡", pdf.staff_cards(drawn, imprint=corner))]


def application_form(application: QualificationApplication, actor: Actor) -> Parts:
    """F-801: the applicant's facts, his statement, the recommendation and the decision."""
    title = form_name("F-801", "职业技能等级认定考评人员资格申报表")
    form = pdf.Form(
        title=title,
        widths=(18, 26, 16, 22, 18),
        rows=(*_facts(application), *_opinions(application)),
        who=application.member.person.name,
    )
    corner = imprint(
        actor,
        form=("F-801", "staff-application", title),
        subject=application.subject,
        content=form,
    )
    stem = f"{title} {application.member.person.name}"
    return [(stem, pdf.form_table(form, imprint=corner))]


def _row(
    label: str, value: object, second: str, other: object, *, wide: bool = True
) -> pdf.FormRow:
    cells = (
        pdf.label_cell(label),
        _cell(value),
        pdf.label_cell(second),
        _cell(other, 2 if wide else 1),
    )
    return pdf.FormRow(cells)


def _cell(value: object, span: int = 1) -> pdf.Cell:
    told = f"{value:%Y-%m-%d}" if isinstance(value, date) else str(value or "")
    return pdf.Cell(told, span=span)


def _facts(application: QualificationApplication) -> tuple[pdf.FormRow, ...]:
    member, person = application.member, application.member.person
    where = member.employer or (centre().name if not member.is_external else "")
    named = "、".join(str(each) for each in application.occupations.all())
    level = levels_text([member.skill_level]) if member.skill_level else ""
    skill = f"{member.skill_occupation} {level}".strip()
    photo = pdf.Cell("照片", rows=4, kind="photo", image=photo_of(member))
    name = pdf.Cell(person.name, face=pdf.Face.KAI)
    sex = _cell(person.get_sex_display() if person.sex else "")
    education = member.get_education_display() if member.education else ""
    employment = member.get_employment_display() if member.employment else ""
    return (
        pdf.FormRow((pdf.label_cell("姓名"), name, pdf.label_cell("性别"), sex, photo)),
        _row("出生日期", person.birth, "学历", education, wide=False),
        _row("证件号码", person.id_masked, "所学专业", member.major, wide=False),
        _row("联系电话", person.phone, "用工性质", employment, wide=False),
        pdf.FormRow((pdf.label_cell("工作单位"), _cell(where, 4))),
        _row("职业技能等级", skill, "取得日期", member.skill_since),
        _row("专业技术职称", member.title, "取得日期", member.title_since),
        _row("从事本职业起", member.occupation_since, "从事考评起", member.assessor_since),
        _row(
            "申报资格", application.get_grade_display(), "申报类别", application.get_kind_display()
        ),
        _row("申报职业", named, "可考评等级", levels_text(application.levels)),
    )


def _examined(application: QualificationApplication) -> str:
    """Hours of training and the latest examination, in words."""
    exam = application.exams.last()
    hours = sum(each.hours for each in application.member.trainings.all())
    told = f"累计培训 {hours} 学时。" if hours else ""
    if exam is None:
        return told
    scores = (("通用知识", exam.general_score), ("专业技能", exam.professional_score))
    parts = "，".join(
        f"{label} {float(score):g} 分" for label, score in scores if score is not None
    )
    verdict = "合格" if exam.passed else "不合格"
    return f"{told}{exam.taken_on:%Y-%m-%d} 资格考核：{parts}，{verdict}。"


def _opinions(application: QualificationApplication) -> tuple[pdf.FormRow, ...]:
    card = application.qualification
    number = f"证卡编号：{card.card_number}" if card else ""
    early = str(application.get_early_display()) if application.early else ""
    told = (application.statement, early, application.early_grounds, application.exception)
    sign = "签字：　　　　　　　年　　月　　日"
    seal = "（盖章）　　　　　　年　　月　　日"
    rows = (
        ("工作简历", application.member.resume, "", 24.0),
        ("本人申请\n及工作业绩", "\n".join(text for text in told if text), sign, 28.0),
        ("单位\n推荐意见", application.recommendation, seal, 24.0),
        ("培训与\n考核情况", _examined(application), "", 14.0),
        ("评价机构\n审定意见", f"{application.decision} {number}".strip(), seal, 24.0),
    )
    return tuple(
        pdf.FormRow(
            (pdf.label_cell(label), pdf.Cell(text, span=4, block=True, foot=foot)), height=height
        )
        for label, text, foot, height in rows
    )


FORMS: tuple[tuple[str, str, str, Callable[[Any, Any], Parts]], ...] = (
    ("F-801", "staff-application", "考评人员资格申报表", application_form),
    ("F-802", "staff-card", "考评人员证卡", one_card),
    ("F-808", "supervisor-card", "质量督导员证卡", one_card),
    ("", "card-sheets", "有效证卡（每页十张）", card_sheets),
)


def register() -> None:
    for order, (code, slug, label, render) in enumerate(FORMS, 100):
        kind = DocumentKind(code, slug, label, render, Act.PEOPLE_VIEW)
        record_documents.register(slug, kind, order=order)
