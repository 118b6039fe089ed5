"""Registers of the candidates' part: read, searched, exported; written only by the services."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from assessment_center.accounts.enums import Act
from assessment_center.admin_base import ServiceModelAdmin
from assessment_center.office import actor_of
from candidates import selectors
from candidates.models import (
    Application,
    Ban,
    FeePayment,
    FeeWaiver,
    HeldCertificate,
    SubjectPass,
)


class CandidatesAdmin(ServiceModelAdmin):
    """A register of which the clerk of a department sees, and exports, his department's rows."""

    view_act = Act.APPLICATION_VIEW
    department = "person__student__school_class__department"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)
        return selectors.visible(actor_of(request), rows, self.department)


@admin.register(Application)
class ApplicationAdmin(CandidatesAdmin):
    menu_order = 10
    department = "department"
    list_display = (
        "number",
        "person",
        "masked",
        "offering",
        "department",
        "status",
        "fee_state",
        "exam_kind",
        "submitted_at",
    )
    list_filter = ("status", "fee_state", "exam_kind", "origin", "batch")
    search_fields = ("number", "person__name", "person__initials")
    exclude = ("declaration", "photo")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Application]:
        rows: QuerySet[Application] = super().get_queryset(request)
        return rows.select_related(
            "person", "offering__occupation", "offering__job", "department", "batch"
        )

    @admin.display(description=_("证件号码"))
    def masked(self, row: Application) -> str:
        return row.person.id_masked


@admin.register(FeePayment)
class FeePaymentAdmin(CandidatesAdmin):
    menu_order = 20
    department = "application__department"
    list_display = ("receipt_number", "application", "kind", "amount_cents", "paid_on", "reason")
    list_filter = ("kind",)
    search_fields = ("receipt_number", "application__number")
    list_select_related = ("application__person",)


@admin.register(FeeWaiver)
class FeeWaiverAdmin(CandidatesAdmin):
    menu_order = 25
    department = "application__department"
    list_display = (
        "application", "subject_code", "amount_cents", "ground", "reason", "given_on", "ended_on",
    )  # fmt: skip
    list_filter = ("ground", "subject_code")
    search_fields = ("application__number",)
    list_select_related = ("application__person",)


@admin.register(Ban)
class BanAdmin(CandidatesAdmin):
    menu_order = 30
    list_display = ("person", "starts", "until", "reason")
    search_fields = ("person__name", "person__initials")
    list_select_related = ("person",)


@admin.register(SubjectPass)
class SubjectPassAdmin(CandidatesAdmin):
    menu_order = 40
    list_display = ("person", "occupation", "level", "subject_code", "passed_on", "valid_until")
    search_fields = ("person__name", "person__initials")
    list_select_related = ("person", "occupation")


@admin.register(HeldCertificate)
class HeldCertificateAdmin(CandidatesAdmin):
    menu_order = 50
    list_display = ("number", "person", "occupation", "level", "issued_on")
    search_fields = ("number", "person__name", "person__initials")
    list_select_related = ("person", "occupation")
