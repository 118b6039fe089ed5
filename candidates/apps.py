from django.apps import AppConfig


class CandidatesConfig(AppConfig):
    name = "candidates"
    verbose_name = "报名与资格"

    def ready(self) -> None:
        from functools import partial

        from assessment_center.sealing import Holder, holders
        from candidates import vault
        from candidates.models import ReportPackage

        holders.register("candidates.uploads", Holder("上传的名单", vault.renew_uploads))
        packages = partial(vault.renew_files, ReportPackage)
        holders.register("candidates.packages", Holder("上报材料", packages))
