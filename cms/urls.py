"""All addresses of the portal; the composition root."""

from django.urls import include, path
from django.views.generic import TemplateView

from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls

from cms.core.feeds import KernelSitemap
from cms.core.views import count_reading
from cms.events.feeds import EventsFeed
from cms.home import health
from cms.home.site_map import PageSitemap
from cms.home.views import search, site_map, suggest
from cms.library.feeds import MaterialsFeed
from cms.media.views import document, picture
from cms.news.feeds import NewsFeed
from cms.official_documents.feeds import DocumentsFeed
from cms.plans.feeds import PlansFeed
from feedback.feeds import FeedbackSitemap, PublicCaseSitemap
from feedback.urls import open311_urlpatterns, reader_urlpatterns
from procedures.feeds import ApologySitemap, DossierSitemap, ProceduresFeed
from procedures.urls import apology_urlpatterns, dossier_urlpatterns

robots = TemplateView.as_view(template_name="robots.txt", content_type="text/plain; charset=utf-8")

SITEMAPS = {
    "pages": PageSitemap,
    "cases": PublicCaseSitemap,
    "feedback": FeedbackSitemap,
    "dossiers": DossierSitemap,
    "apologies": ApologySitemap,
    "kernel": KernelSitemap,
}

urlpatterns = [
    path("quan-tri/", include(wagtailadmin_urls)),
    path("tai-lieu/<int:document_id>/<path:document_filename>", document, name="wagtaildocs_serve"),
    path("tai-lieu/", include(wagtaildocs_urls)),
    path("media/images/<str:name>", picture, name="picture"),
    path("dem/<int:page_id>.gif", count_reading, name="count_reading"),
    path("tim-kiem/", search, name="site_search"),
    path("tim-kiem/goi-y/", suggest, name="search_suggest"),
    path("so-do-trang/", site_map, name="site_map"),
    path("tin-tuc/atom.xml", NewsFeed(), name="news_feed"),
    path("hoc-lieu/atom.xml", MaterialsFeed(), name="materials_feed"),
    path("van-ban/atom.xml", DocumentsFeed(), name="documents_feed"),
    path("thu-tuc-hanh-chinh/atom.xml", ProceduresFeed(), name="procedures_feed"),
    path("cai-cach-hanh-chinh/atom.xml", PlansFeed(), name="plans_feed"),
    path("lich/atom.xml", EventsFeed(), name="events_feed"),
    path("", include("cms.core.urls")),
    path("lich/", include("cms.events.urls")),
    path("phan-anh-kien-nghi/", include("feedback.urls")),
    path("open311/v2/", include((open311_urlpatterns, "open311"))),
    path("", include((reader_urlpatterns, "readers"))),
    path("khao-sat/", include("surveys.urls")),
    path("thu-tuc-hanh-chinh/", include("procedures.urls")),
    path("", include(dossier_urlpatterns)),
    path("thu-xin-loi/", include(apology_urlpatterns)),
    path("ke-hoach/", include("cms.plans.urls")),
    path("don-vi/", include("cms.units.urls")),
    path("thong-bao-noi-bo/", include("cms.internal.urls")),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("robots.txt", robots, name="robots"),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("", include(wagtail_urls)),
]

handler404 = "cms.home.views.page_not_found"
