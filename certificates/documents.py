"""The certificate's face and its PDF."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from assessment_center import pdf
from assessment_center.catalog.labels import LEVEL_LABELS
from assessment_center.people.models import Person
from assessment_center.people.selectors import id_number
from assessment_center.rulebooks.rules.rulebook import Rulebook
from certificates.models import Certificate

DASH = "—"
ID_TYPES = {"resident": "居民身份证"}


def face_of(certificate: Certificate) -> dict[str, str]:
    """What the certificate says, fixed at its issue; the ID number is kept masked.

    Fields of CERT-03; the level's wording, the dash for an absent job and the title are the
    rulebook's.
    """
    application = certificate.application
    rules = certificate.batch.rules.settings
    offering, person = application.offering, application.person
    level = offering.level
    words = rules.level_label.value if rules.level_label else {}
    level_text = words.get(level) or str(LEVEL_LABELS[level]) if level else ""
    return {
        "title": rules.certificate_title.value if rules.certificate_title else "职业技能等级证书",
        "name": person.name,
        "id_type": str(person.get_id_kind_display()),
        "id_masked": person.id_masked,
        "occupation": offering.occupation.name,
        "job": offering.job.name
        if offering.job
        else (rules.empty_job_mark.value if rules.empty_job_mark else DASH),
        "level": level_text,
        "number": certificate.number,
        "centre": certificate.batch.centre.name,
        "grade": certificate.basis.grade_label,
    }


def _photo(person: Person) -> bytes | None:
    return Path(person.photo.path).read_bytes() if person.photo else None


def _sheet(certificate: Certificate, face: dict[str, Any], site: str) -> pdf.Certificate:
    rules: Rulebook = certificate.batch.rules
    queries = rules.settings.query_urls
    issued = certificate.issued_on
    day = f"{issued.year} 年 {issued.month} 月 {issued.day} 日" if issued else ""
    person = certificate.application.person
    statement = _(
        "本证书由%(centre)s颁发，表明持证人通过本机构组织的职业技能等级认定，具备该职业（工种）相应技能等级水平。"
    )
    return pdf.Certificate(
        title=face["title"],
        facts=pdf.certificate_facts(
            name=face["name"],
            id_type=face["id_type"],
            id_number=id_number(person),
            occupation=face["occupation"],
            job=face["job"],
            level=face["level"] or DASH,
            number=face["number"],
        ),
        centre=face["centre"],
        issue_date=day,
        statement=statement % {"centre": face["centre"]},
        photo=_photo(person),
        qr=certificate.token,
        queries=tuple(queries.value) if queries else (f"{site}/verify/",),
        who=face["name"],
    )


def render(certificates: Iterable[Certificate], *, site: str) -> bytes:
    """The certificates as one PDF, a page each; raises `GlyphMissing` before anything prints."""
    sheets = [_sheet(each, each.face, site) for each in certificates]
    return pdf.certificate(sheets, imprint=pdf.Imprint())
