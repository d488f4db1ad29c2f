"""Parts of Wagtail's editor and comparison that its own panels do not know."""

from typing import Any

from django.utils.translation import gettext as _

from wagtail.admin.compare import FieldComparison
from wagtail.admin.panels import FieldPanel


class PicturesComparison(FieldComparison):
    """The pictures of two versions of a public copy, said in words; another number is another way of covering."""

    def __init__(self, field: Any, obj_a: Any, obj_b: Any):
        super().__init__(field, obj_a, obj_b)
        self.val_a, self.val_b = _told(obj_a), _told(obj_b)


class PicturesPanel(FieldPanel):
    """A line of the comparison and nothing of the form: the editor lists the pictures above it."""

    def __init__(self, field_name: str, **kwargs: Any):
        super().__init__(field_name, **{**kwargs, "read_only": True})

    def get_comparison_class(self) -> type[FieldComparison]:
        return PicturesComparison

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            return self.form is None and bool(super().is_shown())


def _told(copy: Any) -> str:
    line = _("ảnh số %(number)d “%(description)s”, %(count)d khung che")
    told = [
        line % {"number": each.pk, "description": each.description, "count": len(each.boxes)}
        for each in copy.shown_pictures
    ]
    return "; ".join(told) or _("không có ảnh")
