"""Pages of appraisals and misconduct of staff, under /admin/work/personnel/appraisals/."""

from django.urls import path

from assessment_center.personnel import office_appraisals as pages
from assessment_center.personnel import office_conduct as conduct
from assessment_center.personnel import office_judged as judged

app_name = "appraisals_office"
urlpatterns = [
    path("", pages.index, name="index"),
    path("<int:year>/summaries/", judged.summaries, name="summaries"),
    path("<int:year>/<slug:branch>/", pages.year_page, name="year"),
    path("<int:year>/<slug:branch>/draft/", pages.draft, name="draft"),
    path("<int:year>/<slug:branch>/report/", pages.report, name="report"),
    path("<int:year>/<slug:branch>/forms/", judged.year_forms, name="year_forms"),
    path("<int:year>/<slug:branch>/results/", judged.year_results, name="year_results"),
    path("members/<uuid:pk>/", pages.member_page, name="member"),
    path("members/<uuid:pk>/file/", judged.personal_file, name="file"),
    path("ledger/", judged.ledger, name="ledger"),
    path("of/<uuid:pk>/write/", pages.write, name="write"),
    path("of/<uuid:pk>/confirm/", pages.confirm, name="confirm"),
    path("dispatches/<uuid:pk>/correct/", pages.correct, name="correct"),
    path("sessions/<uuid:session>/", pages.session_page, name="session"),
    path("sessions/<uuid:session>/forms/", judged.session_forms, name="session_forms"),
    path("sessions/<uuid:session>/rate/<uuid:pk>/", pages.rate, name="rate"),
    path("cases/", conduct.case_list, name="cases"),
    path("cases/enter/", conduct.enter, name="enter"),
    path("cases/<uuid:pk>/", conduct.case_page, name="case"),
    path("cases/<uuid:pk>/decide/", conduct.decide, name="decide"),
    path("cases/<uuid:pk>/report/", conduct.report, name="case_report"),
    path("cases/<uuid:pk>/appeal/", conduct.appeal, name="appeal"),
    path("cases/<uuid:pk>/corrected/", conduct.corrected, name="corrected"),
    path("cases/<uuid:pk>/letter/", judged.case_letter, name="letter"),
]
