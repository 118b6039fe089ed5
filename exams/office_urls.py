"""Pages of the office for examinations, under /admin/work/exams/."""

from django.urls import include, path

from exams.office import custody, day, draws, sitting, supply, tickets, timetable

app_name = "exams_office"
urlpatterns = [
    path("", timetable.index, name="index"),
    path("batches/<str:code>/", timetable.batch_page, name="batch"),
    path("batches/<str:code>/written/", timetable.add_written, name="add_written"),
    path("batches/<str:code>/practical/", timetable.add_practical, name="add_practical"),
    path("batches/<str:code>/arrange/", timetable.arrange_all, name="arrange_all"),
    path("batches/<str:code>/confirm/", timetable.confirm_all, name="confirm_all"),
    path("batches/<str:code>/tickets/", tickets.tickets, name="tickets"),
    path("batches/<str:code>/tickets/issue/", timetable.issue, name="issue"),
    path("batches/<str:code>/custody/", custody.custody, name="custody"),
    path("batches/<str:code>/supply/", supply.supply_page, name="supply"),
    path("batches/<str:code>/supply/ask/", supply.ask, name="supply_ask"),
    path("batches/<str:code>/supply/receive/", supply.receive, name="supply_receive"),
    path("batches/<str:code>/supply/dispose/", supply.dispose, name="supply_dispose"),
    path("parcels/<uuid:pk>/decide/", supply.decide, name="supply_decide"),
    path("batches/<str:code>/day/", day.day, name="day"),
    path("sittings/<uuid:pk>/", sitting.sitting_page, name="sitting"),
    path("sittings/<uuid:pk>/cancel/", timetable.cancel, name="cancel"),
    path("sittings/<uuid:pk>/commit/", sitting.commit, name="commit"),
    path("sittings/<uuid:pk>/arrange/", sitting.arrange, name="arrange"),
    path("sittings/<uuid:pk>/confirm/", sitting.confirm, name="confirm"),
    path("sittings/<uuid:pk>/start/", day.start, name="start"),
    path("sittings/<uuid:pk>/duties/", sitting.duties, name="duties"),
    path("sittings/<uuid:pk>/duties/propose/", sitting.propose_duties, name="propose_duties"),
    path("sittings/<uuid:pk>/duties/add/", sitting.add_duty, name="add_duty"),
    path("sittings/<uuid:pk>/duties/confirm/", draws.confirm_duties, name="confirm_duties"),
    path("duties/<uuid:pk>/replace/", draws.replace_duty, name="replace_duty"),
    path("sittings/<uuid:pk>/draws/", draws.draws, name="draws"),
    path("sittings/<uuid:pk>/draws/<slug:kind>/", draws.commit_lots, name="commit_lots"),
    path("draws/<uuid:pk>/hold/", draws.hold_lots, name="hold_lots"),
    path("draws/<uuid:pk>/swap/", draws.swap_lots, name="swap_lots"),
    path("duties/<uuid:pk>/drop/", sitting.drop_duty, name="drop_duty"),
    path("rooms/<uuid:pk>/", day.room_page, name="room"),
    path("rooms/<uuid:pk>/chart/", sitting.chart, name="chart"),
    path("rooms/<uuid:pk>/attendance/", day.attendance, name="attendance"),
    path("rooms/<uuid:pk>/violation/", day.violation, name="violation"),
    path("rooms/<uuid:pk>/incident/", day.incident, name="incident"),
    path("rooms/<uuid:pk>/submit/", day.submit, name="submit"),
    path("rooms/<uuid:pk>/pack/", custody.pack, name="pack"),
    path("packets/<uuid:pk>/<slug:move>/", custody.step, name="step"),
    path("", include("exams.equipment.office_urls")),
]
