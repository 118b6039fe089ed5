import os

from django.core.wsgi import get_wsgi_application

from assessment_center.celery import app as celery_app

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "assessment_center.settings")

application = get_wsgi_application()
__all__ = ["application", "celery_app"]
