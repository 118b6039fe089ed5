from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

OPEN_MODULES = (
    "panels",
    "deadline_sources",
    "archive_sources",
    "documents",
    "opening_balances",
    "conformance",
    "demo",
)


class ConformanceConfig(AppConfig):
    name = "assessment_center.conformance"
    label = "conformance"
    verbose_name = "规程符合性"

    def ready(self) -> None:
        """Highest of the foundation: let every app register what lower code shows or gathers."""
        from assessment_center.conformance import articles, checks, panels  # noqa: F401

        for module in OPEN_MODULES:
            autodiscover_modules(module)
