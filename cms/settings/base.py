"""What every environment shares; a table of contents for the files beside it."""

from .database import database
from .env import BASE_DIR, VAR_DIR, env, flag, kept_secret, mail_address, number, one_of, site_url
from .security import *
from .services import cache, email, storages
from .wagtail import *

SITE_URL = site_url().geturl()
DEBUG = False
# Sample content and demo accounts. Off, the site starts empty with its page tree.
DEMO = flag("DEMO", default=True)
# How many trusted proxies stand before the site; decides whose address a visitor's is.
PROXIES = number("PROXIES", default=0, at_most=9)

SECRET_KEY = kept_secret("SECRET_KEY")
# Keys of their own: changing the one must not make the other's codes unusable.
TRACKING_KEY = kept_secret("TRACKING_KEY")
LEDGER_KEY = kept_secret("LEDGER_KEY")

INSTALLED_APPS = [
    "cms.core",
    "cms.accounts",
    "cms.media",
    "cms.news",
    "cms.official_documents",
    "cms.plans",
    "cms.pages",
    "cms.units",
    "cms.library",
    "cms.internal",
    "cms.events",
    "surveys",
    "feedback",
    "procedures",
    "cms.home",
    "cms.demo",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.sitemaps",
    "wagtail.contrib.table_block",
    "wagtail.contrib.typed_table_block",
    "wagtail.sites",
    "cms.accounts.apps.UsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks_db",
    "captcha",
    "axes",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "cms.core.middleware.PublicGZipMiddleware",
    "cms.core.middleware.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "cms.core.middleware.PlainAddressMiddleware",
    "cms.core.middleware.AdminPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "cms.core.middleware.SizeMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "axes.middleware.AxesMiddleware",
    "cms.core.edits.OneHandMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"
# Widgets, ours and Wagtail's, are looked for in templates/ like everything else.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LOGIN_URL = "wagtailadmin_login"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cms.home.context.site_frame",
            ],
        },
    },
]

DATABASES = {"default": database()}
CACHES = {"default": cache()}
STORAGES = storages()
globals().update(email())
_sender = env.str("FROM_EMAIL", default="")
DEFAULT_FROM_EMAIL = mail_address("FROM_EMAIL", _sender) if _sender else f"cong-thong-tin@{site_url().hostname}"
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_SUBJECT_PREFIX = ""
ADMINS = [("", mail_address("ADMINS", each)) for each in env.list("ADMINS", default=[])]

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt")]
LOCALE_PATHS = [BASE_DIR / "cms" / "locale"]
FORMAT_MODULE_PATH = ["cms.formats"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_TEMP_DIR = None
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# Five files of 10 MB and room for the rest of a form.
LARGEST_REQUEST = 56 * 1024 * 1024
# What an officer who is signed in may send in the admin: one video and its form.
LARGEST_ADMIN_REQUEST = max(LARGEST_REQUEST, VIDEO_MAX_UPLOAD_SIZE + 1024 * 1024)
# Readings of pages are added up in memory and written so often; a process that is killed loses no more than these.
READING_FLUSH_SECONDS = 5
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 20

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"tokens": {"()": "cms.core.logs.HideTokens"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["tokens"]}},
    "root": {
        "handlers": ["console"],
        "level": one_of("LOG_LEVEL", "DEBUG", "INFO", "WARNING", "ERROR", default="INFO"),
    },
    "loggers": {
        "django.server": {"level": "WARNING"},
        # These two write user input (paths, names) on routine refusals.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "axes": {"level": "WARNING"},
        # It lists every letter of a document, a secret code's among them.
        "fontTools": {"level": "WARNING"},
    },
}
