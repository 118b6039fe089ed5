"""R-09: the authority is asked for another time or place before it is announced (RPT-05)."""

from collections.abc import Sequence

from assessment_center import pdf
from assessment_center.accounts.enums import Act
from assessment_center.batches.documents import addressee, day_of
from assessment_center.batches.enums import ReportStatus
from assessment_center.batches.models import AssessmentBatch, AuthorityReport
from assessment_center.batches.selectors import CHANGE_TITLE, change_waiting
from assessment_center.batches.telling import changed_words
from assessment_center.printed.imprint import imprint
from assessment_center.registry import Actor
from assessment_center.registry.entries import DocumentKind, documents
from assessment_center.registry.language import in_chinese

CODE, SLUG = "R-09", "change-request"


@in_chinese
def change_request(batch: AssessmentBatch, actor: Actor) -> Sequence[tuple[str, bytes]]:
    """The letter for the change that waits in draft: what was announced, what is asked for."""
    draft = change_waiting(batch)
    if draft is None:
        return []
    first = batch.announcements.filter(number=1).first()
    announced = f"《{first.title}》" if first else batch.name
    number = f"（{first.document_number}）" if first and first.document_number else ""
    because = f"因{draft.reason.rstrip('。')}，" if draft.reason else ""
    rows = [(each.label, each.before, each.after) for each in changed_words(batch, draft.changes)]
    table = pdf.Table(
        (
            pdf.Column("变更事项", 2),
            pdf.Column("原公布的安排", 4, align="left"),
            pdf.Column("拟变更为", 4, align="left"),
        ),
        rows,
    )
    body = (
        f"{because}拟变更{announced}{number}公布的下列安排，请予核准。",
        f"批次：{batch.name}（{batch.code}）。",
        table,
        "核准后，我单位将及时发布变更公告，并逐一通知考生。",
        *([f"联系电话：{batch.centre.phone}。"] if batch.centre.phone else ()),
    )
    title = f"关于变更{batch.name}\n考试时间、地点的申请"
    rule = batch.rules.settings.announcement_change
    mark = imprint(
        actor=actor,
        form=(CODE, SLUG, title.replace("\n", "")),
        subject=draft.subject,
        content=[body[0], rows, body[-1]],
        cite=rule.citations if rule else (),
        batch_id=batch.pk,
    )
    sent = AuthorityReport.objects.filter(announcement=draft, status=ReportStatus.SUBMITTED).last()
    letter = pdf.Notice(
        issuer=batch.centre.name,
        title=title,
        body=body,
        signer=batch.centre.name,
        date=day_of(sent),
        addressee=addressee(batch),
        red_head=False,
    )
    return [(f"{CHANGE_TITLE} {batch.code}", pdf.notice([letter], imprint=mark))]


documents.register(
    SLUG,
    DocumentKind(
        CODE, SLUG, CHANGE_TITLE, change_request, Act.BATCH_VIEW,
        lambda batch: change_waiting(batch) is not None,
    ),
    order=22,
)  # fmt: skip
