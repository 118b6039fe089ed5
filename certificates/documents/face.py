"""The certificate's face and its PDF."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from assessment_center import pdf
from assessment_center.catalog.labels import LEVEL_LABELS
from assessment_center.people.selectors import id_number
from assessment_center.registry.language import in_chinese
from candidates.labels import ID_KIND_LABELS
from candidates.models import Application
from certificates.enums import Origin
from certificates.models import Certificate

FACES = {
    "楷体": pdf.Face.KAI,
    "仿宋": pdf.Face.FANGSONG,
    "宋体": pdf.Face.SONG,
    "黑体": pdf.Face.HEI,
}
SIZE = 12.0


@in_chinese
def face_of(certificate: Certificate) -> dict[str, str]:
    """What the certificate says, fixed at its issue; the ID number is kept masked.

    Fields of CERT-03; the level's wording, the dash for an absent job and the title are the
    rulebook's.
    """
    application = certificate.application
    rules = certificate.batch.rules.settings
    offering, person = application.offering, application.person
    words = rules.level_label.value if rules.level_label else {}
    level = offering.level
    return {
        "title": rules.certificate_title.value,
        "name": person.name,
        "id_type": str(ID_KIND_LABELS.get(person.id_kind, person.id_kind)),
        "id_masked": person.id_masked,
        "occupation": offering.occupation.name,
        "job": offering.job.name if offering.job else rules.empty_job_mark.value,
        "level": (words.get(level) or str(LEVEL_LABELS[level])) if level else "",
        "number": certificate.number,
        "centre": certificate.batch.centre.name,
        "grade": certificate.basis.grade_label,
        "maker": _maker(certificate),
    }


def _maker(certificate: Certificate) -> str:
    """Who made it: the centre, or the authority that it belongs to."""
    centre = certificate.batch.centre
    return centre.authority_name if certificate.origin == Origin.AUTHORITY else centre.name


def code_text(token: str, site: str) -> str:
    """What the QR code holds: an address a telephone opens, the token behind the `#`.

    What follows a `#` never leaves the telephone by itself; the token alone proves itself offline.
    """
    return f"{site.rstrip('/')}/verify/#{token}"


def _photo(application: Application) -> bytes | None:
    for field in (application.photo, application.person.photo):
        if field:
            with field.open("rb") as kept:
                return bytes(kept.read())
    return None


def _sheet(certificate: Certificate, site: str) -> pdf.Certificate:
    face = certificate.face
    settings = certificate.batch.rules.settings
    queries, english = settings.query_urls, settings.certificate_english
    issued = certificate.issued_on
    day = f"{issued.year} 年 {issued.month} 月 {issued.day} 日" if issued else ""
    statement = _(
        "本证书由%(centre)s颁发，表明持证人通过本机构组织的职业技能等级认定，具备该职业（工种）相应技能等级水平。"
    )
    return pdf.Certificate(
        title=face["title"],
        title_en=english.value.title if english else "",
        statement_en=english.value.statement.format(centre=face["centre"]) if english else "",
        facts=pdf.certificate_facts(
            name=face["name"],
            id_type=face["id_type"],
            id_number=id_number(certificate.application.person),
            occupation=face["occupation"],
            job=face["job"],
            level=face["level"] or face["grade"] or settings.empty_job_mark.value,
            number=face["number"],
            english=english is not None,
        ),
        centre=face["centre"],
        issue_date=day,
        statement=statement % {"centre": face["centre"]},
        photo=_photo(certificate.application),
        qr=code_text(certificate.token, site),
        queries=tuple(queries.value) if queries else (f"{site.rstrip('/')}/verify/",),
        who=face["name"],
    )


@in_chinese
def render(certificates: Iterable[Certificate], *, site: str) -> bytes:
    """The certificates of one batch as one PDF, a page each, in its rulebook's face (CERT-09).

    Raises `GlyphMissing` before anything prints.
    """
    listed = list(certificates)
    font = listed[0].batch.rules.settings.fill_font if listed else None
    face = FACES.get(font.value.zh, pdf.Face.KAI) if font else pdf.Face.KAI
    size = float(font.value.pt[0]) if font else SIZE
    sheets = [_sheet(each, site) for each in listed]
    return pdf.certificate(sheets, imprint=pdf.Imprint(), face=face, size=size)
