from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    name = "assessment_center.deadlines"
    label = "deadlines"
    verbose_name = "期限"

    def ready(self) -> None:
        """The hook after every move registers itself."""
        from assessment_center.deadlines import services  # noqa: F401
