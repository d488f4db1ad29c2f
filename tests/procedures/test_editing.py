"""What editors may publish of procedures, and what nobody but them ever reads."""

from django.core.exceptions import ValidationError

import pytest

from cms.core.enums import Role
from cms.core.search import search
from procedures.factories import procedure
from procedures.models import (
    ProcedurePage,
)
from tests.officers import make_officer
from tests.procedures.portal import LIST, ProcedureSite


class EditingTest(ProcedureSite):
    def test_what_waits_to_be_confirmed_is_nobodys_even_when_published(self):
        with pytest.raises(ValidationError, match="cần xác nhận"):
            self.draft.save_revision().publish()
        ProcedurePage.objects.filter(pk=self.draft.pk).update(live=True)
        for address in (self.draft.url, f"{self.draft.url}chuan-bi/", f"{self.draft.url}ban-in/"):
            assert self.client.get(address).status_code == 404
        assert self.client.get(f"{LIST}ma/9.000009/").status_code == 404
        assert search("bi mat", kind="procedure").total == 0
        for address in (LIST, f"{LIST}atom.xml", "/api/v1/thu-tuc/"):
            assert "bí mật" not in self.client.get(address).content.decode()
        ProcedurePage.objects.filter(pk=self.draft.pk).update(live=False)
        mapped = self.client.get("/sitemap.xml").content.decode()
        assert (self.page.slug in mapped, self.draft.slug in mapped) == (True, False)
        for name in ("csv", "json"):
            answer = self.client.get(f"{LIST}du-lieu.{name}")
            assert "9.000009" not in answer.getvalue().decode()

    def test_an_editor_cannot_publish_it_and_hears_why(self):
        self.client.force_login(make_officer(Role.PUBLISHER))
        address = f"/quan-tri/pages/{self.draft.pk}/edit/"
        form = self.client.get(address).context["form"]
        assert form.fields["levels"].choices
        data = {"title": "Một", "code": "9.000009", "field": self.draft.field_id, "state": "in_force", "slug": "mot"}
        data |= {"needs_confirmation": "on", "levels": ["cap-xa", "cap-tinh"], "comments": "off", "dossier-count": "0"}
        for name in form.formsets:
            data |= {f"{name}-{part}": "0" for part in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")}
        answer = self.client.post(address, data | {"action-publish": "1"})
        assert "bỏ dấu “cần xác nhận” trước khi đăng" in answer.content.decode()
        handed = self.client.post(address, data | {"action-submit": "1"}).content.decode()
        assert "bỏ dấu “cần xác nhận” trước khi đăng" in handed
        assert self.client.post(address, data).status_code == 302, "a draft is kept with it"
        draft = ProcedurePage.objects.get(pk=self.draft.pk).get_latest_revision_as_object()
        assert draft.levels == ",cap-tinh,cap-xa,"
        del data["needs_confirmation"]
        self.client.post(address, data | {"action-publish": "1"})
        assert ProcedurePage.objects.readable().filter(pk=self.draft.pk).exists()

    def test_no_screen_puts_an_unconfirmed_version_in_the_place_of_a_confirmed_one(self):
        """Handing in, approving, many at once, an old version again: each answers with the reason."""
        publisher = make_officer(Role.PUBLISHER)
        page = ProcedurePage.objects.get(pk=self.page.pk)
        page.needs_confirmation, page.authority = True, "Chưa kiểm"
        page.save_revision().content_object.get_workflow().start(page, make_officer(Role.EDITOR))
        self.client.force_login(publisher)
        state = ProcedurePage.objects.get(pk=page.pk).current_workflow_task_state
        approve = f"/quan-tri/pages/workflow/action/{page.pk}/approve/{state.pk}/"
        answer = self.client.post(approve, {"comment": ""}, follow=True)
        assert answer.status_code == 200
        assert "bỏ dấu “cần xác nhận” trước khi đăng" in answer.content.decode()
        state.refresh_from_db()
        assert state.status == "in_progress"
        many = f"/quan-tri/bulk/wagtailcore/page/publish/?id={page.pk}&id={self.draft.pk}&next=/quan-tri/"
        assert "2 trang chưa đăng được" in self.client.post(many, follow=True).content.decode()
        assert self.client.get(f"/quan-tri/pages/{page.pk}/copy/").status_code == 302
        page = ProcedurePage.objects.get(pk=self.page.pk)
        assert (page.live, page.needs_confirmation, page.authority) == (True, False, "")

    def test_a_code_is_one_page_and_well_written(self):
        for code, words in (("9.000001", "Đã có trang"), ("9.1", "có dạng 1.004494")):
            with pytest.raises(ValidationError, match=words):
                procedure(self.index, code)

    def test_versions_compare(self):
        self.client.force_login(make_officer(Role.PUBLISHER))
        page = ProcedurePage.objects.get(pk=self.page.pk)
        page.levels, page.authority = ",cap-xa,", "Trường học"
        page.save_revision()
        body = self.client.get(f"/quan-tri/pages/{page.pk}/revisions/compare/earliest...latest/").content.decode()
        assert "Trường học" in body
