from django.urls import path

from assessment_center.audit import office

app_name = "audit_office"
urlpatterns = [
    path("", office.trail, name="list"),
    path("verify/", office.verify, name="verify"),
]
