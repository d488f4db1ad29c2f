"""The screen on which a sender's picture is covered: drawn with the mouse, or as numbers; the result beside it."""

from dataclasses import astuple
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.media.covering import CONTENT_TYPE, EXTENSION, Box
from cms.media.private import SANDBOX, private_response
from feedback.forms.pictures import SIDES, BoxFormSet, PictureForm
from feedback.models import Attachment, PublicCase, PublicPicture
from feedback.permissions import public_case_can
from feedback.services.moves import NotAllowedError, TransitionRefusedError
from feedback.services.picture_pages import page_may_be, papers
from feedback.services.pictures import (
    coverable,
    decision_stands,
    may_cover,
    picture_cover,
    picture_leave_out,
    picture_source,
)

SPACE = "wagtailsnippets_feedback_publiccase"
EDIT = f"{SPACE}:edit"


def pictures_context(copy: PublicCase, user: Any, *, older: bool = False) -> dict[str, Any]:
    """Return what the editor shows of the case's pictures: those of ``copy`` as it stands on the screen.

    ``older`` says that the screen shows a version of the past; covering would change the newest draft, not that one.
    """
    shown = {(picture.attachment_id, picture.page): picture for picture in copy.shown_pictures}
    lock, stands = copy.get_lock(), decision_stands(copy)
    may_edit = public_case_can(user, "public_case_edit", copy) and not (lock and lock.for_user(user))
    open_now = may_edit and not older and not stands
    return {
        "pictures_stand": may_edit and stands,
        "case_pictures": [{"file": file, "shown": shown.get((file.pk, None))} for file in coverable(copy)],
        "case_papers": [
            {"file": file, "pages": [each for each in copy.shown_pictures if each.attachment_id == file.pk]}
            for file in papers(copy)
        ],
        "may_cover": open_now and may_cover(user, copy),
        "may_leave_out": open_now,
    }


class CopyPictureMixin:
    """A picture, or one page of a PDF, of a copy of somebody's own unit; for everybody else it does not exist."""

    request: HttpRequest
    kwargs: dict[str, Any]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not public_case_can(request.user, "public_case_edit", self.copy):
            raise PermissionDenied
        try:
            return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        except NotAllowedError as refused:
            raise PermissionDenied(str(refused)) from refused

    @cached_property
    def copy(self) -> PublicCase:
        rows = PublicCase.objects.visible_to(self.request.user).select_related("case", "unit")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @cached_property
    def page(self) -> int | None:
        """The page of a PDF, from 1; None at the addresses of a picture."""
        return self.kwargs.get("page")

    @cached_property
    def attachment(self) -> Attachment:
        found = next((each for each in self.offered() if each.pk == self.kwargs["attachment"]), None)
        if found is None:
            raise Http404
        return found

    def offered(self) -> list[Attachment]:
        """Return the files of the case that this address may be about."""
        page = self.page
        return coverable(self.copy) if page is None else [each for each in papers(self.copy) if page_may_be(each, page)]

    @property
    def named(self) -> str:
        name = self.attachment.name
        return name if self.page is None else _now("%(name)s, trang %(page)d") % {"name": name, "page": self.page}

    @property
    def above(self) -> list[dict[str, Any]]:
        """The way back: the list of copies, then this one."""
        return [
            {"url": reverse(f"{SPACE}:list"), "label": _("Bản công khai")},
            {"url": reverse(EDIT, args=[self.copy.pk]), "label": self.copy.reference},
        ]


class PictureView(CopyPictureMixin, WagtailAdminTemplateMixin, View):
    """Cover one picture; the draft gets it at once, the public when another has approved the draft."""

    template_name = "feedback/admin/picture.html"
    page_title = _("Che ảnh")
    header_icon = "image"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_cover(request.user, self.copy):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return f"{self.copy.reference}, {self.named}"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, *self.above, {"url": "", "label": self.page_title}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        shown = self.shown()
        first = {"description": shown.description, "seen_clear": shown.seen_clear} if shown else {}
        boxes = [Box(*box) for box in shown.boxes] if shown else []
        hints = self.hints(boxes)
        rows = [dict(zip(SIDES, astuple(box), strict=True)) for box in (boxes if shown else self.proposed(hints))]
        return self._show(PictureForm(initial=first), BoxFormSet(prefix="box", initial=rows), hints)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form, boxes = PictureForm(request.POST), BoxFormSet(request.POST, prefix="box")
        if not form.check(boxes):
            return self._show(form, boxes, self.hints([]), status=422)
        try:
            picture_cover(
                public_case=self.copy,
                attachment=self.attachment,
                page=self.page,
                boxes=boxes.boxes(),
                description=form.cleaned_data["description"],
                seen_clear=form.cleaned_data["seen_clear"],
                actor=request.user,
            )
        except NotAllowedError:
            raise
        except TransitionRefusedError as refused:
            form.add_error(None, str(refused))
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        if form.errors:
            return self._show(form, boxes, self.hints(boxes.boxes()), status=422)
        messages.success(request, _now("Đã che và đưa ảnh vào bản nháp. Hãy xem kỹ ảnh sẽ đăng ở dưới."))
        return redirect(request.path)

    def hints(self, boxes: list[Box]) -> dict[str, Any]:
        """Return what the template is told of what the machine sees beside ``boxes``; of a picture it sees nothing."""
        return {}

    def proposed(self, hints: dict[str, Any]) -> list[Box]:
        """Return the boxes that the form begins with."""
        return []

    def shown(self) -> PublicPicture | None:
        """Return this picture as the newest draft has it."""
        draft = self.copy.get_latest_revision_as_object()
        wanted = (self.attachment.pk, self.page)
        return next((each for each in draft.shown_pictures if (each.attachment_id, each.page) == wanted), None)

    def _show(self, form: PictureForm, boxes: Any, hints: dict[str, Any], status: int = 200) -> HttpResponse:
        context = {"form": form, "boxes": boxes, "copy": self.copy, "named": self.named, "shown": self.shown()}
        context |= {"source": f"{self.request.path}source/", **hints}
        return self.render_to_response(self.get_context_data(**context), status=status)


class PictureSourceView(CopyPictureMixin, View):
    """The picture before it is covered, drawn anew; the file itself is not handed out here."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked: dict[str, Any] = {"public_case": self.copy, "attachment": self.attachment, "page": self.page}
        try:
            drawn = picture_source(**asked, actor=request.user)
        except ValidationError as unreadable:
            raise Http404 from unreadable
        headers = {"Cache-Control": "private, no-store", "Content-Security-Policy": SANDBOX}
        return HttpResponse(drawn.content, content_type=CONTENT_TYPE, headers=headers)


class PictureShownView(CopyPictureMixin, View):
    """A covered picture of this copy, for its editor and its preview."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, pk: int, picture: int) -> HttpResponseBase:
        # One number of any length: SQLite cannot hold it in a list of numbers, Django knows what an equal one means.
        shown = get_object_or_404(PublicPicture, public_case=self.copy, pk=picture)
        name = f"{self.copy.reference}-{picture}.{EXTENSION}"
        return private_response(request, name=shown.stored_name, filename=name, content_type=CONTENT_TYPE, inline=True)


class LeaveOutView(CopyPictureMixin, View):
    """Take a picture off the draft again."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked: dict[str, Any] = {"public_case": self.copy, "attachment": self.attachment, "page": self.page}
        try:
            picture_leave_out(**asked, actor=request.user)
        except NotAllowedError:
            raise
        except TransitionRefusedError as refused:
            messages.error(request, str(refused))
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        else:
            messages.success(request, _now("Đã bỏ ảnh khỏi bản nháp."))
        return redirect(EDIT, self.copy.pk)


def picture_urls() -> list[URLPattern]:
    """Return the addresses below those of a copy."""
    return [
        path("picture/<int:pk>/<int:attachment>/", PictureView.as_view(), name="picture"),
        path("picture/<int:pk>/<int:attachment>/source/", PictureSourceView.as_view(), name="picture_source"),
        path("picture/<int:pk>/<int:attachment>/off/", LeaveOutView.as_view(), name="picture_off"),
        path("picture/<int:pk>/shown/<int:picture>/", PictureShownView.as_view(), name="picture_shown"),
    ]
