"""Admin views that write through a service instead of saving a form by themselves."""

from typing import Any, Protocol

from django.db.models import Model

from wagtail.admin.views import generic


class StoringForm(Protocol):
    """A form that hands its clean values to the service that may write them."""

    def store(self, *, actor: Any) -> Model: ...


class StoringCreateView(generic.CreateView):
    """Wagtail's screen for something new; the form's ``store`` does the writing."""

    form: StoringForm

    def save_instance(self) -> Model:
        return self.form.store(actor=self.request.user)


class StoringEditView(generic.EditView):
    """Wagtail's screen for a change; the form's ``store`` does the writing."""

    form: StoringForm

    def save_instance(self) -> Model:
        return self.form.store(actor=self.request.user)
