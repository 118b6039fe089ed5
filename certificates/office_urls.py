from django.urls import URLPattern

app_name = "certificates_office"
urlpatterns: list[URLPattern] = []
