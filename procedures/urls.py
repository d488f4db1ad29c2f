"""Fixed public addresses of procedures, below ``/thu-tuc-hanh-chinh/``; the procedures themselves are pages."""

from django.urls import path

from procedures.views import procedures as views

app_name = "procedures"

urlpatterns = [
    path("ma/<str:code>/", views.by_code, name="by_code"),
    path("du-lieu.csv", views.procedures_csv, name="csv"),
    path("du-lieu.json", views.procedures_json, name="json"),
]
