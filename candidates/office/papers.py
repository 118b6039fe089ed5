"""Evidence as the reviewer sees it: pictures as they are, a PDF page by page as a picture."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import pypdfium2
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from assessment_center.accounts.enums import Act
from assessment_center.office import actor_of, office_view
from candidates import selectors
from candidates.models import Application, Evidence, OriginalSeen
from candidates.portal.files import evidence_response
from candidates.portal.status import file_response

PDF = "application/pdf"
WIDTH = 1400  # pixels of a rendered page
MOST_PAGES = 30


@dataclass(frozen=True, slots=True)
class Paper:
    """One piece of evidence: the addresses of its pictures, and who saw its original."""

    piece: Evidence
    pictures: Sequence[str]
    original: OriginalSeen | None

    @property
    def more(self) -> bool:
        return len(self.pictures) == MOST_PAGES


def papers_of(row: Application) -> list[Paper]:
    """The evidence in its order; a PDF that cannot be read has no pictures, only its link."""
    seen = {each.evidence_id: each for each in row.originals.all()}
    return [Paper(piece, _pictures(piece), seen.get(piece.pk)) for piece in row.evidence.all()]


def _pictures(piece: Evidence) -> list[str]:
    if piece.media_type != PDF:
        return [reverse("candidates_office:evidence", args=[piece.pk])]
    pages = min(_page_count(piece), MOST_PAGES)
    return [
        reverse("candidates_office:evidence_page", args=[piece.pk, number])
        for number in range(1, pages + 1)
    ]


def _content(piece: Evidence) -> bytes:
    with piece.file.open("rb") as kept:
        content: bytes = kept.read()
    return content


def _page_count(piece: Evidence) -> int:
    try:
        with pypdfium2.PdfDocument(_content(piece)) as document:
            return len(document)
    except (pypdfium2.PdfiumError, FileNotFoundError):
        return 0


def _picture(content: bytes, number: int) -> bytes | None:
    """The page as a JPEG; None where there is no such page."""
    try:
        with pypdfium2.PdfDocument(content) as document:
            if not 1 <= number <= len(document):
                return None
            page = document[number - 1]
            scale = WIDTH / max(*page.get_size(), 1)
            image = page.render(scale=scale).to_pil().convert("RGB")
    except pypdfium2.PdfiumError:
        return None
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()


def _piece(request: HttpRequest, pk: UUID) -> Evidence:
    rows = selectors.visible(actor_of(request), Evidence.objects.all(), "application__department")
    return get_object_or_404(rows, pk=pk)


@office_view(Act.APPLICATION_VIEW)
def evidence(request: HttpRequest, pk: UUID) -> HttpResponse:
    return evidence_response(_piece(request, pk))


@office_view(Act.APPLICATION_VIEW, methods=("GET", "HEAD"))
def evidence_page(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """One page of a PDF as a picture, which zooms and turns like every other paper."""
    piece = _piece(request, pk)
    content = _picture(_content(piece), number) if piece.media_type == PDF else None
    if content is None:
        raise Http404
    answer = file_response(content, "image/jpeg", f"{piece.pk}-{number}.jpg", inline=True)
    answer.headers["Cache-Control"] = "private, max-age=600"
    return answer
