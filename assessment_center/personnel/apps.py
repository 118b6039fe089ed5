from django.apps import AppConfig


class PersonnelConfig(AppConfig):
    name = "assessment_center.personnel"
    label = "personnel"
    verbose_name = "考务人员"

    def ready(self) -> None:
        from assessment_center.personnel import renewal

        renewal.register()
