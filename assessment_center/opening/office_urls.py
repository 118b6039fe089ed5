from django.urls import path

from assessment_center.opening import office

app_name = "opening_office"
ONE = "kinds/<str:key>/"
urlpatterns = [
    path("", office.index, name="index"),
    path("begin/", office.begin, name="begin"),
    path("prepare/", office.prepare, name="prepare"),
    path("give-back/", office.give_back, name="give_back"),
    path("sign/", office.sign, name="sign"),
    path("reopen/", office.reopen, name="reopen"),
    path("protocol/", office.protocol, name="protocol"),
    path(ONE, office.kind, name="kind"),
    path(f"{ONE}template/", office.sheet_template, name="template"),
    path(f"{ONE}none/", office.none, name="none"),
    path(f"{ONE}drop/", office.drop, name="drop"),
]
