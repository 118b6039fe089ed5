"""Calendars behind secret addresses, for programs that cannot sign in."""

from django.urls import path

from assessment_center.deadlines.office import calendars

app_name = "calendar"
urlpatterns = [path("<str:secret>.ics", calendars.feed, name="feed")]
