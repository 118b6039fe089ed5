from django.apps import AppConfig


class ConformanceConfig(AppConfig):
    name = "assessment_center.conformance"
    label = "conformance"
    verbose_name = "规程符合性"
