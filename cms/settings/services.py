"""``CACHE_URL``, ``EMAIL_URL``, ``STORAGE_URL``: the parts an office may exchange by environment."""

from typing import Any
from urllib.parse import parse_qs, unquote

from .env import VAR_DIR, UnusableSettingError, address


def cache() -> dict[str, Any]:
    """Return Django's default cache: memory of the process, or Redis for several machines."""
    parts = address("CACHE_URL", default="locmem://")
    if parts.scheme == "locmem":
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    if parts.scheme in {"redis", "rediss"} and parts.hostname and parts.path.strip("/").isdecimal():
        return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": parts.geturl()}
    raise UnusableSettingError("CACHE_URL", "phải là locmem:// hoặc có dạng redis://may-chu:6379/0.")


def email() -> dict[str, Any]:
    """Return Django's EMAIL_* settings for console://, file:// (the default) or smtp://."""
    parts = address("EMAIL_URL", default=f"file://{VAR_DIR / 'mail'}")
    if parts.scheme == "console":
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    if parts.scheme == "file" and parts.path.startswith("/"):
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": unquote(parts.path),
        }
    if parts.scheme in {"smtp", "smtps", "smtp+tls"} and parts.hostname:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": parts.hostname,
            "EMAIL_PORT": parts.port or {"smtp": 25, "smtps": 465, "smtp+tls": 587}[parts.scheme],
            "EMAIL_HOST_USER": unquote(parts.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
            "EMAIL_USE_SSL": parts.scheme == "smtps",
            "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
            "EMAIL_TIMEOUT": 10,
        }
    raise UnusableSettingError(
        "EMAIL_URL", "phải bắt đầu bằng console://, file://, smtp://, smtps:// hoặc smtp+tls://."
    )


def storages() -> dict[str, Any]:
    """Return Django's STORAGES: public media, private files and hashed static files.

    ``STORAGE_URL=s3://KEY:SECRET@host[:port]/bucket?region=…[&tls=0]`` puts media and private
    files into an S3-compatible bucket under separate prefixes; private objects are never
    linked, the checking view reads them.
    """
    static = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    parts = address("STORAGE_URL", default="")
    if not parts.geturl():
        private = {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {
                "location": VAR_DIR / "private",
                "base_url": None,
                "file_permissions_mode": 0o640,
                "directory_permissions_mode": 0o750,
            },
        }
        return {
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
            "private": private,
            "staticfiles": static,
        }
    bucket = parts.path.strip("/")
    if parts.scheme != "s3" or not (parts.hostname and bucket and parts.username and parts.password):
        raise UnusableSettingError("STORAGE_URL", "phải có dạng s3://KHOA:MAT_KHAU@may-chu/thung?region=…")
    query = parse_qs(parts.query)
    scheme = "http" if query.get("tls") == ["0"] else "https"
    common = {
        "bucket_name": bucket,
        "access_key": unquote(parts.username),
        "secret_key": unquote(parts.password),
        "endpoint_url": f"{scheme}://{parts.hostname}" + (f":{parts.port}" if parts.port else ""),
        "region_name": query.get("region", ["us-east-1"])[0],
        "file_overwrite": False,
        "querystring_auth": False,
        "addressing_style": "path",
    }
    backend = "storages.backends.s3.S3Storage"
    return {
        "default": {"BACKEND": backend, "OPTIONS": {**common, "location": "media"}},
        "private": {"BACKEND": backend, "OPTIONS": {**common, "location": "private", "default_acl": "private"}},
        "staticfiles": static,
    }
