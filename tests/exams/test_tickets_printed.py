"""The admission ticket on paper: everything the rulebooks list, whoever the candidate is."""

import pytest

from assessment_center.people.selectors import id_number
from assessment_center.registry import SYSTEM
from assessment_center.registry.entries import documents
from exams.selectors import tickets_of
from tests.assessment_center.pdf import reading
from tests.exams import build

pytestmark = pytest.mark.django_db


def test_the_ticket_names_everything_the_rulebooks_list():
    """CQ 考务办法 第十一条, JL 附件3 第八条, SD 规程 五1: the union of their fields."""
    batch = build.ticketed(build.batch_with((("电工", 1),), rulebook="jilin"))
    row = batch.applications.get()
    type(row).objects.filter(pk=row.pk).update(employer="江州机床厂")
    ticket = tickets_of(batch).get()
    ((_stem, data),) = documents["admission-tickets"].render(batch, SYSTEM)
    printed = reading.text(data).replace("\n", "")
    person, seat = row.person, row.seats.first()
    for told in (
        person.name, id_number(person), "江州机床厂", ticket.number, "电工", "四级/中级工",
        f"{seat.sitting.starts_at:%Y-%m}", seat.sitting_room.room.name, "考生须知",
    ):  # fmt: skip
        assert told in printed, told
