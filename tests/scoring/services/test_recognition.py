"""Recognition without examination: judged by data, decided by two, kept by the database."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from assessment_center.accounts.enums import Role
from assessment_center.batches.cockpit import rail_of
from assessment_center.registry import SYSTEM, RefusedError
from assessment_center.registry.entries import deadline_sources
from candidates.models import Application, Evidence
from candidates.rules.claims import ContestFact, OneXFact
from candidates.services import registration
from certificates.selectors import unnumbered
from exams.deadline_sources import exam_deadlines
from scoring import recognition, services
from scoring.documents import publicity_notice
from scoring.enums import RecognitionVerdict
from scoring.models import FinalResult, RecognitionDecision
from scoring.policies import final_allowed
from scoring.portal_part import actions, entries
from scoring.recognition_form import recognition_records
from tests.assessment_center.pdf import reading
from tests.factories import candidates as c
from tests.factories import foundation as f
from tests.factories import recognition as r

pytestmark = pytest.mark.django_db
GRANTED, REFUSED = RecognitionVerdict.GRANTED, RecognitionVerdict.REFUSED
MEETING = "认定工作会议记录〔2026〕3号"


@pytest.fixture
def clerk():
    return f.make_user(Role.CLERK).as_actor()


@pytest.fixture
def head():
    return f.make_user(Role.HEAD).as_actor()


def case(route="direct", **facts):
    """A confirmed application of this route and the basis it names."""
    basis = r.make_basis(route)
    return r.confirmed(r.claimed(r.routed_offering(route), basis, **facts))


def propose(actor, row, verdict=GRANTED, reason=""):
    return services.propose_recognition(
        actor=actor, application=row, verdict=verdict, reason=reason
    )


@pytest.mark.parametrize("route", ["direct", "process", "credit", "contest"])
def test_each_route_goes_to_its_result_in_two_hands(route, clerk, head) -> None:
    row = case(route)
    assert row.subjects == []
    assert row.route == route
    assert services.propose_clean(actor=clerk, batch=row.batch) == 1
    decision = row.recognition
    assert decision.evidence[0]["digest"] == row.evidence.get().digest
    assert decision.articles
    with pytest.raises(RefusedError, match="会议") as refused:
        services.confirm_recognition(actor=head, decision=decision, meeting=" ")
    assert [str(each) for each in refused.value.refusal.citations]
    services.confirm_recognition(actor=head, decision=decision, meeting=MEETING)
    checker = f.make_user(Role.SCORE_CLERK).as_actor()
    assert services.compile_results(actor=checker, batch=row.batch) == 1
    result = FinalResult.objects.get()
    assert (result.subjects, result.passed) == ([], True)
    (stem, data) = recognition_records(row.batch, SYSTEM)[0]
    assert data.startswith(b"%PDF")
    assert str(row.get_route_display()) in stem
    assert "认定条款" in reading.text(data)
    day = date(2026, 5, 27)
    if row.batch.rules.settings.report_before_publicity.value:
        services.report_results(actor=head, batch=row.batch)
    services.publish(actor=head, batch=row.batch, starts_on=day, ends_on=day, place="校园网")
    services.finalise(actor=head, batch=row.batch, objections="无异议", at=f.at(2026, 7, 1))
    assert [each.application for each in unnumbered(row.batch)] == [row]


WRONG = {
    "a junior certificate for level 3": ("direct", {"one_x": OneXFact("junior", "1X", date(2025, 1, 1))}),
    "an expired certificate": (
        "direct",
        {"one_x": OneXFact("senior", "1X", date(2020, 1, 1), date(2026, 4, 9))},
    ),
    "a certificate issued later": ("direct", {"one_x": OneXFact("senior", "1X", date(2026, 4, 11))}),
    "no number": ("direct", {"one_x": OneXFact("senior", " ", date(2025, 1, 1))}),
    "no certificate": ("direct", {"one_x": None}),
    "a rank too low": ("contest", {"contest": ContestFact(4, "city", date(2026, 3, 1))}),
    "a rank that is none": ("contest", {"contest": ContestFact(0, "city", date(2026, 3, 1))}),
    "an organiser not named": ("contest", {"contest": ContestFact(1, "nation", date(2026, 3, 1))}),
    "one course failed": (
        "process",
        {"courses": {"电工基础": Decimal("59.99"), "电工实训": Decimal(90)}},
    ),
    "one course missing": ("process", {"courses": {"电工基础": Decimal(90)}}),
    "no daily record": ("process", {"daily": ""}),
    "credits in the wrong course": (
        "credit",
        {"courses": {"电工基础": Decimal(10), "电工实训": Decimal(0)}},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_falls_short_is_not_recognised_and_the_article_is_named(name, clerk) -> None:
    route, facts = WRONG[name]
    draft = r.claimed(r.routed_offering(route), r.make_basis(route), **facts)
    row = registration.submit_application(actor=SYSTEM, application=draft)
    found = recognition.assess(row)
    assert found.hopeless
    Application.objects.filter(pk=row.pk).update(
        status="confirmed", first_reviewed_at=r.RECEIVED, confirmed_at=r.RECEIVED
    )
    row.refresh_from_db()
    with pytest.raises(RefusedError, match="只能不予认定") as refused:
        propose(clerk, row)
    assert refused.value.refusal.citations
    with pytest.raises(RefusedError, match="写明理由"):
        propose(clerk, row, REFUSED)
    decision = propose(clerk, row, REFUSED, "不符合规定。")
    assert decision.articles
    assert services.propose_clean(actor=clerk, batch=row.batch) == 0


def test_a_certificate_mapped_to_another_occupation_counts_for_nothing(clerk) -> None:
    foreign = r.make_basis("direct", "焊工")
    draft = r.claimed(r.routed_offering(), foreign)
    assert recognition.assess(draft).hopeless
    assert recognition.assess(draft).claimed.basis is None


def test_without_its_paper_nothing_is_handed_in_nor_decided(clerk) -> None:
    draft = r.claimed(r.routed_offering(), r.make_basis("direct"), paper=False)
    with pytest.raises(RefusedError, match="请上传1\\+X 证书") as refused:
        registration.submit_application(actor=SYSTEM, application=draft)
    assert refused.value.refusal.citations
    row = case("contest")
    Evidence.objects.filter(application=row).delete()
    with pytest.raises(RefusedError, match="不能认定"):
        propose(clerk, row)


def test_proposer_and_decider_are_two_people_and_never_the_candidate(head) -> None:
    both = f.make_user(Role.CLERK, Role.HEAD).as_actor()
    decision = propose(both, case())
    with pytest.raises(RefusedError, match="不能是同一人"):
        services.confirm_recognition(actor=both, decision=decision, meeting=MEETING)
    with pytest.raises(RefusedError, match="同一人"):
        services.confirm_recognition(actor=SYSTEM, decision=decision, meeting=MEETING)
    with pytest.raises(RefusedError, match="角色"):
        services.confirm_recognition(
            actor=f.make_user(Role.SCORE_CLERK).as_actor(), decision=decision, meeting=MEETING
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        RecognitionDecision.objects.update(decided_by=both.user_id)
    with pytest.raises(RefusedError, match="角色"):
        propose(head, decision.application)


def test_a_withdrawn_application_is_not_decided(clerk, head) -> None:
    row = case()
    decision = propose(clerk, row)
    registration.withdraw_application(
        actor=f.make_user(Role.REVIEWER).as_actor(), application=row, reason="考生书面申请。"
    )
    with pytest.raises(RefusedError, match="已撤回"):
        services.confirm_recognition(actor=head, decision=decision, meeting=MEETING)
    with pytest.raises(RefusedError, match="不能认定"):
        propose(clerk, row)
    with pytest.raises(IntegrityError, match="审核通过"), transaction.atomic():
        RecognitionDecision.objects.update(reason="x")


def test_one_sent_back_is_proposed_again_and_only_once(clerk, head) -> None:
    row = case()
    decision = propose(clerk, row)
    with pytest.raises(RefusedError, match="待确认"):
        propose(clerk, row)
    with pytest.raises(RefusedError, match="原因"):
        services.return_recognition(actor=head, decision=decision, reason="")
    services.return_recognition(actor=head, decision=decision, reason="证书不清楚。")
    again = propose(clerk, row, GRANTED, "已核对原件。")
    assert (again.pk, again.status, again.return_reason) == (decision.pk, "proposed", "")


def test_the_database_keeps_what_was_decided(clerk, head) -> None:
    row = case()
    decision = propose(clerk, row)
    result = FinalResult(application=row, batch=row.batch, passed=True)
    result.save()
    published = {"status": "published", "published_at": f.at(2026, 5, 26)}
    with pytest.raises(IntegrityError, match="已确认的认定结论"), transaction.atomic():
        FinalResult.objects.update(**published)
    services.confirm_recognition(actor=head, decision=decision, meeting=MEETING)
    for broken in ({"reason": "x"}, {"verdict": "refused"}, {"status": "proposed"}):
        with pytest.raises(IntegrityError, match="已确认，不能改动"), transaction.atomic():
            RecognitionDecision.objects.update(**broken)
    with pytest.raises(IntegrityError, match="已确认，不能改动"), transaction.atomic():
        RecognitionDecision.objects.all().delete()
    for wrong in ({"passed": False}, {"subjects": [{"subject": "theory"}]}):
        with pytest.raises(IntegrityError, match="一致"), transaction.atomic():
            FinalResult.objects.update(**published, **wrong)
    FinalResult.objects.update(**published)


def test_a_decision_of_another_route_or_on_other_papers_is_refused_by_the_database(clerk) -> None:
    propose(clerk, case())
    for broken, words in (
        ({"route": "contest"}, "评价方式"),
        ({"evidence": [{"digest": "0" * 64}]}, "材料"),
    ):
        with pytest.raises(IntegrityError, match=words), transaction.atomic():
            RecognitionDecision.objects.update(**broken)
    for broken in ({"articles": []}, {"verdict": "refused", "reason": ""}, {"route": "exam"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            RecognitionDecision.objects.update(**broken)


def test_results_wait_for_every_decision(clerk) -> None:
    row = case()
    checker = f.make_user(Role.SCORE_CLERK).as_actor()
    with pytest.raises(RefusedError, match="认定没有确认") as refused:
        services.compile_results(actor=checker, batch=row.batch)
    assert refused.value.refusal.citations


def test_somebody_from_outside_is_refused_with_the_article(clerk) -> None:
    offering = r.routed_offering()
    stranger = f.make_person()
    with pytest.raises(RefusedError, match="不在认定对象内") as refused:
        registration.start_application(
            actor=SYSTEM, person=stranger, offering=offering, received_at=r.RECEIVED
        )
    assert any("二(一)" in str(each) for each in refused.value.refusal.citations)
    teacher = f.make_member().person
    assert registration.start_application(
        actor=SYSTEM, person=teacher, offering=offering, received_at=r.RECEIVED
    )
    left = c.make_candidate()
    left.student.status = "left"
    left.student.save()
    with pytest.raises(RefusedError, match="不在认定对象内"):
        registration.start_application(
            actor=SYSTEM, person=left, offering=offering, received_at=r.RECEIVED
        )


def test_the_rail_of_a_batch_without_examination_says_why(head) -> None:
    pure, mixed = r.routed_offering().batch, r.routed_offering("contest", exam=True).batch
    stops = {stop.key: stop.view for stop in rail_of(pure, head)}
    for key in ("fee", "arrange", "ticket", "papers", "exam", "score"):
        assert stops[key].state == "unneeded", key
        assert stops[key].lines[0].citations, key
    assert list(exam_deadlines(pure)) == []
    assert list(exam_deadlines(mixed))
    told = {stop.key: stop.view.state for stop in rail_of(mixed, head)}
    assert "unneeded" not in {told[key] for key in ("arrange", "ticket", "papers", "exam", "score")}
    assert "recognise" in told
    plain = f.make_batch()
    f.make_offering(plain)
    assert "recognise" not in {stop.key for stop in rail_of(plain, head)}


@pytest.mark.parametrize("route", ["direct", "contest"])
def test_nothing_speaks_of_an_examination_that_was_not_held(route, clerk, head) -> None:
    row = case(route)
    batch = row.batch
    services.propose_clean(actor=clerk, batch=batch)
    services.confirm_recognition(actor=head, decision=row.recognition, meeting=MEETING)
    services.compile_results(actor=f.make_user(Role.SCORE_CLERK).as_actor(), batch=batch)
    if batch.rules.settings.report_before_publicity.value:
        services.report_results(actor=head, batch=batch)
    services.publish(
        actor=head, batch=batch, starts_on=date(2026, 5, 27), ends_on=date(2026, 6, 12), place="网"
    )
    row.refresh_from_db()
    dated = [each for source in deadline_sources for each in source(batch)]
    told = [
        *(
            str(part)
            for each in dated
            for part in (each.label, each.counting and each.counting.event)
        ),
        *(str(each) for each in entries(row)),
        *(str(action.label) for action in actions(row)),
        *(stem for stem, _pdf in publicity_notice(batch, SYSTEM)),
        str(final_allowed(batch, on=date(2026, 6, 1)).reason),
    ]
    assert "认定结果公示结束" in told
    assert [text for text in told if "考试" in text or "成绩" in text or "录像" in text] == []
    pages = reading.text(publicity_notice(batch, SYSTEM)[0][1])
    assert "认定结果予以公示" in pages
    assert "成绩" not in pages


def test_a_basis_is_retired_but_never_changed(clerk) -> None:
    basis = r.make_basis("direct")
    with pytest.raises(IntegrityError, match="不能改"), transaction.atomic():
        type(basis).objects.update(title="别的")
    with pytest.raises(IntegrityError, match="不能删除"), transaction.atomic():
        basis.delete()
    with pytest.raises(RefusedError, match="已登记"):
        r.make_basis("direct")
    for terms in (replace(r.TERMS["process"], courses=r.COURSES[:1]),):
        with pytest.raises(RefusedError, match="课程"):
            r.make_basis("process", terms=terms)
    from assessment_center.batches.services import retire_basis

    retire_basis(actor=clerk, basis=basis)
    assert r.make_basis("direct")


def test_a_condition_of_any_route_alone_recognises_nobody(clerk) -> None:
    row = case()
    Application.objects.filter(pk=row.pk).update(route="performance", condition_id="")
    row.offering.__class__.objects.filter(pk=row.offering_id).update(route="performance")
    row = Application.objects.get(pk=row.pk)
    assert not recognition.assess(row).clean
    assert services.propose_clean(actor=clerk, batch=row.batch) == 0
