"""The verdict as it is shown, and a whole batch judged at once."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessment_center.accounts.enums import Role
from assessment_center.people.enums import StudentStatus
from assessment_center.registry import SYSTEM, Citation, RefusedError
from candidates import selectors
from candidates.bench import Bench
from candidates.enums import EvidenceKind, Finding
from candidates.facts_form import FactsForm
from candidates.models import Application
from candidates.rules.declaration import Declaration
from candidates.rules.facts import WorkSpell
from candidates.services import registration, standing
from candidates.verdicts import judged, preview
from tests.factories import candidates as c
from tests.factories import foundation as f

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
OWN = [
    {
        "id": "STD-4",
        "label": "从事本职业满 1 年",
        "level": 4,
        "all": [{"predicate": "work_years", "years": 1}],
        "cite": ["1.5 申报条件"],
    }
]


def worker(draft: Application, years: int) -> Application:
    """The candidate says how long he has worked, and no more."""
    spell = WorkSpell(date(2026 - years, 1, 1), None, "江州机械厂")
    return registration.save_facts(
        actor=draft.person.user.as_actor(),
        application=draft,
        declaration=Declaration(intends_to_work=True, work=(spell,)),
    )


def test_what_cannot_be_is_not_kept() -> None:
    draft = c.make_draft()
    with pytest.raises(RefusedError, match="晚于今天"):
        registration.save_facts(
            actor=draft.person.user.as_actor(),
            application=draft,
            declaration=Declaration(work=(WorkSpell(date(2027, 1, 1), None, "江州机械厂"),)),
        )


def outsider() -> Any:
    person = f.make_person(phone="13800000000")
    from assessment_center.people import services as people

    people.open_candidate_account(actor=SYSTEM, person=person, password=f.PASSWORD)
    return person


def test_the_register_proves_what_it_knows() -> None:
    shown = judged(c.make_draft())
    assert shown.here.state == "done"
    deciding = next(way for way in shown.ways if way.decides)
    assert deciding.citations
    assert [line.proof for line in deciding.lines] == ["本校学籍"]


def test_at_this_level_evidence_is_missing_and_at_the_others_facts() -> None:
    """“You qualify for level 4 with a paper, for level 3 you lack years.”"""
    draft = c.make_draft(person=outsider())
    shown = judged(worker(draft, 6))
    assert (shown.here.level, shown.here.state) == (4, "due")
    assert [str(word) for word in shown.here.evidence] == ["工作年限证明"]
    by_level = {one.level: one for one in shown.others}
    assert set(by_level) == {5, 3, 2, 1}
    assert by_level[5].state == "done"
    assert by_level[3].state == "idle"
    assert "满 10 年" in by_level[3].unmet[0].requirement
    assert "6." in by_level[3].unmet[0].fact


def test_the_page_shows_the_piece_that_proves(client: Client) -> None:
    draft = worker(c.make_draft(person=outsider()), 6)
    registration.add_evidence(
        actor=draft.person.user.as_actor(),
        application=draft,
        kind=EvidenceKind.WORK,
        content=c.picture(),
    )
    shown = judged(draft)
    assert shown.here.state == "done"
    client.force_login(draft.person.user)
    page = client.get(reverse("portal:application", args=[draft.pk])).content.decode()
    piece = draft.evidence.get()
    assert reverse("portal:evidence_file", args=[draft.pk, piece.pk]) in page
    assert "其他等级" in page


def test_the_reviewer_sees_the_same_with_his_own_links(client: Client) -> None:
    draft = worker(c.make_draft(person=outsider()), 6)
    actor = draft.person.user.as_actor()
    registration.add_evidence(
        actor=actor, application=draft, kind=EvidenceKind.WORK, content=c.picture()
    )
    registration.sign_commitment(
        actor=actor, application=draft, typed_name=draft.person.name, address=None
    )
    row = registration.submit_application(actor=actor, application=draft)
    client.force_login(f.make_user(Role.REVIEWER))
    page = client.get(reverse("candidates_office:application", args=[row.pk])).content.decode()
    assert reverse("candidates_office:evidence", args=[row.evidence.get().pk]) in page
    assert "累计从事本职业或相关职业满 5 年" in page
    assert "其他等级" in page


def test_before_there_is_an_application_the_choice_shows_where_one_stands(client: Client) -> None:
    offering = c.make_open_offering()
    person = c.make_candidate()
    assert preview(person, offering, offering.batch).here.state == "done"
    standing.impose_ban(
        actor=SYSTEM,
        person=person,
        starts=date(2026, 1, 1),
        until=date(2028, 12, 31),
        reason="理论考试作弊",
        citations=[Citation("CQ", "违纪办法 七")],
        source=person.subject,
    )
    shown = preview(person, offering, offering.batch)
    assert "2028-12-31" in shown.barred[0].reason
    client.force_login(person.user)
    page = client.get(reverse("portal:choose", args=[offering.batch_id])).content.decode()
    assert "理论考试作弊" in page


def test_a_standards_own_conditions_come_before_the_general_ones() -> None:
    offering = c.make_open_offering()
    offering.standard.condition_set = OWN
    offering.standard.save()
    found = selectors.conditions_for(offering, offering.batch)
    assert found[0].id == "STD-4"
    assert [each.id for each in found if each.level == 4] == ["STD-4"]
    assert any(each.level == 3 for each in found)
    draft = worker(c.make_draft(offering, outsider()), 2)
    shown = judged(draft)
    assert (shown.here.label, shown.here.state) == ("从事本职业满 1 年", "due")


def test_what_a_province_adds_goes_on_beside_a_standards_own() -> None:
    batch = f.make_batch(rulebook="henan")
    offering = f.make_offering(batch)
    offering.standard.condition_set = OWN
    found = selectors.conditions_for(offering, batch)
    ids = {each.id for each in found if each.level == 4}
    assert "STD-4" in ids
    assert {"ELIG-HN-4-4", "ELIG-HN-5-2"} <= ids
    assert not any(each.startswith("ELIG-L4") for each in ids)


def test_who_left_is_no_student_here() -> None:
    draft = c.make_draft()
    student = draft.person.student
    student.status = StudentStatus.LEFT
    student.save()
    fresh = selectors.applications().get(pk=draft.pk)
    assert selectors.verdict_of(fresh).finding == Finding.INELIGIBLE


def test_who_is_excellent_is_asked_only_where_a_condition_asks_it() -> None:
    person = c.make_candidate()

    def form(rulebook: str, level: int) -> FactsForm:
        batch = f.make_batch(rulebook=rulebook)
        offering = f.make_offering(batch, level=level)
        told = {"ethnicity": "汉族", "education": "college", "source": "school", "address": "江州"}
        row = Application(batch=batch, offering=offering, person=person, level=level, route="exam")
        chosen = {"condition_id": "ELIG-HN-2", "excellent": "on"}
        return FactsForm({**told, **chosen}, application=row)

    asked = form("henan", 3)
    assert asked.is_valid(), asked.errors
    assert asked.declaration().excellent is True
    assert "excellent" not in form("henan", 4).fields
    assert "excellent" not in form("chongqing", 3).fields


def make_several(n: int) -> Application:
    offering = c.make_open_offering()
    row = None
    for years in range(n):
        person = outsider() if years % 2 else c.make_candidate()
        row = worker(c.make_draft(offering, person), years + 4)
        if years % 3 == 0:
            registration.add_evidence(
                actor=row.person.user.as_actor(),
                application=row,
                kind=EvidenceKind.WORK,
                content=c.picture(),
            )
    assert row is not None
    return row


def test_a_batch_is_judged_as_each_alone_is() -> None:
    batch = make_several(5).batch
    bench = Bench(batch)
    found = dict(bench.verdicts(bench.rows()))
    alone = {row: selectors.verdict_of(row) for row in selectors.applications()}
    assert found == alone
    assert {each.finding for each in found.values()} >= {Finding.ELIGIBLE, Finding.UNPROVEN}


def test_a_batch_is_judged_with_the_same_number_of_queries_however_many() -> None:
    def queries() -> int:
        from assessment_center.batches.models import AssessmentBatch

        batch = AssessmentBatch.objects.get()
        with CaptureQueriesContext(connection) as seen:
            bench = Bench(batch)
            list(bench.verdicts(bench.rows()))
        return len(seen)

    row = c.make_draft()
    few = queries()
    for _ in range(3):
        c.make_draft(row.offering, c.make_candidate())
    assert queries() == few


@pytest.mark.parametrize(
    ("status", "received", "day"),
    [
        ("draft", None, date(2026, 6, 1)),
        ("returned", None, date(2026, 6, 1)),
        ("submitted", None, date(2026, 4, 20)),
        ("first_reviewed", None, date(2026, 4, 20)),
        ("confirmed", None, date(2026, 4, 20)),
        ("returned", datetime(2026, 4, 10, 9, tzinfo=UTC), date(2026, 4, 10)),
        ("submitted", datetime(2026, 4, 10, 9, tzinfo=UTC), date(2026, 4, 10)),
    ],
)
def test_facts_are_counted_to_the_day_it_came_in(
    status: str, received: datetime | None, day: date
) -> None:
    """A review weeks later finds the years the candidate had, not those he has by then."""
    draft = worker(c.make_draft(person=outsider()), 6)
    draft.status, draft.received_at = status, received
    draft.submitted_at = datetime(2026, 4, 20, 9, tzinfo=UTC)
    with time_machine.travel(datetime(2026, 6, 1, 9, tzinfo=UTC), tick=False):
        assert selectors.facts_of(draft).on == day
