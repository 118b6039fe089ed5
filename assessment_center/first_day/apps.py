from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class FirstDayConfig(AppConfig):
    name = "assessment_center.first_day"
    label = "first_day"
    verbose_name = "首日指引"

    def ready(self) -> None:
        """Let every app hand up its steps; sealed uploads take part in the rotation of keys."""
        from assessment_center import sealing
        from assessment_center.first_day import tasks, uploads  # noqa: F401

        autodiscover_modules("setup_steps")
        sealing.holders.register("first_day", sealing.Holder("待导入的表格", uploads.renew))
