"""Addresses of the equipment, joined to those of the examinations."""

from django.urls import path

from exams.equipment.office import ledger, one, room

urlpatterns = [
    path("equipment/", ledger.ledger, name="equipment"),
    path("equipment/new/", ledger.enter, name="equipment_new"),
    path("equipment/import/", ledger.import_sheet, name="equipment_import"),
    path("equipment/export/", ledger.export, name="equipment_export"),
    path("equipment/template/", ledger.template, name="equipment_template"),
    path("equipment/print/<slug:slug>/", ledger.print_form, name="equipment_print"),
    path("equipment/purchase/", ledger.purchase, name="equipment_purchase"),
    path("equipment/keepers/", ledger.appoint, name="keeper_appoint"),
    path("equipment/keepers/<uuid:pk>/dismiss/", ledger.dismiss, name="keeper_dismiss"),
    path("equipment/plans/<uuid:pk>/<slug:move>/", ledger.plan, name="equipment_plan_step"),
    path("equipment/loans/<uuid:pk>/<slug:move>/", one.loan, name="loan_step"),
    path("equipment/calibrations/<uuid:pk>/void/", one.void, name="calibration_void"),
    path("equipment/damages/<uuid:pk>/settle/", one.settle, name="damage_settle"),
    path("equipment/<uuid:pk>/", one.show, name="equipment_one"),
    path("equipment/<uuid:pk>/change/", one.change, name="equipment_change"),
    path("equipment/<uuid:pk>/calibrate/", one.calibrate, name="calibrate"),
    path("equipment/<uuid:pk>/maintain/", one.maintain, name="maintain"),
    path("equipment/<uuid:pk>/lend/", one.lend, name="lend"),
    path("equipment/<uuid:pk>/damage/", one.damage, name="damage"),
    path("equipment/<uuid:pk>/plan/", one.plan, name="equipment_plan"),
    path("rooms/<uuid:pk>/equipment/", room.show, name="room_equipment"),
    path("rooms/<uuid:pk>/equipment/check/", room.check, name="room_equipment_check"),
]
