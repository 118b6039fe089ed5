from django.urls import URLPattern

app_name = "exams_portal"
urlpatterns: list[URLPattern] = []
