"""The themes of wishes, a short list that moderators keep."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.core.viewsets import CatalogueViewSet
from cms.core.viewsets.columns import YesNoColumn
from surveys.models import WordsTheme
from surveys.services.themes import theme_save


class ThemeForm(forms.ModelForm):
    """A theme; its code stays what it was."""

    class Meta:
        model = WordsTheme
        fields = ["name", "code", "order", "active"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["code"].disabled = True

    def store(self, *, actor: Any) -> WordsTheme:
        """Hand the theme to the service."""
        return theme_save(theme=self.save(commit=False), actor=actor)


class ThemeViewSet(CatalogueViewSet):
    model = WordsTheme
    name = "survey_theme"
    url_prefix = "chu-de-mong-muon"
    icon = "tag"
    menu_label = _("Chủ đề mong muốn")
    menu_order = 165
    add_to_settings_menu = True
    form = ThemeForm
    list_display = ["name", "code", YesNoColumn("active", label=_("Đang dùng"))]
    ordering = ["order", "name"]
