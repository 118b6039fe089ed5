from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "assessment_center.notices"
    label = "notices"
    verbose_name = "消息"
