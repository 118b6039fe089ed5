from django.urls import path

from assessment_center.registers import office

app_name = "registers_office"
urlpatterns = [
    path("", office.home, name="home"),
    path("files/<uuid:pk>/", office.file, name="file"),
    path("<slug:slug>/", office.register, name="register"),
    path("<slug:slug>/new/", office.enter, name="enter"),
    path("<slug:slug>/print/", office.print_register, name="print"),
    path("<slug:slug>/<uuid:pk>/correct/", office.correct, name="correct"),
    path("<slug:slug>/<uuid:pk>/<slug:move>/", office.step, name="step"),
]
