"""Fixed public addresses below ``/don-vi/``; the directory and the units themselves are pages."""

from django.urls import path

from cms.units.feeds import UnitFeed
from cms.units.views import column, notice

app_name = "unit"

urlpatterns = [
    path("<slug:slug>/nhung/", column, name="column"),
    path("<slug:slug>/noi-tiep-nhan/", notice, name="notice"),
    path("<slug:slug>/atom.xml", UnitFeed(), name="feed"),
]
