"""What a material is about."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.core.text import clean_line, slug
from cms.library.querysets import MaterialTopicQuerySet


class MaterialTopic(models.Model):
    """A topic of the library. Its address word is made once: links to the topic outlive a new name."""

    name = models.CharField(_("tên"), max_length=80, unique=True)
    slug = models.SlugField(_("từ trong địa chỉ"), max_length=60, unique=True, editable=False)
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=100)

    objects = MaterialTopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("chủ đề học liệu")
        verbose_name_plural = _("chủ đề học liệu")
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.name = clean_line(self.name)
        self.slug = self.slug or self.slug_of(self.name)
        super().save(*args, **kwargs)

    @staticmethod
    def slug_of(name: str) -> str:
        """Return the address word that a topic of this name gets."""
        return slug(name)[:60].strip("-")
