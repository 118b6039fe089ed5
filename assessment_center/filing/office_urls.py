from django.urls import path

from assessment_center.filing.office import (
    applications,
    filling,
    institution,
    lists,
    specifications,
)

app_name = "filing_office"
urlpatterns = [
    path("", lists.home, name="list"),
    path("today/", lists.today, name="today"),
    path("export/", lists.export, name="export"),
    path("cease/", lists.stop, name="cease"),
    path("new/", lists.new, name="new"),
    path("school/", institution.school, name="school"),
    path("regulations/", institution.regulations, name="regulations"),
    path("regulations/<uuid:pk>/end/", institution.regulation_end, name="regulation_end"),
    path("units/", institution.units, name="units"),
    path("units/<uuid:pk>/succeed/", institution.unit_succeed, name="unit_succeed"),
    path("units/<uuid:pk>/join/", institution.unit_join, name="unit_join"),
    path("members/<uuid:pk>/leave/", institution.member_leave, name="member_leave"),
    path("specifications/", specifications.index, name="specifications"),
    path("specifications/<uuid:pk>/", specifications.page, name="specification"),
    path("specifications/<uuid:pk>/review/", specifications.review, name="specification_review"),
    path("papers/<uuid:pk>/", applications.paper, name="paper"),
    path("papers/<uuid:pk>/drop/", applications.paper_drop, name="paper_drop"),
    path("lines/<uuid:pk>/drop/", filling.line_drop, name="line_drop"),
    path("<uuid:pk>/", applications.page, name="application"),
    path("<uuid:pk>/scope/", filling.scope, name="scope"),
    path("<uuid:pk>/assessment/", filling.assessment, name="assessment"),
    path("<uuid:pk>/plan/", filling.plan, name="plan"),
    path("<uuid:pk>/reply/", filling.reply, name="reply"),
    path("<uuid:pk>/opinion/", applications.opinion, name="opinion"),
    path("<uuid:pk>/produce/", applications.produce, name="produce"),
    path("<uuid:pk>/package/", applications.package, name="package"),
    path("<uuid:pk>/papers/<slug:code>/", applications.paper_add, name="paper_add"),
    path("<uuid:pk>/print/<slug:code>/", applications.print_form, name="print"),
    path("<uuid:pk>/move/<slug:name>/", applications.move, name="move"),
]
