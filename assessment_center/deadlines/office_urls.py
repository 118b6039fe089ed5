"""Deadlines in the office."""

from django.urls import path

from assessment_center.deadlines.office import calendars, lists

app_name = "deadlines_office"
urlpatterns = [
    path("", lists.index, name="index"),
    path("calendar/", calendars.page, name="calendar"),
    path("calendar/revoke/", calendars.revoke, name="revoke"),
    path("batches/<str:code>/", lists.batch, name="batch"),
    path("<uuid:key>/tick/", lists.tick, name="tick"),
    path("<uuid:key>/untick/", lists.untick, name="untick"),
]
