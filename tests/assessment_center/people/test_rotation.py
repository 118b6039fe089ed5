"""Keys are rotated in small steps, broken off and taken up again, and the old ones are gone."""

from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from assessment_center import sealing
from assessment_center.audit.models import AuditEntry
from assessment_center.backup.tables import parameters
from assessment_center.keys import KeyRing
from assessment_center.people import rotation, selectors
from assessment_center.people.models import Person
from assessment_center.registry import RefusedError
from candidates import vault
from candidates.services import accounts
from tests.factories import candidates as c
from tests.factories import foundation as f

pytestmark = pytest.mark.django_db
CENTRE = b"k" * 32


@pytest.fixture
def rings(settings: Any, tmp_path: Path) -> Path:
    """Fresh rings in a folder of their own, and media of their own."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    first = {"data": b"d" * 32, "lookup": b"l" * 32}
    made = {name: KeyRing(tmp_path, name, CENTRE, first=key) for name, key in first.items()}
    settings.PERSONAL_DATA_KEYS = made["data"]
    settings.PERSONAL_LOOKUP_KEYS = made["lookup"]
    return tmp_path / "ring.json"


def rotate(**more: Any) -> list[str]:
    said: list[str] = []
    rotation.rotate(say=said.append, **{"batch": 2, "grace": 0, **more})
    return said


def test_everything_moves_to_the_new_keys(rings: Path, settings: Any) -> None:
    numbers = [f.id_number(n) for n in range(1, 6)]
    people = [c.make_candidate(number=number) for number in numbers]
    token = vault.keep_upload(b"names and numbers")
    before = {p.pk: (bytes(p.id_sealed), bytes(p.id_lookup)) for p in Person.objects.all()}
    said = rotate()
    assert any("证件号码：已换 5 项" in line for line in said)
    assert any("上传的名单：已换 1 项" in line for line in said)
    assert list(settings.PERSONAL_DATA_KEYS) == list(settings.PERSONAL_LOOKUP_KEYS) == [2]
    for person, number in zip(people, numbers, strict=True):
        fresh = Person.objects.get(pk=person.pk)
        assert bytes(fresh.id_sealed) != before[person.pk][0]
        assert bytes(fresh.id_lookup) != before[person.pk][1]
        assert selectors.id_number(fresh) == number
        assert selectors.find_by_id("resident", number) == fresh
        assert accounts.sign_in(id_number=number, password=f.PASSWORD) == fresh.user
    assert vault.read_upload(token) == b"names and numbers"
    with pytest.raises(sealing.SealBrokenError):
        sealing.open_value(before[people[0].pk][0], row_id=people[0].pk)
    assert AuditEntry.objects.get(verb="keys.rotate").payload == {"key": 2}
    rotate()
    assert list(settings.PERSONAL_DATA_KEYS) == [3]


def test_in_the_middle_everybody_is_found_and_nobody_twice(rings: Path, settings: Any) -> None:
    people = [c.make_candidate(number=f.id_number(n)) for n in range(1, 6)]
    settings.PERSONAL_DATA_KEYS.add()
    settings.PERSONAL_LOOKUP_KEYS.add()
    assert rotation.renew_people(2) == 2
    for n, person in enumerate(people, start=1):
        number = f.id_number(n)
        assert selectors.find_by_id("resident", number) == person
        assert f.make_person(person.name, number=number) == person
        assert list(selectors.by_full_number(number)) == [person]
        assert accounts.sign_in(id_number=number, password=f.PASSWORD).person == person
    late = f.make_person(number=f.id_number(77))
    said = rotate()
    assert "继续上次未完成的轮换。" in said
    assert any("已换 3 项" in line for line in said)
    assert selectors.find_by_id("resident", f.id_number(77)) == late
    assert Person.objects.count() == 6


def test_one_broken_off_between_the_two_rings_goes_on(rings: Path, settings: Any) -> None:
    c.make_candidate(number=f.id_number(1))
    settings.PERSONAL_DATA_KEYS.add()
    rotate()
    assert list(settings.PERSONAL_DATA_KEYS) == list(settings.PERSONAL_LOOKUP_KEYS) == [2]


def test_the_ring_opens_nothing_without_the_centres_key(rings: Path, settings: Any) -> None:
    from cryptography.exceptions import InvalidTag

    key_id = settings.PERSONAL_DATA_KEYS.add()
    text = rings.read_text()
    assert settings.PERSONAL_DATA_KEYS[key_id].hex() not in text
    assert rings.stat().st_mode & 0o077 == 0
    with pytest.raises(InvalidTag):
        dict(KeyRing(rings.parent, "data", b"x" * 32, first=b"d" * 32))
    other = KeyRing(rings.parent, "data", CENTRE, first=b"d" * 32)
    assert dict(other) == dict(settings.PERSONAL_DATA_KEYS)
    swapped = text.replace('"data"', '"lookup"')
    rings.write_text(swapped)
    with pytest.raises(InvalidTag):
        dict(KeyRing(rings.parent, "lookup", CENTRE, first=b"l" * 32))


def test_a_ring_never_retires_its_present_key(rings: Path, settings: Any) -> None:
    with pytest.raises(ValueError, match="cannot be retired"):
        settings.PERSONAL_DATA_KEYS.retire(1)


def test_other_processes_see_the_new_key_at_once(rings: Path, settings: Any) -> None:
    other = KeyRing(rings.parent, "data", CENTRE, first=b"d" * 32)
    assert max(other) == 1
    assert max(settings.PERSONAL_DATA_KEYS) == 1
    settings.PERSONAL_DATA_KEYS.add()
    assert max(other) == 2


def test_sealed_reports_are_renewed_in_place(rings: Path, settings: Any) -> None:
    from uuid import uuid4

    key = uuid4()
    default_storage.save("reports/x.sealed", ContentFile(vault.seal_bytes(b"roll", row_id=key)))
    settings.PERSONAL_DATA_KEYS.add()
    assert vault._renew("reports/x.sealed", key)
    assert not vault._renew("reports/x.sealed", key)
    with default_storage.open("reports/x.sealed") as kept:
        assert vault.open_bytes(kept.read(), row_id=key) == b"roll"
    assert not vault._renew("reports/none.sealed", key)


@pytest.mark.django_db(transaction=True)
def test_two_rotations_at_once_are_one(rings: Path) -> None:
    with psycopg.connect(**parameters()) as other:
        other.execute("SELECT pg_advisory_lock(%s)", (rotation.LOCK,))
        with pytest.raises(RefusedError, match="另一个密钥轮换"):
            rotate()


@pytest.mark.django_db(transaction=True)
def test_a_transaction_of_before_is_waited_for(
    rings: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own writes may still be under the old key, so that key is not retired."""
    monkeypatch.setattr(rotation, "PATIENCE", 0.3)
    with psycopg.connect(**parameters()) as other:
        other.execute("SELECT 1")
        with pytest.raises(RefusedError, match="有事务长时间未结束"):
            rotate()
    assert sorted(settings.PERSONAL_DATA_KEYS) == [1, 2]
    assert "继续上次未完成的轮换。" in rotate()
    assert list(settings.PERSONAL_DATA_KEYS) == [2]


@pytest.mark.django_db(transaction=True)
def test_another_database_of_the_server_is_none_of_its_business(
    rings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "PATIENCE", 0.3)
    with psycopg.connect(**parameters("postgres")) as other:
        other.execute("SELECT pg_current_xact_id()")
        rotate()
