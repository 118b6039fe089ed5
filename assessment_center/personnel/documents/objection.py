"""F-812: an assessor's written objection to a venue that is still unfit (ASR-13, ASR-20)."""

from django.utils import timezone

from assessment_center import pdf
from assessment_center.accounts.enums import Act
from assessment_center.personnel.documents.common import Parts, centre, form_name, imprint
from assessment_center.personnel.models import StaffMember
from assessment_center.personnel.selectors import live_qualifications
from assessment_center.registry import Actor
from assessment_center.registry.entries import DocumentKind, record_documents

CHECKED = "□ 场地　□ 设备　□ 材料　□ 工具　□ 检测仪器\n□ 安全防范措施　□ 试题及评分标准"


def objection(member: StaffMember, actor: Actor) -> Parts:
    """The sheet with the assessor's own facts, to be written on the spot and handed in."""
    title = form_name("F-812", "暂缓考评书面异议")
    cards = live_qualifications(timezone.localdate()).filter(member=member)
    number = next((card.card_number for card in cards if card.card_number), "")

    def block(name: str, text: str, foot: str, height: float) -> pdf.FormRow:
        return pdf.FormRow(
            (pdf.label_cell(name), pdf.Cell(text, span=3, block=True, foot=foot)), height
        )

    sign = "签字：　　　　　　　年　　月　　日　　时　　分"
    form = pdf.Form(
        title=title,
        widths=(18, 32, 18, 32),
        rows=(
            pdf.fact_row("提出人", pdf.Cell(member.person.name, face=pdf.Face.KAI),
                         "证卡编号", number),
            pdf.fact_row("认定批次", "", "职业（工种）等级", ""),
            pdf.fact_row("考场", "", "考评时间", ""),
            block("核查项目", CHECKED, "", 12),
            block("不符合的情况", "", "", 40),
            block("已要求的整改\n和整改结果", "", sign, 36),
            block("异议意见", "整改后仍不具备评价条件，提出异议，暂缓执行考评任务。", sign, 28),
            block("评价机构\n处理意见", "", f"（盖章）{sign}", 36),
        ),
        meta=(("评价机构", centre().name),),
        who=member.person.name,
    )  # fmt: skip
    corner = imprint(
        actor,
        form=("F-812", "venue-objection", title),
        subject=member.subject,
        content=form,
    )
    return [(f"{title} {member.person.name}", pdf.form_table(form, imprint=corner))]


def register() -> None:
    kind = DocumentKind("F-812", "venue-objection", "暂缓考评书面异议", objection, Act.PEOPLE_VIEW)
    record_documents.register("venue-objection", kind, order=130)
