"""Registers of places and of what the examinations left behind."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from assessment_center.accounts.enums import Act
from assessment_center.admin_base import ServiceModelAdmin
from exams.models import AdmissionTicket, Incident, Room, Site, Violation
from exams.services import save_room, save_site


@admin.register(Site)
class SiteAdmin(ServiceModelAdmin):
    view_act = Act.EXAM_VIEW
    add_act = change_act = Act.EXAM_ARRANGE
    save_service = save_site
    list_display = ("name", "address", "is_active")
    search_fields = ("name",)
    fields = ("name", "address", "is_active")
    menu_order = 20


@admin.register(Room)
class RoomAdmin(ServiceModelAdmin):
    view_act = Act.EXAM_VIEW
    add_act = change_act = Act.EXAM_ARRANGE
    save_service = save_room
    list_display = (
        "name",
        "site",
        "kind",
        "rows",
        "columns",
        "capacity",
        "area",
        "has_video",
        "is_active",
    )
    list_filter = ("kind", "site", "is_active")
    list_select_related = ("site",)
    search_fields = ("name", "site__name")
    fields = (
        ("site", "name", "kind"),
        ("rows", "columns", "capacity"),
        "blocked",
        ("area", "spacing_cm"),
        ("is_tiered", "has_video", "is_active"),
    )
    menu_order = 21


@admin.register(AdmissionTicket)
class TicketAdmin(ServiceModelAdmin):
    view_act = Act.EXAM_VIEW
    list_display = ("number", "candidate", "offering", "issued_at")
    list_select_related = (
        "application__person",
        "application__offering__occupation",
        "application__offering__job",
    )
    list_filter = ("application__batch",)
    search_fields = ("number", "application__person__name", "application__person__initials")
    menu_order = 22

    @admin.display(description=_("姓名"))
    def candidate(self, ticket: AdmissionTicket) -> str:
        return ticket.application.person.name

    @admin.display(description=_("职业（工种）等级"))
    def offering(self, ticket: AdmissionTicket) -> str:
        return str(ticket.application.offering)


@admin.register(Violation)
class ViolationAdmin(ServiceModelAdmin):
    view_act = Act.EXAM_VIEW
    list_display = ("happened_at", "candidate", "act", "consequence", "warned_only")
    list_select_related = ("assignment__application__person",)
    list_filter = ("assignment__sitting__batch", "penalty")
    search_fields = ("act", "assignment__application__person__name")
    menu_order = 23

    @admin.display(description=_("姓名"))
    def candidate(self, violation: Violation) -> str:
        return violation.assignment.application.person.name


@admin.register(Incident)
class IncidentAdmin(ServiceModelAdmin):
    view_act = Act.EXAM_VIEW
    list_display = ("happened_at", "kind", "is_major", "reported_at", "is_late", "reported_to")
    list_filter = ("kind", "is_major", "is_late")
    menu_order = 24
