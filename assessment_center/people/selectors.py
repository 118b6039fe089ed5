"""Reading people: by their document, by name or pinyin, and who is tied to whom."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from assessment_center.people import crypto, disclosures
from assessment_center.people.enums import StudentStatus
from assessment_center.people.models import (
    Person,
    SchoolClass,
    StudentRecord,
    TeachingAssignment,
    Tie,
)
from assessment_center.people.rules import id_document

FINAL_DAYS = 365


def find_by_id(kind: str, number: str) -> Person | None:
    """The person of this document, found by the keyed hash of its number."""
    keys = crypto.lookups(id_document.normalise(number))
    return Person.objects.filter(id_kind=str(kind), id_lookup__in=keys).first()


def by_full_number(number: str) -> QuerySet[Person]:
    """The people of any document with this number; it arrives by a posted form, never a URL."""
    return Person.objects.filter(id_lookup__in=crypto.lookups(id_document.normalise(number)))


def id_number(person: Person) -> str:
    """The full number for a form that must show it; `disclosures` keeps who saw it."""
    disclosures.note(person)
    return crypto.open_value(person.id_sealed, row_id=person.id)


def search(words: str) -> QuerySet[Person]:
    """People by name, pinyin, initials or masked number: words that may stand in an address."""
    text = words.strip()
    if not text:
        return Person.objects.all()
    found = (
        Q(name__icontains=text)
        | Q(initials__istartswith=text)
        | Q(pinyin__istartswith=text)
        | Q(id_masked=text)
    )
    return Person.objects.filter(found)


def tied_pairs(people: Iterable[UUID]) -> set[frozenset[UUID]]:
    """The pairs among these people that have declared a tie."""
    keys = list(people)
    rows = Tie.objects.filter(first__in=keys, second__in=keys).values_list("first", "second")
    return {frozenset(pair) for pair in rows}


def taught_pairs(teachers: Iterable[UUID], students: Iterable[UUID]) -> set[tuple[UUID, UUID]]:
    """(teacher, student) where the teacher has taught the student's class."""
    pupils: dict[UUID, set[UUID]] = {}
    records = StudentRecord.objects.filter(person__in=list(students))
    for person, school_class in records.values_list("person", "school_class"):
        pupils.setdefault(school_class, set()).add(person)
    rows = TeachingAssignment.objects.filter(teacher__in=list(teachers), school_class__in=pupils)
    return {
        (teacher, pupil)
        for teacher, school_class in rows.values_list("teacher", "school_class")
        for pupil in pupils[school_class]
    }


def status_in(school_class: SchoolClass, on: date) -> StudentStatus:
    """Where a student of this class stands that day: classes graduate on 1 July."""
    left = (date(school_class.graduation_year, 7, 1) - on).days
    if left < 0:
        return StudentStatus.GRADUATED
    return StudentStatus.FINAL_YEAR if left <= FINAL_DAYS else StudentStatus.ENROLLED
