"""The published draws, under /draws/."""

from django.urls import path

from exams import public

app_name = "draws"
urlpatterns = [
    path("", public.index, name="index"),
    path("seating.pyz", public.program, name="program"),
    path("<str:code>/", public.batch, name="batch"),
    path("<str:code>/<int:number>.json", public.record, name="record"),
]
