from django.urls import URLPattern

app_name = "organization_office"
urlpatterns: list[URLPattern] = []
