"""Fixed public addresses of surveys, below ``/khao-sat/``."""

from django.urls import path, register_converter

from surveys import views

app_name = "surveys"


class TokenConverter:
    """The secret of an invitation; other letters are asked of nobody."""

    regex = r"[A-Za-z0-9_-]{8,64}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return str(value)


register_converter(TokenConverter, "survey_token")

urlpatterns = [
    path("<slug:slug>/tra-loi/", views.answer_open, name="answer_open"),
    path("<slug:slug>/tra-loi/<survey_token:token>/", views.answer_invited, name="answer"),
    path("<slug:slug>/cam-on/", views.thanks, name="thanks"),
]
