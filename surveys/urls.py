"""Fixed public addresses of surveys, below ``/khao-sat/``."""

from django.urls import path, register_converter

from surveys.views import paper, results, ways

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
    path("<slug:slug>/tra-loi/", ways.answer_open, name="answer_open"),
    path("<slug:slug>/tra-loi/diem/", ways.pick, name="pick"),
    path("<slug:slug>/tra-loi/diem/<slug:code>/", ways.answer_channel, name="answer_channel"),
    path("<slug:slug>/tra-loi/<survey_token:token>/", ways.answer_invited, name="answer"),
    path("<slug:slug>/phieu-giay/", paper.paper, name="paper"),
    path("<slug:slug>/phieu-giay.pdf", paper.paper_pdf, name="paper_pdf"),
    path("<slug:slug>/ket-qua/", results.results, name="results"),
    path("<slug:slug>/ket-qua/du-lieu.csv", results.results_csv, name="results_csv"),
    path("<slug:slug>/ket-qua/du-lieu.json", results.results_json, name="results_json"),
    path("<slug:slug>/ket-qua/<int:pk>/", results.snapshot, name="snapshot"),
    path("<slug:slug>/ket-qua/<int:pk>/du-lieu.csv", results.snapshot_csv, name="snapshot_csv"),
    path("<slug:slug>/ket-qua/<int:pk>/du-lieu.json", results.snapshot_json, name="snapshot_json"),
    path("<slug:slug>/cam-on/", ways.thanks, name="thanks"),
    path("<slug:slug>/quay/<slug:code>/", ways.answer_kiosk, name="answer_kiosk"),
    path("<slug:slug>/quay/<slug:code>/cam-on/", ways.thanks_kiosk, name="thanks_kiosk"),
]
