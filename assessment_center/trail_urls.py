"""Addresses of the trail's pages; they stand above the accounts that may read them."""

from django.urls import path

from assessment_center import trail

app_name = "audit_office"
urlpatterns = [
    path("", trail.trail, name="list"),
    path("verify/", trail.verify, name="verify"),
]
