"""The list of surveys and the page of each: what is asked, until when, and the way to answer."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager

from cms.core.blocks import StoryBlock
from cms.core.models import BasePage
from cms.core.search import SearchText
from surveys.models.response import Channel
from surveys.models.survey import Survey
from surveys.querysets.pages import SurveyPageQuerySet

SLUG = "khao-sat"
INDEX_URL = f"/{SLUG}/"


class SurveyIndexPage(BasePage):
    """Surveys that take responses, then those that did."""

    template = "pages/surveys/survey_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["surveys.SurveyPage"]
    max_count = 1
    is_rated = False

    intro = models.CharField(_("lời dẫn"), max_length=300, blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("trang danh sách khảo sát")
        verbose_name_plural = _("trang danh sách khảo sát")

    @property
    def summary(self) -> str:
        return super().summary or self.intro

    def clean(self) -> None:
        """The addresses below this one are fixed: they are printed on posters and stand in mails."""
        super().clean()
        if self.slug != SLUG:
            reason = _("Địa chỉ phải là “%(slug)s”: mã QR đã in và thư mời đã gửi dẫn tới địa chỉ này.")
            raise ValidationError({"slug": ValidationError(reason, params={"slug": SLUG})})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the pages of surveys, those that take responses apart."""
        context = super().get_context(request, *args, **kwargs)
        pages = SurveyPage.objects.readable().select_related("survey")
        today = timezone.localdate()
        context |= {
            "taking": pages.taking_responses(today).listed(request.GET.get("dang-mo")),
            "over": pages.not_taking_responses(today).newest().listed(request.GET.get("trang")),
        }
        return context


class SurveyPage(BasePage):
    """One survey before the public. Its address is that of the survey, whatever an old draft says."""

    template = "pages/surveys/survey_page.html"
    parent_page_types = ["surveys.SurveyIndexPage"]
    subpage_types: list[str] = []
    is_rated = False

    survey = models.OneToOneField(Survey, verbose_name=_("khảo sát"), on_delete=models.PROTECT, related_name="page")
    body = StreamField(StoryBlock(), verbose_name=_("nói thêm"), blank=True)

    objects = PageManager.from_queryset(SurveyPageQuerySet)()

    content_panels = [*BasePage.content_panels, FieldPanel("survey"), FieldPanel("body")]

    class Meta:
        verbose_name = _("trang khảo sát")
        verbose_name_plural = _("trang khảo sát")

    @property
    def summary(self) -> str:
        return super().summary or (self.survey.intro if self.survey_id else "")

    def search_text(self) -> SearchText:
        """What the site's search knows of this survey."""
        words = self.body.stream_block.get_searchable_content(self.body)
        return SearchText(
            title=self.title,
            body=" ".join(filter(None, [self.survey.intro, *words])),
            url=self.url or "",
            unit_id=self.owner_unit_id,
        )

    def address_words(self) -> str:
        """The address of a new page is that of its survey."""
        return self.survey.slug if self.survey_id else self.title

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add how the survey stands and by which ways it is answered."""
        context = super().get_context(request, *args, **kwargs)
        today, survey = timezone.localdate(), self.survey
        ways = list(Channel.objects.open(today).kind_web().filter(survey=survey).select_related("unit").in_order())
        context |= {
            "survey": survey,
            "standing": survey.standing(today),
            "has_open_link": any(not way.code for way in ways),
            "ways": [way for way in ways if way.code],
            "has_results": Survey.objects.with_results().filter(pk=survey.pk).exists(),
            "sections": survey.current.sections.count() if survey.current_id else 0,
        }
        return context

    def clean(self) -> None:
        """The address stays that of the survey: posters, mails and forms on paper lead there."""
        super().clean()
        if self.survey_id and self.slug != self.survey.slug:
            reason = _("Địa chỉ phải là “%(slug)s”, như địa chỉ của khảo sát: mã QR, phiếu giấy và thư mời dẫn tới đó.")
            raise ValidationError({"slug": ValidationError(reason, params={"slug": self.survey.slug})})
