"""Score registers, the summary of results, rolls and the notice of publicity on paper."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assessment_center import pdf
from assessment_center.accounts.enums import Act
from assessment_center.batches.models import AssessmentBatch, Offering
from assessment_center.catalog.labels import SUBJECT_LABELS
from assessment_center.people.selectors import id_number
from assessment_center.printed.imprint import imprint
from assessment_center.registry import Actor, SubjectRef
from assessment_center.registry.entries import DocumentKind, documents
from scoring import policies, selectors
from scoring.enums import ResultStatus, Standing
from scoring.labels import STANDING_LABELS
from scoring.models import FinalResult, SubjectResult
from scoring.public import public_list
from scoring.services.entry import BY_ASSESSORS
from scoring.sheets import result_row, subjects_of

Part = tuple[str, bytes]
SHOWN_ASSESSORS = 5


@dataclass(frozen=True, slots=True)
class FormOf:
    """A form of the register: its code, the slug of its sheets, and its name as a fallback."""

    code: str
    slug: str
    label: str

    def title(self, batch: AssessmentBatch) -> str:
        return batch.rules.form_name(self.code, self.label)

    def imprint(
        self, batch: AssessmentBatch, actor: Actor, subject: SubjectRef, slug: str, content: object
    ) -> pdf.Imprint:
        """Register the sheet; its code, version and article stand at the page's edge."""
        form = batch.rules.form(self.code)
        return imprint(
            actor=actor,
            form=(self.code, slug, self.title(batch)),
            subject=subject,
            content=json.dumps(content, ensure_ascii=False, sort_keys=True),
            cite=form.cite if form else (),
            batch_id=batch.pk,
        )


SUMMARY = FormOf("F-602", "score-summary", "技能成绩汇总表")
REGISTER = FormOf("F-603", "score-register", "成绩登记表")
TOTALS = FormOf("F-605", "result-totals", "成绩汇总表")
PASSED = FormOf("F-606", "passed-roll", "合格人员名册")
NOTICE = FormOf("F-608", "publicity-notice", "成绩公告")
ROLL = FormOf("F-609", "score-roll", "考生成绩花名册")


def _columns(heads: Sequence[tuple[str, float]]) -> tuple[pdf.Column, ...]:
    return tuple(
        pdf.Column(label, width, face=pdf.Face.KAI, names=True)
        if label == "姓名"
        else pdf.Column(label, width)
        for label, width in heads
    )


def _checked(batch: AssessmentBatch) -> Iterator[tuple[Offering, str, list[SubjectResult]]]:
    """Every offering and subject whose scores are checked, by admission number (SCORE-12)."""
    found = (
        SubjectResult.objects.filter(application__batch=batch)
        .select_related("application__person", "application__ticket", "checked_by")
        .order_by("application__ticket__number", "application__number")
    )
    grouped: dict[tuple[object, str], list[SubjectResult]] = {}
    for row in found:
        grouped.setdefault((row.application.offering_id, row.subject), []).append(row)
    offerings = batch.offerings.select_related("occupation", "job")
    for offering in offerings.order_by("occupation__code", "-level"):
        for subject in SUBJECT_LABELS:
            rows = grouped.get((offering.pk, subject))
            if rows:
                yield offering, subject, rows


def score_summaries(batch: AssessmentBatch, actor: Actor) -> Sequence[Part]:
    """F-602: every assessor's mark and their mean, signed together (SCORE-03, SCORE-11)."""
    return [
        _register(SUMMARY, batch, actor, *each)
        for each in _checked(batch)
        if each[1] in BY_ASSESSORS
    ]


def score_registers(batch: AssessmentBatch, actor: Actor) -> Sequence[Part]:
    """F-603: the score of each candidate of an offering in a subject."""
    return [_register(REGISTER, batch, actor, *each) for each in _checked(batch)]


def _register(
    form: FormOf,
    batch: AssessmentBatch,
    actor: Actor,
    offering: Offering,
    subject: str,
    results: list[SubjectResult],
) -> Part:
    panel = _panel(results, subject) if form is SUMMARY else 0
    rows = _register_rows(results, subject, panel)
    heads = [("序号", 0.8), ("准考证号", 2.6), ("姓名", 1.6)]
    heads += [(f"考评员{at}", 1.2) for at in range(1, panel + 1)]
    heads += [("成绩", 1.2), ("备注", 2.0)]
    title, label = form.title(batch), str(SUBJECT_LABELS[subject])
    checker = next((str(each.checked_by) for each in results if each.checked_by), "")
    content = [str(offering), subject, rows, checker]
    slug = f"{form.slug}-{subject}"
    imprint = form.imprint(batch, actor, offering.subject, slug, content)
    assessed = subject in BY_ASSESSORS
    sheet = pdf.Roster(
        title=title,
        subtitle=batch.name,
        columns=_columns(heads),
        rows=rows,
        meta=(("项目", str(offering)), ("科目", label), ("人数", str(len(rows)))),
        signatures=("考评员", "考评组长", "核分") if assessed else ("登分", "核分", "负责人"),
        notes=(f"核分人：{checker}",) if checker else (),
    )
    return f"{title} {offering} {label}", pdf.roster(sheet, imprint=imprint)


def _panel(results: list[SubjectResult], subject: str) -> int:
    marks = _marks(results, subject)
    return min(SHOWN_ASSESSORS, max((len(each) for each in marks.values()), default=0))


def _marks(results: list[SubjectResult], subject: str) -> dict[object, list[str]]:
    keys = [each.application_id for each in results]
    found = selectors.entries_by_application(keys, subject)
    return {key: [str(each.score) for each in marks] for key, marks in found.items()}


def _register_rows(results: list[SubjectResult], subject: str, panel: int) -> list[tuple[str, ...]]:
    marks = _marks(results, subject) if panel else {}
    rows = []
    for at, each in enumerate(results, start=1):
        scored = each.standing == Standing.SCORED
        word = "" if scored else str(STANDING_LABELS[each.standing])
        own = marks.get(each.application_id, [])[:panel]
        own += [""] * (panel - len(own))
        score = "" if each.score is None else str(each.score)
        number = selectors.ticket_number(each.application)
        rows.append((str(at), number, each.application.person.name, *own, score, word))
    return rows


def result_totals(batch: AssessmentBatch, actor: Actor) -> Sequence[Part]:
    """F-605: how many of each offering were entered, sat, and passed."""
    results = list(selectors.results_of(batch))
    if not results:
        return ()
    rows = [_totals(name, group) for name, group in _by_offering(results).items()]
    rows.append(_totals("合计", results))
    heads = (("项目", 4.0), ("报考", 1.0), ("实考", 1.0), ("合格", 1.0), ("合格率", 1.2))
    return [_batch_sheet(TOTALS, batch, actor, heads, rows)]


def _by_offering(results: list[FinalResult]) -> dict[str, list[FinalResult]]:
    groups: dict[str, list[FinalResult]] = {}
    for each in results:
        groups.setdefault(str(each.application.offering), []).append(each)
    return groups


def _totals(name: str, results: list[FinalResult]) -> tuple[str, ...]:
    sat = sum(
        not each.subjects or any(f["standing"] != "absent" for f in each.subjects)
        for each in results
    )
    passed = sum(each.passed for each in results)
    rate = f"{100 * passed / len(results):.1f}%"
    return name, str(len(results)), str(sat), str(passed), rate


def passed_roll(batch: AssessmentBatch, actor: Actor) -> Sequence[Part]:
    """F-606: who passed, once the results are final."""
    results = selectors.results_of(batch).filter(status=ResultStatus.FINAL, passed=True)
    rows = []
    for at, each in enumerate(results, start=1):
        told = result_row(each)
        number = id_number(each.application.person)
        named = (told["ticket"], told["name"], number, told["occupation"], told["job"])
        rows.append((str(at), *named, told["level"]))
    if not rows:
        return ()
    heads = (
        ("序号", 0.8), ("准考证号", 2.4), ("姓名", 1.4), ("证件号码", 3.0), ("职业", 2.0),
        ("工种", 1.6), ("等级", 1.8),
    )  # fmt: skip
    return [_batch_sheet(PASSED, batch, actor, heads, rows)]


def score_roll(batch: AssessmentBatch, actor: Actor) -> Sequence[Part]:
    """F-609: every candidate with the scores of all subjects."""
    subjects = subjects_of(batch)
    rows = []
    for at, each in enumerate(selectors.results_of(batch), start=1):
        told = result_row(each)
        named = (told["ticket"], told["name"], told["occupation"], told["level"])
        scores = (told.get(key, "—") for key in subjects)
        rows.append((str(at), *named, *scores, told["passed"]))
    if not rows:
        return ()
    heads = [("序号", 0.8), ("准考证号", 2.4), ("姓名", 1.4), ("职业", 2.0), ("等级", 1.8)]
    heads += [(str(SUBJECT_LABELS[key]), 1.6) for key in subjects]
    return [_batch_sheet(ROLL, batch, actor, (*heads, ("评定", 1.1)), rows)]


def _batch_sheet(
    form: FormOf,
    batch: AssessmentBatch,
    actor: Actor,
    heads: Sequence[tuple[str, float]],
    rows: Sequence[tuple[str, ...]],
) -> Part:
    title = form.title(batch)
    imprint = form.imprint(batch, actor, batch.subject, form.slug, rows)
    sheet = pdf.Roster(
        title=title,
        subtitle=batch.name,
        columns=_columns(heads),
        rows=rows,
        meta=(("机构", batch.centre.name), ("批次号", batch.code)),
        signatures=("制表", "审核", "负责人（盖章）"),
    )
    return f"{batch.code} {title}", pdf.roster(sheet, imprint=imprint)


def publicity_notice(batch: AssessmentBatch, actor: Actor) -> Sequence[Part]:
    """F-608: the notice with the list; no column of it can hold an ID number (PUB-03)."""
    publicity = selectors.publicity_of(batch)
    if publicity is None:
        return ()
    table = public_list(batch)
    deadline = policies.review_deadline(publicity)
    asked = (
        f"考生本人对成绩有疑问，可在{_day(deadline.day)}前（含当日）申请复核。" if deadline else ""
    )
    phone = batch.centre.complaint_phone
    what, told = ("成绩", "成绩") if batch.examined else ("结果", "的认定结果")
    text = (
        f"现将{batch.name}{told}予以公示，公示期为{_day(publicity.starts_on)}"
        f"至{_day(publicity.ends_on)}。对名单有异议的，请在公示期内向本机构反映。{asked}"
    )
    columns = _columns([(head, WIDTHS.get(head, 1.8)) for head in table.heads])
    body = (text, pdf.Table(columns, table.rows))
    content = [str(publicity.starts_on), str(publicity.ends_on), list(map(list, table.rows))]
    imprint = NOTICE.imprint(batch, actor, batch.subject, NOTICE.slug, content)
    notice = pdf.Notice(
        issuer=batch.centre.name,
        title=f"{batch.name}{what}公示",
        body=body,
        signer=batch.centre.name,
        date=_day(publicity.starts_on),
        contact=f"监督电话：{phone}" if phone else "",
    )
    return [(f"{batch.code} {what}公示", pdf.notice(notice, imprint=imprint))]


WIDTHS = {"准考证号": 2.4, "姓名": 1.4, "评定结果": 1.4}


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _named(form: FormOf) -> Callable[[AssessmentBatch], bool]:
    return lambda batch: batch.rules.form(form.code) is not None


for at, (kind, render, permission) in enumerate(
    (
        (SUMMARY, score_summaries, Act.SCORE_CHECK),
        (REGISTER, score_registers, Act.SCORE_CHECK),
        (TOTALS, result_totals, Act.REPORT),
        (PASSED, passed_roll, Act.REPORT),
        (NOTICE, publicity_notice, Act.REPORT),
        (ROLL, score_roll, Act.REPORT),
    )
):
    documents.register(
        f"scoring.{kind.slug}",
        DocumentKind(kind.code, kind.slug, kind.label, render, permission, _named(kind)),
        order=600 + at,
    )
