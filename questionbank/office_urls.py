from django.urls import URLPattern

app_name = "questionbank_office"
urlpatterns: list[URLPattern] = []
