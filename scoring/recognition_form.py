"""The record of recognitions on paper (F-111): facts, papers, conclusion, and both people."""

from collections.abc import Sequence

from assessment_center import pdf
from assessment_center.accounts.enums import Act
from assessment_center.batches.models import AssessmentBatch, Offering
from assessment_center.batches.selectors import has_recognition
from assessment_center.registry import Actor
from assessment_center.registry.entries import DocumentKind, documents
from candidates.labels import EVIDENCE_LABELS
from scoring.documents import FormOf, Part
from scoring.models import RecognitionDecision
from scoring.recognition import RECORD_FORM, decisions_of

RECORD = FormOf(RECORD_FORM, "recognition-record", "认定工作记录")
COLUMNS = (
    pdf.Column("序号", 0.7),
    pdf.Column("申报号", 2.0),
    pdf.Column("姓名", 1.2, face=pdf.Face.KAI, names=True),
    pdf.Column("认定事实", 7.0, align="left"),
    pdf.Column("依据材料", 2.4, align="left"),
    pdf.Column("结论", 1.4),
    pdf.Column("理由", 2.2, align="left"),
)


def recognition_records(batch: AssessmentBatch, actor: Actor) -> Sequence[Part]:
    """One sheet for each offering: only confirmed decisions stand on it."""
    confirmed = [each for each in decisions_of(batch) if each.status == "confirmed"]
    groups: dict[Offering, list[RecognitionDecision]] = {}
    for each in confirmed:
        groups.setdefault(each.application.offering, []).append(each)
    return [_record(batch, actor, offering, rows) for offering, rows in groups.items()]


def _record(
    batch: AssessmentBatch, actor: Actor, offering: Offering, decisions: list[RecognitionDecision]
) -> Part:
    route = str(offering.get_route_display())
    title = f"职业技能等级认定工作记录（{route}）"
    articles = list(dict.fromkeys("、".join(each.articles) for each in decisions if each.articles))
    rows = [_row(place, each, articles) for place, each in enumerate(decisions, start=1)]
    meetings = "、".join(dict.fromkeys(each.meeting for each in decisions if each.meeting))
    granted = sum(each.verdict == "granted" for each in decisions)
    prepared = "、".join(dict.fromkeys(str(each.prepared_by) for each in decisions))
    decided = "、".join(dict.fromkeys(str(each.decided_by) for each in decisions))
    slug = f"{RECORD.slug}-{offering.route}"
    content = [route, meetings, prepared, decided, articles, rows]
    imprint = RECORD.imprint(batch, actor, offering.subject, slug, content)
    sheet = pdf.Roster(
        title=title,
        subtitle=batch.name,
        columns=COLUMNS,
        rows=rows,
        meta=(
            ("认定项目", str(offering)),
            ("会议或工作记录", meetings or "——"),
            ("人数", f"{len(rows)}，予以认定 {granted}"),
        ),
        signatures=("经办", "确认", "负责人（盖章）"),
        notes=(f"经办人：{prepared}；确认人：{decided}。", *_articles(articles)),
    )
    content_pdf = pdf.roster(sheet, imprint=imprint, paper=pdf.Paper.A4_LANDSCAPE)
    return f"{batch.code} {title} {offering}", content_pdf


def _articles(found: list[str]) -> tuple[str, ...]:
    """The articles once under the list; numbered where the decisions rest on different ones."""
    if len(found) == 1:
        return (f"认定条款：{found[0]}。",)
    return tuple(f"条款 {number}：{each}。" for number, each in enumerate(found, start=1))


def _row(place: int, decision: RecognitionDecision, articles: list[str]) -> tuple[str, ...]:
    claim = decision.facts.get("claim", [])
    facts = "；".join(f"{one['label']}：{one['value']}" for one in claim)
    condition = decision.facts.get("condition") or {}
    papers = "、".join(
        dict.fromkeys(str(EVIDENCE_LABELS.get(p["kind"], p["kind"])) for p in decision.evidence)
    )
    named = "、".join(decision.articles)
    which = f"条款 {articles.index(named) + 1}" if named and len(articles) > 1 else ""
    reason = "；".join(filter(None, (which, decision.reason))) or "——"
    return (
        str(place),
        decision.application.number,
        decision.application.person.name,
        facts or str(condition.get("label", "")),
        papers or "——",
        str(decision.get_verdict_display()),
        reason,
    )


def _applies(batch: AssessmentBatch) -> bool:
    return batch.rules.form(RECORD_FORM) is not None and has_recognition(batch)


documents.register(
    f"scoring.{RECORD.slug}",
    DocumentKind(
        RECORD.code, RECORD.slug, RECORD.label, recognition_records, Act.APPLICATION_VIEW, _applies
    ),
    order=590,
)
