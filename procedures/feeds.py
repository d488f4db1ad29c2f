"""Procedures for feed readers."""

from typing import Any

from django.contrib.sitemaps import Sitemap
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cms.core.feeds import ListFeed, PageFeed, feed_text
from procedures.models import Apology, ProcedurePage, ServiceEvaluation
from procedures.querysets import ProcedureQuerySet
from procedures.querysets.apologies import ApologyQuerySet


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


class ApologiesFeed(ListFeed):
    """The letters of apology that last went out: the dossier and why, never the person."""

    heading = _("Thư xin lỗi")
    link = reverse_lazy("apologies")

    def rows(self, obj: Any) -> ApologyQuerySet:
        return Apology.objects.public().newest().with_public_data()

    def item_title(self, item: Apology) -> str:
        return feed_text(f"{item.dossier.code}: {item.get_kind_display()}")

    def item_description(self, item: Apology) -> str:
        told = _now("Đã rút: %(why)s") % {"why": item.withdrawn_reason} if item.is_withdrawn else item.reason_words
        new = _now("Hẹn lại: %(day)s.") % {"day": f"{item.new_due_on:%d/%m/%Y}"} if item.new_due_on else ""
        return escape(feed_text(" ".join(filter(None, [item.dossier.procedure_name + ".", told, new]))))

    def item_author_name(self, item: Apology) -> str:
        return str(item.unit.name)

    def item_guid(self, item: Apology) -> str:
        return f"urn:thu-xin-loi:{item.pk}"

    def item_pubdate(self, item: Apology) -> Any:
        return item.delivered_at

    def item_updateddate(self, item: Apology) -> Any:
        return item.withdrawn_at or item.delivered_at


class ApologySitemap(Sitemap):
    """The list of apologies, which is no Wagtail page."""

    changefreq = "daily"

    def items(self) -> list[str]:
        return ["apologies"]

    def location(self, item: str) -> str:
        return reverse(item)
