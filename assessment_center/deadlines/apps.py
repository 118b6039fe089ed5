from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    name = "assessment_center.deadlines"
    label = "deadlines"
    verbose_name = "期限"

    def ready(self) -> None:
        """The hook after every move and the watch over named records register themselves."""
        from assessment_center.deadlines import services, watching  # noqa: F401
