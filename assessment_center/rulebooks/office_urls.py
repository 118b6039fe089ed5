from django.urls import URLPattern

app_name = "rulebooks_office"
urlpatterns: list[URLPattern] = []
