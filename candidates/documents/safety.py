"""F-211, the safety agreement of a dangerous trade, one sheet a candidate (REG-18)."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from assessment_center import pdf
from assessment_center.batches.models import AssessmentBatch
from assessment_center.people.selectors import id_number
from assessment_center.registry import Actor
from assessment_center.registry.language import in_chinese
from candidates import cases, selectors
from candidates.documents.base import NO_JOB, corner, form_title
from candidates.models import Application

CODE = "F-211"
SLUG = "safety-agreement"
PROMISES = (
    "已接受考点组织的安全教育，了解所报职业（工种）操作技能考核中的危险和防护要求。",
    "身体和精神状况适合参加操作技能考核，没有隐瞒不适合操作的疾病。",
    "按规定穿戴防护用品，不穿戴不符合安全要求的衣物和饰品进入考核现场。",
    "严格遵守安全操作规程，服从考评员和现场工作人员的指挥，不动用与考核无关的设备。",
    "操作前检查设备、工具和防护装置，发现异常立即停止操作并报告。",
    "发生险情时听从指挥，停止考核，撤离现场；因违反操作规程造成的后果由本人承担。",
)
CENTRE = (
    "机构保证考核现场具备安全保障措施，设备和防护装置完好，有专人负责安全；"
    "危及人身安全时，有权中止考核。"
)


def sheets_for(batch: AssessmentBatch, actor: Actor) -> Iterator[tuple[str, bytes]]:
    """One sheet for each candidate who sits a practical of a dangerous trade."""
    for each in selectors.visible(actor, cases.in_danger(batch)):
        yield f"{each.number} {each.person.name}", safety_sheet(each, actor)


@in_chinese
def safety_sheet(application: Application, actor: Actor) -> bytes:
    """The agreement with the candidate's facts, to be signed by both sides on paper."""
    batch = application.batch
    title, _basis = form_title(batch, CODE, str(_("安全保证书")))
    rows = [*_who(application), *_words(batch)]
    content = [[cell.text for cell in row.cells] for row in rows]
    mark = corner(actor, batch, (CODE, SLUG, title), content, subject=application.subject)
    form = pdf.Form(
        title=title,
        subtitle=batch.name,
        widths=(1.6, 3.4, 1.6, 3.4),
        rows=rows,
        notes=("一式两份，考生和机构各执一份；须在操作技能考核前签订。",),
        who=application.person.name,
    )
    return pdf.form_table(form, imprint=mark)


def _who(application: Application) -> list[pdf.FormRow]:
    person, offering = application.person, application.offering
    facts = (
        (("姓名", person.name), ("申报号", application.number)),
        (("证件号码", id_number(person)), ("手机号码", person.phone)),
        (
            ("职业", offering.occupation.name),
            ("工种", offering.job.name if offering.job else NO_JOB),
        ),
        (
            ("等级", str(application.get_level_display() or NO_JOB)),
            ("考核地点", application.batch.exam_place),
        ),
    )  # fmt: skip
    return [pdf.FormRow(tuple(_pair(facts)), 11) for facts in facts]


def _pair(facts: Sequence[tuple[str, str]]) -> Iterator[pdf.Cell]:
    for label, value in facts:
        yield pdf.Cell(label, label=True)
        yield pdf.Cell(value, face=pdf.Face.KAI if label == "姓名" else None)


def _words(batch: AssessmentBatch) -> list[pdf.FormRow]:
    promises = "\n".join(f"{place}. {text}" for place, text in enumerate(PROMISES, start=1))
    return [
        _wide(
            "考生保证", f"本人参加操作技能考核，保证做到：\n{promises}", 92,
            "考生签名：　　　　　　　　　　年　　月　　日",
        ),
        _wide(
            "机构保证", CENTRE, 46,
            f"{batch.centre.name}（盖章）　　　　年　　月　　日",
        ),
    ]  # fmt: skip


def _wide(label: str, text: str, height: float, foot: str) -> pdf.FormRow:
    return pdf.FormRow(
        (
            pdf.Cell(label, label=True),
            pdf.Cell(text, span=3, align="left", block=True, foot=foot),
        ),
        height,
    )
