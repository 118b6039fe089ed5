"""Who signs in, and which roles they hold."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from assessment_center.accounts.enums import Act, Kind, Role
from assessment_center.accounts.labels import KIND_LABELS, ROLE_LABELS
from assessment_center.accounts.rules.deputies import lent_acts
from assessment_center.accounts.rules.role_matrix import acts_of, bounded_acts
from assessment_center.accounts.safety_models import (
    Deputyship,
    PasswordReset,
    RecoveryCode,
    SecondFactor,
    SignIn,
    SignInGuard,
)
from assessment_center.registry import Actor
from assessment_center.registry.records import Record

__all__ = [
    "Deputyship",
    "PasswordReset",
    "RecoveryCode",
    "RoleGrant",
    "SecondFactor",
    "SignIn",
    "SignInGuard",
    "User",
    "UserManager",
]


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=username)


class User(AbstractBaseUser, Record):
    """Staff sign in by name, candidates by their ID number's keyed hash in `username`."""

    username = models.CharField(_("登录名"), max_length=80, unique=True)
    display_name = models.CharField(_("姓名"), max_length=80)
    kind = models.CharField(
        _("类别"), max_length=12, choices=[(k.value, v) for k, v in KIND_LABELS.items()]
    )
    email = models.EmailField(_("电子邮箱"), blank=True)
    phone = models.CharField(_("手机号码"), max_length=20, blank=True)
    language = models.CharField(_("界面语言"), max_length=10, blank=True)
    is_active = models.BooleanField(_("启用"), default=True)
    is_demo = models.BooleanField(default=False, editable=False)
    must_change_password = models.BooleanField(default=False, editable=False)
    rights_version = models.PositiveIntegerField(default=0, editable=False)
    second_factor_since = models.DateTimeField(_("第二验证"), null=True, editable=False)
    acting_for: "Deputyship | None" = None  # set for a request by the gate

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["display_name"]
    objects = UserManager()

    class Meta:
        verbose_name = _("账号")
        verbose_name_plural = _("账号")
        ordering = ("display_name", "username")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind__in=[k.value for k in Kind]), name="user_kind_known"
            ),
        )

    def __str__(self) -> str:
        return self.display_name

    @property
    def is_staff(self) -> bool:
        return self.kind == Kind.STAFF

    @property
    def is_superuser(self) -> bool:
        """Nobody stands above the role matrix."""
        return False

    @cached_property
    def roles(self) -> frozenset[Role]:
        now = timezone.now()
        live = self.role_grants.filter(models.Q(until=None) | models.Q(until__gt=now))
        return frozenset(Role(name) for name in live.values_list("role", flat=True))

    @cached_property
    def acts(self) -> frozenset[Act]:
        if not self.is_active:
            return frozenset()
        if self.acting_for is not None:
            return lent_acts(self.acting_for.principal.roles)
        return acts_of(self.roles) if self.is_staff else frozenset({Act.PORTAL})

    def as_actor(self) -> Actor:
        """Who acts; a deputy stays himself, with the name in which he acts beside his own."""
        if self.acting_for is None:
            return Actor(
                self.subject,
                self.display_name,
                frozenset(self.acts),
                bounded=bounded_acts(self.roles) if self.is_staff else frozenset(),
            )
        principal = self.acting_for.principal
        label = _("%(deputy)s（代%(principal)s）") % {
            "deputy": self.display_name,
            "principal": principal.display_name,
        }
        return Actor(
            self.subject,
            label,
            frozenset(self.acts),
            in_name_of=principal.subject,
            bounded=bounded_acts(principal.roles),
        )

    def lend_name(self, deputyship: "Deputyship | None") -> None:
        """Act under a deputyship from here on, or for himself again."""
        self.acting_for = deputyship
        self.__dict__.pop("acts", None)

    def has_perm(self, perm: str, obj: Any = None) -> bool:  # noqa: ARG002
        """Django's question, answered from the role matrix."""
        return perm in self.acts

    def has_perms(self, perm_list: list[str], obj: Any = None) -> bool:
        return all(self.has_perm(perm, obj) for perm in perm_list)

    def has_module_perms(self, app_label: str) -> bool:  # noqa: ARG002
        return self.is_staff and self.is_active


class RoleGrant(Record):
    """A role held by a user, until a day or until it is taken away."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="role_grants")
    role = models.CharField(
        _("角色"), max_length=24, choices=[(r.value, v) for r, v in ROLE_LABELS.items()]
    )
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("授予人"),
    )
    until = models.DateTimeField(_("有效至"), null=True, blank=True)

    class Meta:
        verbose_name = _("角色授予")
        verbose_name_plural = _("角色授予")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "role"),
                name="role_grant_once",
                violation_error_message=_("该账号已有这个角色。"),
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=[r.value for r in Role]), name="role_grant_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"
