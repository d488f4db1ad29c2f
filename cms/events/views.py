"""Fixed addresses of the calendar: files for people's own calendars, this week; the copy of a week in the admin."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import conditional_page, require_safe
from django.views.generic import FormView

from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from cms.core.models import AgencySettings, Unit
from cms.core.permissions import can
from cms.events.feeds import calendar_of, event_item, week_items
from cms.events.forms import CopyWeekForm
from cms.events.models import EventIndexPage, EventPage, ScheduleEntry, WorkSchedulePage
from cms.events.models.events import TAKEN_ADDRESS, is_taken_address

# How far back a calendar that is subscribed to reaches, and how much of it one file holds.
KEPT = timedelta(days=60)
MOST = 1000
FRESH = 60  # seconds; as long as a page


@require_safe
@conditional_page
def page_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand out one event, or one week of the leaders, as a file for a calendar."""
    event = EventPage.objects.readable().select_related("owner_unit").filter(slug=slug).first()
    if event is not None:
        return _answer(request, calendar_of([event_item(event)], name=event.title), slug, saved=True)
    week = WorkSchedulePage.objects.readable().filter(slug=slug).first()
    if week is None:
        raise Http404
    return _answer(request, calendar_of(week_items(week, week.ordered_entries()), name=week.title), slug, saved=True)


@require_safe
@conditional_page
def all_calendar(request: HttpRequest) -> HttpResponse:
    """Everything of the calendar that is not long over, to subscribe to."""
    agency = AgencySettings.load(request_or_site=request).name
    name = _now("Lịch của %(agency)s") % {"agency": agency}
    return _answer(request, _subscribed(name, unit=None), "lich")


@require_safe
@conditional_page
def unit_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The events of one unit, its own weeks, and what it prepares for the leaders, to subscribe to."""
    unit = get_object_or_404(Unit.objects.active(), slug=slug)
    name = _now("Lịch của %(agency)s") % {"agency": unit.name}
    return _answer(request, _subscribed(name, unit=unit), slug)


def _subscribed(name: str, *, unit: Unit | None) -> bytes:
    """Return the calendar of everything, or of one unit: four statements whatever it holds."""
    since = timezone.localdate() - KEPT
    events = EventPage.objects.readable().not_over(since).select_related("owner_unit").defer_streamfields()
    events = events.prefetch_related("exceptions")
    weeks = WorkSchedulePage.objects.readable().filter(week_start__gte=since).newest()
    entries = ScheduleEntry.objects.in_order()
    if unit is not None:
        events, entries = events.filter(owner_unit=unit), entries.business_of(unit)
    weeks = weeks.of_unit(None) if unit is None else weeks.for_calendar_of(unit)
    by_key = {week.pk: week for week in weeks[: MOST // 10]}
    items = [event_item(event) for event in events.order_by("-starts_on", "-pk")[:MOST]]
    for row in entries.of_pages(list(by_key))[:MOST]:
        items += week_items(by_key[row.page_id], [row])
    return calendar_of(items, name=name)


def _answer(request: HttpRequest, content: bytes, name: str, *, saved: bool = False) -> HttpResponse:
    request.fresh_for = FRESH  # type: ignore[attr-defined]
    how = "attachment" if saved else "inline"
    disposition = {"Content-Disposition": f'{how}; filename="{name}.ics"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=disposition)


@require_safe
def this_week(request: HttpRequest) -> HttpResponse:
    """Lead to the schedule of this week; without one, to the list of weeks."""
    week = WorkSchedulePage.objects.readable().of_unit(None).of_week(timezone.localdate()).first()
    index = EventIndexPage.objects.live().public().first()
    if index is None:
        raise Http404
    return redirect(week.get_url(request) if week else f"{index.get_url(request)}?xem=tuan")


class CopyWeekView(WagtailAdminTemplateMixin, FormView):
    """Ask to which week a schedule is copied, and make the draft."""

    form_class = CopyWeekForm
    template_name = "events/admin/copy_week.html"
    page_title = _("Sao chép lịch sang tuần khác")
    header_icon = "calendar-alt"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can(request.user, "page_edit"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def source(self) -> WorkSchedulePage:
        found: WorkSchedulePage = get_object_or_404(WorkSchedulePage, pk=self.kwargs["pk"])
        if not found.get_parent().permissions_for_user(self.request.user).can_add_subpage():
            raise PermissionDenied
        return found

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "source": self.source}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(source=self.source, **kwargs)

    def form_valid(self, form: CopyWeekForm) -> HttpResponse:
        made = form.store(actor=self.request.user)
        if made is None:
            return self.form_invalid(form)
        messages.success(self.request, _now("Đã tạo bản nháp “%(title)s”.") % {"title": made.title})
        return redirect("wagtailadmin_pages:edit", made.pk)


def refuse_copy(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A second page of one week would have the first one's address; the own screen asks for the week.

    Nor does the copy of an event take the address of a week.
    """
    specific = getattr(page, "specific", page)
    if isinstance(specific, EventPage) and is_taken_address(request.POST.get("new_slug", "")):
        messages.error(request, TAKEN_ADDRESS)
        return redirect("wagtailadmin_pages:copy", page.pk)
    if not isinstance(specific, WorkSchedulePage):
        return None
    messages.warning(request, _now("Mỗi tuần chỉ có một lịch; chọn tuần sẽ nhận bản sao."))
    return redirect("week_copy", page.pk)
