"""The register of staff accounts: opened, given roles and closed through the services."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from assessment_center.accounts import services
from assessment_center.accounts.enums import Act, Kind, Role
from assessment_center.accounts.labels import ROLE_LABELS
from assessment_center.accounts.models import User
from assessment_center.accounts.step_up import stepped_up
from assessment_center.admin_base import ServiceModelAdmin
from assessment_center.registry import Actor

admin.site.unregister(Group)  # the role matrix stands for groups


class AccountForm(forms.ModelForm):  # type: ignore[type-arg]
    """`password` is asked of a new account only: a forgotten one is replaced by a one-time code."""

    password = forms.CharField(
        label=_("密码"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("本人第一次登录时须另设自己的密码。"),
    )
    roles = forms.MultipleChoiceField(
        label=_("角色"),
        required=False,
        choices=[(role.value, label) for role, label in ROLE_LABELS.items()],
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = User
        fields = ("username", "display_name", "email", "phone", "is_active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:  # noqa: SLF001 - Django's documented place
            self.fields.pop("password", None)
            self.initial["roles"] = [role.value for role in self.instance.roles]

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not password and self.instance._state.adding:  # noqa: SLF001
            raise forms.ValidationError(_("请为新账号设置密码。"))
        if password:
            named = User(
                kind=Kind.STAFF,
                username=self.cleaned_data.get("username", ""),
                display_name=self.cleaned_data.get("display_name", ""),
            )
            validate_password(password, named)
        return password


def save_account(*, actor: Actor, instance: User, values: dict[str, Any], is_new: bool) -> User:
    """Open an account, or bring roles and state to what the form says."""
    wanted = {Role(name) for name in values["roles"]}
    if is_new:
        return services.create_staff(
            actor=actor,
            username=values["username"],
            display_name=values["display_name"],
            password=values["password"],
            roles=sorted(wanted),
            email=values["email"],
            phone=values["phone"],
            must_change_password=True,
        )
    user = User.objects.get(pk=instance.pk)
    held = set(user.roles)
    for role in sorted(wanted - held):
        services.grant_role(actor=actor, user=user, role=role)
    for role in sorted(held - wanted):
        services.withdraw_role(actor=actor, user=user, role=role)
    if user.is_active != values["is_active"]:
        services.set_active(actor=actor, user=user, active=values["is_active"])
    return User.objects.get(pk=instance.pk)


@admin.register(User)
class UserAdmin(ServiceModelAdmin):
    view_act = Act.ACCOUNT_MANAGE
    add_act = change_act = Act.ACCOUNT_MANAGE
    save_service = save_account
    form = AccountForm
    menu_order = 10
    list_display = ("display_name", "username", "role_list", "is_active", "last_login")
    list_filter = ("is_active", "role_grants__role")
    search_fields = ("display_name", "username")
    fields = ("username", "display_name", "roles", "password", "email", "phone", "is_active")

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        staff: QuerySet[User] = super().get_queryset(request).filter(kind=Kind.STAFF)
        return staff.prefetch_related("role_grants")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        named = super().get_fields(request, obj)
        return [name for name in named if name != "password"] if obj else named

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Roles are given and taken only by somebody who has just proved who he is."""
        inner = stepped_up(
            lambda asked: super(UserAdmin, self).changeform_view(
                asked, object_id, form_url, extra_context
            )
        )
        if self.has_change_permission(request):
            return cast("HttpResponse", inner(request))
        page: HttpResponse = super().changeform_view(request, object_id, form_url, extra_context)
        return page

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:  # noqa: ARG002
        return ("username", "display_name", "email", "phone") if obj else ()

    @admin.display(description=_("角色"))
    def role_list(self, user: User) -> str:
        held = {grant.role for grant in user.role_grants.all()}
        return "、".join(str(ROLE_LABELS[role]) for role in Role if role in held)
