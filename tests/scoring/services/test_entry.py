"""Entering, importing, correcting and checking marks on PostgreSQL."""

import io
import threading
from decimal import Decimal

import pytest
from django.db import connection, connections
from openpyxl import load_workbook

from assessment_center.accounts.enums import Role
from assessment_center.registry import SYSTEM, RefusedError
from scoring import services
from scoring.enums import EntryRound, Standing
from scoring.models import FinalResult, ScoreEntry, SubjectResult
from scoring.sheets import blank_score_sheet
from tests.factories import foundation as f
from tests.factories import scoring as s

pytestmark = pytest.mark.django_db
FIRST, SECOND, ASSESSOR = EntryRound.FIRST, EntryRound.SECOND, EntryRound.ASSESSOR
THEORY, PRACTICAL = s.THEORY, s.PRACTICAL


@pytest.fixture
def batch():
    return s.examined(2)


def test_only_who_may_enters(batch) -> None:
    with pytest.raises(RefusedError, match="您的角色不能登分"):
        s.enter(batch, THEORY, FIRST, {}, f.make_user(Role.ARCHIVIST).as_actor())


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        ("100.5", "不在 0 至 100 之间"),
        ("-1", "不在 0 至 100"),
        ("1.005", "多于两位"),
        ("NaN", "不是分数"),
    ],
)
def test_a_mark_that_cannot_stand_is_refused_by_name(batch, mark, words) -> None:
    row = s.people_of(batch)[0]
    with pytest.raises(RefusedError, match=words) as told:
        s.enter(batch, THEORY, FIRST, {row.id: Decimal(mark)})
    assert str(told.value).startswith(row.person.name)
    assert not ScoreEntry.objects.exists()


def test_a_zero_needs_its_reason_and_the_article_is_named(batch) -> None:
    row = s.people_of(batch)[0]
    common = {
        "actor": s.clerk().as_actor(),
        "batch": batch,
        "offering": batch.offerings.get(),
        "subject": THEORY,
        "entry_round": FIRST,
        "marks": {row.id: Decimal(0)},
    }
    with pytest.raises(RefusedError, match="零分须写明原因") as told:
        services.enter_scores(**common)
    assert [c.text for c in told.value.refusal.citations] == [
        "《职业技能鉴定及等级认定监考人员工作职责》(二)7"
    ]
    services.enter_scores(**common, reasons={row.id: "交白卷"})
    assert ScoreEntry.objects.get().reason == "交白卷"


def test_rounds_fit_the_subject(batch) -> None:
    row = s.people_of(batch)[0]
    with pytest.raises(RefusedError, match="两人分别登分"):
        s.enter(batch, THEORY, ASSESSOR, {row.id: s.PASS})
    with pytest.raises(RefusedError, match="考评员各自评分"):
        s.enter(batch, PRACTICAL, FIRST, {row.id: s.PASS})


def test_nobody_enters_twice_and_no_round_is_entered_twice(batch) -> None:
    row = s.people_of(batch)[0]
    one = s.clerk().as_actor()
    s.enter(batch, THEORY, FIRST, {row.id: s.PASS}, one)
    with pytest.raises(RefusedError, match="第二次登分须由另一人完成"):
        s.enter(batch, THEORY, SECOND, {row.id: s.PASS}, one)
    with pytest.raises(RefusedError, match="这一轮分数已登"):
        s.enter(batch, THEORY, FIRST, {row.id: s.PASS})


def test_the_system_signs_no_marks(batch) -> None:
    with pytest.raises(RefusedError, match="本人签名"):
        s.enter(batch, THEORY, FIRST, {s.people_of(batch)[0].id: s.PASS}, SYSTEM)


def test_strangers_and_nothing_are_refused(batch) -> None:
    other = s.examined(1)
    stranger = s.people_of(other)[0]
    with pytest.raises(RefusedError, match="名单中没有这名考生"):
        s.enter(batch, THEORY, FIRST, {stranger.id: s.PASS})
    with pytest.raises(RefusedError, match="还没有填写分数"):
        s.enter(batch, THEORY, FIRST, {})


def test_who_was_absent_or_not_recorded_gets_no_mark() -> None:
    batch = s.examined(2, absent={THEORY: [0]}, late={PRACTICAL: [1]})
    first, second = s.people_of(batch)
    with pytest.raises(RefusedError, match="缺考或违纪"):
        s.enter(batch, THEORY, FIRST, {first.id: s.PASS})
    with pytest.raises(RefusedError, match="缺考或违纪"):
        s.enter(batch, PRACTICAL, ASSESSOR, {second.id: s.PASS})
    waiting = s.examined(1, recorded=False)
    with pytest.raises(RefusedError, match="考场记录还没有提交"):
        s.enter(waiting, THEORY, FIRST, {s.people_of(waiting)[0].id: s.PASS})


def test_ones_own_mark_is_corrected_with_a_reason_before_the_check(batch) -> None:
    user = s.clerk()
    row = s.people_of(batch)[0]
    s.enter(batch, THEORY, FIRST, {row.id: s.PASS}, user.as_actor())
    entry = ScoreEntry.objects.get()
    fix = {"entry": entry, "score": Decimal("81.50")}
    with pytest.raises(RefusedError, match="自己登的"):
        services.correct_entry(actor=s.clerk().as_actor(), reason="错", **fix)
    with pytest.raises(RefusedError, match="原因"):
        services.correct_entry(actor=user.as_actor(), reason=" ", **fix)
    with pytest.raises(RefusedError, match="不在 0 至"):
        services.correct_entry(actor=user.as_actor(), entry=entry, score=Decimal(101), reason="错")
    fixed = services.correct_entry(actor=user.as_actor(), reason="看错一行", **fix)
    assert (fixed.score, fixed.reason) == (Decimal("81.50"), "看错一行")
    s.enter(batch, THEORY, FIRST, {s.people_of(batch)[1].id: s.PASS})
    s.enter(
        batch,
        THEORY,
        SECOND,
        {
            each.id: Decimal(str(m))
            for each, m in zip(s.people_of(batch), ("81.5", "80"), strict=True)
        },
    )
    s.check(batch, THEORY)
    with pytest.raises(RefusedError, match="已核分"):
        services.correct_entry(actor=user.as_actor(), reason="再改", **fix)


def test_the_check_wants_two_equal_rounds_and_a_third_person(batch) -> None:
    one, two = s.clerk().as_actor(), s.clerk().as_actor()
    first, second = s.people_of(batch)
    s.enter(batch, THEORY, FIRST, {first.id: s.PASS, second.id: s.PASS}, one)
    s.enter(batch, THEORY, SECOND, {first.id: Decimal(79)}, two)
    found = services.faults(batch=batch, offering=batch.offerings.get(), subject=THEORY)
    assert [(each.name, each.kind) for each in found] == [
        (first.person.name, "different"), (second.person.name, "missing"),
    ]  # fmt: skip
    with pytest.raises(RefusedError, match="有 2 名考生的登分还不能核"):
        s.check(batch, THEORY)
    entry = ScoreEntry.objects.get(application=first, round=SECOND)
    services.correct_entry(actor=two, entry=entry, score=s.PASS, reason="看错")
    s.enter(batch, THEORY, SECOND, {second.id: s.PASS}, two)
    with pytest.raises(RefusedError, match="核分人不能是登分人"):
        s.check(batch, THEORY, one)
    with pytest.raises(RefusedError, match="不能核分"):
        s.check(batch, THEORY, f.make_user(Role.ASSESSOR).as_actor())
    assert s.check(batch, THEORY) == 2
    with pytest.raises(RefusedError, match="已核分"):
        s.check(batch, THEORY)
    with pytest.raises(RefusedError, match="已核分，不能再登"):
        s.enter(batch, THEORY, FIRST, {first.id: s.PASS})


def test_practical_takes_the_mean_of_at_least_three_assessors(batch) -> None:
    first, second = s.people_of(batch)
    for mark in ("59.99", "60", "60"):
        s.enter(batch, PRACTICAL, ASSESSOR, {first.id: Decimal(mark), second.id: s.PASS})
        if mark == "59.99":
            with pytest.raises(RefusedError, match="已有 1 次登分，需要 3 次"):
                s.check(batch, PRACTICAL)
    s.check(batch, PRACTICAL)
    result = SubjectResult.objects.get(application=first)
    assert (result.score, result.passed) == (Decimal("60.00"), False)
    assert SubjectResult.objects.get(application=second).passed


def test_absent_and_cheated_never_pass() -> None:
    batch = s.examined(4, absent={THEORY: [0]}, late={THEORY: [1]}, cheated={THEORY: {2: "X-T1"}})
    absent, late, cheat, honest = s.people_of(batch)
    s.enter(batch, THEORY, FIRST, {honest.id: s.PASS})
    s.enter(batch, THEORY, SECOND, {honest.id: s.PASS})
    s.check(batch, THEORY)
    found = {r.application_id: (r.standing, r.score, r.passed) for r in SubjectResult.objects.all()}
    assert found == {
        absent.id: (Standing.ABSENT, None, False),
        late.id: (Standing.ABSENT, None, False),
        cheat.id: (Standing.CHEATED, None, False),
        honest.id: (Standing.SCORED, s.PASS, True),
    }
    assert SubjectResult.objects.get(application=cheat).note


def test_the_check_waits_for_the_room_record() -> None:
    batch = s.examined(1, recorded=False)
    with pytest.raises(RefusedError, match="考场记录还没有提交"):
        s.check(batch, THEORY)
    with pytest.raises(RefusedError, match="没有需要参加这个科目的考生"):
        s.check(batch, "review")


def test_a_check_is_taken_back_with_a_reason_before_publication(batch) -> None:
    s.compiled(batch)
    offering = batch.offerings.get()
    back = {"batch": batch, "offering": offering, "subject": THEORY}
    with pytest.raises(RefusedError, match="原因"):
        services.reopen_subject(actor=SYSTEM, **back, reason="")
    assert services.reopen_subject(actor=SYSTEM, **back, reason="漏登一题") == 2
    assert not FinalResult.objects.exists()
    with pytest.raises(RefusedError, match="还没有核分"):
        services.reopen_subject(actor=SYSTEM, **back, reason="再退")
    s.check(batch, THEORY)
    services.compile_results(actor=SYSTEM, batch=batch)
    services.report_results(actor=SYSTEM, batch=batch, at=s.REPORTED)
    services.publish(
        actor=SYSTEM, batch=batch, starts_on=s.PUBLISHED.date(), ends_on=f.at(2026, 6, 8).date(),
        place="网站", at=s.PUBLISHED,
    )  # fmt: skip
    with pytest.raises(RefusedError, match="成绩已经公示"):
        services.reopen_subject(actor=SYSTEM, **back, reason="晚了")


def _filled(batch, marks) -> bytes:
    book = load_workbook(io.BytesIO(blank_score_sheet(batch, batch.offerings.get(), THEORY)))
    page = book.active
    for row, (score, reason) in enumerate(marks, start=2):
        page.cell(row, 3).value = score
        page.cell(row, 4).value = reason
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _import(batch, content, entry_round=FIRST):
    return services.import_scores(
        actor=s.clerk().as_actor(), batch=batch, offering=batch.offerings.get(), subject=THEORY,
        entry_round=entry_round, content=content,
    )  # fmt: skip


def test_the_sheet_comes_back_with_marks(batch) -> None:
    first, second = s.people_of(batch)
    report = _import(batch, _filled(batch, [(88.5, None), (0, "交白卷")]))
    assert (report.ok, report.entered) == (True, 2)
    found = dict(ScoreEntry.objects.values_list("application_id", "score"))
    assert found == {first.id: Decimal("88.50"), second.id: Decimal("0.00")}


def test_every_problem_of_a_sheet_is_told_and_nothing_entered() -> None:
    batch = s.examined(4, absent={THEORY: [0]})
    content = _filled(batch, [(50, None), (101, None), ("abc", None), (0, None)])
    report = _import(batch, content)
    assert [(each.row, each.header) for each in report.problems] == [
        (2, "分数"), (3, "分数"), (4, "分数"), (5, "分数"),
    ]  # fmt: skip
    assert not ScoreEntry.objects.exists()


def test_a_row_of_somebody_else_is_told(batch) -> None:
    book = load_workbook(io.BytesIO(blank_score_sheet(batch, batch.offerings.get(), THEORY)))
    book.active["B2"].value = "别人"
    book.active["A3"].value = "999"
    out = io.BytesIO()
    book.save(out)
    report = _import(batch, out.getvalue())
    assert [(each.row, each.header) for each in report.problems] == [(2, "姓名"), (3, "准考证号")]


@pytest.mark.parametrize("content", [b"", b"no workbook", b"PK\x03\x04broken"])
def test_a_file_that_is_no_workbook_is_refused(batch, content) -> None:
    with pytest.raises(RefusedError):
        _import(batch, content)


@pytest.mark.django_db(transaction=True)
def test_two_people_entering_the_same_round_at_once() -> None:
    batch = s.examined(1)
    row = s.people_of(batch)[0]
    actors = [s.clerk().as_actor(), s.clerk().as_actor()]
    gate, outcomes = threading.Barrier(2), []

    def work(actor) -> None:
        gate.wait()
        try:
            outcomes.append(s.enter(batch, THEORY, FIRST, {row.id: s.PASS}, actor))
        except RefusedError as refused:
            outcomes.append(str(refused))
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=work, args=(actor,)) for actor in actors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(type, outcomes), key=str) == [int, str]
    assert ScoreEntry.objects.count() == 1
    assert connection.vendor == "postgresql"
