"""Who may serve on a day, by card, occupation and level."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from assessment_center.accounts.enums import Role
from assessment_center.personnel import services
from assessment_center.personnel.enums import Grade
from assessment_center.personnel.models import Qualification, StaffMember
from assessment_center.personnel.selectors import qualified
from assessment_center.registry import SYSTEM, RefusedError
from assessment_center.rulebooks.rules.loader import load
from tests.factories.foundation import make_member, make_occupation, make_person, make_user

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 23)


def test_cards_hold_for_their_occupation_level_and_term() -> None:
    electrician, welder = make_occupation("电工"), make_occupation("焊工")
    special = make_member(Grade.ASSESSOR, occupations=[electrician], levels=(4, 3))
    general = make_member(Grade.ASSESSOR)
    make_member(Grade.PROCTOR)

    def who(**facts: object) -> set[StaffMember]:
        return set(qualified(grade=Grade.ASSESSOR, **{"on": DAY, **facts}))  # type: ignore[arg-type]

    assert who() == {special, general}
    assert who(occupation=electrician, level=4) == {special, general}
    assert who(occupation=electrician, level=2) == {general}
    assert who(occupation=welder) == {general}
    assert who(on=date(2030, 1, 1)) == set()
    services.save_member(actor=SYSTEM, person=general.person, is_active=False)
    assert who() == {special}
    assert str(special) in str(special.qualifications.get())


def test_taking_on_again_changes_the_member() -> None:
    person = make_person()
    one = services.save_member(actor=SYSTEM, person=person)
    two = services.save_member(actor=SYSTEM, person=person, title="教授")
    assert (one.pk, two.title) == (two.pk, "教授")


def test_an_assessor_has_no_more_occupations_than_the_rulebook_allows() -> None:
    rules = next(
        book
        for book in map(load, ("chongqing", "henan", "shandong", "fujian", "jilin"))
        if book.settings.max_occupations
    )
    assert rules.settings.max_occupations is not None
    limit = rules.settings.max_occupations.value
    named = [make_occupation(f"职业{place}") for place in range(limit + 1)]
    member = make_member()
    facts = {"member": member, "valid_from": DAY, "rules": rules}
    with pytest.raises(RefusedError, match=f"最多考评 {limit} 个职业"):
        services.add_qualification(actor=SYSTEM, grade=Grade.ASSESSOR, occupations=named, **facts)
    services.add_qualification(actor=SYSTEM, grade=Grade.PROCTOR, occupations=named, **facts)


def test_only_those_who_manage_people_and_terms_in_order() -> None:
    member = make_member()
    reviewer = make_user(Role.REVIEWER).as_actor()
    with pytest.raises(RefusedError, match="不能维护考务人员"):
        services.save_member(actor=reviewer, person=member.person)
    with pytest.raises(ValidationError, match="止日不能早于起日"):
        services.add_qualification(
            actor=SYSTEM,
            member=member,
            grade=Grade.PROCTOR,
            valid_from=DAY,
            valid_until=date(2026, 1, 1),
        )
    with pytest.raises(IntegrityError, match="qualification_term"), transaction.atomic():
        Qualification.objects.create(
            member=member, grade=Grade.PROCTOR, valid_from=DAY, valid_until=date(2026, 1, 1)
        )
