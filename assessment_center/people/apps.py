from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "assessment_center.people"
    label = "people"
    verbose_name = "人员"
