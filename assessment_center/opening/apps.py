from django.apps import AppConfig


class OpeningConfig(AppConfig):
    name = "assessment_center.opening"
    label = "opening"
    verbose_name = "期初数据"

    def ready(self) -> None:
        """The kept rows hold ID numbers: they go along when the keys are rotated."""
        from assessment_center.opening import keeping, ordering
        from assessment_center.sealing import Holder, holders

        holders.register("opening.sheets", Holder("期初数据", keeping.renew_sheets))
        holders.register("opening.uploads", Holder("待读的期初数据表", ordering.renew_uploads))
