from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    name = "cms.media"
    verbose_name = _("Tệp và ảnh")

    def ready(self) -> None:
        from cms.media.services import follow_publication
        from cms.media.tasks import follow_files

        follow_publication()  # first: what a page shows is asked for by its files
        follow_files()
