"""Settings of a site with nothing in it, so that the supervisor's own conduct can be tested."""

import os

from django.http import HttpRequest, HttpResponse
from django.urls import path

from assessment_center import embedded


def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


_addresses = embedded.endpoints()
DATABASES = {
    "default": embedded.parse_database_url(_addresses.database_url),
    "owner": embedded.parse_database_url(_addresses.migrate_database_url),
}
INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth"]
SECRET_KEY = "only in tests"
USE_TZ = True
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = __name__
urlpatterns = [path("healthz", healthz)]
STATIC_ROOT = None
CELERY_BROKER_URL = _addresses.redis_url
CELERY_BEAT_SCHEDULE: dict[str, object] = {}
SITE_PORT = os.environ.get("PORT")
