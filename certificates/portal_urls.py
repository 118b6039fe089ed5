"""The candidate's pages of certificates, under /portal/certificates/."""

from django.urls import path

from certificates import portal

app_name = "certificates_portal"
urlpatterns = [path("<uuid:pk>/", portal.certificate_pdf, name="pdf")]
