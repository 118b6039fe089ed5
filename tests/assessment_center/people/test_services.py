"""People are entered once, their numbers sealed, and every look recorded."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from assessment_center.accounts.enums import Role
from assessment_center.audit.models import AuditEntry
from assessment_center.people import selectors, services
from assessment_center.people.enums import StudentStatus, TieKind
from assessment_center.people.models import Person, StudentRecord, Tie
from assessment_center.registry import SYSTEM, RefusedError
from tests.factories.foundation import (
    PASSWORD,
    id_number,
    make_class,
    make_department,
    make_person,
    make_student,
    make_user,
)

pytestmark = pytest.mark.django_db
NUMBER = id_number(1)


def test_the_same_document_is_the_same_person() -> None:
    one = make_person("单雄信", number=NUMBER)
    two = make_person("单 雄信", number=NUMBER.lower(), phone="13800000000")
    assert one == two
    two.refresh_from_db()
    assert (two.phone, two.pinyin, two.initials) == ("13800000000", "shan xiong xin", "sxx")
    assert (two.birth, two.sex) == (date(2005, 10, 16), "male")
    again = make_person("单雄信", number=NUMBER, phone="13900000000")
    assert again.phone == "13800000000"


def test_the_number_is_nowhere_in_the_clear() -> None:
    person = make_person(number=NUMBER)
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_person::text FROM people_person")
        row = cursor.fetchone()[0]
        cursor.execute("SELECT string_agg(payload::text, ' ') FROM audit_auditentry")
        trail = cursor.fetchone()[0]
    assert NUMBER not in row + trail
    assert NUMBER.encode().hex() not in row
    assert selectors.id_number(person) == NUMBER
    assert selectors.find_by_id("resident", f" {NUMBER.lower()} ") == person
    assert selectors.find_by_id("passport", NUMBER) is None


def test_another_name_for_the_number_is_refused_without_telling_the_first() -> None:
    make_person("单雄信", number=NUMBER)
    with pytest.raises(RefusedError) as caught:
        make_person("秦叔宝", number=NUMBER)
    assert "单雄信" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "kind", "number", "words"),
    [
        ("", "resident", NUMBER, "请填写姓名"),
        ("王2", "resident", NUMBER, "数字"),
        ("王明", "resident", NUMBER[:-1] + ("1" if NUMBER[-1] != "1" else "2"), "校验"),
        ("王明", "resident", "", "请填写证件号码"),
        ("王明", "library", NUMBER, "证件类型"),
    ],
)
def test_what_cannot_be_a_person_is_refused(name: str, kind: str, number: str, words: str) -> None:
    with pytest.raises(RefusedError, match=words):
        services.ensure_person(actor=SYSTEM, name=name, id_kind=kind, id_number=number)
    assert not Person.objects.exists()


def test_who_may_not_enter_people_is_refused() -> None:
    archivist = make_user(Role.ARCHIVIST).as_actor()
    with pytest.raises(RefusedError, match="不能办理人员登记"):
        services.ensure_person(actor=archivist, name="王明", id_kind="resident", id_number=NUMBER)
    person = make_person()
    with pytest.raises(RefusedError):
        services.reveal_id(actor=archivist, person=person, reason="x")


def test_every_look_at_a_number_is_recorded() -> None:
    person = make_person(number=NUMBER)
    reviewer = make_user(Role.REVIEWER).as_actor()
    assert services.reveal_id(actor=reviewer, person=person, reason="核对") == NUMBER
    entry = AuditEntry.objects.get(verb="person.reveal_id")
    assert (entry.actor_id, entry.subject_id) == (reviewer.user_id, person.pk)


def test_a_race_for_one_number_ends_in_one_person(monkeypatch: pytest.MonkeyPatch) -> None:
    first = make_person("王明", number=NUMBER)
    answers = iter([None, first])
    monkeypatch.setattr(selectors, "find_by_id", lambda _kind, _number: next(answers))
    assert make_person("王明", number=NUMBER) == first
    lost = iter([None, None])
    monkeypatch.setattr(selectors, "find_by_id", lambda _kind, _number: next(lost))
    with pytest.raises(IntegrityError):
        make_person("王明", number=NUMBER)


def test_particulars_are_entered_where_the_number_is_silent() -> None:
    guest = services.ensure_person(
        actor=SYSTEM, name="John Smith", id_kind="passport", id_number="E12345678"
    )
    changed = services.set_particulars(
        actor=SYSTEM, person=guest, birth=date(1990, 1, 2), sex="male", email="j@example.org"
    )
    assert (changed.birth, changed.sex, changed.email) == (
        date(1990, 1, 2),
        "male",
        "j@example.org",
    )
    resident = make_person(number=NUMBER)
    with pytest.raises(RefusedError, match="以证件号码为准"):
        services.set_particulars(actor=SYSTEM, person=resident, birth=date(1990, 1, 2))
    services.set_particulars(actor=SYSTEM, person=resident, phone="13700000000")


def test_a_candidate_signs_in_by_a_hash_of_the_number() -> None:
    person = make_person(number=NUMBER)
    user = services.open_candidate_account(actor=SYSTEM, person=person, password=PASSWORD)
    assert (len(user.username), NUMBER in user.username) == (64, False)
    assert person.user == user
    with pytest.raises(RefusedError, match="已注册过"):
        services.open_candidate_account(actor=SYSTEM, person=person, password=PASSWORD)


def test_students_classes_and_departments() -> None:
    department = make_department("机电系")
    school_class = make_class(department, "机电1班")
    student = make_student(school_class)
    services.enrol(
        actor=SYSTEM,
        person=student,
        school_class=school_class,
        student_number="20230001",
        status=StudentStatus.FINAL_YEAR,
    )
    record = StudentRecord.objects.get()
    assert (record.student_number, record.status) == ("20230001", StudentStatus.FINAL_YEAR)
    with pytest.raises(RefusedError, match="已属于另一名学生"):
        services.enrol(
            actor=SYSTEM, person=make_person(), school_class=school_class, student_number="20230001"
        )
    with pytest.raises(RefusedError, match="晚于入学年份"):
        make_class(department, graduation_year=2020)
    assert [str(row) for row in (department, school_class, record, student)] == [
        "机电系",
        "机电1班",
        "20230001",
        student.name,
    ]


def test_ties_and_teaching_are_known_in_pairs() -> None:
    teacher, other = make_person(), make_person()
    school_class = make_class()
    pupil = make_student(school_class)
    for _time in range(2):
        services.assign_teaching(
            actor=SYSTEM, teacher=teacher, school_class=school_class, term="2025-2026-2"
        )
        services.declare_tie(actor=SYSTEM, one=other, other=teacher, kind=TieKind.KIN)
        services.declare_tie(actor=SYSTEM, one=teacher, other=other, kind=TieKind.KIN)
    assert Tie.objects.count() == 1
    keys = [teacher.pk, other.pk, pupil.pk]
    assert selectors.tied_pairs(keys) == {frozenset({teacher.pk, other.pk})}
    assert selectors.taught_pairs([teacher.pk], [pupil.pk]) == {(teacher.pk, pupil.pk)}
    with pytest.raises(RefusedError, match="两个人之间"):
        services.declare_tie(actor=SYSTEM, one=other, other=other, kind=TieKind.KIN)


def test_the_database_keeps_ties_in_order_and_people_apart() -> None:
    one, two = sorted((make_person(), make_person()), key=lambda person: person.pk)
    with pytest.raises(IntegrityError, match="tie_ordered"), transaction.atomic():
        Tie.objects.create(first=two, second=one, kind=TieKind.FRIEND)
    with pytest.raises(IntegrityError, match="person_once"), transaction.atomic():
        Person.objects.filter(pk=two.pk).update(id_lookup=one.id_lookup)


def test_search_without_words_shows_everybody() -> None:
    make_person()
    assert selectors.search("  ").count() == 1
