"""Photos and evidence, shown to their owner only."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from candidates.documents import photo_bytes
from candidates.models import Evidence
from candidates.portal.access import candidate_view, own_or_404
from candidates.portal.status import file_response


@candidate_view
@require_GET
def photo_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    content = photo_bytes(own_or_404(request, pk))
    if content is None:
        raise Http404
    return file_response(content, "image/jpeg", "photo.jpg", inline=True)


@candidate_view
@require_GET
def evidence_file(request: HttpRequest, pk: UUID, piece: UUID) -> HttpResponse:
    row = own_or_404(request, pk)
    found = Evidence.objects.filter(application=row, pk=piece).first()
    if found is None:
        raise Http404
    return evidence_response(found)


def evidence_response(piece: Evidence) -> HttpResponse:
    """The kept bytes under the type they were checked to be."""
    with piece.file.open("rb") as kept:
        content = kept.read()
    suffix = "pdf" if piece.media_type == "application/pdf" else "jpg"
    return file_response(content, piece.media_type, f"{piece.pk}.{suffix}", inline=True)
