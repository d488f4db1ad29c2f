"""A short list of names in the admin, written through its services."""

from django import forms

from wagtail.admin.viewsets.model import ModelViewSet

from .storing import StoringCreateView, StoringEditView


class CatalogueViewSet(ModelViewSet):
    """Subclasses name their model, its form (with ``store``) and their columns."""

    add_view_class = StoringCreateView
    edit_view_class = StoringEditView
    copy_view_enabled = False
    inspect_view_enabled = False
    search_backend_name = None
    list_per_page = 50
    form: type[forms.ModelForm]

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return self.form
