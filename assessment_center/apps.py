from importlib import import_module

from django.contrib.admin.apps import AdminConfig


class OfficeAdminConfig(AdminConfig):
    """The office's admin site stands in place of Django's."""

    default_site = "assessment_center.admin_site.OfficeSite"

    def ready(self) -> None:
        """Commands hand their jobs to the broker as the site does: our Celery application leads."""
        super().ready()
        import_module("assessment_center.celery")
