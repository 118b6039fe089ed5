from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "assessment_center.people"
    label = "people"
    verbose_name = "人员"

    def ready(self) -> None:
        from assessment_center import sealing
        from assessment_center.jobs.running import around
        from assessment_center.people import disclosures, rotation

        sealing.holders.register("people", sealing.Holder("证件号码", rotation.renew_people))
        around.register("disclosures", disclosures.of_job)
