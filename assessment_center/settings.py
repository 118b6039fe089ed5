"""Settings: everything outside comes from the environment; embedded services stand in for it."""

import hashlib
import os
from pathlib import Path

from bootstrap_wrapper import get_bootstrap_dir
from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _

from assessment_center import embedded
from assessment_center.campus import config as campus
from assessment_center.keys import KeyRing, load_key

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("ASSESSMENT_VAR", BASE_DIR / "var"))
TESTING = os.environ.get("ASSESSMENT_TESTING") == "1"
DEBUG = os.environ.get("ASSESSMENT_DEBUG") == "1"


def derived(purpose: str) -> bytes:
    """One 32-byte secret per purpose out of the centre's key."""
    return hashlib.sha256(purpose.encode() + CENTRE_KEY).digest()


CENTRE_KEY = load_key(VAR_DIR / "keys")
SECRET_KEY = derived("django").hex()
KEY_DIR = VAR_DIR / "keys"
PERSONAL_DATA_KEYS = KeyRing(KEY_DIR, "data", CENTRE_KEY, first=derived("personal-data-1"))
PERSONAL_LOOKUP_KEYS = KeyRing(KEY_DIR, "lookup", CENTRE_KEY, first=derived("personal-lookup"))
ADDRESS_KEY = derived("address")

ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")
CSRF_FAILURE_VIEW = "assessment_center.public_views.stale_page"
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("CSRF_TRUSTED_ORIGINS", "").split(",") if o]
SITE_URL = os.environ.get("SITE_URL") or f"http://127.0.0.1:{os.environ.get('PORT') or '8000'}"

INSTALLED_APPS = [
    "unfold.apps.BasicAppConfig",
    "assessment_center.apps.OfficeAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "django.forms",
    "bootstrap",
    "assessment_center.audit",
    "assessment_center.accounts",
    "assessment_center.jobs",
    "assessment_center.notices",
    "assessment_center.workdays",
    "assessment_center.printed",
    "assessment_center.rulebooks",
    "assessment_center.catalog",
    "assessment_center.organization",
    "assessment_center.people",
    "assessment_center.personnel",
    "assessment_center.registers",
    "assessment_center.filing",
    "assessment_center.opening",
    "assessment_center.batches",
    "assessment_center.deadlines",
    "assessment_center.conformance",
    "assessment_center.backup",
    "assessment_center.first_day",
    "questionbank",
    "candidates",
    "exams",
    "scoring",
    "certificates",
    "archives",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "assessment_center.middleware.language_of_user",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "assessment_center.middleware.refusals",
    "assessment_center.middleware.content_security",
    "assessment_center.people.watch.no_numbers_in_addresses",
    "assessment_center.accounts.gate.staff_gate",
    "assessment_center.people.watch.disclosures",
]

ROOT_URLCONF = "assessment_center.urls"
WSGI_APPLICATION = "assessment_center.wsgi.application"
ASGI_APPLICATION = "assessment_center.asgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "assessment_center.context.centre",
            ],
        },
    },
]

ENDPOINTS = embedded.endpoints()
_OWNER = {
    **embedded.parse_database_url(ENDPOINTS.migrate_database_url),
    "CONN_MAX_AGE": 60,
    "CONN_HEALTH_CHECKS": True,
}
_APPLICATION = {
    **_OWNER,
    **embedded.parse_database_url(ENDPOINTS.database_url),
}
DATABASES = {"default": _OWNER} if TESTING else {"default": _APPLICATION, "owner": _OWNER}
APP_DB_ROLE = _APPLICATION.get("USER") or "assessment_app"
DATABASE_ROUTERS: list[str] = []

AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = ["assessment_center.accounts.hashers.LighterArgon2"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "assessment_center.accounts.validators.LengthValidator",
        "OPTIONS": {"min_length": 8},
    },
    {"NAME": "assessment_center.accounts.validators.UncommonValidator"},
    {
        "NAME": "assessment_center.accounts.validators.UnlikeOwnerValidator",
        "OPTIONS": {"user_attributes": ("username", "display_name", "email", "phone")},
    },
    {"NAME": "assessment_center.accounts.validators.StaffPasswordValidator"},
]
STAFF_PASSWORD_LENGTH = int(os.environ.get("ASSESSMENT_PASSWORD_LENGTH", "10"))
STAFF_PASSWORD_CLASSES = int(os.environ.get("ASSESSMENT_PASSWORD_CLASSES", "0"))
SECOND_FACTOR_ROLES = os.environ.get("ASSESSMENT_SECOND_FACTOR", "all")
STAFF_IDLE_MINUTES = int(os.environ.get("ASSESSMENT_IDLE_MINUTES", "60"))
STAFF_SESSION_HOURS = int(os.environ.get("ASSESSMENT_SESSION_HOURS", "12"))
CONFIRM_MINUTES = int(os.environ.get("ASSESSMENT_CONFIRM_MINUTES", "10"))
ADDRESS_FAILURES = int(os.environ.get("ASSESSMENT_ADDRESS_FAILURES", "100"))
PROXY_HOPS = int(os.environ.get("ASSESSMENT_PROXY_HOPS", "0"))
CAMPUS = campus.read(os.environ)
LOGIN_URL = "admin:login"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SECURE = os.environ.get("ASSESSMENT_HTTPS") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 6000

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("中文")), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
FORMAT_MODULE_PATH = ["assessment_center.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static", ("bootstrap", get_bootstrap_dir())]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING or DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = TESTING or DEBUG
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["map", "png", "jpg", "gz", "woff", "woff2", "zip"]

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

EMAIL_BACKEND = os.environ.get("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "noreply@localhost")
CODE_CHANNELS = os.environ.get("ASSESSMENT_CODES", "").replace(",", " ").split()
SMS_URL = os.environ.get("ASSESSMENT_SMS_URL", "")
SMS_TOKEN_FILE = os.environ.get("ASSESSMENT_SMS_TOKEN_FILE", "")
SMS_GATEWAY = "assessment_center.notices.channels.http_gateway"

CELERY_BROKER_URL = ENDPOINTS.redis_url
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    "unacked_restore_interval": 2,
    "unacked_restore_throttle": 1,
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
}
CELERY_TIMEZONE = TIME_ZONE
BACKUP_DIR = os.environ.get("ASSESSMENT_BACKUP_DIR", "")
BACKUP_PASSPHRASE_FILE = os.environ.get("ASSESSMENT_BACKUP_PASSPHRASE_FILE", "")
BACKUP_KEEP = int(os.environ.get("ASSESSMENT_BACKUP_KEEP", "14"))
BACKUP_HOUR = int(os.environ.get("ASSESSMENT_BACKUP_HOUR", "2"))
CELERY_BEAT_SCHEDULE = {
    "backup": {"task": "backup.nightly", "schedule": crontab(hour=BACKUP_HOUR, minute=30)},
    "jobs": {"task": "jobs.dispatch", "schedule": 5.0},
    "audit": {"task": "audit.seal", "schedule": 30.0},
    "reminders": {"task": "deadlines.remind", "schedule": 600.0},
    "holidays": {"task": "workdays.remind", "schedule": 3600.0},
}
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "assessment_center.masked_log.MaskedFormatter",
            "fmt": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING" if TESTING else "INFO"},
    "loggers": {"fontTools": {"level": "WARNING"}, "PIL": {"level": "WARNING"}},
}

UNFOLD = {
    "SITE_TITLE": _("技能等级认定中心"),
    "SITE_HEADER": _("技能等级认定中心"),
    "SHOW_HISTORY": False,
    "SHOW_VIEW_ON_SITE": False,
    "DASHBOARD_CALLBACK": "assessment_center.office.dashboard",
    "STYLES": ["assessment_center.office.stylesheet"],
    "SIDEBAR": {
        "show_search": False,
        "show_all_applications": False,
        "navigation": "assessment_center.office.navigation",
    },
}
