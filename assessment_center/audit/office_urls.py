from django.urls import URLPattern

app_name = "audit_office"
urlpatterns: list[URLPattern] = []
