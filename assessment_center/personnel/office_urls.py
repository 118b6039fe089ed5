"""Addresses of the staff's pages."""

from django.urls import path

from assessment_center.personnel.office import applications, home, member

app_name = "personnel_office"
urlpatterns = [
    path("", home.home, name="home"),
    path("hire/", home.hire_all, name="hire_all"),
    path("print/<slug:slug>/", home.print_form, name="print_list"),
    path("print/<slug:slug>/<uuid:pk>/", home.print_form, name="print"),
    path("training/", applications.training, name="training"),
    path("training/add/", applications.training_add, name="training_add"),
    path("applications/<uuid:pk>/exam/", applications.exam, name="exam"),
    path("applications/<uuid:pk>/card/", applications.card, name="card"),
    path("applications/<uuid:pk>/<slug:name>/", applications.move, name="move"),
    path("cards/<uuid:pk>/revoke/", member.revoke, name="revoke"),
    path("contracts/<uuid:pk>/sign/", member.sign, name="sign"),
    path("contracts/<uuid:pk>/end/", member.end, name="end"),
    path("contracts/<uuid:pk>/review/", member.review, name="review"),
    path("<uuid:pk>/", member.member, name="member"),
    path("<uuid:pk>/facts/", member.facts, name="facts"),
    path("<uuid:pk>/apply/", member.apply, name="apply"),
    path("<uuid:pk>/hire/", member.hire, name="hire"),
    path("<uuid:pk>/promise/", member.promise, name="promise"),
    path("<uuid:pk>/tie/", member.tie, name="tie"),
]
