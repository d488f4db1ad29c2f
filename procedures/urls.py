"""Fixed public addresses of procedures, below ``/thu-tuc-hanh-chinh/``; the procedures themselves are pages."""

from django.urls import path

from procedures.feeds import ApologiesFeed
from procedures.views import apologies as letters
from procedures.views import dossier_figures, embed, evaluations, lookup, notice, samples
from procedures.views import procedures as views

app_name = "procedures"

urlpatterns = [
    path("ma/<str:code>/", views.by_code, name="by_code"),
    path("du-lieu.csv", views.procedures_csv, name="csv"),
    path("du-lieu.json", views.procedures_json, name="json"),
    path("ban-ghi.json", views.records_json, name="records"),
    path("niem-yet/", notice.notice, name="notice"),
    path("niem-yet.pdf", notice.notice_pdf, name="notice_pdf"),
    path("ho-so-mau/", samples.samples, name="samples"),
    path("nhung/", embed.how_to_frame, name="how_to_frame"),
    path("nhung/<slug:slug>/", embed.framed, name="frame"),
]

# Dossiers have addresses of their own: ``include(dossier_urlpatterns)`` at the root.
dossier_urlpatterns = [
    path("tra-cuu-ho-so/", lookup.lookup, name="dossier_lookup"),
    path("thong-ke-ho-so/", dossier_figures.figures, name="dossier_figures"),
    path("thong-ke-ho-so/du-lieu.csv", dossier_figures.figures_csv, name="dossier_figures_csv"),
    path("thong-ke-ho-so/du-lieu.json", dossier_figures.figures_json, name="dossier_figures_json"),
    path("thong-ke-ho-so/danh-gia/<str:key>/", evaluations.evaluation, name="service_evaluation"),
]

# Below ``/thu-xin-loi/``.
apology_urlpatterns = [
    path("", letters.apologies, name="apologies"),
    path("atom.xml", ApologiesFeed(), name="apologies_feed"),
    path("du-lieu.csv", letters.apologies_csv, name="apologies_csv"),
    path("du-lieu.json", letters.apologies_json, name="apologies_json"),
]
