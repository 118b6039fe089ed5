"""Registers of banks, acceptances, papers and key holders; all are read-only here."""

from django.contrib import admin

from assessment_center.accounts.enums import Act
from assessment_center.admin_base import ServiceModelAdmin
from questionbank.models import (
    Bank,
    BankAcceptance,
    Blueprint,
    EarlierPaper,
    KeyHolder,
    Paper,
)


@admin.register(Bank)
class BankAdmin(ServiceModelAdmin):
    view_act = Act.BANK_VIEW
    menu_order = 10
    list_display = ("occupation", "job", "level", "subject", "edition")
    list_select_related = ("occupation", "job")
    list_filter = ("subject", "level")
    search_fields = ("occupation__name", "occupation__code", "job__name")


@admin.register(Blueprint)
class BlueprintAdmin(ServiceModelAdmin):
    view_act = Act.BANK_VIEW
    menu_order = 20
    list_display = ("name", "bank", "minutes", "difficulty", "tolerance")
    list_select_related = ("bank__occupation", "bank__job")
    search_fields = ("name", "bank__occupation__name")


@admin.register(BankAcceptance)
class BankAcceptanceAdmin(ServiceModelAdmin):
    view_act = Act.BANK_VIEW
    menu_order = 30
    list_display = ("bank", "accepted_at", "item_count", "opinion")
    list_select_related = ("bank__occupation", "bank__job")
    date_hierarchy = "accepted_at"


@admin.register(Paper)
class PaperAdmin(ServiceModelAdmin):
    """Never shows content or sealed bytes."""

    view_act = Act.BANK_VIEW
    menu_order = 40
    list_display = (
        "code",
        "batch",
        "offering",
        "subject",
        "form",
        "status",
        "sealed_at",
        "released_at",
    )
    list_select_related = ("batch", "offering__occupation", "offering__job")
    list_filter = ("status", "subject")
    search_fields = ("code", "batch__code", "offering__occupation__name")
    fields = (
        "code",
        "batch",
        "offering",
        "subject",
        "form",
        "status",
        "is_spare",
        "digest",
        "first_holder",
        "second_holder",
        "not_before",
        "assembled_by",
        "approved_by",
        "sealed_at",
        "released_at",
    )


@admin.register(KeyHolder)
class KeyHolderAdmin(ServiceModelAdmin):
    """The public half alone; the sealed identity is never shown."""

    view_act = Act.PAPER_KEY
    menu_order = 50
    list_display = ("user", "is_active", "created_at")
    list_select_related = ("user",)
    fields = ("user", "is_active", "created_at")


@admin.register(EarlierPaper)
class EarlierPaperAdmin(ServiceModelAdmin):
    view_act = Act.BANK_VIEW
    menu_order = 45
    list_display = ("code", "occupation", "level", "subject_code", "used_on", "digest")
    list_select_related = ("occupation",)
    search_fields = ("code", "occupation__name")
