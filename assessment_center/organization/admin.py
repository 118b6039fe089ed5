"""Registers of the centre, its filings and their scope."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from assessment_center.accounts.enums import Act
from assessment_center.admin_base import ServiceModelAdmin
from assessment_center.organization import services
from assessment_center.organization.models import AssessmentCentre, FiledScope, Filing
from assessment_center.registry import Actor


def save_centre(
    *, actor: Actor, instance: AssessmentCentre, values: dict[str, Any], is_new: bool
) -> AssessmentCentre:
    return services.save_centre(actor=actor, row=None if is_new else instance, **values)


def save_filing(
    *,
    actor: Actor,
    instance: Filing,  # noqa: ARG001 - filings are only added
    values: dict[str, Any],
    is_new: bool,  # noqa: ARG001
) -> Filing:
    return services.add_filing(actor=actor, **values)


def save_scope(
    *,
    actor: Actor,
    instance: FiledScope,  # noqa: ARG001 - lines are only added
    values: dict[str, Any],
    is_new: bool,  # noqa: ARG001
) -> FiledScope:
    return services.add_scope_line(actor=actor, **values)


@admin.register(AssessmentCentre)
class CentreAdmin(ServiceModelAdmin):
    view_act = Act.CENTRE_VIEW
    add_act = change_act = Act.CENTRE_MANAGE
    save_service = save_centre
    menu_order = 10
    list_display = ("name", "short_name", "authority_name", "phone", "is_active")
    fields = (
        "name",
        "short_name",
        "credit_code",
        "province_code",
        "address",
        "phone",
        "complaint_phone",
        "authority_name",
        "seal_name",
    )


@admin.register(Filing)
class FilingAdmin(ServiceModelAdmin):
    view_act = Act.CENTRE_VIEW
    add_act = Act.CENTRE_MANAGE
    save_service = save_filing
    menu_order = 20
    list_display = ("number", "centre", "valid_from", "valid_until", "is_incremental")
    list_select_related = ("centre",)
    fields = (
        "centre",
        "number",
        "rulebook_version",
        "valid_from",
        "valid_until",
        "is_incremental",
    )


@admin.register(FiledScope)
class FiledScopeAdmin(ServiceModelAdmin):
    view_act = Act.CENTRE_VIEW
    add_act = Act.CENTRE_MANAGE
    save_service = save_scope
    menu_order = 30
    list_display = ("occupation", "job", "level_words", "standard", "matching_major", "filing")
    list_select_related = ("occupation", "job", "standard", "filing")
    search_fields = ("occupation__name", "occupation__initials", "matching_major")
    autocomplete_fields = ()
    fields = ("filing", "occupation", "job", "levels", "standard", "matching_major")

    @admin.display(description=_("等级"))
    def level_words(self, line: FiledScope) -> str:
        return "、".join(str(level) for level in line.levels) or "——"
