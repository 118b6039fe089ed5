from django.apps import AppConfig


class ScoringConfig(AppConfig):
    name = "scoring"
    verbose_name = "成绩与申诉"

    def ready(self) -> None:
        from functools import partial

        from assessment_center.sealing import Holder, holders
        from candidates.vault import renew_files
        from scoring.models import ScoreReport

        holders.register(
            "scoring.reports", Holder("成绩上报材料", partial(renew_files, ScoreReport))
        )
