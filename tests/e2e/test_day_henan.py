"""A clerk's day in Henan: from a 1+X certificate on the telephone to the certificate, no examination."""

from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pypdfium2
import pytest
from django.urls import reverse

from assessment_center.batches import demo as steps
from assessment_center.batches import demo_opening
from assessment_center.batches import services as batches
from assessment_center.batches.demo_facts import moment
from assessment_center.batches.demo_routes import enter_demo_basis
from assessment_center.batches.models import AssessmentBatch
from assessment_center.catalog.models import Occupation
from assessment_center.catalog.packaged import CATALOGUE, EDITION
from assessment_center.catalog.services import import_occupations
from assessment_center.demo import Demo
from assessment_center.people.models import Person, StudentRecord
from assessment_center.people.services import ensure_person, open_candidate_account
from assessment_center.registry import SYSTEM
from assessment_center.rulebooks.services import install_rulebooks
from candidates.demo_portraits import portrait
from candidates.demo_routes import drawn_paper
from candidates.models import Application
from candidates.services.reporting import report_batch
from certificates.models import Certificate
from scoring.models import FinalResult, RecognitionDecision
from scoring.policies import final_from
from scoring.selectors import publicity_of
from tests.e2e.desk import Desk, Desks
from tests.e2e.special import every_form
from tests.e2e.world import MAJOR, work_off

pytestmark = [pytest.mark.e2e]
CODE = "HN202601"
PASSWORD = "Mountain-2026"
MEETING = "认定工作会议记录〔2026〕1号"


@pytest.fixture
def world(transactional_db: None, clock: Any, settings: Any, tmp_path: Path) -> Demo:
    """The Henan centre with an announced batch that offers 电工 三级 by 1+X certificate only."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    install_rulebooks()
    if not Occupation.objects.exists():
        import_occupations(file=CATALOGUE, edition=EDITION, actor=SYSTEM)
    demo = Demo("henan", 1, lambda _text: None, Random(1))
    first = (steps.accounts, steps.centre, demo_opening.begin, demo_opening.sign)
    for step in (*first, steps.people, steps.plan):
        step(demo)
    clerk, head = demo.actor("clerk"), demo.actor("head")
    batch = batches.open_batch(
        actor=clerk,
        centre=demo.centre,
        code=CODE,
        name="2026年第一批直接认定",
        plan=steps.plan(demo),
        rulebook_code="henan",
        registration_opens=moment(3, 16),
        registration_closes=moment(4, 10, 17),
        exam_starts=date(2026, 5, 22),
        exam_ends=date(2026, 5, 22),
        exam_place="江州化院第一会议室",
    )
    occupation = Occupation.objects.get(name="电工", is_active=True)
    enter_demo_basis(clerk, "direct", occupation, None, 3)
    batches.add_offering(actor=clerk, batch=batch, occupation=occupation, level=3, route="direct")
    draft = batches.draft_announcement(actor=clerk, batch=batch)
    batches.publish_announcement(
        actor=head, announcement=draft, document_number="江化院认〔2026〕1号"
    )
    return demo


@pytest.fixture
def desks(browser: Any, live_server: Any, world: Demo, monkeypatch: pytest.MonkeyPatch) -> Any:
    from django.db import connections

    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)
    made = Desks(browser, live_server.url)
    yield made
    made.close()


def batch() -> AssessmentBatch:
    return AssessmentBatch.objects.get(code=CODE)


def text_of(content: bytes) -> str:
    with pypdfium2.PdfDocument(content) as paper:
        return "".join(page.get_textpage().get_text_range() for page in paper)


def test_from_a_certificate_on_the_phone_to_the_certificate(
    world: Demo, desks: Desks, clock: Any
) -> None:
    student = StudentRecord.objects.filter(school_class__major=MAJOR).first()
    assert student is not None
    clock.move_to(moment(3, 17))
    turn_away_an_outsider(desks)
    phone = apply_on_the_phone(desks, student.person)
    review(world, desks)
    clock.move_to(moment(4, 13))
    batches.close_registration(actor=world.actor("clerk"), batch=batch())
    sent = report_batch(actor=world.actor("clerk"), batch=batch())
    batches.decide_report(
        actor=world.actor("clerk"), report=sent, approved=True, receipt_number="HZ-1"
    )
    clock.move_to(moment(5, 25))
    decide(world, desks)
    publish(world, desks, clock)
    certify_and_verify(world, desks, phone, student.person)
    print_the_forms(world, desks, student.person)
    assert desks.barriers == []


def print_the_forms(world: Demo, desks: Desks, person: Person) -> None:
    """The forms of Henan under their own names; none speaks of an examination."""
    told = every_form(
        desks.at(world.users["head"]), batch(), "annual-plan", "application-form",
        "recognition-record", "result-totals", "certificate-roll", "certificate-collection",
        "certificate-ledger",
    )  # fmt: skip
    for slug in ("application-form", "certificate-roll", "certificate-collection"):
        assert person.name in told[slug], slug
    assert "直接认定" in told["application-form"]
    assert "证书核发名册" in told["certificate-roll"]
    assert "考试时间" not in told["announcement"]


def told(desk: Desk, *words: str, within: str = ".message.error[role=alert]") -> None:
    """The refusal with its article, which opens under 依据."""
    box = desk.page.locator(within).first
    box.locator("summary").first.click()
    text = box.inner_text()
    for one in words:
        assert one in text, text


def turn_away_an_outsider(desks: Desks) -> None:
    person = ensure_person(
        actor=SYSTEM, name="外来人", id_kind="resident", id_number="11010519491231002X"
    )
    user = open_candidate_account(actor=SYSTEM, person=person, password=PASSWORD)
    desk = desks.at(user, phone=True)
    desk.go("portal:choose", batch().pk).sees("直接认定", "不收费")
    told(desk, "不在认定对象内", "二(一)", within=".message.error[role=note]")
    assert desk.page.get_by_role("button", name="申报这一项").count() == 0
    assert not Application.objects.exists()


def apply_on_the_phone(desks: Desks, person: Person) -> Desk:
    user = open_candidate_account(actor=SYSTEM, person=person, password=PASSWORD)
    phone = desks.at(user, phone=True)
    phone.go("portal:choose", batch().pk).sees("1+X").shot("henan-choose")
    phone.press("申报这一项").follow("个人情况").fill(
        ethnicity="汉族",
        education="college",
        address="学府大道88号",
        condition_id="ELIG-HN-4-3",
        basis=1,
        one_x_grade="intermediate",
        one_x_number="1X2025000001",
        one_x_issued="2025-12-15",
    ).shot("henan-facts").press("保存并继续")
    photo = portrait(Random(3), long_hair=False)
    phone.send_photo(photo).follow("继续")
    phone.sees("必须上传", "还没有上传").follow("继续")
    phone.fill(agreed="on", typed_name=person.name).press("签署")
    phone.follow("核对并提交").refused("提交")
    told(phone, "请上传1+X 证书", "一2")
    phone.go("portal:evidence", Application.objects.get().pk)
    paper = drawn_paper("1+X", [person.name])
    phone.fill(kind="one_x", file=("c.jpg", paper)).press("上传这份材料").sees("已上传")
    phone.shot("henan-evidence").go("portal:check", Application.objects.get().pk)
    phone.sees("1X2025000001", "达到").shot("henan-check").press("提交")
    return phone.sees("已提交", f"{CODE}-00001")


def review(world: Demo, desks: Desks) -> None:
    one = Application.objects.get()
    department = desks.at(world.users["department"])
    department.go("candidates_office:application", one.pk).sees("认定事实", "中级")
    department.fill("first-review", note="已核对1+X证书原件。").press("初审通过")
    reviewer = desks.at(world.users["reviewer"])
    reviewer.go("candidates_office:application", one.pk)
    reviewer.fill("confirm", note="同意。").press("复核通过")
    assert Application.objects.get().status == "confirmed"


def decide(world: Demo, desks: Desks) -> None:
    """The clerk proposes, and cannot confirm; the head confirms by the record of the meeting."""
    clerk = desks.at(world.users["clerk"])
    clerk.go("batches_office:batch", CODE).sees("不适用", "认定").shot("henan-batch")
    clerk.go("scoring_office:recognition", CODE).sees("1X2025000001").shot("henan-worklist")
    clerk.press("批量提出无疑义的认定").sees("已提出 1 人的认定", "待确认")
    assert clerk.page.get_by_role("button", name="确认所选认定").count() == 0
    decision = RecognitionDecision.objects.get()
    head = desks.at(world.users["head"])
    head.go("scoring_office:recognition_one", CODE, decision.application_id)
    head.sees("达到", "SHA-256").shot("henan-decision")
    head.go("scoring_office:recognition", CODE).fill(decision="on", meeting=MEETING)
    head.press("确认所选认定").sees("已确认 1 人的认定")
    scores = desks.at(world.users["score_clerk"]).go("scoring_office:batch", CODE)
    scores.press("汇总认定结果").sees("已汇总 1 人")
    record = head.context.request.get(
        head.base + reverse("batches_office:print", args=[CODE, "recognition-record"])
    )
    printed = text_of(record.body())
    for words in ("直接认定", "1X2025000001", "予以认定", MEETING, "F-111"):
        assert words in printed, printed


def publish(world: Demo, desks: Desks, clock: Any) -> None:
    if batch().rules.settings.report_before_publicity.value:
        clerk = desks.at(world.users["clerk"]).go("scoring_office:batch", CODE)
        clerk.press("上报认定结果").fill(receipt_number="CJ-1").press("登记核准")
    head = desks.at(world.users["head"]).go("scoring_office:publicity", CODE)
    head.fill(place="校园网和公告栏").press("开始公示").sees("公示中")
    anybody = desks.at(phone=True).visit(reverse("scoring_portal:publicity", args=[CODE]))
    anybody.sees("直接认定", "予以认定").shot("henan-publicity")
    publicity = publicity_of(batch())
    assert publicity is not None
    day = final_from(publicity).day
    clock.move_to(moment(day.month, day.day, 10))
    head = desks.at(world.users["head"]).go("scoring_office:publicity", CODE)
    head.fill(objections="无异议").press("使认定结果生效").sees("已生效")
    assert FinalResult.objects.get().subjects == []


def certify_and_verify(world: Demo, desks: Desks, phone: Desk, person: Person) -> None:
    if batch().rules.settings.numbering_needs_approval.value:
        clerk = desks.at(world.users["clerk"]).go("scoring_office:batch", CODE)
        if clerk.page.get_by_role("button", name="上报认定结果").count():
            clerk.press("上报认定结果").fill(receipt_number="CJ-1").press("登记核准")
    issuer = desks.at(world.users["certificate_clerk"])
    issuer.go("certificates_office:batch", CODE).press("编号并发证")
    work_off()
    one = Certificate.objects.get()
    assert (one.status, one.application.route) == ("issued", "direct")
    assert one.number.startswith("Y000041039001263")
    phone.sit_down(one.application.person.user).go("portal:home").follow("电工 三级/高级工")
    phone.sees("证书已发放").shot("henan-done")
    anybody = desks.at(phone=True).go("verify:form")
    anybody.fill(number=one.number, name=person.name).press("查验").sees("证书有效", person.name)
