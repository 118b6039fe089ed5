"""What the web server runs."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from assessment_center.celery import app as celery_app

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "assessment_center.settings")

application = get_wsgi_application()
__all__ = ["application", "celery_app"]

# What is loaded by now stays to the end; on a deadline night the collector has better to do than
# to look through half a million objects again after every few requests.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 50)
