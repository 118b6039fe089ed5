"""Addresses of the equipment, joined to those of the examinations."""

from django.urls import path

from exams.equipment.office import care, damage, keeping, ledger, lending, one, room, sheets

urlpatterns = [
    path("equipment/", ledger.ledger, name="equipment"),
    path("equipment/new/", ledger.enter, name="equipment_new"),
    path("equipment/import/", sheets.import_sheet, name="equipment_import"),
    path("equipment/export/", sheets.export, name="equipment_export"),
    path("equipment/template/", sheets.template, name="equipment_template"),
    path("equipment/print/<slug:slug>/", sheets.print_form, name="equipment_print"),
    path("equipment/purchase/", keeping.purchase, name="equipment_purchase"),
    path("equipment/keepers/", keeping.appoint, name="keeper_appoint"),
    path("equipment/keepers/<uuid:pk>/dismiss/", keeping.dismiss, name="keeper_dismiss"),
    path("equipment/plans/<uuid:pk>/<slug:move>/", keeping.plan, name="equipment_plan_step"),
    path("equipment/loans/<uuid:pk>/<slug:move>/", lending.loan, name="loan_step"),
    path("equipment/calibrations/<uuid:pk>/void/", care.void, name="calibration_void"),
    path("equipment/damages/<uuid:pk>/settle/", damage.settle, name="damage_settle"),
    path("equipment/<uuid:pk>/", one.show, name="equipment_one"),
    path("equipment/<uuid:pk>/change/", one.change, name="equipment_change"),
    path("equipment/<uuid:pk>/calibrate/", care.calibrate, name="calibrate"),
    path("equipment/<uuid:pk>/maintain/", care.maintain, name="maintain"),
    path("equipment/<uuid:pk>/lend/", lending.lend, name="lend"),
    path("equipment/<uuid:pk>/damage/", damage.damage, name="damage"),
    path("equipment/<uuid:pk>/plan/", damage.plan, name="equipment_plan"),
    path("rooms/<uuid:pk>/equipment/", room.show, name="room_equipment"),
    path("rooms/<uuid:pk>/equipment/check/", room.check, name="room_equipment_check"),
]
