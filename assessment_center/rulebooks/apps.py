from django.apps import AppConfig


class RulebooksConfig(AppConfig):
    name = "assessment_center.rulebooks"
    label = "rulebooks"
    verbose_name = "规程"
