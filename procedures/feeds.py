"""Procedures for feed readers."""

from typing import Any

from django.contrib.sitemaps import Sitemap
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from cms.core.feeds import PageFeed, feed_text
from procedures.models import ProcedurePage, ServiceEvaluation
from procedures.querysets import ProcedureQuerySet


class DossierSitemap(Sitemap):
    """The pages of dossiers that are no Wagtail pages: look-up, figures, evaluations of the service."""

    changefreq = "daily"

    def items(self) -> list[str]:
        found = ServiceEvaluation.objects.public(timezone.localdate()).newest()
        evaluations = [reverse("service_evaluation", args=[each.period]) for each in found]
        return [reverse("dossier_lookup"), reverse("dossier_figures"), *evaluations]

    def location(self, item: str) -> str:
        return item


class ProceduresFeed(PageFeed):
    """The procedures last published, new or changed."""

    heading = _("Thủ tục hành chính")
    link = "/thu-tuc-hanh-chinh/"

    def rows(self, obj: Any) -> ProcedureQuerySet:
        return ProcedurePage.objects.readable().newest().for_lists()

    def item_title(self, item: ProcedurePage) -> str:
        return feed_text(f"{item.code}: {item.name}")

    def item_description(self, item: ProcedurePage) -> str:
        return escape(feed_text(", ".join(filter(None, [item.field.name, item.short_time, item.state_now.text]))))

    def item_updateddate(self, item: ProcedurePage) -> Any:
        return item.last_published_at
