"""What stands behind a sign-in: second factors, sessions, the brake on guessing, deputies."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment_center.accounts.enums import GuardScope
from assessment_center.registry.records import Record


class SecondFactor(Record):
    """A user's secret for one-time codes, sealed; `last_step` is the newest code taken."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="second_factor"
    )
    secret_sealed = models.BinaryField()
    last_step = models.BigIntegerField(default=0)
    confirmed_at = models.DateTimeField(_("启用时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("第二验证")
        verbose_name_plural = _("第二验证")

    def __str__(self) -> str:
        return str(self.user)


class RecoveryCode(Record):
    """A code for the day the telephone is lost: kept as a keyed hash, good for one use."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recovery_codes"
    )
    digest = models.BinaryField(max_length=32)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("恢复码")
        verbose_name_plural = _("恢复码")
        constraints = (
            models.UniqueConstraint(fields=("user", "digest"), name="recovery_code_once"),
        )

    def __str__(self) -> str:
        return str(self.user)


class PasswordReset(Record):
    """A one-time code with which a member of staff sets a new password; kept as a keyed hash."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="password_resets"
    )
    digest = models.BinaryField(max_length=32)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    expires_at = models.DateTimeField(_("有效至"))
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("密码重设")
        verbose_name_plural = _("密码重设")

    def __str__(self) -> str:
        return str(self.user)


class SignInGuard(Record):
    """Checks of a password or code within the current window, for one account or one address."""

    scope = models.CharField(max_length=10)
    key = models.BinaryField(max_length=32)
    since = models.DateTimeField()
    checks = models.PositiveSmallIntegerField(default=0)
    limit = models.PositiveSmallIntegerField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+"
    )
    address = models.GenericIPAddressField(_("网络地址"), null=True)

    class Meta:
        verbose_name = _("登录保护")
        verbose_name_plural = _("登录保护")
        constraints = (
            models.UniqueConstraint(fields=("scope", "key"), name="sign_in_guard_once"),
            models.CheckConstraint(
                condition=models.Q(checks__lte=models.F("limit")),
                name="sign_in_guard_limit",
                violation_error_message=_("试错次数已满。"),
            ),
            models.CheckConstraint(
                condition=models.Q(scope__in=[scope.value for scope in GuardScope]),
                name="sign_in_guard_scope",
            ),
        )

    def __str__(self) -> str:
        return f"{self.scope} {self.checks}/{self.limit}"


class SignIn(Record):
    """One session of a member of staff: where from, until when, and how it ended."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sign_ins"
    )
    session_key = models.CharField(max_length=40)
    address = models.GenericIPAddressField(_("网络地址"), null=True)
    agent = models.CharField(_("设备"), max_length=200, blank=True)
    seen_at = models.DateTimeField(_("最近使用"))
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=20, blank=True)

    class Meta:
        verbose_name = _("登录会话")
        verbose_name_plural = _("登录会话")
        ordering = ("-seen_at",)
        indexes = (models.Index(fields=("user", "ended_at"), name="sign_in_open"),)

    def __str__(self) -> str:
        return str(self.user)


class TsTzRange(models.Func):
    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class Deputyship(Record):
    """A deputy acts in the name of somebody on leave, for a time; `ends` moves back when ended."""

    principal = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="deputyships_given",
        verbose_name=_("被代理人"),
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="deputyships_held",
        verbose_name=_("代理人"),
    )
    starts = models.DateTimeField(_("开始"))
    ends = models.DateTimeField(_("结束"))
    reason = models.CharField(_("事由"), max_length=120)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("代理")
        verbose_name_plural = _("代理")
        ordering = ("-starts",)
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(principal=models.F("deputy")),
                name="deputy_is_another",
                violation_error_message=_("代理人不能是本人。"),
            ),
            models.CheckConstraint(
                condition=models.Q(ends__gte=models.F("starts")),
                name="deputy_period",
                violation_error_message=_("代理的结束时间不能早于开始时间。"),
            ),
            ExclusionConstraint(
                name="deputy_one_at_a_time",
                expressions=[
                    (
                        TsTzRange("starts", "ends", RangeBoundary()),
                        RangeOperators.OVERLAPS,
                    ),
                    ("principal", RangeOperators.EQUAL),
                ],
                violation_error_message=_("这段时间已有代理人。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.deputy}代{self.principal}"
