from django.urls import URLPattern

app_name = "archives_office"
urlpatterns: list[URLPattern] = []
