"""Fixed public addresses of the kernel: the roots of the ledger, the open data and its interface."""

from django.urls import include, path

from cms.core.views import ledger, open_data

api_urlpatterns = [
    path("", open_data.index, name="index"),
    path("openapi.json", open_data.openapi, name="openapi"),
    path("so-lieu/<slug:name>/", open_data.report, name="report"),
    path("<slug:name>/", open_data.items, name="items"),
    path("<slug:name>/<str:key>/", open_data.item, name="item"),
]

urlpatterns = [
    path("du-lieu-mo/", open_data.catalogue, name="open_data"),
    path("api/v1/", include((api_urlpatterns, "api"))),
    path("so-nhat-ky/", ledger.ledger_days, name="ledger_days"),
    path("so-nhat-ky/atom.xml", ledger.ledger_atom, name="ledger_days_feed"),
    path("so-nhat-ky/doi-chieu/", ledger.ledger_proof, name="ledger_proof"),
    path("so-nhat-ky/<slug:day>.json", ledger.ledger_day, name="ledger_day"),
]
