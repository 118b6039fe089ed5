"""Printed forms of the staff's file: of a member, a card, a contract, and lists of the centre.

`find(slug, pk)` gives the record a form is about; lists of the centre are about None.
"""

from typing import Any
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from assessment_center.personnel.documents import cards, hiring, lists, objection
from assessment_center.personnel.models import (
    Engagement,
    Qualification,
    QualificationApplication,
    StaffMember,
)
from assessment_center.registry.entries import record_documents

ABOUT: dict[str, Any] = {
    "staff-application": QualificationApplication,
    "staff-card": Qualification,
    "supervisor-card": Qualification,
    "staff-contract": Engagement,
    "expert-letter": Engagement,
    "venue-objection": StaffMember,
}


def register() -> None:
    cards.register()
    hiring.register()
    lists.register()
    objection.register()


def find(slug: str, pk: UUID | None) -> Any:
    """The record of the form; 404 for an unknown form or record."""
    if slug not in record_documents:
        raise Http404
    model = ABOUT.get(slug)
    if (model is None) != (pk is None):
        raise Http404
    if model is None:
        return None
    return get_object_or_404(model, pk=pk)


register()
