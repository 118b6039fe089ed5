"""F-803 contracts and F-809 letters of appointment."""

from collections.abc import Iterable

from assessment_center import pdf
from assessment_center.accounts.enums import Act
from assessment_center.personnel.documents.common import (
    Parts,
    centre,
    form_name,
    imprint,
    levels_text,
    occupations_text,
    told_day,
    years_text,
)
from assessment_center.personnel.enums import Grade
from assessment_center.personnel.models import Engagement, StaffMember
from assessment_center.personnel.rules.terms import last_day
from assessment_center.personnel.texts import CENTRE_DUTIES, DUTIES, ENDING, RIGHTS
from assessment_center.registry import Actor
from assessment_center.registry.entries import DocumentKind, record_documents

LONGEST_IN_YEARS = 10
CLAUSE = 6.5  # mm a line
SAME_DUTIES = {
    Grade.SENIOR_ASSESSOR: Grade.ASSESSOR,
    Grade.SUPERVISOR_EXTERNAL: Grade.SUPERVISOR_INTERNAL,
    Grade.ITEM_WRITER: Grade.EXPERT,
}


def term_text(engagement: Engagement) -> str:
    """三年, or the two days alone where the term is no whole number of years."""
    starts, ends = engagement.starts, engagement.ends
    years = next((n for n in range(1, LONGEST_IN_YEARS + 1) if last_day(starts, n) == ends), 0)
    told = f"自 {told_day(starts)}至 {told_day(ends)}"
    return f"聘期{years_text(years)}，{told}" if years else f"聘期{told}"


def contract(engagement: Engagement, actor: Actor) -> Parts:
    """F-803: both sides, duties, rights, term and how it ends; to be signed twice."""
    found, member = centre(), engagement.member
    title = form_name("F-803", "聘用协议")
    grade = Grade(engagement.grade)
    duties = DUTIES.get(SAME_DUTIES.get(grade, grade), ())
    form = pdf.Form(
        title=title,
        widths=(16, 34, 16, 34),
        rows=(
            pdf.fact_row("甲方", found.name, "编号", engagement.number),
            _party(member),
            pdf.fact_row(
                "聘任为", str(engagement.get_grade_display()), "证卡编号", _card(engagement)
            ),
            pdf.wide_row("职业、等级", _scope(engagement)),
            pdf.wide_row("一、聘期", f"{term_text(engagement)}；不超过证卡的有效期。"),
            _clauses("二、乙方职责", duties),
            _clauses("三、乙方权利", RIGHTS),
            _clauses("四、甲方责任", CENTRE_DUTIES),
            _clauses("五、终止与续聘", ENDING),
            _signed(),
        ),
        notes=("本合同一式两份，甲乙双方各执一份，自双方签字盖章之日起生效。",),
        who=member.person.name,
    )
    corner = imprint(
        actor,
        form=("F-803", "staff-contract", title),
        subject=engagement.subject,
        content=form,
    )
    return [(f"{title} {member.person.name}", pdf.form_table(form, imprint=corner))]


def _party(member: StaffMember) -> pdf.FormRow:
    name = pdf.Cell(member.person.name, face=pdf.Face.KAI)
    return pdf.fact_row("乙方", name, "证件号码", member.person.id_masked)


def _clauses(label: str, clauses: Iterable[object]) -> pdf.FormRow:
    told = [f"{number}. {clause}" for number, clause in enumerate(clauses, 1)]
    cells = (pdf.label_cell(label), pdf.Cell("\n".join(told), span=3, block=True))
    return pdf.FormRow(cells, height=CLAUSE * len(told) + 2)


def _signed() -> pdf.FormRow:
    day = "年　　月　　日"
    return pdf.FormRow(
        (
            pdf.Cell("甲方（盖章）\n代表签字：", span=2, block=True, foot=day),
            pdf.Cell("乙方签字：", span=2, block=True, foot=day),
        ),
        height=32,
    )


def _card(engagement: Engagement) -> str:
    return engagement.qualification.card_number if engagement.qualification else ""


def _scope(engagement: Engagement) -> str:
    card = engagement.qualification
    parts = (occupations_text(card), levels_text(card.levels)) if card else ()
    return "；".join(part for part in parts if part) or "按证卡载明的范围"


def letter(engagement: Engagement, actor: Actor) -> Parts:
    """F-809: who is appointed to what, for how long."""
    found, member = centre(), engagement.member
    title = form_name("F-809", "聘书")
    drawn = pdf.Letter(
        title=title,
        text=f"兹聘请 {member.person.name} 同志为{_office(engagement)}，{term_text(engagement)}。",
        issuer=found.name,
        date=told_day(engagement.signed_on or engagement.starts),
        number=engagement.number,
        who=member.person.name,
    )
    corner = imprint(
        actor,
        form=("F-809", "expert-letter", title),
        subject=engagement.subject,
        content=drawn,
    )
    return [(f"{title} {member.person.name}", pdf.letter(drawn, imprint=corner))]


def _office(engagement: Engagement) -> str:
    """职业技能等级认定电工专业专家组组长."""
    grade = str(engagement.get_grade_display())
    if engagement.speciality:
        rank = "组长" if engagement.leads else "成员"
        return f"职业技能等级认定{engagement.speciality}专业专家组{rank}"
    return f"职业技能等级认定{grade}"


def register() -> None:
    for order, (code, slug, label, render) in enumerate(
        (
            ("F-803", "staff-contract", "聘任合同", contract),
            ("F-809", "expert-letter", "聘书", letter),
        )
    ):
        kind = DocumentKind(code, slug, label, render, Act.PEOPLE_VIEW)
        record_documents.register(slug, kind, order=110 + order)
