"""Nobody passes many before the sample was looked at, and a fault in it stops the rest."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from assessment_center.accounts.enums import Role
from assessment_center.audit.models import AuditEntry
from assessment_center.registry import RefusedError
from candidates import review_statistics, samples
from candidates.enums import ApplicationStatus as S
from candidates.enums import Finding, Stage
from candidates.models import Application, ReviewStep, SampleDraw
from candidates.rules.sampling import drawn
from candidates.services import registration, review, sampling
from tests.factories import candidates as c
from tests.factories import foundation as f

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def crowd(n: int = 4) -> tuple[Application, ...]:
    offering = c.make_open_offering()
    return tuple(c.make_submitted(offering) for _ in range(n))


def look(draw: SampleDraw, actor: object) -> None:
    for row in samples.looked(draw).waiting:
        review.first_review(actor=actor, application=row)  # type: ignore[arg-type]


def test_the_rest_passes_after_the_sample_and_the_draw_can_be_repeated() -> None:
    rows, actor = crowd(), c.department_user().as_actor()
    Application.objects.filter(pk=rows[3].pk).update(finding=Finding.UNPROVEN)
    batch = rows[0].batch
    draw = sampling.draw_sample(actor=actor, batch=batch, stage=Stage.FIRST, percent=10)
    numbers = {row.number: row.pk for row in rows[:3]}
    assert [numbers[n] for n in drawn(numbers, percent=10, seed=draw.seed)] == draw.sampled
    assert set(draw.population) == set(numbers.values())
    kept = AuditEntry.objects.get(verb="sample.draw").payload
    assert (kept["seed"], kept["of"], kept["percent"]) == (draw.seed, 3, 10)
    with pytest.raises(RefusedError, match="还有 1 份抽中的申报没有逐份审核"):
        sampling.pass_rest(actor=actor, draw=draw)
    look(draw, actor)
    assert sampling.pass_rest(actor=actor, draw=draw) == (2, [])
    together = ReviewStep.objects.filter(draw=draw)
    assert {step.application_id for step in together} == set(draw.population) - set(draw.sampled)
    assert Application.objects.get(status=S.SUBMITTED).pk == rows[3].pk


def test_a_fault_in_the_sample_doubles_the_next_one() -> None:
    rows, actor = crowd(), c.department_user().as_actor()
    batch = rows[0].batch
    draw = sampling.draw_sample(actor=actor, batch=batch, stage=Stage.FIRST, percent=20)
    bad = samples.looked(draw).waiting[0]
    review.return_application(actor=actor, application=bad, reason="照片不清")
    with pytest.raises(RefusedError, match="重新抽查"):
        sampling.pass_rest(actor=actor, draw=draw)
    with pytest.raises(RefusedError, match="应在 40% 至 100%"):
        sampling.draw_sample(actor=actor, batch=batch, stage=Stage.FIRST, percent=39)
    again = sampling.draw_sample(actor=actor, batch=batch, stage=Stage.FIRST, percent=40)
    assert len(again.sampled) == 2
    assert bad.pk not in again.population


def test_nobody_draws_again_until_he_likes_the_lot(client: Client) -> None:
    rows, clerk, other = crowd(6), c.department_user(), c.department_user()
    actor, batch = clerk.as_actor(), rows[0].batch
    ask = {"batch": batch, "stage": Stage.FIRST, "percent": 34}
    draw = sampling.draw_sample(actor=actor, **ask)
    assert len(draw.sampled) == 3
    for who in (clerk, other):
        with pytest.raises(RefusedError, match="抽中的还有 3 份没有逐份审核，不能重新抽取"):
            sampling.draw_sample(actor=who.as_actor(), **ask)
    client.force_login(other)
    shown = client.get(reverse("candidates_office:bulk", args=[batch.code])).content.decode()
    assert "不能重新抽取" in shown
    assert 'name="percent"' not in shown
    first, *others = samples.looked(draw).waiting
    review.return_application(actor=actor, application=first, reason="照片不清")
    with pytest.raises(RefusedError, match="不能重新抽取"):
        sampling.draw_sample(actor=actor, **(ask | {"percent": 100}))
    client.force_login(clerk)
    page = client.get(reverse("candidates_office:bulk", args=[batch.code])).content.decode()
    assert "请先看完抽中的其余申报，再按加倍的比例重新抽查。" in page
    assert "重新抽取</button>" not in page
    for row in others:
        review.first_review(actor=actor, application=row)
    for who in (clerk, other):  # the fault follows the crowd, not the reviewer
        assert samples.least_percent(batch, Stage.FIRST, who.as_actor()) == 68
    with pytest.raises(RefusedError, match="应在 68% 至 100%"):
        sampling.draw_sample(actor=other.as_actor(), **ask)
    assert sampling.draw_sample(actor=other.as_actor(), **(ask | {"percent": 68}))


def test_every_draw_stands_in_the_statistics(client: Client) -> None:
    rows, clerk = crowd(4), c.department_user()
    actor, batch = clerk.as_actor(), rows[0].batch
    ask = {"batch": batch, "stage": Stage.FIRST}
    first = sampling.draw_sample(actor=actor, percent=25, **ask)
    review.return_application(
        actor=actor, application=samples.looked(first).waiting[0], reason="照片不清"
    )
    again = sampling.draw_sample(actor=actor, percent=50, **ask)
    look(again, actor)
    sampling.pass_rest(actor=actor, draw=again)
    told = [
        (each.draw, each.sampled, each.of, each.faults, each.together)
        for each in review_statistics.draws(batch, actor)
    ]
    assert sorted(told, key=lambda each: each[1]) == [(first, 1, 4, 1, 0), (again, 2, 3, 0, 1)]
    assert len(review_statistics.draws(batch, f.make_user(Role.HEAD).as_actor())) == 2
    other = f.make_user(Role.DEPARTMENT, departments=[f.make_department()])
    assert review_statistics.draws(batch, other.as_actor()) == []
    client.force_login(clerk)
    page = client.get(reverse("candidates_office:statistics", args=[batch.code])).content.decode()
    assert "其余批量通过" in page
    assert "25%" in page


def test_a_draw_over_others_binds_nobody() -> None:
    rows, actor = crowd(2), c.department_user().as_actor()
    batch = rows[0].batch
    draw = sampling.draw_sample(actor=actor, batch=batch, stage=Stage.FIRST, percent=100)
    for row in rows:
        review.return_application(actor=actor, application=row, reason="照片不清")
    assert samples.looked(draw).faults
    c.make_submitted(rows[0].offering)
    assert sampling.draw_sample(actor=actor, batch=batch, stage=Stage.FIRST, percent=1)


def test_what_came_back_since_the_draw_is_not_passed_with_the_rest() -> None:
    rows, actor = crowd(), c.department_user().as_actor()
    draw = sampling.draw_sample(actor=actor, batch=rows[0].batch, stage=Stage.FIRST, percent=1)
    other = next(row for row in rows if row.pk not in draw.sampled)
    other_clerk = c.department_user().as_actor()
    review.return_application(actor=other_clerk, application=other, reason="x")
    registration.submit_application(actor=other.person.user.as_actor(), application=other)
    look(draw, actor)
    assert sampling.pass_rest(actor=actor, draw=draw) == (2, [])
    other.refresh_from_db()
    assert other.status == S.SUBMITTED


def test_who_passed_first_does_not_confirm_with_the_crowd() -> None:
    rows = crowd(3)
    both = f.make_user(Role.DEPARTMENT, Role.REVIEWER).as_actor()
    for row in rows[:2]:
        review.first_review(actor=both, application=row)
    review.first_review(actor=c.department_user().as_actor(), application=rows[2])
    batch = rows[0].batch
    draw = sampling.draw_sample(actor=both, batch=batch, stage=Stage.SECOND, percent=1)
    reviewer = f.make_user(Role.REVIEWER).as_actor()
    for row in samples.looked(draw).waiting:
        review.confirm(actor=reviewer, application=row)
    done, left = sampling.pass_rest(actor=both, draw=draw)
    mine = sum(row.pk not in draw.sampled for row in rows[:2])
    assert (done, len(left)) == (2 - mine, mine)
    assert all("初审和复核不能是同一人" in line for line in left)


def test_only_who_drew_passes_and_only_at_his_stage() -> None:
    rows, actor = crowd(2), c.department_user().as_actor()
    batch = rows[0].batch
    draw = sampling.draw_sample(actor=actor, batch=batch, stage=Stage.FIRST, percent=10)
    look(draw, actor)
    with pytest.raises(RefusedError, match="由谁抽取"):
        sampling.pass_rest(actor=c.department_user().as_actor(), draw=draw)
    for role in (Role.REVIEWER, Role.CLERK):
        with pytest.raises(RefusedError, match="不能批量通过"):
            sampling.draw_sample(
                actor=f.make_user(role).as_actor(), batch=batch, stage=Stage.FIRST, percent=10
            )


@pytest.mark.parametrize("percent", [0, 101, -5])
def test_impossible_shares_are_refused(percent: int) -> None:
    row = crowd(1)[0]
    with pytest.raises(RefusedError, match="1% 至 100%"):
        sampling.draw_sample(
            actor=c.department_user().as_actor(),
            batch=row.batch,
            stage=Stage.FIRST,
            percent=percent,
        )


def test_of_nobody_nobody_is_drawn() -> None:
    batch = c.make_open_offering().batch
    with pytest.raises(RefusedError, match="没有可以批量通过"):
        sampling.draw_sample(
            actor=c.department_user().as_actor(), batch=batch, stage=Stage.FIRST, percent=10
        )


def test_the_database_keeps_the_draw_as_it_was() -> None:
    rows, actor = crowd(2), c.department_user().as_actor()
    draw = sampling.draw_sample(actor=actor, batch=rows[0].batch, stage=Stage.FIRST, percent=10)
    with pytest.raises(IntegrityError, match="抽查结果不能改动"), transaction.atomic():
        SampleDraw.objects.filter(pk=draw.pk).update(seed="x")
    with pytest.raises(IntegrityError, match="抽查结果不能改动"), transaction.atomic():
        draw.delete()
    facts = {"batch": draw.batch, "stage": "first", "seed": "x", "percent": 10}
    for wrong in (
        {"population": draw.population, "sampled": []},
        {"population": draw.population[:1], "sampled": draw.population[1:]},
        {"population": draw.population, "sampled": draw.sampled, "percent": 0},
    ):
        with pytest.raises(IntegrityError, match="sample_"), transaction.atomic():
            SampleDraw.objects.create(**(facts | wrong))


def test_where_the_centre_looks_at_each_nothing_is_confirmed_in_bulk(client: Client) -> None:
    batch, reviewer = f.make_batch(rulebook="henan"), f.make_user(Role.REVIEWER)
    actor = reviewer.as_actor()
    with pytest.raises(RefusedError, match="逐份审核，不能批量复核通过") as refused:
        sampling.draw_sample(actor=actor, batch=batch, stage=Stage.SECOND, percent=10)
    (cited,) = refused.value.refusal.citations
    assert cited.text.endswith("工作方案（样例）》四(三)")
    first = c.department_user().as_actor()
    assert samples.may_pass_many(batch, Stage.FIRST, first)
    assert samples.may_pass_many(f.make_batch(), Stage.SECOND, actor)
    client.force_login(reviewer)
    url = reverse("candidates_office:bulk", args=[batch.code])
    page = client.get(url, {"stage": "second"}).content.decode()
    assert "不能批量复核通过" in page
    assert "<form" not in page.split("逐份打开")[0].split("</h1>")[-1]
