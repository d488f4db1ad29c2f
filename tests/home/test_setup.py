"""``setup_site`` makes a portal of an empty database, and changes nothing when it runs again."""

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.test import TestCase, override_settings

from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Site,
    Task,
    Workflow,
    WorkflowPage,
)

from django_tasks_db.models import DBTaskResult

from cms.accounts.models import User
from cms.core.enums import Role
from cms.core.models import JobState, Unit
from cms.core.ports import jobs
from cms.home.models import MadeWorkflow
from cms.home.services.groups import COLLECTION_KEEPING, COLLECTION_RIGHTS, MODEL_RIGHTS, PAGE_RIGHTS
from cms.home.services.setup import site_setup
from cms.home.services.tree import tree_setup
from tests.site import build_site

# Rights that a role must never have in Wagtail itself, whatever it may do elsewhere.
FORBIDDEN = ("delete_user", "add_group", "change_group", "delete_group", "add_site", "delete_site", "bulk_delete_page")


def rows():
    """Return every row of every table, so that any change is seen; JobState's clock apart."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for model in apps.get_models()
        if model._meta.managed and not model._meta.proxy
    }


class SetupTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.home = build_site()
        site_setup()  # with the pages of surveys, which few tests need

    def test_running_again_changes_not_one_row(self):
        before = rows()
        assert sum(map(len, before.values())) > 100
        site_setup()
        after = rows()
        changed = [name for name in before if before[name] != after[name]]
        assert changed == []

    def test_every_step_is_told(self):
        told = []
        site_setup(say=told.append)
        assert len(told) >= 7
        assert all(told)

    def test_the_addresses_of_the_contract_answer(self):
        for address in ("/", "/tin-tuc/", "/cai-cach-hanh-chinh/", "/van-ban/", "/phan-anh-kien-nghi/", "/gioi-thieu/"):
            with self.subTest(address):
                assert self.client.get(address).status_code == 200

    def test_the_site_is_where_the_settings_say(self):
        with override_settings(SITE_URL="https://cong.example.vn"):
            site_setup()
        site = Site.objects.get()
        assert (site.hostname, site.port, site.root_page_id) == ("cong.example.vn", 443, self.home.pk)

    def test_a_page_that_editors_removed_or_moved_does_not_come_again(self):
        Page.objects.get(slug="lien-he").move(self.home, pos="last-child")
        site_setup()
        assert Page.objects.filter(slug="lien-he").count() == 1
        Page.objects.get(slug="lien-he").delete()
        site_setup()
        assert not Page.objects.filter(slug="lien-he").exists()

    def test_a_section_without_which_the_portal_does_not_work_comes_again(self):
        Page.objects.get(slug="van-ban").delete()
        site_setup()
        assert self.client.get("/van-ban/").status_code == 200

    def test_what_people_changed_stays(self):
        news = Page.objects.get(slug="tin-tuc").specific
        news.title, news.slug = "Bản tin", "ban-tin"
        news.save_revision().publish()
        Unit.objects.update(name="Sở Giáo dục tỉnh Mẫu")
        Page.objects.get(slug="lien-he").specific.unpublish()
        Page.objects.get(slug="gioi-thieu").move(self.home, pos="first-child")
        Site.objects.update(site_name="Cổng thông tin ngành")
        before = set(Page.objects.values_list("pk", "path"))
        site_setup()
        assert set(Page.objects.values_list("pk", "path")) == before
        assert Site.objects.get().site_name == "Cổng thông tin ngành"
        assert Page.objects.get(pk=news.pk).title == "Bản tin"
        assert Unit.objects.get().name == "Sở Giáo dục tỉnh Mẫu"
        assert not Page.objects.get(slug="lien-he").live

    def test_what_is_missing_comes_back(self):
        Page.objects.get(slug="van-ban").specific.delete()
        Group.objects.get(name="Lãnh đạo").delete()
        JobState.objects.all().delete()
        site_setup()
        assert Page.objects.filter(slug="van-ban", live=True).count() == 1
        assert Group.objects.filter(name="Lãnh đạo").exists()
        assert JobState.objects.count() == len(list(jobs))

    def test_a_workflow_that_was_renamed_or_changed_is_not_made_again(self):
        workflow = Workflow.objects.get(name="Duyệt trang")
        workflow.name = "Duyệt hai bước"
        workflow.save()
        workflow.workflow_tasks.all().delete()
        WorkflowPage.objects.all().delete()
        site_setup()
        assert set(Workflow.objects.filter(active=True).values_list("name", flat=True)) == {
            "Duyệt hai bước",
            "Duyệt bản công khai",
        }
        assert not workflow.workflow_tasks.exists()
        assert not WorkflowPage.objects.exists()

    def test_a_workflow_that_was_switched_off_stays_off(self):
        Workflow.objects.get(name="Duyệt trang").deactivate()
        site_setup()
        assert Workflow.objects.filter(active=True).count() == 1

    def test_workflows_from_before_there_were_keys_are_recognised(self):
        MadeWorkflow.objects.all().delete()
        before = set(Workflow.objects.values_list("pk", flat=True)), set(Task.objects.values_list("pk", flat=True))
        site_setup()
        assert before == (
            set(Workflow.objects.values_list("pk", flat=True)),
            set(Task.objects.values_list("pk", flat=True)),
        )

    def test_the_two_roots_have_vietnamese_names_until_somebody_gives_others(self):
        root, collection = Page.get_first_root_node(), Collection.get_first_root_node()
        assert (root.title, root.draft_title, collection.name) == ("Mọi trang", "Mọi trang", "Kho chung")
        Collection.objects.filter(pk=collection.pk).update(name="Kho của Sở")
        site_setup()
        assert Collection.get_first_root_node().name == "Kho của Sở"

    def test_no_task_is_queued_for_a_page_that_is_gone(self):
        Page.objects.get(pk=self.home.pk).specific.delete()
        welcome = Page(title="Welcome", slug="home")
        Page.get_first_root_node().add_child(instance=welcome)
        DBTaskResult.objects.all().delete()
        tree_setup(agency_name="Sở Mẫu")
        about = [row.args_kwargs["args"] for row in DBTaskResult.objects.all()]
        assert about
        assert [args for args in about if args[-1] == str(welcome.pk)] == []

    def test_nothing_of_wagtails_welcome_is_left(self):
        assert list(Page.objects.filter(depth=2)) == [Page.objects.get(pk=self.home.pk)]
        assert not Group.objects.filter(name__in=["Moderators", "Editors"]).exists()
        assert not Workflow.objects.filter(name="Moderators approval", active=True).exists()
        assert not Task.objects.filter(name="Moderators approval", active=True).exists()

    def test_there_is_no_account_that_nobody_asked_for(self):
        assert not User.objects.exists()


class RolesTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()

    def test_the_groups_are_the_nine_roles_and_no_other(self):
        assert set(Group.objects.values_list("name", flat=True)) == {str(role.label) for role in Role}
        assert len(Role) == 9

    def test_each_role_has_exactly_its_rights(self):
        for role in Role:
            group = Group.objects.get(name=str(role.label))
            with self.subTest(role):
                held = {
                    f"{right.content_type.app_label}.{right.codename}"
                    for right in group.permissions.select_related("content_type")
                }
                assert held == {"wagtailadmin.access_admin", *MODEL_RIGHTS.get(role, ())}
                on_pages = GroupPagePermission.objects.filter(group=group)
                assert {row.permission.codename for row in on_pages} == {
                    f"{right}_page" for right in PAGE_RIGHTS.get(role, ())
                }
                in_collections = GroupCollectionPermission.objects.filter(group=group)
                media = {
                    f"{right}_{kind}" for right in COLLECTION_RIGHTS.get(role, ()) for kind in ("image", "document")
                }
                keeping = {f"{right}_collection" for right in COLLECTION_KEEPING.get(role, ())}
                assert {row.permission.codename for row in in_collections} == media | keeping

    def test_no_role_has_a_right_that_only_the_server_room_has(self):
        assert list(Group.objects.filter(permissions__codename__in=FORBIDDEN)) == []
        assert Permission.objects.filter(codename__in=FORBIDDEN).count() >= 6

    def test_rights_that_somebody_added_to_a_role_are_taken_back(self):
        reporter = Group.objects.get(name=str(Role.REPORTER.label))
        editor = Group.objects.get(name=str(Role.EDITOR.label))
        reporter.permissions.add(Permission.objects.get(codename="change_user"))
        publish = Permission.objects.get(codename="publish_page")
        GroupPagePermission.objects.create(group=editor, page=Page.get_first_root_node(), permission=publish)
        site_setup()
        assert not reporter.permissions.filter(codename="change_user").exists()
        assert not GroupPagePermission.objects.filter(group=editor, permission=publish).exists()

    def test_rights_on_a_part_of_the_tree_are_the_offices_own_and_stay(self):
        editor = Group.objects.get(name=str(Role.EDITOR.label))
        publish = Permission.objects.get(codename="publish_page")
        news = Page.objects.get(slug="tin-tuc")
        GroupPagePermission.objects.create(group=editor, page=news, permission=publish)
        site_setup()
        assert GroupPagePermission.objects.filter(group=editor, page=news).exists()

    def test_pages_are_moderated_by_publishers_and_public_cases_by_leaders_too(self):
        workflow = WorkflowPage.objects.get(page=Page.get_first_root_node()).workflow
        groups = [list(task.specific.groups.values_list("name", flat=True)) for task in workflow.tasks]
        assert groups == [[str(Role.PUBLISHER.label)]]
        cases = Workflow.objects.get(name="Duyệt bản công khai")
        assert [set(task.specific.groups.values_list("name", flat=True)) for task in cases.tasks] == [
            {str(Role.LEADER.label), str(Role.PUBLISHER.label)}
        ]
