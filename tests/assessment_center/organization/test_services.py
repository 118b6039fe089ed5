"""The centre, its filings and their scope."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from assessment_center.accounts.enums import Role
from assessment_center.batches.selectors import current_filing
from assessment_center.organization import services
from assessment_center.organization.models import AssessmentCentre, FiledScope, Filing
from assessment_center.organization.selectors import active_centre, scope_lines
from assessment_center.registry import SYSTEM, RefusedError
from tests.factories.foundation import (
    make_centre,
    make_filing,
    make_job,
    make_occupation,
    make_rulebook,
    make_scope,
    make_standard,
    make_user,
)

pytestmark = pytest.mark.django_db


def test_one_centre_is_active_and_its_facts_are_known_ones() -> None:
    centre = make_centre()
    assert active_centre() == centre
    assert str(centre) == "试验职业学院"
    with pytest.raises(TypeError, match="no such fields"):
        services.save_centre(actor=SYSTEM, row=centre, colour="red")
    with pytest.raises(ValidationError, match="只能有一个"):
        make_centre(name="第二学院")
    with pytest.raises(IntegrityError, match="one_active_centre"), transaction.atomic():
        AssessmentCentre.objects.create(name="x", is_active=True)
    with pytest.raises(RefusedError, match="不能维护机构信息"):
        services.save_centre(actor=make_user(Role.REVIEWER).as_actor(), row=centre, name="x")


def test_a_filing_counts_from_its_first_to_its_last_day() -> None:
    filing = make_filing(valid_from=date(2026, 1, 1), valid_until=date(2026, 12, 31))
    later = make_filing(number="Y2", valid_from=date(2026, 6, 1), valid_until=None)
    centre = filing.centre
    found = [
        current_filing(centre, day)
        for day in (
            date(2025, 12, 31),
            date(2026, 1, 1),
            date(2026, 6, 1),
            date(2026, 12, 31),
            date(2030, 1, 1),
        )
    ]
    assert found == [None, filing, later, later, later]
    assert str(later) == "Y2"


def test_a_term_longer_than_the_rulebook_allows_is_refused() -> None:
    version = make_rulebook("henan")
    leap = {"valid_from": date(2024, 2, 29), "rulebook_version": version}
    for until in (None, date(2027, 3, 2)):
        with pytest.raises(RefusedError, match="不超过 3 年"):
            make_filing(valid_until=until, **leap)
    make_filing(valid_until=date(2027, 3, 1), **leap)
    make_filing(valid_from=date(2026, 1, 1), valid_until=date(2029, 1, 1), rulebook_version=version)


def test_the_database_keeps_terms_and_lines() -> None:
    line = make_scope(make_occupation())
    with pytest.raises(IntegrityError, match="filing_term_ordered"), transaction.atomic():
        Filing.objects.update(valid_until=date(2020, 1, 1))
    with pytest.raises(IntegrityError, match="scope_line_once"), transaction.atomic():
        FiledScope.objects.create(
            filing=line.filing, occupation=line.occupation, standard=line.standard
        )
    with pytest.raises(ValidationError, match="只列一行"):
        make_scope(make_occupation(), filing=line.filing)


def test_unknown_levels_are_refused() -> None:
    with pytest.raises(RefusedError, match="规程没有这些等级：9"):
        make_scope(make_occupation(), levels=(5, 9))


def test_a_job_belongs_to_its_occupation() -> None:
    welder, electrician = make_occupation("焊工"), make_occupation("电工")
    job = make_job(welder, "电焊工")
    with pytest.raises(RefusedError, match="不属于这个职业"):
        services.add_scope_line(
            actor=SYSTEM,
            filing=make_filing(),
            occupation=electrician,
            job=job,
            standard=make_standard(electrician),
            levels=(4,),
        )
    line = make_scope(welder, job=job)
    assert str(line) == "焊工 电焊工"
    assert scope_lines(line.filing.centre, date(2026, 5, 1)) == [line]
