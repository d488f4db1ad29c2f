"""Fixed public addresses of procedures, below ``/thu-tuc-hanh-chinh/``; the procedures themselves are pages."""

from django.urls import path

from procedures.views import data, embed, notice

app_name = "procedures"

urlpatterns = [
    path("ma/<str:code>/", data.by_code, name="by_code"),
    path("du-lieu.csv", data.procedures_csv, name="csv"),
    path("du-lieu.json", data.procedures_json, name="json"),
    path("ban-ghi.json", data.records_json, name="records"),
    path("niem-yet/", notice.notice, name="notice"),
    path("niem-yet.pdf", notice.notice_pdf, name="notice_pdf"),
    path("nhung/", embed.how_to_frame, name="how_to_frame"),
    path("nhung/<slug:slug>/", embed.framed, name="frame"),
]
