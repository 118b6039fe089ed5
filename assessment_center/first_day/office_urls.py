"""Addresses of the first days."""

from django.urls import path

from assessment_center.first_day.office import guide, sheets, slips

app_name = "first_day"
urlpatterns = [
    path("", guide.guide, name="guide"),
    path("begin/", guide.begin, name="begin"),
    path("rulebook/", guide.rulebook, name="rulebook"),
    path("steps/<slug:key>/", sheets.step, name="step"),
    path("steps/<slug:key>/template/", sheets.sheet_template, name="template"),
    path("steps/<slug:key>/record/", sheets.record, name="record"),
    path("uploads/<uuid:pk>/", sheets.upload, name="upload"),
    path("uploads/<uuid:pk>/apply/", sheets.apply, name="apply"),
    path("uploads/<uuid:pk>/problems/", sheets.problems, name="problems"),
    path("slips/", slips.slips, name="slips"),
    path("slips/classes/<uuid:pk>/", slips.print_class, name="print_class"),
    path("slips/students/<uuid:pk>/", slips.print_person, name="print_person"),
    path("slips/staff/", slips.print_staff, name="print_staff"),
]
