"""Registers of people, departments and classes; ID numbers stay masked."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from assessment_center.accounts.enums import Act
from assessment_center.admin_base import ServiceModelAdmin
from assessment_center.people import selectors, services
from assessment_center.people.models import Department, Person, SchoolClass, StudentRecord
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
