"""R-06: the letter by which a batch is applied for, with schedule, numbers, rooms and staff."""

from collections import Counter
from collections.abc import Iterator

from assessment_center import pdf
from assessment_center.batches.documents import addressee, reported_day
from assessment_center.batches.enums import BatchStatus
from assessment_center.batches.models import AssessmentBatch
from assessment_center.batches.selectors import is_examined
from assessment_center.batches.telling import days
from assessment_center.catalog.labels import NO_LEVEL_LABEL, with_job
from assessment_center.registry import Actor
from assessment_center.registry.language import in_chinese
from candidates import selectors
from candidates.documents.base import NO_JOB, corner
from candidates.seams import session_arrangements

CODE, SLUG = "R-06", "session-application"
PLAN = "F-301"
OWN_LETTER = "F-302"  # a rulebook that names a letter of its own is served by that one
BLANK_ROWS = 3
PROJECTS = (
    pdf.Column("序号", 1),
    pdf.Column("职业（工种）", 3.8, align="left"),
    pdf.Column("等级", 2.5),
    pdf.Column("评价方式", 2),
    pdf.Column("科目", 5.2),
    pdf.Column("人数", 1.2),
)
ARRANGED = (
    pdf.Column("场次", 1),
    pdf.Column("科目与时间", 3.4),
    pdf.Column("考场", 3.2, align="left"),
    pdf.Column("监考人员", 2),
    pdf.Column("考评人员", 2),
    pdf.Column("内部督导员", 2.3),
    pdf.Column("工作人员", 2),
)


def wanted(batch: AssessmentBatch) -> bool:
    """Whether the session is applied for by a letter, and the rulebook has none of its own.

    Nothing is applied for before registration is closed.
    """
    lead = batch.rules.settings.report_lead_workdays
    if batch.status in (BatchStatus.DRAFT, BatchStatus.ANNOUNCED):
        return False
    return bool(lead and lead.value.plan and batch.rules.form(OWN_LETTER) is None)


@in_chinese
def session_application(batch: AssessmentBatch, actor: Actor) -> bytes:
    """What is known of the session when it is printed; what is not arranged is for the pen."""
    examined = is_examined(batch)
    held = "考试" if examined else "认定"
    rows = _projects(batch)
    arranged = [row for source in session_arrangements for row in source(batch)]
    body: list[str | pdf.Table | pdf.FlowChart] = [
        f"我单位拟组织{batch.name}（{batch.code}），报名和资格审核已经完成，现提出申请，请予核准。",
        "一、时间和地点",
        f"{held}时间：{days(batch.exam_starts, batch.exam_ends)}。",
        f"{held}地点：{batch.exam_place}。",
        "二、项目和人数",
        pdf.Table(PROJECTS, rows),
    ]
    if examined:
        blank = [("",) * len(ARRANGED)] * BLANK_ROWS
        body += ["三、场次、考场和考务人员", pdf.Table(ARRANGED, arranged or blank)]
    phone = batch.centre.phone
    body += [f"联系电话：{phone}。"] if phone else []
    title = f"关于组织{batch.name}的申请"
    lead = batch.rules.settings.report_lead_workdays
    mark = corner(
        actor,
        batch,
        (CODE, SLUG, title),
        [batch.exam_starts, batch.exam_ends, batch.exam_place, rows, arranged],
        cite=lead.citations if lead else (),
    )
    letter = pdf.Notice(
        issuer=batch.centre.name,
        title=title,
        body=body,
        signer=batch.centre.name,
        date=reported_day(batch, "plan"),
        addressee=addressee(batch),
        attachments=tuple(_attachments(batch)),
        red_head=False,
    )
    return pdf.notice([letter], imprint=mark)


def _attachments(batch: AssessmentBatch) -> Iterator[str]:
    plan = batch.rules.form(PLAN)
    if plan and batch.rules.settings.report_arrangement:
        yield plan.name
    yield from ("考生花名册", "考生报名数据和照片")


def _projects(batch: AssessmentBatch) -> list[tuple[str, ...]]:
    """Every project with those admitted to it, and all of them together."""
    taken = Counter(selectors.accepted(batch).values_list("offering", flat=True))
    offerings = batch.offerings.select_related("occupation", "job")
    rows = [
        (
            str(place),
            with_job(each.occupation, each.job),
            str(each.get_level_display() or NO_LEVEL_LABEL),
            str(each.get_route_display()),
            "、".join(each.subject_names) or NO_JOB,
            str(taken[each.pk]),
        )
        for place, each in enumerate(offerings.order_by("occupation__code", "-level"), start=1)
    ]
    return [*rows, ("", "合计", "", "", "", str(taken.total()))]
