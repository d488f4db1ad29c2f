"""Fixed addresses below ``/thong-bao-noi-bo/``; the notices themselves are pages."""

from django.urls import path

from cms.internal.views import confirm, file, take_back

app_name = "internal"

urlpatterns = [
    path("da-doc/<int:page_id>/", confirm, name="confirm"),
    path("rut-lai/<int:page_id>/", take_back, name="take_back"),
    path("tep/<int:pk>/", file, name="file"),
]
