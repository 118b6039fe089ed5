"""The candidate's own certificate."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from assessment_center.audit.services import record
from candidates.portal.access import actor_of, candidate_view, user_of
from certificates.selectors import own_certificate


@candidate_view
@require_GET
def certificate_pdf(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The issued file of one's own application, byte for byte; another's does not exist here."""
    one = own_certificate(user_of(request), pk)
    if one is None:
        raise Http404
    with one.pdf.open("rb") as kept:
        content = kept.read()
    record(actor=actor_of(request), verb="certificate.download", subject=one.subject)
    response = HttpResponse(content, content_type="application/pdf")
    name = content_disposition_header(as_attachment=True, filename=f"{one.number}.pdf")
    response.headers["Content-Disposition"] = name or "attachment"
    return response
