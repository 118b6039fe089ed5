"""The candidate's pages of examinations, under /portal/exams/."""

from django.urls import path

from exams import portal

app_name = "exams_portal"
urlpatterns = [
    path("tickets/<uuid:pk>/", portal.ticket_screen, name="ticket"),
    path("tickets/<uuid:pk>/pdf/", portal.ticket_pdf, name="ticket_pdf"),
]
