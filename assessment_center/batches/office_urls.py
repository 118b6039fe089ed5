from django.urls import URLPattern

app_name = "batches_office"
urlpatterns: list[URLPattern] = []
