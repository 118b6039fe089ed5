"""Addresses of the office's pages of the catalogue."""

from django.urls import path

from assessment_center.catalog import office, office_rates

app_name = "catalog_office"
urlpatterns = [
    path("rates/", office_rates.rates, name="rates"),
    path("related/", office.related, name="related"),
    path("related/<uuid:pk>/drop/", office.drop, name="drop"),
]
