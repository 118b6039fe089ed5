"""Registers of plans, batches and announcements; the work itself is done on the process pages."""

from django.contrib import admin

from assessment_center.accounts.enums import Act
from assessment_center.admin_base import ServiceModelAdmin
from assessment_center.batches.models import Announcement, AnnualPlan, AssessmentBatch


@admin.register(AnnualPlan)
class AnnualPlanAdmin(ServiceModelAdmin):
    view_act = Act.BATCH_VIEW
    in_menu = False
    list_display = ("year", "centre", "status", "approved_at")
    list_select_related = ("centre",)
    list_filter = ("status",)


@admin.register(AssessmentBatch)
class AssessmentBatchAdmin(ServiceModelAdmin):
    view_act = Act.BATCH_VIEW
    menu_order = 20
    list_display = (
        "code",
        "name",
        "status",
        "rulebook_version",
        "registration_opens",
        "registration_closes",
        "exam_starts",
    )
    list_select_related = ("rulebook_version",)
    list_filter = ("status", "rulebook_version")
    search_fields = ("code", "name")


@admin.register(Announcement)
class AnnouncementAdmin(ServiceModelAdmin):
    view_act = Act.BATCH_VIEW
    menu_order = 30
    list_display = ("title", "batch", "number", "document_number", "status", "published_at")
    list_select_related = ("batch",)
    list_filter = ("status",)
    search_fields = ("title", "document_number", "batch__code")
