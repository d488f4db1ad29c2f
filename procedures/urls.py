"""Fixed public addresses of procedures, below ``/thu-tuc-hanh-chinh/``; the procedures themselves are pages."""

from django.urls import path

from procedures.views import embed, notice, procedures, samples

app_name = "procedures"

urlpatterns = [
    path("ma/<str:code>/", procedures.by_code, name="by_code"),
    path("du-lieu.csv", procedures.procedures_csv, name="csv"),
    path("du-lieu.json", procedures.procedures_json, name="json"),
    path("ban-ghi.json", procedures.records_json, name="records"),
    path("niem-yet/", notice.notice, name="notice"),
    path("niem-yet.pdf", notice.notice_pdf, name="notice_pdf"),
    path("ho-so-mau/", samples.samples, name="samples"),
    path("nhung/", embed.how_to_frame, name="how_to_frame"),
    path("nhung/<slug:slug>/", embed.framed, name="frame"),
]
