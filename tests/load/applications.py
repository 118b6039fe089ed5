"""Thousands of applications for a benchmark, of every sort of candidate there is."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from typing import Any

FIRST = date(2000, 1, 1)
SCHOOLINGS = (
    *("higher_vocational",) * 6,
    "secondary_vocational",
    "technical_school",
    "evaluated_programme",
    "preparatory_technician",
    "technician",
)
AT_ONCE = 500


def fill(offering: Any, n: int, seed: int) -> None:
    """Put `n` submitted applications, with people, students, evidence and certificates.

    They are written in bulk: how they came in is another benchmark's matter.
    """
    from tests.factories import foundation as f

    rng = random.Random(seed)
    classes = [
        f.make_class(major=rng.choice(["机电一体化技术", "护理"]), schooling=rng.choice(SCHOOLINGS))
        for _ in range(40)
    ]
    made = _made(offering, n, seed, classes)
    while some := list(islice(made, AT_ONCE)):
        _write(some)


def _made(offering: Any, n: int, seed: int, classes: list[Any]) -> Iterator[dict[str, Any]]:
    from assessment_center.people.enums import StudentStatus
    from assessment_center.people.models import Person, StudentRecord
    from candidates.enums import ApplicationStatus, EvidenceKind, Finding
    from candidates.models import Application, Evidence, HeldCertificate
    from tests.factories.candidates import NOW

    rng = random.Random(seed)
    states = [StudentStatus.ENROLLED, StudentStatus.FINAL_YEAR, StudentStatus.GRADUATED]
    findings = list(Finding)
    for number in range(n):
        person = Person(
            name=f"考生{number:05d}",
            id_kind="passport",
            id_lookup=(seed * 1_000_000 + number).to_bytes(32, "big"),
            birth=FIRST + timedelta(days=rng.randrange(3650)),
        )
        row = Application(
            batch_id=offering.batch_id,
            offering=offering,
            person=person,
            occupation_id=offering.occupation_id,
            job_id=offering.job_id,
            level=offering.level,
            route=offering.route,
            subjects=list(offering.subjects),
            status=ApplicationStatus.SUBMITTED,
            number=f"{offering.batch.code}-{number:05d}",
            submitted_at=NOW,
            received_at=NOW,
            declaration=_declared(rng),
            finding=rng.choice(findings),
        )
        kinds = rng.sample([EvidenceKind.WORK, EvidenceKind.CERTIFICATE, EvidenceKind.TITLE,
                            EvidenceKind.EDUCATION], rng.randrange(4))  # fmt: skip
        yield {
            "person": person,
            "student": StudentRecord(
                person=person,
                school_class=rng.choice(classes),
                student_number=f"L{seed}-{number:08d}",
                status=rng.choice(states),
            )
            if number % 10 < 7
            else None,
            "row": row,
            "evidence": [
                Evidence(application=row, kind=kind, file=f"{number}", media_type="image/jpeg",
                         size=1, digest=f"{number:064x}")
                for kind in kinds
            ],
            "held": HeldCertificate(
                person=person,
                occupation_id=offering.occupation_id,
                job_id=offering.job_id,
                level=5,
                number=f"H{seed}-{number:08d}",
                issued_on=date(2022, 6, 1),
                application=None,
            )
            if number % 5 == 0
            else None,
        }  # fmt: skip


def _declared(rng: random.Random) -> dict[str, Any]:
    """What a candidate says: up to three spells of work, certificates, a title, a diploma."""
    from candidates.rules.declaration import Declaration
    from candidates.rules.facts import CertificateFact, TitleFact, WorkSpell

    def day() -> date:
        return date(2008, 1, 1) + timedelta(days=rng.randrange(6500))

    spells = []
    for _ in range(rng.randrange(4)):
        first, last = sorted((day(), day()))
        spells.append(WorkSpell(first, rng.choice([None, last]), "江州机械厂"))
    diploma = rng.choice(["", "college", "technical_school", "senior_worker_class"])
    return Declaration(
        intends_to_work=rng.choice([True, None]),
        work=tuple(spells),
        certificates=tuple(
            CertificateFact(rng.randrange(1, 6), day(), "S1") for _ in range(rng.randrange(3))
        ),
        titles=tuple(
            TitleFact(rng.choice(["junior", "intermediate", "senior"]), day())
            for _ in range(rng.randrange(2))
        ),
        diploma_kind=diploma,
        graduated_on=day() if diploma else None,
        major="机电一体化技术" if diploma else "",
    ).as_json()


def _write(some: list[dict[str, Any]]) -> None:
    from assessment_center.people.models import Person, StudentRecord
    from candidates.models import Application, Evidence, HeldCertificate

    Person.objects.bulk_create([each["person"] for each in some])
    StudentRecord.objects.bulk_create([each["student"] for each in some if each["student"]])
    Application.objects.bulk_create([each["row"] for each in some])
    Evidence.objects.bulk_create([piece for each in some for piece in each["evidence"]])
    HeldCertificate.objects.bulk_create([each["held"] for each in some if each["held"]])
