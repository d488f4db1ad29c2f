from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UnitsConfig(AppConfig):
    name = "cms.units"
    verbose_name = _("Trang đơn vị")

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_save

        from wagtail.models import PageViewRestriction, Site
        from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

        from cms.core.importing import register_import_kind
        from cms.core.models import Unit
        from cms.core.search import SearchKind, register_search_kind, register_section
        from cms.core.services.units import on_unit_change
        from cms.units.importers import UNITS_IMPORT
        from cms.units.models import (
            ContactsPage,
            LeadersPage,
            OrganisationChartPage,
            ReceptionPage,
            UnitIndexPage,
            UnitPage,
        )
        from cms.units.querysets import SEARCH_KIND
        from cms.units.services import following
        from cms.units.services.pages import unit_page_follow

        register_import_kind(UNITS_IMPORT)
        register_search_kind(
            SearchKind(SEARCH_KIND, _("Đơn vị, trường học"), Unit, following.for_search, following.search_text)
        )
        for section in (UnitIndexPage, OrganisationChartPage, LeadersPage, ContactsPage, ReceptionPage):
            register_section(section)
        on_unit_change(unit_page_follow)
        for signal in (page_published, page_unpublished):
            signal.connect(following.page_changed, sender=UnitPage, dispatch_uid="units-page")
        for signal in (page_slug_changed, post_page_move):
            signal.connect(following.page_changed, dispatch_uid="units-branch")
        post_delete.connect(following.page_deleted, sender=UnitPage, dispatch_uid="units-page")
        for signal in (post_save, post_delete):
            signal.connect(following.site_changed, sender=Site, dispatch_uid="units-site")
            signal.connect(following.restriction_changed, sender=PageViewRestriction, dispatch_uid="units-closed")
