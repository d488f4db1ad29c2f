"""Following editors: what they publish is found at once, what they withdraw is gone at once."""

from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from wagtail.models import Page, PageViewRestriction
from wagtail.signals import published, unpublished

import pytest

from cms.core.models import SearchEntry, Unit
from cms.core.search import SearchKind, SearchText, register_search_kind, search
from tests.core.search_corpus import PAGES, UNITS, found_unit, home, kinds, publish

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kinds(db):
    SearchEntry.objects.all().delete()  # the pages that every test database begins with
    with kinds(PAGES, UNITS):
        yield


def urls():
    return {entry.url for entry in SearchEntry.objects.all()}


def test_a_draft_is_not_found_before_it_is_published():
    page = publish("Học phí")
    page.title = "Học bổng"
    page.save_revision()
    assert search("học bổng").total == 0
    page.get_latest_revision().publish()
    assert search("học bổng").total == 1


def test_a_page_for_later_is_not_found(time_ahead):
    page = Page(title="Học phí", slug="hoc-phi", live=False, go_live_at=time_ahead)
    home().add_child(instance=page)
    page.save_revision().publish()
    assert search("học phí").total == 0


@pytest.fixture
def time_ahead():
    from datetime import timedelta

    from django.utils import timezone

    return timezone.now() + timedelta(days=1)


def test_unpublishing_takes_out():
    page = publish("Học phí")
    page.unpublish()
    assert search("học phí").total == 0
    assert not SearchEntry.objects.exists()


def test_deleting_takes_out_everything_below():
    section = publish("Học phí")
    publish("Học phí lớp 1", parent=section)
    section.delete()
    assert not SearchEntry.objects.exists()


def test_a_move_changes_the_addresses_below():
    section, other = publish("Mục", slug="muc"), publish("Khác", slug="khac")
    publish("Học phí", slug="hoc-phi", parent=section)
    Page.objects.get(pk=section.pk).move(other, pos="last-child")
    assert "/khac/muc/hoc-phi/" in urls()


def test_a_new_slug_changes_the_addresses_below(django_capture_on_commit_callbacks):
    section = publish("Mục", slug="muc")
    publish("Học phí", slug="hoc-phi", parent=section)
    section = Page.objects.get(pk=section.pk)
    section.slug = "muc-moi"
    with django_capture_on_commit_callbacks(execute=True):
        section.save_revision().publish()
    assert urls() == {"/muc-moi/", "/muc-moi/hoc-phi/"}


def test_closing_and_opening_a_section():
    section = publish("Nội bộ")
    publish("Học phí", parent=section)
    closed = PageViewRestriction.objects.create(page=section, restriction_type=PageViewRestriction.LOGIN)
    assert not SearchEntry.objects.exists()
    closed.delete()
    assert search("học phí").total == 1


def test_a_draft_model_is_followed_through_its_own_signals():
    unit = found_unit("Trường Hoa Mai", "HM")
    published.send(Unit, instance=unit, revision=None)
    assert search("hoa mai", kind="test_unit").total == 1  # the portal has a kind of its own for units
    Unit.objects.filter(pk=unit.pk).update(active=False)
    unpublished.send(Unit, instance=unit)
    assert not SearchEntry.objects.exists()


def test_deleting_a_row_takes_it_out():
    unit = found_unit("Trường Hoa Mai", "HM")
    published.send(Unit, instance=unit, revision=None)
    unit.delete()
    assert not SearchEntry.objects.exists()


def test_a_unit_that_goes_leaves_the_pages_of_others():
    unit = found_unit("Trường Hoa Mai", "HM")
    page = publish("Học phí")
    SearchEntry.objects.filter(object_id=str(page.pk)).update(unit=unit)
    unit.delete()
    assert search("học phí").total == 1


def test_a_name_is_taken_once():
    register_search_kind(PAGES)
    with pytest.raises(ImproperlyConfigured):
        register_search_kind(SearchKind(PAGES.name, "Khác", Page, PAGES.public, lambda _page: SearchText("", "", "")))


def test_the_command_rebuilds_and_names_an_unknown_kind(capsys):
    home().add_child(instance=Page(title="Học phí", slug="hoc-phi"))
    call_command("rebuild_search")
    assert search("học phí").total == 1
    assert "test_page" in capsys.readouterr().out
    with pytest.raises(CommandError, match="test_page, test_unit"):
        call_command("rebuild_search", kind="khong-co")
