"""Which workflows the portal has made."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MadeWorkflow(models.Model):
    """That the portal has made one of its workflows; what became of it since is the administrators' business.

    The key, not the name, tells which it is: names are for people, who may change them.
    """

    key = models.CharField(_("mã"), max_length=40, primary_key=True)
    workflow = models.ForeignKey(
        "wagtailcore.Workflow", verbose_name=_("quy trình"), null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("quy trình có sẵn")
        verbose_name_plural = _("quy trình có sẵn")

    def __str__(self) -> str:
        return self.key
