"""Wagtail, captcha and the task queue."""

from .env import VAR_DIR, env, number, site_url

WAGTAIL_SITE_NAME = "Cổng thông tin"
WAGTAILADMIN_BASE_URL = site_url().geturl()
WAGTAILADMIN_PERMITTED_LANGUAGES = [("vi", "Tiếng Việt")]
WAGTAIL_USER_TIME_ZONES = ["Asia/Ho_Chi_Minh"]  # with one alone nobody is asked to pick from 600 English names
WAGTAILADMIN_USER_LOGIN_FORM = "cms.accounts.forms.LoginForm"
WAGTAILADMIN_USER_PASSWORD_RESET_FORM = "cms.accounts.forms.PasswordResetForm"  # noqa: S105
# Their mails leave inside the request and carry words of a draft; moderation has comments of its own, by the outbox.
WAGTAILADMIN_COMMENTS_ENABLED = False
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_ENABLE_UPDATE_CHECK = False  # nothing leaves the machine unasked
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []  # no third-party embeds, no server-side fetch
WAGTAILIMAGES_IMAGE_MODEL = "media.PortalImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.media.forms.PortalImageForm"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_DOCUMENT_MODEL = "media.PortalDocument"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "cms.media.forms.PortalDocumentForm"
DOCUMENT_MAX_UPLOAD_SIZE = 30 * 1024 * 1024
VIDEO_MAX_UPLOAD_SIZE = number("VIDEO_MAX_MB", default=200, at_most=2000) * 1024 * 1024
WAGTAILDOCS_MAX_UPLOAD_SIZE = max(DOCUMENT_MAX_UPLOAD_SIZE, VIDEO_MAX_UPLOAD_SIZE)
WAGTAILDOCS_EXTENSIONS = [
    *("csv", "docx", "mp4", "odp", "ods", "odt", "pdf", "pptx", "srt", "vtt", "webm", "xlsx", "zip")
]
WAGTAILDOCS_CONTENT_TYPES = {"mp4": "video/mp4", "vtt": "text/vtt; charset=utf-8", "webm": "video/webm"}
WAGTAILDOCS_INLINE_CONTENT_TYPES = ["application/pdf", *WAGTAILDOCS_CONTENT_TYPES.values()]
# Types of pages that a piece of news may name as its related documents; news knows them by name only.
NEWS_RELATED_PAGE_TYPES = ["official_documents.OfficialDocumentPage", "plans.PlanPage"]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
TAGGIT_CASE_INSENSITIVE = True

CAPTCHA_CHALLENGE_FUNCT = "cms.core.captcha.digits_challenge"
CAPTCHA_TIMEOUT = 30  # minutes: a long text is written slowly
CAPTCHA_LENGTH = 5
CAPTCHA_FONT_SIZE = 34
CAPTCHA_2X_IMAGE = False

# One queue for Wagtail's own tasks and ours; the worker is started beside the site.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

MEDIA_ROOT = VAR_DIR / "media"
MEDIA_URL = env.str("MEDIA_URL", default="/media/")
