"""Registers of the national classification and of the standards; read here, imported elsewhere."""

from django.contrib import admin

from assessment_center.accounts.enums import Act
from assessment_center.admin_base import ServiceModelAdmin
from assessment_center.catalog.models import Job, Occupation, OccupationalStandard


@admin.register(Occupation)
class OccupationAdmin(ServiceModelAdmin):
    view_act = Act.BATCH_VIEW
    menu_order = 210
    list_display = ("code", "name", "group_name", "edition", "is_active")
    list_filter = ("edition", "is_green", "is_digital", "is_active")
    search_fields = ("code", "name", "initials", "pinyin")
    exclude = ("pinyin", "initials")


@admin.register(Job)
class JobAdmin(ServiceModelAdmin):
    view_act = Act.BATCH_VIEW
    menu_order = 220
    list_display = ("name", "occupation", "code", "is_active")
    list_filter = ("is_active",)
    list_select_related = ("occupation",)
    search_fields = ("name", "code", "initials", "pinyin", "occupation__name")
    exclude = ("pinyin", "initials")


@admin.register(OccupationalStandard)
class OccupationalStandardAdmin(ServiceModelAdmin):
    view_act = Act.BATCH_VIEW
    menu_order = 230
    list_display = ("name", "edition", "occupation", "job", "status")
    list_filter = ("status", "hazardous")
    list_select_related = ("occupation", "job")
    search_fields = ("name", "edition", "occupation__name", "occupation__initials", "job__name")
