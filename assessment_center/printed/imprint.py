"""The corner of a printed sheet: registered by its content, with code, version and basis."""

import hashlib
from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from assessment_center import pdf
from assessment_center.printed.models import PrintedSheet
from assessment_center.printed.services import register_sheet
from assessment_center.registry import Actor, Citation, SubjectRef


def digest_of(content: object) -> str:
    """64 hexadecimal digits over anything whose `repr` changes when what is printed does."""
    return hashlib.sha256(repr(content).encode()).hexdigest()


def corner(sheet: PrintedSheet, cite: Iterable[Citation] = ()) -> pdf.Imprint:
    """The imprint of a registered sheet; `cite` are the articles that order the form."""
    return pdf.Imprint(
        code=f"{sheet.form_code} {sheet.code}".strip(),
        version=f"v{sheet.version}",
        basis="、".join(str(each) for each in cite),
        mark=record_address(sheet.code),
    )


def record_address(code: str) -> str:
    """Where the record of a sheet is opened; in capitals, which make the smallest QR code."""
    return f"{settings.SITE_URL.upper()}{reverse('paper_office:scanned', args=[code])}"


def imprint(
    *,
    actor: Actor,
    form: tuple[str, str, str],
    subject: SubjectRef,
    content: object,
    cite: Iterable[Citation] = (),
    batch_id: UUID | None = None,
) -> pdf.Imprint:
    """Register the sheet (`form`: code if any, slug, title) of this content, give its corner.

    `content` is anything whose `repr` changes when what is printed does; the same content is the
    same version. `cite` are the articles that order the form.
    """
    code, slug, title = form
    sheet = register_sheet(
        actor=actor,
        form_code=code,
        slug=slug,
        title=title,
        subject=subject,
        batch_id=batch_id,
        content_digest=digest_of(content),
    )
    return corner(sheet, cite)
