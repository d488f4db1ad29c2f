"""The form behind every page's editing screen."""

from django.utils.translation import gettext_lazy as _

from wagtail.admin.forms import WagtailAdminPageForm


class PageForm(WagtailAdminPageForm):
    """An address may stay empty: the page makes its own, from what its type is known by."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if field := self.fields.get("slug"):
            field.required = False
            field.help_text = _("Phần cuối của địa chỉ trang. Để trống thì cổng tự đặt.")

    def clean_slug(self) -> str:
        """What was public keeps its address when the field is emptied; links lead there."""
        given: str = self.cleaned_data["slug"]
        return given or (self.instance.slug if self.instance.first_published_at else "")
