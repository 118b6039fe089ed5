from django.contrib.admin.apps import AdminConfig


class OfficeAdminConfig(AdminConfig):
    """The office's admin site stands in place of Django's."""

    default_site = "assessment_center.admin_site.OfficeSite"
