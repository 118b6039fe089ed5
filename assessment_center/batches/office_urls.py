"""The list of batches and the page of one batch, the cockpit."""

from django.urls import path

from assessment_center.batches import office

app_name = "batches_office"
urlpatterns = [
    path("", office.batch_list, name="list"),
    path("<str:code>/", office.batch_page, name="batch"),
    path("<str:code>/jobs/", office.batch_jobs, name="jobs"),
    path("<str:code>/print/", office.batch_documents, name="documents"),
    path("<str:code>/print/<slug:slug>/", office.batch_print, name="print"),
    path("<str:code>/trail/", office.batch_trail, name="trail"),
]
