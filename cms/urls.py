"""All addresses of the portal; the composition root."""

from django.urls import include, path
from django.views.generic import TemplateView

from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.sitemap_generator import Sitemap as PageSitemap
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls

from cms.home import health
from cms.home.views import search
from cms.media.views import picture
from feedback.feeds import PublicCaseSitemap

robots = TemplateView.as_view(template_name="robots.txt", content_type="text/plain; charset=utf-8")

urlpatterns = [
    path("quan-tri/", include(wagtailadmin_urls)),
    path("tai-lieu/", include(wagtaildocs_urls)),
    path("media/images/<str:name>", picture, name="picture"),
    path("tim-kiem/", search, name="site_search"),
    path("phan-anh-kien-nghi/", include("feedback.urls")),
    path("sitemap.xml", sitemap, {"sitemaps": {"pages": PageSitemap, "cases": PublicCaseSitemap}}, name="sitemap"),
    path("robots.txt", robots, name="robots"),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("", include(wagtail_urls)),
]
