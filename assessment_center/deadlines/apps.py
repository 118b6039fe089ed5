from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    name = "assessment_center.deadlines"
    label = "deadlines"
    verbose_name = "期限"
