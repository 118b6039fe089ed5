"""Addresses of printed sheets; the short one stands in their corners, in capitals."""

from django.urls import path

from assessment_center import paper

app_name = "paper_office"
urlpatterns = [
    path("admin/work/paper/", paper.find, name="find"),
    path("admin/work/paper/<str:code>/", paper.sheet_page, name="sheet"),
    path("P/<str:code>", paper.scanned, name="scanned"),
]
