"""The demo's scores: two rounds, three assessors, a check, publicity, one review, final."""

from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from uuid import UUID

from django.utils import timezone

from assessment_center.accounts.enums import Role
from assessment_center.batches.models import AssessmentBatch, Offering
from assessment_center.batches.services import decide_report
from assessment_center.demo import Demo
from assessment_center.registry import SYSTEM
from assessment_center.registry.entries import demo_steps
from assessment_center.workdays.services import add_workdays
from candidates.models import Application
from candidates.selectors import accepted
from scoring import documents, policies, recognition, selectors, services
from scoring.enums import EntryRound, RecognitionVerdict
from scoring.models import FinalResult
from scoring.overview import SheetState, sheet_states
from scoring.services.entry import BY_ASSESSORS

ASSESSORS = ("assessor", "second_assessor", "third_assessor")
FIRST, SECOND, CHECKER = "score_clerk", "assessor", "second_score_clerk"
MEAN, SPREAD = 74.0, 9.0
HALF = Decimal("0.5")
SHARE_SECOND = 0.6
NOON = time(10)
Marks = dict[UUID, Decimal]


def _at(day: date) -> datetime:
    return datetime.combine(day, NOON, timezone.get_default_timezone())


def recognise(demo: Demo) -> None:
    """Propose what is clean and confirm it; the batch in the middle waits for its second person."""
    for batch in demo.reaching("exam"):
        waiting = recognition.counts(batch)["open"]
        if not waiting:
            continue
        day = _at(add_workdays(batch.exam_ends, 1))
        clerk, head = demo.actor(Role.CLERK), demo.actor(Role.HEAD)
        services.propose_clean(actor=clerk, batch=batch, at=day)
        if not demo.reaches(_name(demo, batch), "score"):
            continue
        last = recognition.candidates_of(batch, state="open").first()
        if last is not None:
            services.propose_recognition(
                actor=clerk,
                application=last,
                verdict=RecognitionVerdict.GRANTED,
                reason="已核对学籍和材料原件。",
                at=day,
            )
        decided = services.confirm_recognitions(
            actor=head,
            decisions=recognition.decisions_of(batch).filter(status="proposed"),
            meeting=f"认定工作会议记录〔2026〕{batch.code[-1]}号",
            at=day,
        )
        demo.say(f"{batch.code} 认定 {decided} 人")


def score(demo: Demo) -> None:
    """Enter, check and compile the batches that are through; leave one in the middle of it."""
    for batch in demo.reaching("exam"):
        whole = demo.reaches(_name(demo, batch), "score")
        states = [each for each in sheet_states(batch) if each.present and not each.checked]
        for state in states:
            if whole:
                _enter_all(demo, batch, state)
                _check(demo, batch, state.offering, state.subject)
        if not whole:
            _begin(demo, batch, states)
        elif accepted(batch).exists():
            count = services.compile_results(actor=demo.actor(CHECKER), batch=batch)
            demo.say(f"{batch.code} 成绩 {count} 人")


def _name(demo: Demo, batch: AssessmentBatch) -> str:
    return next(name for name, each in demo.batches.items() if each.pk == batch.pk)


def _present(batch: AssessmentBatch, state: SheetState) -> Iterator[Application]:
    stood = selectors.standings(batch)
    for each in selectors.sheet(batch, state.offering, state.subject):
        found = stood.get((each.id, state.subject))
        if found is not None and found.state == selectors.PRESENT:
            yield each


def _true_marks(demo: Demo, batch: AssessmentBatch, state: SheetState) -> Marks:
    """What everybody is worth; some fail."""
    return {each.id: _half(demo.rng.gauss(MEAN, SPREAD)) for each in _present(batch, state)}


def _half(value: float) -> Decimal:
    bounded = min(100.0, max(5.0, value))
    return Decimal(round(bounded * 2)) * HALF


def _enter(
    demo: Demo,
    batch: AssessmentBatch,
    state: SheetState,
    user: str,
    entry_round: EntryRound,
    marks: Marks,
) -> None:
    services.enter_scores(
        actor=demo.actor(user),
        batch=batch,
        offering=state.offering,
        subject=state.subject,
        entry_round=entry_round,
        marks=marks,
    )


def _enter_all(demo: Demo, batch: AssessmentBatch, state: SheetState) -> None:
    marks = _true_marks(demo, batch, state)
    if state.subject not in BY_ASSESSORS:
        _enter(demo, batch, state, FIRST, EntryRound.FIRST, marks)
        _enter(demo, batch, state, SECOND, EntryRound.SECOND, marks)
        return
    for user in ASSESSORS:
        own = {key: _half(float(mark) + demo.rng.uniform(-2, 2)) for key, mark in marks.items()}
        _enter(demo, batch, state, user, EntryRound.ASSESSOR, own)


def _check(demo: Demo, batch: AssessmentBatch, offering: Offering, subject: str) -> None:
    services.check_subject(
        actor=demo.actor(CHECKER),
        batch=batch,
        offering=offering,
        subject=subject,
        at=_at(add_workdays(batch.exam_ends, 1)),
    )


def _begin(demo: Demo, batch: AssessmentBatch, states: list[SheetState]) -> None:
    """The first round is in, the second half done, and one mark differs."""
    for state in states:
        if state.subject in BY_ASSESSORS:
            continue
        marks = _true_marks(demo, batch, state)
        _enter(demo, batch, state, FIRST, EntryRound.FIRST, marks)
        second = dict(list(marks.items())[: max(1, round(len(marks) * SHARE_SECOND))])
        slip = next(iter(second))
        second[slip] = _half(float(second[slip]) + 3)
        _enter(demo, batch, state, SECOND, EntryRound.SECOND, second)


def publicity(demo: Demo) -> None:
    """Report, publicity, one request for a recount with its answer, then final."""
    for batch in demo.reaching("publicity"):
        if not FinalResult.objects.filter(batch=batch).exists():
            continue
        if not policies.reports_after_publicity(batch):
            _report(demo, batch, add_workdays(batch.exam_ends, 2))
        starts = add_workdays(batch.exam_ends, 4)
        opened = services.publish(
            actor=demo.actor(Role.HEAD),
            batch=batch,
            starts_on=starts,
            ends_on=policies.publicity_end(batch, starts).day,
            place="学院网站和教学楼公告栏",
            at=_at(starts),
        )
        posted = documents.publicity_notice(batch, demo.actor(Role.HEAD))
        services.attach_evidence(
            actor=demo.actor(Role.HEAD), publicity=opened, content=posted[0][1]
        )
        _review(demo, batch, starts)
        day = policies.final_from(opened).day
        count = services.finalise(
            actor=demo.actor(Role.HEAD),
            batch=batch,
            objections=_objections(batch),
            at=_at(day),
        )
        if policies.reports_after_publicity(batch):
            _report(demo, batch, add_workdays(day, 1))
        demo.say(f"{batch.code} 公示结束，{count} 人成绩生效")


def _objections(batch: AssessmentBatch) -> str:
    asked = selectors.reviews_of(batch).count()
    return f"公示期间受理成绩复核 {asked} 份，已答复；无其他异议。" if asked else "无异议"


def _report(demo: Demo, batch: AssessmentBatch, day: date) -> None:
    sent = services.report_results(actor=demo.actor(Role.CLERK), batch=batch, at=_at(day))
    decide_report(
        actor=demo.actor(Role.CLERK),
        report=sent,
        approved=True,
        receipt_number=f"CJ-{batch.code}",
        at=_at(add_workdays(day, 1)),
    )


def _review(demo: Demo, batch: AssessmentBatch, starts: date) -> None:
    """Somebody who failed asks; whoever neither entered nor checked counts again."""
    found = [
        (result, fact["subject"])
        for result in FinalResult.objects.filter(batch=batch, passed=False).select_related(
            "application__person__user"
        )
        for fact in result.subjects
        if fact["standing"] == "scored" and not fact["passed"]
    ]
    if not found:
        return
    chosen, subject = max(
        found, key=lambda each: (each[1] in BY_ASSESSORS, bool(each[0].application.person.user_id))
    )
    user = chosen.application.person.user
    asked = services.request_review(
        actor=user.as_actor() if user else SYSTEM,
        result=chosen,
        subject=subject,
        reason="感觉比预期低，申请核对合分。",
        at=_at(add_workdays(starts, 1)),
    )
    actor = demo.actor(FIRST) if subject in BY_ASSESSORS else SYSTEM
    services.answer_review(
        actor=actor,
        review=asked,
        answer="调出原始评分逐项核对，合分与登分无误。",
        at=_at(add_workdays(starts, 3)),
    )


demo_steps.register("scoring.recognise", recognise, order=499)
demo_steps.register("scoring.score", score, order=500)
demo_steps.register("scoring.publicity", publicity, order=501)
