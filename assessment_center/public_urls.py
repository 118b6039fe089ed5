"""Pages that everybody may see, and readiness."""

from django.urls import path

from assessment_center import public_views

app_name = "public"
urlpatterns = [
    path("", public_views.home, name="home"),
    path("announcements/<uuid:pk>/", public_views.announcement, name="announcement"),
    path("language/", public_views.language, name="language"),
    path("healthz", public_views.healthz, name="healthz"),
]
