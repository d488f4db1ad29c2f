"""What an editor is told about the files of a page."""

from typing import Any

from wagtail.admin.panels import Panel

from cms.media.querysets import texts_shown_on


class FileTextPanel(Panel):
    """Says of each published file of the page whether the search can read it; shows nothing while there is none."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "media/admin/file_text_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            return {**super().get_context_data(parent_context), "files": self.files}

        def is_shown(self) -> bool:
            return super().is_shown() and bool(self.files)

        @property
        def files(self) -> list[Any]:
            if "_files" not in self.__dict__:
                self._files = list(texts_shown_on(self.instance)) if self.instance.pk else []
            return self._files
