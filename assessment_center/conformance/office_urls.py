from django.urls import path

from assessment_center.conformance import office

app_name = "conformance_office"
urlpatterns = [path("<str:code>/", office.batch_report, name="batch")]
