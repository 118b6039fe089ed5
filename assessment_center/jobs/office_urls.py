from django.urls import URLPattern

app_name = "jobs_office"
urlpatterns: list[URLPattern] = []
