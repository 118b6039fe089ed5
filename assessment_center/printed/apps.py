from django.apps import AppConfig


class PrintedConfig(AppConfig):
    name = "assessment_center.printed"
    label = "printed"
    verbose_name = "打印件"
