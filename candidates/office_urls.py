from django.urls import URLPattern

app_name = "candidates_office"
urlpatterns: list[URLPattern] = []
