"""Places at which a survey is answered: made one by one or for many units, taken out of use, with posters."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from surveys.enums import OPEN_KINDS, POSTER_KINDS
from surveys.forms import PlaceForm, PlacesForm
from surveys.models import Channel
from surveys.services.places import place_switch
from surveys.services.questionnaires import SurveyRefusedError
from surveys.services.sheet_pdf import channel_url, poster_pdf, sheet_pdf
from surveys.views.paper import pdf_answer
from surveys.viewsets.access import OfPapers, OfSurvey

MOST_SHOWN = 300


class PlacesView(OfSurvey, View):
    """The places of a survey, with a form for one more and one for many."""

    http_method_names = ["get", "head", "options", "post"]
    capability = "survey_edit"
    template_name = "surveys/admin/places.html"
    page_title = _("Điểm trả lời")
    places_url_name = ""
    place_url_name = ""
    poster_url_name = ""
    posters_url_name = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(PlaceForm(), PlacesForm(auto_id="many_%s"))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        one, many = PlaceForm(), PlacesForm(auto_id="many_%s")
        if "way" in request.POST:
            many = PlacesForm(request.POST, auto_id="many_%s")
            answer = self._many(many) if many.is_valid() else None
        else:
            one = PlaceForm(request.POST)
            answer = store_place(self, one) if one.is_valid() else None
        return answer or self.show(one, many, status=422)

    def show(self, one: PlaceForm, many: PlacesForm, *, status: int = 200) -> HttpResponse:
        """Answer with the screen."""
        rows = Channel.objects.filter(survey=self.survey).named().select_related("unit", "survey").in_order()
        places = [
            {
                "place": place,
                "url": channel_url(place) if place.kind in OPEN_KINDS else "",
                "has_poster": place.kind in POSTER_KINDS and place.active,
            }
            for place in rows[:MOST_SHOWN]
        ]
        context = self.get_context_data(
            survey=self.survey, one=one, many=many, places=places, total=rows.count(),
            place_url_name=self.place_url_name, poster_url_name=self.poster_url_name,
            posters_url_name=self.posters_url_name,
        )  # fmt: skip
        return self.render_to_response(context, status=status)

    def _many(self, form: PlacesForm) -> HttpResponse | None:
        try:
            made = form.store(survey=self.survey, actor=self.request.user)
        except SurveyRefusedError as refused:
            form.add_error(None, str(refused))
            return None
        told = _now("Đã lập %(count)d điểm.") if made else _now("Đơn vị nào cũng đã có điểm loại này.")
        messages.success(self.request, told % {"count": len(made)})
        return redirect(self.places_url_name, self.survey.pk)


def store_place(screen: Any, form: PlaceForm) -> HttpResponse | None:
    """Store one place and go back to the list; None with the reason beside the field when it is refused."""
    try:
        place = form.store(survey=screen.survey, actor=screen.request.user)
    except ValidationError as error:
        form.add_error(None, error) if not hasattr(error, "error_dict") else [
            form.add_error(name if name in form.fields else None, words) for name, words in error.message_dict.items()
        ]
        return None
    except SurveyRefusedError as refused:
        form.add_error(None, str(refused))
        return None
    messages.success(screen.request, _now("Đã lưu điểm “%(place)s”.") % {"place": place.called})
    return redirect(screen.places_url_name, screen.survey.pk)


class OfPlace(OfSurvey):
    """A screen about one place of one survey."""

    capability = "survey_edit"

    def place(self) -> Channel:
        """Return the place; the plain ways of a survey are none."""
        rows = Channel.objects.named().filter(survey=self.survey).select_related("unit", "survey")
        return get_object_or_404(rows, pk=self.kwargs["place_pk"])


class PlaceView(OfPlace, View):
    """Put one place right, or take it out of use and into use again."""

    http_method_names = ["get", "head", "options", "post"]
    template_name = "surveys/admin/place.html"
    page_title = _("Điểm trả lời")
    places_url_name = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(PlaceForm(instance=self.place()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        place = self.place()
        if "active" in request.POST:
            place_switch(place=place, actor=request.user, active=request.POST["active"] == "1")
            messages.success(request, _now("Đã dùng lại điểm này.") if place.active else _now("Đã thôi dùng điểm này."))
            return redirect(self.places_url_name, self.survey.pk)
        form = PlaceForm(request.POST, instance=place)
        return (store_place(self, form) if form.is_valid() else None) or self.show(form, status=422)

    def show(self, form: PlaceForm, *, status: int = 200) -> HttpResponse:
        """Answer with the screen."""
        context = self.get_context_data(
            survey=self.survey, place=self.place(), form=form, places_url_name=self.places_url_name
        )
        return self.render_to_response(context, status=status)


class PosterView(OfPlace, View):
    """The poster of one place as PDF, or of all places in use."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "place_pk" in kwargs:
            places = [self.place()]
        else:
            rows = Channel.objects.named().active().filter(survey=self.survey).select_related("unit", "survey")
            places = list(rows.in_order())
        places = [place for place in places if place.kind in POSTER_KINDS]
        if not places:
            raise Http404
        name = places[0].code if "place_pk" in kwargs else "tat-ca"
        return pdf_answer(poster_pdf(places), f"to-dan-{self.survey.slug}-{name}.pdf")


class SheetPdfView(OfPapers, View):
    """The form on paper of the version that is asked; those who keep the survey print the newest draft too.

    ``diem`` names the place that stands on every sheet, one of those at which this person takes papers.
    """

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        version = self.survey.current or self.survey.versions.newest().first()
        if version is None:
            raise Http404
        asked = request.GET.get("diem", "")
        place = None
        if asked:
            if not (asked.isascii() and asked.isdigit() and len(asked) < 10):
                raise Http404
            place = get_object_or_404(self.places, pk=int(asked))
        name = f"phieu-{self.survey.slug}-{place.code}" if place and place.code else f"phieu-{self.survey.slug}"
        return pdf_answer(sheet_pdf(version=version, channel=place), f"{name}.pdf")
