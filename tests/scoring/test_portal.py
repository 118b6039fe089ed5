"""The candidate's score page and the public list."""

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client

from scoring import archive_sources
from scoring.models import ScoreReview
from scoring.portal_part import actions, entries
from tests.factories import foundation as f
from tests.factories import scoring as s

pytestmark = pytest.mark.django_db


def _signed_in(person) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def test_the_public_list_stands_open_only_in_its_time(clock) -> None:
    batch = s.examined(2)
    page = f"/portal/scoring/publicity/{batch.code}/"
    assert Client().get(page).status_code == 404
    s.published(batch)
    for day, status in (
        (f.at(2026, 5, 31, 23), 404), (f.at(2026, 6, 1, 0), 200),
        (f.at(2026, 6, 8, 23), 200), (f.at(2026, 6, 9, 0), 404),
    ):  # fmt: skip
        clock.move_to(day)
        assert Client().get(page).status_code == status
    clock.move_to(f.at(2026, 6, 2))
    shown = Client().get(page).text
    row = s.people_of(batch)[0]
    assert row.ticket.number in shown
    assert row.person.name in shown
    from assessment_center.people.selectors import id_number

    assert id_number(row.person) not in shown
    assert row.person.phone not in shown
    assert Client().get("/portal/scoring/publicity/NONE/").status_code == 404


def test_the_candidate_sees_the_own_score_only_and_asks_for_a_recount(clock) -> None:
    batch = s.examined(2)
    one, two = s.people_of(batch)
    page = f"/portal/scoring/{one.pk}/"
    client = _signed_in(one.person)
    s.compiled(batch)
    assert client.get(page).status_code == 404
    assert [each.title for each in entries(one)] == ["成绩公布"]
    assert actions(one) == ()
    from assessment_center.registry import SYSTEM
    from scoring import services

    services.report_results(actor=SYSTEM, batch=batch, at=s.REPORTED)
    services.publish(
        actor=SYSTEM, batch=batch, starts_on=dt.date(2026, 6, 1), ends_on=dt.date(2026, 6, 8),
        place="网站", at=s.REPORTED,
    )  # fmt: skip
    clock.move_to(f.at(2026, 5, 30))
    assert client.get(page).status_code == 404
    clock.move_to(f.at(2026, 6, 2))
    assert Client().get(page).status_code == 302
    assert _signed_in(two.person).get(page).status_code == 404
    staff = Client()
    staff.force_login(s.clerk())
    assert staff.get(page).status_code == 403
    shown = client.get(page).text
    assert "80.00" in shown
    assert "2026-06-08" in shown
    assert [each.label for each in actions(one)] == ["查看成绩", "申请复核"]
    ask = f"{page}review/theory/"
    assert client.get(ask).status_code == 200
    assert client.get(f"{page}review/language/").status_code == 404
    assert client.post(ask, {"reason": ""}).status_code == 422
    assert client.post(ask, {"reason": "怀疑合分有误"}).status_code == 303
    assert ScoreReview.objects.get().reason == "怀疑合分有误"
    again = client.post(ask, {"reason": "再来"})
    assert "每科只受理一次" in again.text
    assert [each.title for each in entries(one)][1] == "成绩复核（理论知识考试）：待复核"
    clock.move_to(f.at(2026, 6, 9))
    assert "已于 2026-06-08 截止" in client.get(f"{page}review/practical/").text
    assert [each.label for each in actions(one)] == ["查看成绩"]
    titles = [
        (kind, name)
        for source in (archive_sources.registers, archive_sources.publicity,
                       archive_sources.reviews, archive_sources.reports)
        for kind, _title, name, data, _ref in source(batch)
        if data
    ]  # fmt: skip
    assert [kind for kind, _name in titles] == [
        "score_register", "score_register", "score_register", "score_notice", "score_notice",
        "score_review", "score_report",
    ]  # fmt: skip


def test_who_failed_is_told_what_still_counts_and_what_comes_next(clock) -> None:
    batch = s.examined(2)
    one, two = s.people_of(batch)
    s.final(batch, practical={one.pk: Decimal(30), two.pk: s.PASS})
    clock.move_to(f.at(2026, 6, 20))
    told = {each.title: each for each in entries(one)}
    assert told["成绩：不合格"].state == "bad"
    assert "理论知识考试合格成绩保留到" in told["可以补考"].detail
    assert "只考没有合格的科目" in told["可以补考"].detail
    assert not {"可以补考", "可以重新申报"} & {each.title for each in entries(two)}
