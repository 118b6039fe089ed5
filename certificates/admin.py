"""Registers: certificates, number series, spoiled numbers; read only."""

from django.contrib import admin

from assessment_center.accounts.enums import Act
from assessment_center.admin_base import ServiceModelAdmin
from certificates.models import (
    BlankMovement,
    Certificate,
    CertificateDelivery,
    CertificateRequest,
    EarlierCertificate,
    NumberSeries,
    SpoiledNumber,
)


@admin.register(Certificate)
class CertificateAdmin(ServiceModelAdmin):
    view_act = Act.CERTIFICATE_VIEW
    list_display = ("number", "application", "status", "medium", "issued_on", "handed_to")
    list_filter = ("status", "medium", "issued_on")
    list_select_related = ("application__person",)
    search_fields = ("number", "application__person__name", "application__person__initials")
    exclude = ("pdf", "token", "face")
    menu_order = 20


@admin.register(NumberSeries)
class NumberSeriesAdmin(ServiceModelAdmin):
    view_act = Act.CERTIFICATE_VIEW
    list_display = ("filing_number", "year", "level", "opening_serial", "last_serial")
    list_filter = ("year", "level")
    menu_order = 30


@admin.register(SpoiledNumber)
class SpoiledNumberAdmin(ServiceModelAdmin):
    view_act = Act.CERTIFICATE_VIEW
    list_display = ("series", "serial", "reason", "created_at")
    list_select_related = ("series",)
    menu_order = 40


@admin.register(CertificateRequest)
class CertificateRequestAdmin(ServiceModelAdmin):
    view_act = Act.CERTIFICATE_VIEW
    list_display = ("batch", "number", "sent_at", "sent_by", "invoice")
    list_select_related = ("batch", "sent_by")
    menu_order = 50


@admin.register(CertificateDelivery)
class CertificateDeliveryAdmin(ServiceModelAdmin):
    view_act = Act.CERTIFICATE_VIEW
    list_display = ("batch", "received_on", "count", "giver", "received_by")
    list_select_related = ("batch", "received_by")
    exclude = ("sheet",)
    menu_order = 60


@admin.register(EarlierCertificate)
class EarlierCertificateAdmin(ServiceModelAdmin):
    view_act = Act.CERTIFICATE_VIEW
    list_display = ("number", "person", "occupation", "level", "issued_on", "status")
    list_filter = ("status", "level")
    list_select_related = ("person", "occupation")
    search_fields = ("number", "person__name", "person__initials")
    exclude = ("face",)
    menu_order = 25


@admin.register(BlankMovement)
class BlankMovementAdmin(ServiceModelAdmin):
    view_act = Act.CERTIFICATE_VIEW
    list_display = ("blank", "kind", "numbers", "count", "moved_on", "note", "recorded_by")
    list_filter = ("kind", "blank")
    list_select_related = ("recorded_by",)
    menu_order = 45
