from django.apps import AppConfig


class WorkdaysConfig(AppConfig):
    name = "assessment_center.workdays"
    label = "workdays"
    verbose_name = "工作日"
