from django.urls import URLPattern

app_name = "certificates_portal"
urlpatterns: list[URLPattern] = []
