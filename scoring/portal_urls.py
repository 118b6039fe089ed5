from django.urls import URLPattern

app_name = "scoring_portal"
urlpatterns: list[URLPattern] = []
