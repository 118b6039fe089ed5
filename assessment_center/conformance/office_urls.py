from django.urls import path

from assessment_center.conformance import office

app_name = "conformance_office"
urlpatterns = [
    path("<str:code>/", office.batch_report, name="batch"),
    path("<str:code>/report/", office.order_report, name="report"),
    path("<str:code>/<str:rule>/", office.rule_page, name="rule"),
    path("<str:code>/<str:rule>/confirm/", office.confirm, name="confirm"),
    path("<str:code>/<str:rule>/revoke/", office.revoke, name="revoke"),
    path("<str:code>/<str:rule>/<uuid:pk>/", office.attachment, name="attachment"),
]
