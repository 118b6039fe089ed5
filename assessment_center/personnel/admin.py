"""Registers of the staff and their cards."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from assessment_center.accounts.enums import Act
from assessment_center.admin_base import ServiceModelAdmin
from assessment_center.personnel import services
from assessment_center.personnel.models import Qualification, StaffMember
from assessment_center.registry import Actor


def save_member(
    *,
    actor: Actor,
    instance: StaffMember,
    values: dict[str, Any],
    is_new: bool,
) -> StaffMember:
    facts = values if is_new else {"person": instance.person, **values}
    return services.save_member(actor=actor, **facts)


def save_qualification(
    *,
    actor: Actor,
    instance: Qualification,  # noqa: ARG001 - cards are only added
    values: dict[str, Any],
    is_new: bool,  # noqa: ARG001
) -> Qualification:
    return services.add_qualification(actor=actor, **values)


@admin.register(StaffMember)
class StaffMemberAdmin(ServiceModelAdmin):
    view_act = Act.PEOPLE_VIEW
    add_act = change_act = Act.PEOPLE_MANAGE
    save_service = save_member
    in_menu = False  # its page in the menu is the list with the lights
    menu_order = 80
    list_display = ("person", "department", "title", "grades", "is_external", "is_active")
    list_select_related = ("person", "department")
    list_filter = ("qualifications__grade", "is_external", "is_active", "department")
    search_fields = ("person__name", "person__initials", "qualifications__card_number")
    raw_id_fields = ("person",)
    fields = ("person", "department", "title", "is_external", "is_active")

    def get_queryset(self, request: Any) -> Any:
        return super().get_queryset(request).prefetch_related("qualifications")

    @admin.display(description=_("资格"))
    def grades(self, member: StaffMember) -> str:
        return "、".join(
            dict.fromkeys(str(card.get_grade_display()) for card in member.qualifications.all())
        )


@admin.register(Qualification)
class QualificationAdmin(ServiceModelAdmin):
    view_act = Act.PEOPLE_VIEW
    add_act = Act.PEOPLE_MANAGE
    save_service = save_qualification
    menu_order = 90
    list_display = ("member", "grade", "card_number", "valid_from", "valid_until")
    list_select_related = ("member__person",)
    list_filter = ("grade",)
    search_fields = ("member__person__name", "member__person__initials", "card_number")
    raw_id_fields = ("occupations",)
    fields = (
        "member",
        "grade",
        "card_number",
        "occupations",
        "levels",
        "valid_from",
        "valid_until",
    )
