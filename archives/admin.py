"""The register of filed records."""

from django.contrib import admin

from archives.models import ArchiveItem
from assessment_center.accounts.enums import Act
from assessment_center.admin_base import ServiceModelAdmin


@admin.register(ArchiveItem)
class ArchiveItemAdmin(ServiceModelAdmin):
    view_act = Act.ARCHIVE_VIEW
    list_display = (
        "title",
        "volume",
        "number",
        "retention_class",
        "keep_until",
        "status",
        "on_hold",
        "checked_at",
        "check_sound",
    )
    list_filter = ("status", "on_hold", "permanent", "retention_class")
    list_select_related = ("volume__batch",)
    search_fields = ("title", "file_name", "digest")
    exclude = ("file",)
