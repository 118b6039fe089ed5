from django.urls import URLPattern

app_name = "conformance_office"
urlpatterns: list[URLPattern] = []
