from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FilingConfig(AppConfig):
    name = "assessment_center.filing"
    label = "filing"
    verbose_name = "备案申请"

    def ready(self) -> None:
        """Name the sealed papers among the places where keys are rotated."""
        from assessment_center.filing.papers import renew_papers
        from assessment_center.sealing import Holder, holders

        holders.register("filing.papers", Holder(_("备案材料"), renew_papers))
