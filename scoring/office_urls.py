from django.urls import URLPattern

app_name = "scoring_office"
urlpatterns: list[URLPattern] = []
