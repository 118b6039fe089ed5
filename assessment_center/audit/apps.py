from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "assessment_center.audit"
    label = "audit"
    verbose_name = "审计"
