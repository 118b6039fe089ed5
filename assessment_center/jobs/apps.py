from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    name = "assessment_center.jobs"
    label = "jobs"
    verbose_name = "后台任务"

    def ready(self) -> None:
        """Every app's `tasks` module registers the handlers of its jobs."""
        autodiscover_modules("tasks")
