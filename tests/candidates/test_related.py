"""Certificates of a related occupation count as of this one, wherever a verdict is given."""

from datetime import date
from typing import Any

import pytest

from assessment_center.catalog.services import relate_occupation
from assessment_center.registry import SYSTEM
from candidates import selectors
from candidates.bench import Bench
from candidates.documents.roll import authority_rows
from candidates.facts_form import FactsForm
from candidates.models import Application, HeldCertificate
from candidates.rules.declaration import Declaration
from candidates.rules.facts import CertificateFact
from candidates.services.importing import import_sheet
from tests.candidates.sheets import row_for, workbook
from tests.factories import candidates as c
from tests.factories import foundation as f

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def relate(offering: Any, name: str = "维修电工") -> Any:
    return relate_occupation(
        actor=SYSTEM,
        standard=offering.standard,
        occupation=f.make_occupation(name),
        source="电工国家职业标准附表",
    )


def levels(row: Application) -> list[int]:
    """The levels of the registered certificates the verdict rests on, one by one and together."""
    found = selectors.facts_of(Application.objects.get(pk=row.pk))
    ((_row, together),) = Bench(row.batch).facts(Bench(row.batch).rows())
    assert together.certificates == found.certificates
    return [each.level for each in found.certificates]


def test_a_certificate_of_a_related_occupation_counts() -> None:
    row = c.make_draft()
    for name, level in (("维修电工", 5), ("钳工", 4)):
        HeldCertificate.objects.create(
            person=row.person,
            occupation=f.make_occupation(name),
            level=level,
            number=f"Y{level}",
            issued_on=date(2020, 6, 1),
        )
    assert levels(row) == []
    relate(row.offering)
    assert levels(row) == [5]


def test_the_form_asks_of_which_occupation_the_certificate_is() -> None:
    row = c.make_draft()
    assert "certificate_occupation" not in FactsForm(application=row).fields
    relate(row.offering)
    field = FactsForm(application=row).fields["certificate_occupation"]
    assert field.choices == [("", "电工"), ("维修电工", "维修电工")]  # type: ignore[attr-defined]
    held = CertificateFact(5, date(2020, 6, 1), "Y1", occupation="维修电工")
    said = Declaration(certificates=(held,))
    assert Declaration.from_json(said.as_json()) == said
    row = c.make_confirmed(row.offering)
    Application.objects.filter(pk=row.pk).update(declaration=said.as_json(), fee_state="none")
    (told,) = authority_rows(row.batch)
    assert (told["certificate_number"], told["certificate_occupation"]) == ("Y1", "维修电工")


def test_a_sheet_counts_the_same_certificates() -> None:
    offering = c.make_open_offering()
    person = f.make_person(name="赵安二", number=f.id_number(1))
    HeldCertificate.objects.create(
        person=person,
        occupation=f.make_occupation("维修电工"),
        level=5,
        number="Y1",
        issued_on=date(2020, 6, 1),
    )
    row = row_for(1, 从事本职业起始日期="2023-03-01")

    def problems() -> int:
        report = import_sheet(
            actor=SYSTEM, batch=offering.batch, content=workbook([row]), dry_run=True
        )
        return len(report.problems)

    assert problems() == 1
    relate(offering)
    assert problems() == 0
