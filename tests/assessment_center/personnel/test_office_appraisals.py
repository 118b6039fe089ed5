"""Pages and forms of appraisals: what the office sees, prints and posts."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pypdfium2
import pytest
from django.urls import reverse

from assessment_center.accounts.enums import Role
from assessment_center.conformance.checks.appraisal import sessions_are_rated
from assessment_center.conformance.declarations import Failed, NotApplicable, Passed
from assessment_center.personnel import conduct
from assessment_center.personnel.enums import Grade, Post, TrainingKind
from assessment_center.personnel.judging_deadlines import judging_deadlines
from assessment_center.personnel.judging_enums import Branch
from assessment_center.personnel.judging_reading import retraining_due, year_rows
from assessment_center.personnel.models import Appraisal, MisconductCase, Training
from assessment_center.personnel.panels import waiting
from assessment_center.personnel.rules.appraisal import Follows, Taken
from tests.assessment_center.office_helpers import page_text, signed_in
from tests.factories import foundation as f
from tests.factories import judging as j

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def january(frozen: Callable[..., Any]) -> Any:
    return frozen(2026, 1, 12, 9)


def url(name: str, *args: Any) -> str:
    return reverse(f"appraisals_office:{name}", args=args)


def text_of(data: bytes) -> str:
    pages = pypdfium2.PdfDocument(data)
    return "".join(page.get_textpage().get_text_bounded() for page in pages)


def pdf_text(client: Any, address: str) -> str:
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return text_of(answer.content).replace("\r", "").replace("\n", "")


def test_the_year_from_draft_to_report_in_the_browser() -> None:
    book = j.filed("jilin")
    member = j.assessor()
    sent = j.send(member, book)
    j.rate(sent, book, "88")
    clerk, head = signed_in(Role.CLERK), signed_in(Role.HEAD)
    assert clerk.get(url("index")).url == url("year", 2025, "assessor")
    year = url("year", 2025, "assessor")
    assert "计算并起草" in page_text(clerk.get(year))
    clerk.post(url("draft", 2025, "assessor"))
    row = Appraisal.objects.get()
    page = url("member", member.pk)
    assert "考评工作开展情况" in page_text(clerk.get(page))
    facts = {f"content{n}": "好" for n in range(4)}
    clerk.post(url("write", row.pk), {**facts, "grade": "优秀", "manager_opinion": "同意"})
    refused = clerk.post(url("confirm", row.pk))
    assert refused.status_code == 403
    assert "2025 年度考核待审定 1 人" in [str(line.title) for line in waiting(head.user.as_actor())]
    told = page_text(head.post(url("confirm", row.pk), follow=True))
    assert "已审定，结果已生效" in told
    specs = {each.kind: each for each in judging_deadlines(f.make_centre())}
    judged = specs["personnel.appraisal_assessor_2025"]
    assert (judged.due, judged.done, judged.done_on) == (
        date(2025, 12, 31),
        True,
        date(2026, 1, 12),
    )
    assert not specs["personnel.appraisal_report_2025"].done
    assert "优秀" in pdf_text(clerk, url("year_results", 2025, "assessor"))
    clerk.post(url("report", 2025, "assessor"), {"on": "2026-01-12", "receipt": "鉴字1号"})
    specs = {each.kind: each for each in judging_deadlines(f.make_centre())}
    assert specs["personnel.appraisal_report_2025"].done
    assert "已报送" in page_text(clerk.get(year))


def test_ratings_are_posted_by_a_supervisor_and_printed() -> None:
    book = j.filed("henan")
    member = j.assessor()
    sent = j.send(member, book)
    supervisor, reviewer = signed_in(Role.SUPERVISOR), signed_in(Role.REVIEWER)
    page = url("session", sent.session_id)
    assert "未评价" in page_text(supervisor.get(page))
    rate = url("rate", sent.session_id, member.pk)
    assert reviewer.post(rate, {"score": "90"}).status_code == 403
    assert "请给出分数" in page_text(supervisor.post(rate, {"opinion": "好"}, follow=True))
    wrong = page_text(supervisor.post(rate, {"score": "101"}, follow=True))
    assert "认定分数" in wrong
    supervisor.post(rate, {"score": "91.5", "opinion": "独立评分"})
    assert member.ratings.get().score == 91.5
    printed = pdf_text(supervisor, url("session_forms", sent.session_id))
    assert "认定表" in printed
    for part in ("91.50", "所在等次", "优秀", "90 分及以上"):
        assert part in printed, part
    assert supervisor.get(url("session", f.make_person().pk)).status_code == 404


def test_the_personal_file_has_all_its_parts() -> None:
    book = j.filed("henan")
    member = j.assessor()
    sent = j.send(member, book)
    j.rate(sent, book, "57")
    row = j.confirmed(member, book)
    case = conduct.enter_case(
        actor=j.clerk().as_actor(),
        member=member,
        group="assessor",
        act_code="AF-1",
        rules=book,
        happened_on=date(2026, 1, 5),
        description="擅自加分",
    )
    conduct.decide_case(
        actor=j.head().as_actor(),
        case=case,
        decision=conduct.Decision("属实", frozenset({"lose_post"})),
        rules=book,
    )
    client = signed_in(Role.HEAD)
    printed = pdf_text(client, url("file", member.pk))
    for words in (
        "个人信息", "任职资格", "申报、培训和考核", "聘用", "考评和督导记录", "年度考核",
        "奖惩和注销", member.person.name, sent.session, "57", "不合格", "取消资格", "解聘",
    ):  # fmt: skip
        assert words in printed, words
    assert row.summary in printed
    ledger = pdf_text(client, url("ledger"))
    assert "2025 不合格" in ledger
    assert "解聘" in ledger
    letter = pdf_text(client, url("letter", case.pk))
    assert "擅自加分" in letter
    for name, words in (("year_forms", "评议意见"), ("summaries", "工作小结")):
        args = (2025, "assessor") if name == "year_forms" else (2025,)
        assert words in pdf_text(client, url(name, *args))
    watcher = f.make_member(Grade.SUPERVISOR_INTERNAL)
    assert "质量督导考核档案" in pdf_text(client, url("file", watcher.pk))
    assert client.get(url("year_forms", 2019, "assessor")).status_code == 303
    assert client.get(url("year", 2025, "nobody")).status_code == 404


def test_a_case_from_entry_to_appeal_in_the_browser() -> None:
    j.filed("jilin")
    member = j.assessor()
    clerk, head = signed_in(Role.CLERK), signed_in(Role.HEAD)
    facts = {"member": member.pk, "happened_on": "2026-01-05", "description": "泄露试题"}
    assert "请改正" in page_text(clerk.post(url("enter"), {**facts, "act": "assessor:Z"}))
    clerk.post(url("enter"), {**facts, "act": "assessor:A-4"})
    case = MisconductCase.objects.get()
    assert "注销证卡" in page_text(head.get(url("case", case.pk)))
    assert clerk.post(url("decide", case.pk), {"text": "属实"}).status_code == 403
    assert "请改正" in page_text(head.post(url("decide", case.pk), {"text": ""}))
    head.post(url("decide", case.pk), {"text": "属实"})
    assert "自 2026-01-12 起禁任" in str(member.exclusions.get()) or member.exclusions.exists()
    listed = page_text(clerk.get(url("cases")))
    assert "待报送" in listed
    assert "2029-01-11" in listed
    clerk.post(url("case_report", case.pk), {"on": "2026-01-12", "receipt": "报字2号"})
    assert "报字2号" in page_text(clerk.get(url("case", case.pk)))
    assert "没有限期改正" in page_text(
        clerk.post(url("corrected", case.pk), {"on": "2026-01-12"}, follow=True)
    )
    head.post(url("appeal", case.pk), {"on": "2026-01-12", "note": "成立", "upheld": "on"})
    assert member.exclusions.get().lifted_on == date(2026, 1, 12)
    assert "已撤销" in page_text(head.get(url("member", member.pk)))
    clerk.post(url("enter"), {**facts, "act": "assessor:A-2"})
    second = MisconductCase.objects.get(act_code="A-2")
    head.post(url("decide", second.pk), {"text": "查无实据", "unfounded": "1"})
    second.refresh_from_db()
    assert second.status == "unfounded"


def test_dispatches_are_corrected_with_a_reason_on_the_members_page() -> None:
    book = j.filed("henan")
    row = j.send(j.assessor(), book, Taken.REFUSED)
    clerk = signed_in(Role.CLERK)
    clerk.post(url("correct", row.pk), {"taken": "excused", "reason": ""})
    row.refresh_from_db()
    assert row.taken == Taken.REFUSED
    clerk.post(url("correct", row.pk), {"taken": "excused", "reason": "有请假条"})
    row.refresh_from_db()
    assert (row.taken, row.reason) == (Taken.EXCUSED, "有请假条")
    assert "有请假条" in page_text(clerk.get(url("member", row.member_id)))


def test_an_assessor_without_a_rating_is_named() -> None:
    book = j.filed("henan")
    batch = f.make_batch(rulebook="henan")
    assert isinstance(sessions_are_rated(batch), NotApplicable)
    row = j.send(j.assessor(), book, session=batch.pk)
    found = sessions_are_rated(batch)
    assert isinstance(found, Failed)
    assert str(row.member) in str(found.evidence[0])
    j.rate(row, book)
    assert isinstance(sessions_are_rated(batch), Passed)


def test_who_must_be_trained_again_waits_until_he_was() -> None:
    book = j.filed("henan")
    member = j.assessor()
    j.rate(j.send(member, book), book, "40")
    assert j.confirmed(member, book).follows == [Follows.RETRAIN]
    assert [row.member for row in retraining_due()] == [member]
    assert "须重新培训" in page_text(signed_in(Role.HEAD).get(url("year", 2025, "assessor")))
    training = Training.objects.create(
        kind=TrainingKind.RETRAINING,
        title="再培训",
        starts_on=date(2026, 1, 12),
        ends_on=date(2026, 1, 13),
        hours=16,
    )
    training.attendances.create(member=member, hours=16)
    assert retraining_due() == []


@pytest.mark.parametrize("number", [1, 3])
def test_the_year_page_asks_the_same_number_of_questions(
    number: int, django_assert_num_queries: Any
) -> None:
    book = j.filed("henan")
    for _one in range(number):
        row = j.send(j.assessor(), book)
        j.rate(row, book)
    j.drafted(row.member, book)
    with django_assert_num_queries(4):
        assert len(year_rows(2025, Branch.ASSESSOR)) == number
    watcher = f.make_member(Grade.SUPERVISOR_INTERNAL)
    j.send(watcher, book, post=Post.SUPERVISOR)
    assert [row.member for row in year_rows(2025, Branch.SUPERVISOR)] == [watcher]
