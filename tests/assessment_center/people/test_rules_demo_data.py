from assessment_center.people.demo_data import MAX_AGE, MIN_AGE, RARE, REFERENCE, demo_people
from assessment_center.people.rules import id_document, names

PEOPLE = demo_people(2000, 7)


def test_the_same_seed_gives_the_same_people() -> None:
    assert demo_people(50, 7) == PEOPLE[:50]
    assert demo_people(50, 8) != PEOPLE[:50]
    assert demo_people(0, 7) == []


def test_every_number_and_name_passes_the_checks() -> None:
    for person in PEOPLE:
        parsed = id_document.validate(person.id_number, id_document.IdKind.RESIDENT)
        assert (parsed.birth, parsed.sex) == (person.birth, person.sex)
        assert names.validate(person.name) == person.name
        age = (
            REFERENCE.year
            - person.birth.year
            - ((REFERENCE.month, REFERENCE.day) < (person.birth.month, person.birth.day))
        )
        assert MIN_AGE <= age <= MAX_AGE


def test_numbers_and_phones_are_distinct() -> None:
    assert len({p.id_number for p in PEOPLE}) == len({p.phone for p in PEOPLE}) == len(PEOPLE)
    assert {len(p.phone) for p in PEOPLE} == {11}


def test_rare_characters_and_middle_dots_occur_as_they_do_in_colleges() -> None:
    rare = [p for p in PEOPLE if set(p.name) & set(RARE)]
    dotted = [p for p in PEOPLE if "·" in p.name]
    assert 0.02 < len(rare) / len(PEOPLE) < 0.04
    assert 0.005 < len(dotted) / len(PEOPLE) < 0.03
    assert {c for p in rare for c in p.name} >= set(RARE)
