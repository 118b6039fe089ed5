"""Addresses of the campus sign-on; not found while it is off."""

from django.urls import path

from assessment_center.campus import views

app_name = "campus"
urlpatterns = [
    path("begin/<str:who>/", views.begin, name="begin"),
    path("callback/", views.callback, name="callback"),
]
