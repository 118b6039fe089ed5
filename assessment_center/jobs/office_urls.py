from django.urls import path

from assessment_center.jobs import office

app_name = "jobs_office"
urlpatterns = [
    path("", office.job_list, name="list"),
    path("<uuid:pk>/", office.job_page, name="job"),
    path("<uuid:pk>/state/", office.job_state, name="state"),
    path("<uuid:pk>/file/", office.job_file, name="file"),
    path("<uuid:pk>/retry/", office.job_retry, name="retry"),
]
