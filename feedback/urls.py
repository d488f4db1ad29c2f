"""Fixed public addresses of feedback, below ``/phan-anh-kien-nghi/``; the list itself is a page."""

from django.urls import path, register_converter

from feedback.views import captcha, follow, form, published

app_name = "feedback"


class ReferenceConverter:
    """``PA-2026-000123``; nothing else is asked of the database."""

    regex = r"PA-\d{4}-\d{6,9}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return str(value)


register_converter(ReferenceConverter, "case_reference")

urlpatterns = [
    path("gui/", form.start, name="form_start"),
    path("gui/xong/", form.done, name="form_done"),
    path("gui/tep/<int:pk>/", form.draft_file, name="draft_file"),
    path("gui/<slug:slug>/", form.step, name="form_step"),
    path("ma-xac-nhan/<slug:key>/anh/", captcha.picture, name="captcha_image"),
    path("ma-xac-nhan/<slug:key>/am-thanh/", captcha.sound, name="captcha_audio"),
    path("tra-cuu/", follow.follow, name="follow"),
    path("tra-cuu/bo-sung/", follow.reply, name="follow_reply"),
    path("tra-cuu/rut/", follow.withdraw, name="follow_withdraw"),
    path("tra-cuu/tep/<int:pk>/", follow.own_file, name="follow_file"),
    path("<case_reference:reference>/", published.public_case, name="public_case"),
]
