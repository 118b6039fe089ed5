from django.urls import URLPattern

app_name = "exams_office"
urlpatterns: list[URLPattern] = []
