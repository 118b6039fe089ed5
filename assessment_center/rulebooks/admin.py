"""Registers: kept versions, and the office's own values (entered on the rulebook's page)."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from assessment_center.accounts.enums import Act
from assessment_center.admin_base import ServiceModelAdmin
from assessment_center.rulebooks.models import RulebookVersion, RuleOverride
from assessment_center.rulebooks.override_history import said
from assessment_center.rulebooks.rules.summaries import summary


@admin.register(RulebookVersion)
class RulebookVersionAdmin(ServiceModelAdmin):
    view_act = Act.RULES_VIEW
    list_display = ("name", "version", "status", "loaded_at")
    list_filter = ("status",)
    search_fields = ("name", "code")
    fields = ("name", "code", "version", "status", "loaded_at", "sha256")


@admin.register(RuleOverride)
class RuleOverrideAdmin(ServiceModelAdmin):
    view_act = Act.RULES_VIEW
    list_display = ("rulebook_version", "setting", "told", "article", "created_by", "created_at")
    list_select_related = ("rulebook_version", "created_by")
    search_fields = ("reason", "article")
    fields = ("rulebook_version", "setting", "told", "reason", "article")
    readonly_fields = fields

    @admin.display(description=_("设置"), ordering="key")
    def setting(self, override: RuleOverride) -> str:
        return summary(override.key).label

    @admin.display(description=_("值"))
    def told(self, override: RuleOverride) -> str:
        return said(override)
