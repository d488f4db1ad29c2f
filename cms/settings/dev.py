"""For people who change the code: errors on screen, templates and styles reloaded."""

from .base import *
from .env import env

DEBUG = True
INTERNAL_IPS = ["127.0.0.1"]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
LOGGING["root"]["level"] = env.str("LOG_LEVEL", default="DEBUG" if env.bool("SQL", default=False) else "INFO")
