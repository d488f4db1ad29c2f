"""The menu of the admin offers an officer nothing that is then shut to them."""

from django.test import RequestFactory, TestCase

from wagtail.admin.menu import SubmenuMenuItem, admin_menu

from cms.core.enums import Role
from cms.core.models import Unit
from tests.officers import make_officer
from tests.site import build_site

LISTS = ("danh-sach-tin", "danh-sach-van-ban", "danh-sach-thu-tuc", "danh-sach-ke-hoach", "danh-sach-hoc-lieu")


def entries(menu, request):
    """Yield the addresses that ``menu`` offers, those of its sub-menus too."""
    for item in menu.menu_items_for_request(request):
        if isinstance(item, SubmenuMenuItem):
            yield from entries(item.menu, request)
        elif str(item.url).startswith("/quan-tri/"):
            yield str(item.url)


class AdminMenuTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.unit = Unit.objects.get(parent=None)

    def offered(self, role):
        request = RequestFactory().get("/quan-tri/")
        request.user = make_officer(role, unit=self.unit)
        self.client.force_login(request.user)
        return sorted(set(entries(admin_menu, request)))

    def test_every_entry_opens_for_every_role(self):
        for role in Role:
            offered = self.offered(role)
            assert offered, role
            for url in offered:
                answer = self.client.get(url)
                # Settings lead on to their one row; a shut door leads back to the start.
                opened = answer.status_code == 200 or (answer.status_code == 302 and answer["Location"].startswith(url))
                assert opened, (role, url, answer.status_code)

    def test_lists_of_pages_stand_in_the_menu_of_editors_alone(self):
        for role, listed in ((Role.EDITOR, True), (Role.PUBLISHER, True), (Role.ONE_STOP, False), (Role.ADMIN, False)):
            offered = self.offered(role)
            for name in LISTS:
                assert (f"/quan-tri/{name}/" in offered) is listed, (role, name)
