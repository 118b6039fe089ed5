"""Badges for everybody on duty in a batch, eight on a sheet (STAFF-16)."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from assessment_center import pdf
from assessment_center.accounts.enums import Act
from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry import Actor
from assessment_center.registry.entries import DocumentKind, documents
from exams.documents.common import day, imprint
from exams.models import Duty
from exams.selectors import duties_of

ACROSS, DOWN = 2, 4
TITLE = "工作证"
CODE = "F-315"


def badges(batch: AssessmentBatch, actor: Actor) -> Sequence[tuple[str, bytes]]:
    """One badge a person: name, posts, days, and the card number as a code."""
    held: dict[UUID, list[Duty]] = defaultdict(list)
    for duty in duties_of(batch):
        held[duty.member_id].append(duty)
    ordered = sorted(held.values(), key=lambda each: each[0].member.person.pinyin)
    drawn = [_badge(batch, each) for each in ordered]
    if not drawn:
        return []
    form = (CODE, "badges", TITLE)
    corner = imprint(batch, actor, form=form, subject=batch.subject, content=drawn)
    return [(TITLE, pdf.labels(drawn, imprint=corner, across=ACROSS, down=DOWN))]


def _badge(batch: AssessmentBatch, duties: list[Duty]) -> pdf.Label:
    """A leader is named before the assessor he also is; days stand once."""
    posts = dict.fromkeys(str(each.get_post_display()) for each in duties)
    days = dict.fromkeys(day(each.sitting) for each in duties)
    number = next((each.card_number for each in duties if each.card_number), "")
    lines = ("、".join(posts), batch.name, "、".join(days))
    return pdf.Label(
        main=duties[0].member.person.name,
        heading=batch.centre.name,
        corner=TITLE,
        lines=(*lines, f"证卡编号 {number}") if number else lines,
        qr=number,
    )


def _staffed(batch: AssessmentBatch) -> bool:
    return Duty.objects.filter(sitting__batch=batch).exists()


def register() -> None:
    kind = DocumentKind(CODE, "badges", TITLE, badges, Act.EXAM_VIEW, _staffed)
    documents.register("badges", kind, order=330)
