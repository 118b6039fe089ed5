from django.apps import AppConfig


class OrganizationConfig(AppConfig):
    name = "assessment_center.organization"
    label = "organization"
    verbose_name = "机构与备案"
