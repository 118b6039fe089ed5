from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "assessment_center.accounts"
    label = "accounts"
    verbose_name = "账号与角色"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in, user_logged_out

        from assessment_center import sealing
        from assessment_center.accounts import checks, second_factor, sessions  # noqa: F401

        user_logged_in.connect(sessions.begin, dispatch_uid="accounts.begin_session")
        user_logged_out.connect(sessions.end_signed_out, dispatch_uid="accounts.end_session")
        sealing.holders.register(
            "second_factors", sealing.Holder("第二验证", second_factor.renew_sealed)
        )
