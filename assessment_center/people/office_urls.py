"""Addresses of the pages about ID numbers; none of them holds one."""

from django.urls import path

from assessment_center.people import office

app_name = "people_office"
urlpatterns = [
    path("find/", office.find, name="find"),
    path("<uuid:pk>/number/", office.reveal, name="reveal"),
    path("disclosures/", office.disclosures, name="disclosures"),
]
