from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "cms.events"
    verbose_name = _("Lịch")

    def ready(self) -> None:
        from wagtail.signals import page_published

        from cms.core.search import SearchKind, public_pages, register_search_kind, register_section
        from cms.events.models import EventIndexPage, EventPage, WorkSchedulePage
        from cms.events.querysets import EVENT_SEARCH, WEEK_SEARCH
        from cms.events.services import event_went_live

        register_section(EventIndexPage)
        page_published.connect(event_went_live, EventPage, dispatch_uid="event-occurrences")
        register_search_kind(
            SearchKind(EVENT_SEARCH, _("Sự kiện"), EventPage, lambda: public_pages(EventPage), EventPage.search_text)
        )
        register_search_kind(
            SearchKind(
                WEEK_SEARCH,
                _("Lịch công tác"),
                WorkSchedulePage,
                lambda: public_pages(WorkSchedulePage),
                WorkSchedulePage.search_text,
            )
        )
