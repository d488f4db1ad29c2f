"""The addresses of one kind of import, for the admin."""

from django.urls import URLPattern, path

from .views import (
    ImportConfirmView,
    ImportHandInView,
    ImportProgressView,
    ImportRefusedView,
    ImportRunView,
    ImportUploadView,
)


def import_urls(kind_name: str, folder: str) -> list[URLPattern]:
    """Return the addresses of ``kind_name`` below ``folder/``, named ``<kind>`` and ``<kind>_<step>``."""
    return [
        path(f"{folder}/", ImportUploadView.as_view(kind_name=kind_name), name=kind_name),
        *(
            path(f"{folder}/<uuid:key>/{tail}", view.as_view(kind_name=kind_name), name=f"{kind_name}_{step}")
            for step, tail, view in (
                ("run", "", ImportRunView),
                ("confirm", "xac-nhan/", ImportConfirmView),
                ("hand_in", "gui-duyet/", ImportHandInView),
                ("progress", "tien-do/", ImportProgressView),
                ("refused", "bi-tu-choi.csv", ImportRefusedView),
            )
        ),
    ]
