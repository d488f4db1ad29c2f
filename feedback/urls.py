"""Fixed public addresses of feedback, below ``/phan-anh-kien-nghi/``; the list itself is a page."""

from django.urls import path, register_converter

from feedback.views import (
    captcha,
    comments,
    data,
    figures,
    follow,
    form,
    open311,
    privacy,
    published,
    ratings,
    resend,
    similar,
)

app_name = "feedback"


class ReferenceConverter:
    """``PA-2026-000123``; nothing else is asked of the database."""

    regex = r"PA-\d{4}-\d{6,9}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return str(value)


class FormatConverter(ReferenceConverter):
    """The formats of Open311."""

    regex = "json|xml"


register_converter(ReferenceConverter, "case_reference")
register_converter(FormatConverter, "open311_format")

urlpatterns = [
    path("gui/", form.start, name="form_start"),
    path("gui/xong/", form.done, name="form_done"),
    path("gui/giong/", similar.similar, name="form_similar"),
    path("gui/rieng-tu/", privacy.hint, name="form_privacy"),
    path("gui/tep/<int:pk>/", form.draft_file, name="draft_file"),
    path("gui/<slug:slug>/", form.step, name="form_step"),
    path("ma-xac-nhan/<slug:key>/anh/", captcha.picture, name="captcha_image"),
    path("ma-xac-nhan/<slug:key>/am-thanh/", captcha.sound, name="captcha_audio"),
    path("tra-cuu/", follow.follow, name="follow"),
    path("tra-cuu/gui-lai-ma/", resend.resend, name="follow_resend"),
    path("tra-cuu/gui-lai-ma/da-gui/", resend.resent, name="follow_resent"),
    path("tra-cuu/bo-sung/", follow.reply, name="follow_reply"),
    path("tra-cuu/viet-them/", follow.add, name="follow_add"),
    path("tra-cuu/dong-y/", follow.take_back, name="follow_take_back"),
    path("tra-cuu/van-ban-tra-loi/", follow.own_letter, name="follow_letter"),
    path("tra-cuu/rut/", follow.withdraw, name="follow_withdraw"),
    path("tra-cuu/xem-xet-lai/", follow.reopen, name="follow_reopen"),
    path("tra-cuu/han-tra-loi.ics", follow.deadline, name="follow_deadline"),
    path("tra-cuu/tep/<int:pk>/", follow.own_file, name="follow_file"),
    path("atom.xml", data.cases_atom, name="public_cases_feed"),
    path("thong-ke/", figures.figures, name="figures"),
    path("thong-ke/du-lieu.csv", figures.figures_csv, name="figures_csv"),
    path("thong-ke/du-lieu.json", figures.figures_json, name="figures_json"),
    path("du-lieu/", data.dictionary, name="data"),
    path("du-lieu.csv", data.cases_csv, name="cases_csv"),
    path("du-lieu.json", data.cases_json, name="cases_json"),
    path("<case_reference:reference>/", published.public_case, name="public_case"),
    path("<case_reference:reference>/anh/<int:picture>/", published.picture, name="public_case_picture"),
]

# Open311 GeoReport v2: ``include((open311_urlpatterns, "open311"))`` below ``/open311/v2/``.
open311_urlpatterns = [
    path("discovery.<open311_format:extension>", open311.discover, name="discovery"),
    path("services.<open311_format:extension>", open311.services, name="services"),
    path("services/<slug:code>.<open311_format:extension>", open311.definition, name="definition"),
    path("requests.<open311_format:extension>", open311.requests, name="requests"),
    path("tokens/<slug:token>.<open311_format:extension>", open311.token, name="token"),
    path("requests/<slug:reference>.<open311_format:extension>", open311.single, name="request"),
]

# What readers say of pages has addresses of its own: ``include((reader_urlpatterns, "readers"))`` at the root.
reader_urlpatterns = [
    path("y-kien/", comments.write, name="comment"),
    path("y-kien/da-gui/<str:mark>/", comments.sent, name="comment_sent"),
    path("danh-gia/", ratings.rate, name="rating"),
    path("danh-gia/<str:mark>/", ratings.sent, name="rating_sent"),
]
