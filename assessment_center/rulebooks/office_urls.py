from django.urls import path

from assessment_center.rulebooks import office

app_name = "rulebooks_office"
urlpatterns = [
    path("", office.index, name="index"),
    path("<slug:code>/", office.detail, name="detail"),
]
