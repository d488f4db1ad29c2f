"""Publishing many pages at once without keeping everybody else waiting."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wagtail.admin.views.pages.bulk_actions import PublishBulkAction
from wagtail.models import Page

# Pages in one request, those below included: some seconds of work, which is less than any other writer waits.
MOST_PAGES = 100
_NAMED = 5


class PatientPublishBulkAction(PublishBulkAction):
    """Wagtail's own action, one transaction a page: whoever writes meanwhile waits for one page, not for all.

    A page that cannot be published stops no other; the report names it.
    """

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse more pages than one request publishes before any of them is read."""
        if self._chosen_count() > MOST_PAGES:
            return self._refuse_too_many()
        return super().dispatch(request, *args, **kwargs)

    def prepare_action(self, objects: Sequence[Page], objects_without_access: Any) -> HttpResponse:
        """Publish, and report. Wagtail opens its one transaction only after this, and does not when it is answered."""
        wanted = list(self._wanted(objects))
        if len(wanted) > MOST_PAGES:
            return self._refuse_too_many()
        published, refused, changed = [0, 0], [], []
        for page, is_below in wanted:
            try:
                if self._publish(page):
                    published[is_below] += 1
                else:
                    changed.append(page.get_admin_display_title())
            except ValidationError:
                refused.append(page.get_admin_display_title())
        if any(published):
            messages.success(self.request, self.get_success_message(*published))
        if refused:
            told = _("%(count)d trang chưa đăng được vì còn mục thiếu hoặc sai: %(names)s. Hãy mở từng trang để sửa.")
            self._tell(told, refused)
        if changed:
            told = _("%(count)d trang vừa có người sửa hoặc xóa nên chưa đăng: %(names)s. Hãy xem lại rồi đăng.")
            self._tell(told, changed)
        return redirect(self.next_url)

    @transaction.atomic
    def _publish(self, chosen: Page) -> bool:
        """Publish one page as it was when it was chosen; False when it is another by now, or not ours any more."""
        page = Page.objects.order_by().select_for_update(no_key=True).filter(pk=chosen.pk).first()
        if page is None or page.latest_revision_id != chosen.latest_revision_id or not self.check_perm(page):
            return False
        self.execute_action([page], user=self.request.user)
        return True

    def _chosen_count(self) -> int:
        keys = self.request.GET.getlist("id")
        if "all" in keys:
            return int(self.get_all_objects_in_listing_query(self.request.GET.get("childOf")).count())
        return len(set(keys))

    def _wanted(self, objects: Sequence[Page]) -> Iterator[tuple[Page, bool]]:
        """Yield the chosen pages, and the drafts below them that this person may publish, when they were asked for.

        One page beyond the bound is enough to refuse them all.
        """
        below = bool(self.cleaned_form and self.cleaned_form.cleaned_data["include_descendants"])
        seen = {page.pk for page in objects}
        for page in objects:
            yield page, False
            drafts = page.get_descendants().not_live()[: MOST_PAGES + 1] if below else []
            for draft in drafts:
                if draft.pk not in seen and self.check_perm(draft):
                    seen.add(draft.pk)
                    yield draft, True

    def _refuse_too_many(self) -> HttpResponse:
        told = _("Mỗi lượt chỉ đăng được nhiều nhất %(most)d trang, kể cả trang con. Hãy chọn ít hơn rồi đăng tiếp.")
        messages.error(self.request, told % {"most": MOST_PAGES})
        return redirect(self.next_url)

    def _tell(self, told: str, titles: list[str]) -> None:
        names = ", ".join(f"“{title}”" for title in titles[:_NAMED])
        more = "" if len(titles) <= _NAMED else "…"
        messages.warning(self.request, told % {"count": len(titles), "names": names + more})
