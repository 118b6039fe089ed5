"""The corner of a printed sheet: registered by its content, with code, version and basis."""

import hashlib
from collections.abc import Iterable
from uuid import UUID

from assessment_center import pdf
from assessment_center.printed.services import register_sheet
from assessment_center.registry import Actor, Citation, SubjectRef


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
        content_digest=hashlib.sha256(repr(content).encode()).hexdigest(),
    )
    basis = "、".join(str(each) for each in cite)
    return pdf.Imprint(
        code=f"{code} {sheet.code}".strip(), version=f"v{sheet.version}", basis=basis
    )
