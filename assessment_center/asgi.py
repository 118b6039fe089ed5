import os

from django.core.asgi import get_asgi_application

from assessment_center.celery import app as celery_app

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "assessment_center.settings")

application = get_asgi_application()
__all__ = ["application", "celery_app"]
