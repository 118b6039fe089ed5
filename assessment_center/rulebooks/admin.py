"""Registers: kept versions, and the office's own values."""

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from assessment_center.accounts.enums import Act
from assessment_center.admin_base import ServiceModelAdmin
from assessment_center.registry import Actor
from assessment_center.rulebooks.models import RulebookVersion, RuleOverride
from assessment_center.rulebooks.rules.summaries import summaries
from assessment_center.rulebooks.services import override_setting


def _keys() -> list[tuple[str, str]]:
    return [(key, f"{each.label}（{key}）") for key, each in summaries().items()]


class OverrideForm(forms.ModelForm):  # type: ignore[type-arg]
    key = forms.ChoiceField(label=_("设置"), choices=_keys)
    value = forms.JSONField(
        label=_("值"),
        help_text=_('按规程文件的格式填写，如 60、true、"serpentine"、[3, 5]。'),
    )

    class Meta:
        model = RuleOverride
        fields = ("rulebook_version", "key", "value", "reason", "article")


def save_override(
    *,
    actor: Actor,
    instance: RuleOverride,  # noqa: ARG001 - the register's signature
    values: dict[str, Any],
    is_new: bool,  # noqa: ARG001
) -> RuleOverride:
    """Put the form's value in place of the rulebook's."""
    return override_setting(
        actor=actor,
        version=values["rulebook_version"],
        key=values["key"],
        value=values["value"],
        reason=values["reason"],
        article=values["article"],
    )


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
    add_act = Act.RULES_OVERRIDE
    save_service = save_override
    form = OverrideForm
    list_display = ("rulebook_version", "key", "value", "article", "created_by", "created_at")
    list_select_related = ("rulebook_version", "created_by")
    search_fields = ("key", "reason", "article")
    fields = ("rulebook_version", "key", "value", "reason", "article")
