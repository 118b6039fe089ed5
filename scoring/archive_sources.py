"""What scoring leaves to the archive: registers, the publicity record, reviews, the report."""

import json
from collections.abc import Sequence

from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry import SYSTEM, SubjectRef
from assessment_center.registry.entries import ArchiveSource, archive_sources
from scoring import documents, selectors, services
from scoring.models import ScoreReport
from scoring.recognition import decisions_of
from scoring.recognition_form import recognition_records

Filed = tuple[str, str, str, bytes, SubjectRef]


def registers(batch: AssessmentBatch) -> Sequence[Filed]:
    """The score registers and summaries as they were printed last."""
    parts = [*documents.score_summaries(batch, SYSTEM), *documents.score_registers(batch, SYSTEM)]
    return [("score_register", stem, f"{stem}.pdf", data, batch.subject) for stem, data in parts]


def publicity(batch: AssessmentBatch) -> Sequence[Filed]:
    """The notice, the roll, and the screenshot or photo of the posted list (PUB-04)."""
    found = selectors.publicity_of(batch)
    if found is None:
        return ()
    parts = [*documents.publicity_notice(batch, SYSTEM), *documents.score_roll(batch, SYSTEM)]
    filed: list[Filed] = [
        ("score_notice", stem, f"{stem}.pdf", data, batch.subject) for stem, data in parts
    ]
    if found.evidence:
        with found.evidence.open("rb") as kept:
            name = f"公示留痕.{str(found.evidence.name).rpartition('.')[2]}"
            filed.append(("score_notice", "公示留痕", name, kept.read(), found.subject))
    return filed


def reviews(batch: AssessmentBatch) -> Sequence[Filed]:
    """Every request for a recount with its answer."""
    filed: list[Filed] = []
    for each in selectors.reviews_of(batch):
        title = f"成绩复核 {selectors.ticket_number(each.result.application)} "
        title += str(each.get_subject_display())
        told = {
            "准考证号": selectors.ticket_number(each.result.application),
            "科目": str(each.get_subject_display()),
            "申请时间": each.requested_at.isoformat(),
            "理由": each.reason,
            "结论": str(each.get_status_display()),
            "经过": each.answer,
            "原成绩": None if each.changed_from is None else str(each.changed_from),
            "更正为": None if each.changed_to is None else str(each.changed_to),
            "答复时间": each.answered_at.isoformat() if each.answered_at else None,
            "答复人": str(each.answered_by or ""),
        }
        data = json.dumps(told, ensure_ascii=False, indent=1).encode()
        filed.append(("score_review", title, f"{title}.json", data, each.ref))
    return filed


def recognitions(batch: AssessmentBatch) -> Sequence[Filed]:
    """The record of recognitions, and every decision with its facts, papers and articles."""
    filed: list[Filed] = [
        ("recognition", stem, f"{stem}.pdf", data, batch.subject)
        for stem, data in recognition_records(batch, SYSTEM)
    ]
    for each in decisions_of(batch):
        told = {
            "申报号": each.application.number,
            "姓名": each.application.person.name,
            "评价方式": str(each.get_route_display()),
            "事实": each.facts,
            "材料": each.evidence,
            "结论": str(each.get_verdict_display()),
            "理由": each.reason,
            "条款": each.articles,
            "状态": str(each.get_status_display()),
            "经办人": str(each.prepared_by),
            "提出时间": each.prepared_at.isoformat(),
            "确认人": str(each.decided_by or ""),
            "确认时间": each.decided_at.isoformat() if each.decided_at else None,
            "会议或工作记录": each.meeting,
        }
        title = f"认定结论 {each.application.number}"
        data = json.dumps(told, ensure_ascii=False, indent=1).encode()
        filed.append(("recognition", title, f"{title}.json", data, each.subject))
    return filed


def reports(batch: AssessmentBatch) -> Sequence[Filed]:
    """The score workbooks as they went to the authority."""
    rows = ScoreReport.objects.filter(report__batch=batch).order_by("created_at")
    return [
        (
            "score_report",
            "成绩上报数据",
            "考生成绩数据.xlsx",
            services.open_score_report(actor=SYSTEM, package=each),
            each.subject,
        )
        for each in rows
    ]


archive_sources.register(
    "scoring.registers", ArchiveSource("scoring.registers", "成绩登记表", registers), order=60
)
archive_sources.register(
    "scoring.publicity", ArchiveSource("scoring.publicity", "成绩公示", publicity), order=61
)
archive_sources.register(
    "scoring.reviews", ArchiveSource("scoring.reviews", "成绩复核", reviews), order=62
)
archive_sources.register(
    "scoring.recognitions",
    ArchiveSource("scoring.recognitions", "认定结论", recognitions),
    order=59,
)
archive_sources.register(
    "scoring.reports", ArchiveSource("scoring.reports", "成绩上报", reports), order=63
)
