from django.urls import path

from assessment_center.rulebooks import office, office_compare, office_overrides

app_name = "rulebooks_office"
urlpatterns = [
    path("", office.index, name="index"),
    path("compare/", office_compare.compare, name="compare"),
    path("<slug:code>/", office.detail, name="detail"),
    path("<slug:code>/conflicts/", office.conflicts, name="conflicts"),
    path("<slug:code>/overrides/", office_overrides.overrides, name="overrides"),
    path("<slug:code>/overrides/enter/", office_overrides.enter, name="enter_override"),
    path("<slug:code>/overrides/<uuid:pk>/withdraw/", office_overrides.withdraw, name="withdraw"),
]
