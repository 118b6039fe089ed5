"""The outer addresses: public pages, portal, office, verification, readiness."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/work/batches/", include("assessment_center.batches.office_urls")),
    path("admin/work/plan/", include("assessment_center.batches.process_urls")),
    path("admin/work/deadlines/", include("assessment_center.deadlines.office_urls")),
    path("admin/work/centre/", include("assessment_center.organization.office_urls")),
    path("admin/work/registers/", include("assessment_center.registers.office_urls")),
    path("admin/work/opening/", include("assessment_center.opening.office_urls")),
    path("admin/work/filing/", include("assessment_center.filing.office_urls")),
    path("admin/work/rules/", include("assessment_center.rulebooks.office_urls")),
    path("admin/work/conformance/", include("assessment_center.conformance.office_urls")),
    path("admin/work/jobs/", include("assessment_center.jobs.office_urls")),
    path("admin/work/account/", include("assessment_center.accounts.office_urls")),
    path("admin/work/first-day/", include("assessment_center.first_day.office_urls")),
    path("admin/work/catalog/", include("assessment_center.catalog.office_urls")),
    path("admin/work/people/", include("assessment_center.people.office_urls")),
    path("admin/work/personnel/appraisals/", include("assessment_center.personnel.appraisal_urls")),
    path("admin/work/personnel/", include("assessment_center.personnel.office_urls")),
    path("admin/work/audit/", include("assessment_center.trail_urls")),
    path("admin/work/candidates/", include("candidates.office_urls")),
    path("admin/work/questionbank/", include("questionbank.office_urls")),
    path("admin/work/exams/", include("exams.office_urls")),
    path("admin/work/scoring/", include("scoring.office_urls")),
    path("admin/work/certificates/", include("certificates.office_urls")),
    path("admin/work/archives/", include("archives.office_urls")),
    path("admin/", admin.site.urls),
    path("portal/exams/", include("exams.portal_urls")),
    path("portal/scoring/", include("scoring.portal_urls")),
    path("portal/certificates/", include("certificates.portal_urls")),
    path("portal/", include("candidates.urls")),
    path("calendar/", include("assessment_center.deadlines.feed_urls")),
    path("sign-on/", include("assessment_center.campus.urls")),
    path("verify/", include("certificates.urls")),
    path("", include("assessment_center.public_urls")),
]
