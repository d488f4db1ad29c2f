"""The admin's side doors, tried with whole forms: what a role could otherwise do although no menu offers it."""

from fnmatch import fnmatchcase

from django.contrib.auth.models import Group
from django.test import Client, TestCase
from django.urls import reverse

from wagtail.models import Page, Task

from cms.accounts.models import User
from cms.core.enums import Role
from cms.core.models import CalendarDay
from cms.core.permissions import capabilities
from cms.core.permissions.doors import DOORS, NOBODY
from cms.pages.models import StandardPage
from feedback.models import Category, DeadlineProfile
from tests.architecture.urls import patterns
from tests.site import build_site


class SideDoorsTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.home = build_site()
        cls.users = {}
        for role in Role:
            cls.users[role] = User.objects.create_user(f"canbo-{role}", password="x")
            cls.users[role].groups.set(Group.objects.filter(name=str(role.label)))
        cls.page = StandardPage(title="Trang nháp", slug="nhap", intro="x", live=False)
        cls.home.add_child(instance=cls.page)

    def post(self, role, address, data=None, **values):
        client = Client(raise_request_exception=False)
        client.force_login(self.users[role])
        return client.post(address, data or {}, **values)

    def bulk(self, model, action, *ids):
        address = reverse("wagtail_bulk_action", args=[*model.split("."), action])
        return f"{address}?{'&'.join(f'id={pk}' for pk in ids)}&next=/quan-tri/"

    def test_nobody_gives_a_role_in_bulk_not_even_to_themselves(self):
        leaders = Group.objects.get(name=str(Role.LEADER.label))
        for role in Role:
            with self.subTest(role):
                user = self.users[role]
                self.post(role, self.bulk("accounts.user", "assign_role", user.pk), {"role": leaders.pk})
                assert not user.groups.filter(pk=leaders.pk).exists() or role == Role.LEADER

    def test_nobody_closes_or_removes_accounts_in_bulk(self):
        other = User.objects.create_user("nguoi-khac")
        for action in ("set_active_state", "delete"):
            for role in Role:
                with self.subTest(f"{action} {role}"):
                    self.post(role, self.bulk("accounts.user", action, other.pk), {"mark_as_active": ""})
                    other.refresh_from_db()
                    assert other.is_active

    def test_bulk_actions_on_pages_ask_wagtails_own_rights(self):
        for role in Role:
            with self.subTest(role):
                self.post(role, self.bulk("wagtailcore.page", "publish", self.page.pk))
                assert Page.objects.get(pk=self.page.pk).live == (role == Role.PUBLISHER)
                Page.objects.filter(pk=self.page.pk).update(live=False)

    def test_nobody_makes_a_task_through_the_chooser(self):
        before = Task.objects.count()
        form = {"create-task-name": "Ai cũng duyệt", "create-task-groups": [Group.objects.first().pk]}
        for role in Role:
            with self.subTest(role):
                address = reverse("wagtailadmin_workflows:task_chooser_create")
                self.post(role, f"{address}?type=wagtailcore.GroupApprovalTask", form)
                assert Task.objects.count() == before

    def test_a_shut_door_is_told_as_wagtail_tells_it(self):
        response = self.post(Role.REPORTER, reverse("wagtailadmin_error_test"))
        assert (response.status_code, response.headers["Location"]) == (302, "/quan-tri/")
        by_script = {"x-requested-with": "XMLHttpRequest"}
        script = self.post(Role.REPORTER, reverse("wagtailadmin_error_test"), headers=by_script)
        assert script.status_code == 403

    def test_a_stranger_is_sent_to_the_log_in_at_every_door(self):
        for address in ("/quan-tri/failwhale/", self.bulk("accounts.user", "delete", 1), "/quan-tri/api/main/images/"):
            with self.subTest(address):
                assert Client().get(address).headers["Location"].startswith("/quan-tri/login/")

    def test_a_form_without_its_fields_is_refused_not_broken(self):
        response = self.post(Role.EDITOR, reverse("wagtailadmin_pages:edit", args=[self.page.pk]))
        assert response.status_code == 400

    def test_a_row_that_others_need_stays_and_says_why(self):
        profile = Category.objects.first().profile
        address = reverse("case_profile:delete", args=[profile.pk])
        response = self.post(Role.ADMIN, address, follow=True)
        assert response.status_code == 200
        assert "còn nơi đang dùng" in response.content.decode()
        assert DeadlineProfile.objects.filter(pk=profile.pk).exists()

    def test_what_nobody_needs_may_go(self):
        day = CalendarDay.objects.current().first()
        self.post(Role.ADMIN, reverse("calendar:delete", args=[day.pk]))
        assert not CalendarDay.objects.current().filter(pk=day.pk).exists()

    def test_page_choosers_show_drafts_to_writers_only(self):
        for role in Role:
            with self.subTest(role):
                client = Client()
                client.force_login(self.users[role])
                shown = client.get(reverse("wagtailadmin_choose_page_child", args=[self.home.pk])).json()["html"]
                assert ("Trang nháp" in shown) == (role in {Role.EDITOR, Role.PUBLISHER})

    def test_the_reports_menu_offers_no_shut_door(self):
        for role in (Role.ADMIN, Role.REPORTER):
            client = Client()
            client.force_login(self.users[role])
            assert "/reports/site-history/" not in client.get("/quan-tri/").content.decode()


def test_the_doors_have_names_that_the_admin_knows():
    """A door for a view that is gone would guard nothing, unseen."""
    names = {pattern.name for pattern in patterns()} | {"wagtail_bulk_action:"}
    bulk = "wagtail_bulk_action:"
    globs = [bulk if glob.startswith(bulk) else glob for glob, _needed in DOORS]
    assert [glob for glob in globs if not any(fnmatchcase(name, glob) for name in names)] == []
    assert {needed for _glob, needed in DOORS} <= {NOBODY, *capabilities()}
