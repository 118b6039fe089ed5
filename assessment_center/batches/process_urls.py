"""Planning, opening, announcing and reporting a batch."""

from django.urls import path

from assessment_center.batches import (
    office_announce,
    office_bases,
    office_plan,
    office_report,
    office_year,
)

app_name = "batches_process"
urlpatterns = [
    path("", office_plan.index, name="index"),
    path("bases/", office_bases.bases, name="bases"),
    path("bases/<uuid:key>/retire/", office_bases.basis_retire, name="basis_retire"),
    path("<int:year>/", office_plan.plan_page, name="plan"),
    path("<int:year>/approve/", office_plan.plan_approve, name="plan_approve"),
    path("<int:year>/print/", office_plan.plan_print, name="plan_print"),
    path("<int:year>/file/", office_plan.plan_file, name="plan_file"),
    path("<int:year>/summary/", office_year.page, name="year"),
    path("<int:year>/summary/print/", office_year.printed, name="year_print"),
    path("<int:year>/summary/workbook/", office_year.workbook, name="year_workbook"),
    path("lines/<uuid:key>/remove/", office_plan.plan_line_remove, name="plan_line_remove"),
    path("batches/new/", office_plan.batch_new, name="batch_new"),
    path("batches/<str:code>/offerings/", office_plan.offerings, name="offerings"),
    path("offerings/<uuid:key>/remove/", office_plan.offering_remove, name="offering_remove"),
    path("batches/<str:code>/announcements/", office_announce.announcements, name="announcements"),
    path("batches/<str:code>/announcements/draft/", office_announce.draft, name="draft"),
    path("batches/<str:code>/announcements/change/", office_announce.change, name="change"),
    path("announcements/<uuid:key>/discard/", office_announce.discard, name="discard"),
    path("announcements/<uuid:key>/publish/", office_announce.publish, name="publish"),
    path("batches/<str:code>/close/", office_report.close, name="close"),
    path("batches/<str:code>/report/", office_report.report, name="report"),
    path("batches/<str:code>/report/submit/", office_report.submit, name="submit"),
    path("batches/<str:code>/report/papers/<slug:kind>/", office_report.papers, name="papers"),
    path("reports/<uuid:key>/receive/", office_report.receive, name="receive"),
    path("reports/<uuid:key>/supplement/", office_report.supplement, name="supplement"),
    path("reports/<uuid:key>/decide/", office_report.decide, name="decide"),
]
