"""What explains a procedure beside its record: pages of questions and guides (S13), and certified copies (S26)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import Orderable

from modelcluster.fields import ParentalKey

from procedures.models.procedures import ProcedurePage


class ProcedureGuide(Orderable):
    """A page of questions or a guide that helps with this procedure; only what is public is shown."""

    page = ParentalKey(ProcedurePage, on_delete=models.CASCADE, related_name="guides")
    guide = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("trang hỏi đáp, hướng dẫn"), on_delete=models.CASCADE, related_name="+"
    )
    note = models.CharField(_("giải đáp điều gì"), max_length=200, blank=True)

    panels = [PageChooserPanel("guide"), FieldPanel("note")]

    class Meta(Orderable.Meta):
        verbose_name = _("trang hỏi đáp, hướng dẫn")
        verbose_name_plural = _("trang hỏi đáp, hướng dẫn")

    def __str__(self) -> str:
        return str(self.guide)


@register_setting(icon="doc-full", order=220)
class GuideSettings(BaseGenericSetting):
    """Pages that many procedures point at."""

    certified_copies_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("trang chứng thực bản sao điện tử"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Mọi thủ tục có dấu “nhận bản sao điện tử được chứng thực” dẫn tới trang này."),
    )

    panels = [PageChooserPanel("certified_copies_page")]

    class Meta:
        verbose_name = _("Trang hướng dẫn của thủ tục")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
