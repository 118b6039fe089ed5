"""Public verification under /verify/; nothing of a certificate ever stands in an address."""

from django.urls import path

from certificates import views

app_name = "verify"
urlpatterns = [
    path("", views.by_facts, name="form"),
    path("code/", views.by_text, name="code"),
    path("file/", views.by_file, name="file"),
]
