"""The site's addresses and one bare view beside them: the floor of a request through it all."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from assessment_center.urls import urlpatterns as site


def bare(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [path("bare/", bare), *site]
