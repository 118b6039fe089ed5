"""The candidate's score, the request for a recount, and the public list."""

from django.urls import path

from scoring import portal

app_name = "scoring_portal"
urlpatterns = [
    path("publicity/<str:code>/", portal.publicity, name="publicity"),
    path("<uuid:application>/", portal.score, name="score"),
    path("<uuid:application>/review/<slug:subject>/", portal.request_review, name="request_review"),
]
