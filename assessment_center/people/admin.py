"""Registers of people, departments and classes; ID numbers stay masked."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from assessment_center.accounts.enums import Act, Kind
from assessment_center.accounts.models import User
from assessment_center.accounts.rules.role_matrix import BOUNDED_ROLES
from assessment_center.admin_base import ServiceModelAdmin
from assessment_center.people import posts, selectors, services
from assessment_center.people.models import (
    Department,
    DepartmentPost,
    Person,
    SchoolClass,
    StaffIdentity,
    StudentRecord,
)
from assessment_center.registry import Actor


def save_department(
    *, actor: Actor, instance: Department, values: dict[str, Any], is_new: bool
) -> Department:
    return services.save_department(actor=actor, row=None if is_new else instance, **values)


def save_class(
    *, actor: Actor, instance: SchoolClass, values: dict[str, Any], is_new: bool
) -> SchoolClass:
    return services.save_class(actor=actor, row=None if is_new else instance, **values)


@admin.register(Department)
class DepartmentAdmin(ServiceModelAdmin):
    view_act = Act.CENTRE_VIEW
    add_act = change_act = Act.CENTRE_MANAGE
    save_service = save_department
    menu_order = 40
    list_display = ("name", "code", "is_active")
    search_fields = ("name", "code")
    fields = ("name", "code", "is_active")


class PostForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = DepartmentPost
        fields = ("user", "department", "is_active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "user" in self.fields:  # read-only once the post stands
            staff = User.objects.filter(kind=Kind.STAFF, is_active=True)
            self.fields["user"].queryset = staff.filter(  # type: ignore[attr-defined]
                role_grants__role__in=[role.value for role in BOUNDED_ROLES]
            )
            self.fields["user"].help_text = _("只列出有院系经办人角色的账号。")


def save_post(
    *, actor: Actor, instance: DepartmentPost, values: dict[str, Any], is_new: bool
) -> DepartmentPost:
    user = values["user"] if is_new else instance.user
    department = values["department"] if is_new else instance.department
    active = values["is_active"]
    return posts.set_post(actor=actor, user=user, department=department, active=active)


@admin.register(DepartmentPost)
class DepartmentPostAdmin(ServiceModelAdmin):
    """Which department's clerk an account is; the head and the administrator decide it."""

    view_act = Act.CENTRE_VIEW
    add_act = change_act = Act.STAFF_DECIDE
    save_service = save_post
    form = PostForm
    menu_order = 45
    list_display = ("user", "place", "is_active")
    list_select_related = ("user", "department")
    list_filter = ("department", "is_active")
    search_fields = ("user__display_name", "user__username")
    fields = ("user", "department", "is_active")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:  # noqa: ARG002
        return ("user", "department") if obj else ()

    @admin.display(description=_("院系"))
    def place(self, post: DepartmentPost) -> str:
        return str(post.department or _("全校"))


@admin.register(SchoolClass)
class SchoolClassAdmin(ServiceModelAdmin):
    view_act = Act.CENTRE_VIEW
    add_act = change_act = Act.CENTRE_MANAGE
    save_service = save_class
    menu_order = 50
    list_display = ("name", "department", "major", "enrolled_year", "graduation_year")
    list_select_related = ("department",)
    list_filter = ("department", "graduation_year")
    search_fields = ("name", "major")
    fields = ("department", "name", "major", "schooling", "enrolled_year", "graduation_year")


class IdentityForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = StaffIdentity
        fields = ("user", "person")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "user" in self.fields:
            staff = User.objects.filter(kind=Kind.STAFF, is_active=True)
            self.fields["user"].queryset = staff  # type: ignore[attr-defined]
            self.fields["user"].help_text = _("登记后，本人和亲属的申报由别人审核。")


def save_identity(
    *, actor: Actor, instance: StaffIdentity, values: dict[str, Any], is_new: bool
) -> StaffIdentity:
    user = values["user"] if is_new else instance.user
    return posts.identify(actor=actor, user=user, person=values["person"])


@admin.register(StaffIdentity)
class StaffIdentityAdmin(ServiceModelAdmin):
    """Which person a staff account is; the person is found by name, pinyin or initials."""

    view_act = Act.PEOPLE_VIEW
    add_act = change_act = Act.STAFF_DECIDE
    save_service = save_identity
    form = IdentityForm
    menu_order = 65
    list_display = ("user", "person")
    list_select_related = ("user", "person")
    search_fields = ("user__display_name", "person__name")
    autocomplete_fields = ("person",)
    fields = ("user", "person")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:  # noqa: ARG002
        return ("user",) if obj else ()


@admin.register(Person)
class PersonAdmin(ServiceModelAdmin):
    """Found by name, pinyin or initials; a number is neither shown whole nor put in an address."""

    view_act = Act.PEOPLE_VIEW
    menu_order = 60
    list_display = ("name", "id_masked", "sex", "birth", "phone")
    search_fields = ("name",)
    search_help_text = _("姓名、拼音或拼音首字母")
    fields = ("name", "pinyin", "id_kind", "id_masked", "whole", "sex", "birth", "phone", "email")
    readonly_fields = ("whole",)

    @admin.display(description=_("完整号码"))
    def whole(self, person: Person) -> str:
        """Where the full number is shown, to who gives a reason."""
        url = reverse("people_office:reveal", args=[person.pk])
        return format_html('<a href="{}">{}</a>', url, _("填写原因后查看"))

    def get_search_results(
        self,
        request: HttpRequest,  # noqa: ARG002 - Django's signature
        queryset: QuerySet[Person],
        search_term: str,
    ) -> tuple[QuerySet[Person], bool]:
        if not search_term.strip():
            return queryset, False
        return queryset.filter(pk__in=selectors.search(search_term).values("pk")), False


@admin.register(StudentRecord)
class StudentAdmin(ServiceModelAdmin):
    view_act = Act.PEOPLE_VIEW
    menu_order = 70
    list_display = ("student_number", "person", "school_class", "status")
    list_select_related = ("person", "school_class")
    list_filter = ("status", "school_class__department")
    search_fields = ("student_number", "person__name", "person__initials")
