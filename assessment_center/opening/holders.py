"""Whom the rows of an opening sheet name: judged by the same rules as everybody who is entered."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.people import crypto
from assessment_center.people.bulk import NewPerson, enter_people
from assessment_center.people.models import Person
from assessment_center.people.rules import id_document, names
from assessment_center.registry import Actor
from assessment_center.spreadsheets import Row, RowProblem

CHUNK = 1000
Key = tuple[str, str]


def key_of(values: Mapping[str, Any]) -> Key:
    """What tells one person from another in a sheet: kind and normalised number."""
    return values["id_kind"], id_document.normalise(values["id_number"])


def person_problems(rows: Sequence[Row]) -> Iterator[RowProblem]:
    """Impossible names and numbers, and numbers that belong to somebody of another name."""
    known = {key: person.name for key, person in _known(rows).items()}
    today = timezone.localdate()
    for row in rows:
        values = row.values
        try:
            name = names.validate(values["name"])
            id_document.validate(values["id_number"], values["id_kind"], today=today)
        except names.PersonNameError as fault:
            yield RowProblem(row.number, "姓名", fault.message)
            continue
        except id_document.IdDocumentError as fault:
            yield RowProblem(row.number, "证件号码", fault.message)
            continue
        if known.setdefault(key_of(values), name) != name:
            text = _("这个证件号码已用另一个姓名登记，请对照证件核对")
            yield RowProblem(row.number, "姓名", text)


def _known(rows: Sequence[Row]) -> dict[Key, Person]:
    """Those of the rows who are entered already."""
    wanted = {
        (key[0], lookup): key
        for key in {key_of(row.values) for row in rows}
        for lookup in crypto.lookups(key[1])
    }
    lookups = [lookup for _kind, lookup in wanted]
    found: dict[Key, Person] = {}
    for start in range(0, len(lookups), CHUNK):
        people = Person.objects.filter(id_lookup__in=lookups[start : start + CHUNK])
        for person in people:
            key = wanted.get((person.id_kind, bytes(person.id_lookup)))
            if key is not None:
                found[key] = person
    return found


def enter_holders(*, actor: Actor, rows: Sequence[Row]) -> dict[Key, Person]:
    """Everybody of the rows, entered now where not known yet."""
    people = _known(rows)
    fresh: dict[Key, NewPerson] = {}
    for row in rows:
        key = key_of(row.values)
        if key not in people:
            fresh.setdefault(key, NewPerson(row.values["name"], *key))
    made = enter_people(actor=actor, people=list(fresh.values()))
    return people | dict(zip(fresh, made, strict=True))
