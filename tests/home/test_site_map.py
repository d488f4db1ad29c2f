"""The map for machines costs the same whatever stands in it, and that for people leads to every feed."""

from django.apps import apps
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.core.models import BasePage
from cms.events.factories import event
from cms.events.models import EventIndexPage
from cms.news.models import NewsIndexPage, NewsPage
from cms.official_documents.factories import document
from cms.official_documents.models import OfficialDocumentIndexPage
from tests.site import build_site


class SiteMapTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()

    def machine(self):
        with CaptureQueriesContext(connection) as asked:
            answer = self.client.get("/sitemap.xml")
        assert answer.status_code == 200
        return len(asked), answer.content.decode()

    def test_other_kinds_of_pages_cost_no_statement_more(self):
        self.machine()
        few, _text = self.machine()
        made = [
            event(EventIndexPage.objects.get(), "Hội nghị"),
            document(OfficialDocumentIndexPage.objects.get(), "7/KH-A", title="Kế hoạch"),
            NewsPage(title="Khai giảng", lead="Sáng nay."),
        ]
        NewsIndexPage.objects.get().add_child(instance=made[-1])
        many, text = self.machine()
        assert many == few
        for page in made:
            assert f"<loc>{page.full_url}</loc>" in text

    def test_people_find_every_feed_that_a_list_offers(self):
        text = self.client.get("/so-do-trang/").content.decode()
        names = {model.feed_name for model in apps.get_models() if issubclass(model, BasePage) and model.feed_name}
        assert len(names) > 4
        for name in names:
            assert f'href="{reverse(name)}"' in text, name
