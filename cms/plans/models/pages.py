"""Plans of work as pages: head, parts, annex, and the plans above and below them."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager

from modelcluster.fields import ParentalKey

from cms.core.blocks import StoryBlock
from cms.core.models import AttachedFile, BasePage, Citation, CitationLine, citation_lines, number_as_printed
from cms.core.search import SearchText
from cms.plans.enums import BoardState, PlanKind
from cms.plans.models.board import BoardView, SubPlan, TaskLine, add_reports, sub_plans_of, task_lines
from cms.plans.models.chain import ChainLink, chain_above
from cms.plans.models.targets import PlanTarget, TargetLine, TargetValue, target_lines
from cms.plans.querysets import PlanFilters, PlanPageQuerySet

MOST_UPWARD = 3
MOST_SUB_PLANS = 60


def check_plan(*, number: str, issued_on: date | None) -> None:
    """Raise ValidationError when number or day cannot be those of a plan; editor's form and importer share it."""
    if not any(character.isdigit() for character in number):
        raise ValidationError({"number": _("Số ký hiệu phải có chữ số, ví dụ 21/KH-GD&ĐT.")})
    if issued_on and issued_on > timezone.localdate() + timedelta(days=366):
        raise ValidationError({"issued_on": _("Ngày ban hành ở quá xa sau hôm nay.")})


class PlanIndexPage(BasePage):
    """The section of administrative reform: plans, newest first."""

    template = "pages/plans/plan_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["plans.PlanPage", "home.ReformYearPage"]
    max_count = 1
    is_rated = False
    feed_name = "plans_feed"

    intro = models.CharField(_("lời dẫn"), max_length=300, blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("trang danh mục kế hoạch")
        verbose_name_plural = _("trang danh mục kế hoạch")

    def get_context(self, request, *args, **kwargs):
        """Add what was ``asked`` for, how many each further choice leaves, and one page of plans as ``plan_page``."""
        context = super().get_context(request, *args, **kwargs)
        asked = PlanFilters.from_query(request.GET)
        plans = PlanPage.objects.child_of(self).readable()
        context |= {"asked": asked, "facets": plans.facets(asked)}
        context["plan_page"] = plans.filtered(asked).newest().for_lists().listed(request.GET.get("trang"))
        # A list narrowed by a reader is a view of the page, not a page for other search engines.
        context["noindex"] = bool(asked)
        return context


class PlanPage(BasePage):
    """One plan. The title is its abstract; the body reads as the document does; tasks are its annex."""

    template = "pages/plans/plan_page.html"
    parent_page_types = ["plans.PlanIndexPage"]
    subpage_types: list[str] = []
    in_site_map = False

    full_abstract = models.TextField(
        _("trích yếu đầy đủ"), blank=True, help_text=_("Chỉ điền khi trích yếu dài hơn 255 chữ.")
    )
    number = models.CharField(_("số ký hiệu"), max_length=100, help_text=_("Như in trên văn bản, ví dụ 21/KH-GD&ĐT."))
    number_key = models.CharField(max_length=100, editable=False, db_index=True)
    document_type = models.CharField(_("loại"), max_length=20, choices=PlanKind, default=PlanKind.PLAN)
    issued_on = models.DateField(_("ngày ban hành"), null=True, blank=True, db_index=True)
    issuer_name = models.CharField(_("cơ quan ban hành"), max_length=200, blank=True)
    signer = models.CharField(_("người ký"), max_length=120, blank=True)
    signer_title = models.CharField(_("chức vụ người ký"), max_length=160, blank=True)
    recipients = models.TextField(_("nơi nhận"), blank=True, help_text=_("Mỗi nơi một dòng."))
    body = StreamField(StoryBlock(), verbose_name=_("nội dung"), blank=True)
    source_digest = models.CharField(max_length=64, blank=True, default="", editable=False)

    objects = PageManager.from_queryset(PlanPageQuerySet)()

    content_panels = [
        MultiFieldPanel(
            [
                FieldPanel("title", heading=_("Trích yếu")),
                FieldPanel("full_abstract"),
                FieldRowPanel([FieldPanel("number"), FieldPanel("document_type")]),
                FieldRowPanel([FieldPanel("issued_on"), FieldPanel("issuer_name")]),
            ],
            heading=_("Văn bản"),
        ),
        InlinePanel("legal_bases", heading=_("Căn cứ"), label=_("Căn cứ")),
        InlinePanel(
            "upward",
            heading=_("Thực hiện kế hoạch nào"),
            label=_("Kế hoạch cấp trên"),
            max_num=MOST_UPWARD,
            help_text=_("Chọn trang trên cổng, hoặc ghi số ký hiệu, hoặc ghi địa chỉ."),
        ),
        FieldPanel("body"),
        InlinePanel("targets", heading=_("Chỉ tiêu"), label=_("Chỉ tiêu")),
        InlinePanel("tasks", heading=_("Nhiệm vụ"), label=_("Nhiệm vụ")),
        InlinePanel("attachments", heading=_("Tệp đính kèm"), label=_("Tệp")),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("signer"), FieldPanel("signer_title")]), FieldPanel("recipients")],
            heading=_("Người ký, nơi nhận"),
        ),
    ]

    class Meta:
        verbose_name = _("kế hoạch")
        verbose_name_plural = _("kế hoạch")

    @property
    def abstract(self) -> str:
        return self.full_abstract or self.title

    @property
    def recipient_lines(self) -> list[str]:
        return [line for line in self.recipients.splitlines() if line.strip()]

    @property
    def basis_lines(self) -> list[CitationLine]:
        return citation_lines(self.legal_bases.all())

    @cached_property
    def board(self) -> list[TaskLine]:
        """Tasks in order, each with what the public may read of it; queries do not grow with the tasks."""
        tasks = self.tasks.all()
        if hasattr(tasks, "prefetch_related"):
            tasks = tasks.prefetch_related("units")
        rows = list(tasks)
        return add_reports(task_lines(rows, {self.pk: self.issued_on})) if rows else []

    @cached_property
    def target_board(self) -> list[TargetLine]:
        """The plan's own targets beside what was reached."""
        targets = list(self.targets.all())
        values = TargetValue.objects.of_pages([self.pk]).standing() if targets and self.pk else ()
        return target_lines(targets, values)

    @cached_property
    def chain(self) -> list[ChainLink]:
        """What this plan carries out, the nearest first."""
        return chain_above(self)

    @cached_property
    def inherited_targets(self) -> list[TargetLine]:
        """Targets of the plans above, with what was reached there."""
        plans = {link.plan.pk: link.plan for link in self.chain if link.plan}
        if not plans:
            return []
        values = TargetValue.objects.of_pages(plans).standing()
        lines = target_lines(PlanTarget.objects.of_pages(plans), values)
        for line in lines:
            line.plan = plans[line.target.page_id]
        places = list(plans)
        return sorted(lines, key=lambda line: places.index(line.target.page_id))

    @cached_property
    def sub_plans(self) -> list[SubPlan]:
        """Plans of schools and units that carry this one out, with how far each has come."""
        if not self.pk:
            return []
        rows = PlanPage.objects.carrying_out(self).newest().defer_streamfields().select_related("owner_unit")
        return sub_plans_of(list(rows[:MOST_SUB_PLANS]))

    def get_context(self, request, *args, **kwargs):
        """Add the board as the address narrows it (``don-vi``, ``trang-thai``); what is unknown narrows nothing."""
        context = super().get_context(request, *args, **kwargs)
        view = BoardView(self.board)
        unit, state = request.GET.get("don-vi", ""), request.GET.get("trang-thai", "")
        view.unit = unit if unit in {choice["value"] for choice in view.units} else ""
        view.state = state if state in BoardState.values else ""
        context["board_view"] = view
        return context

    def search_text(self) -> SearchText:
        """What the site's search knows of this plan: its parts and its tasks."""
        tasks = [f"{task.content} {task.product} {task.responsible}" for task in self.tasks.all()]
        targets = [str(target) for target in self.targets.all()]
        body = self.body.stream_block.get_searchable_content(self.body)
        words = [self.get_document_type_display(), self.issuer_name, self.signer, *body, *targets, *tasks]
        return SearchText(
            title=self.abstract,
            body=" ".join(filter(None, words)),
            url=self.url or "",
            date=self.issued_on,
            number=self.number,
            unit_id=self.owner_unit_id,
        )

    def json_ld(self, request: HttpRequest) -> dict[str, Any]:
        """A work with a number, a day and an issuer; schema.org has no word for a plan."""
        facts = {
            "@type": "CreativeWork",
            "name": self.abstract,
            "identifier": self.number,
            "genre": self.get_document_type_display(),
            "datePublished": self.issued_on,
            "author": {"@type": "GovernmentOrganization", "name": self.issuer_name} if self.issuer_name else None,
        }
        return {name: value for name, value in facts.items() if value}

    def address_words(self) -> str:
        """A plan is known by its number, so its address is the number and the year."""
        year = self.issued_on.year if self.issued_on else ""
        return f"{self.number} {year}" if self.number else super().address_words()

    def clean(self) -> None:
        super().clean()
        check_plan(number=self.number or "", issued_on=self.issued_on)

    def full_clean(self, *args, **kwargs) -> None:
        self._derive()
        super().full_clean(*args, **kwargs)

    def save(self, *args, **kwargs) -> None:
        self._derive()
        super().save(*args, **kwargs)

    def _derive(self) -> None:
        self.number, self.number_key = number_as_printed(self.number or "")


class LegalBasis(Citation):
    page = ParentalKey(PlanPage, on_delete=models.CASCADE, related_name="legal_bases")

    class Meta(Citation.Meta):
        verbose_name = _("căn cứ")
        verbose_name_plural = _("căn cứ")


class UpwardLink(Citation):
    """What the plan carries out: a page of the portal, a bare document, or an address (S8, S50)."""

    page = ParentalKey(PlanPage, on_delete=models.CASCADE, related_name="upward")

    class Meta(Citation.Meta):
        verbose_name = _("kế hoạch cấp trên")
        verbose_name_plural = _("kế hoạch cấp trên")

    def clean(self) -> None:
        """An address alone is enough; a plan does not carry out itself."""
        if self.cited_page_id and self.cited_page_id == self.page_id:
            raise ValidationError({"cited_page": _("Kế hoạch không thể thực hiện chính mình.")})
        if not self.url:
            super().clean()


class PlanAttachment(AttachedFile):
    page = ParentalKey(PlanPage, on_delete=models.CASCADE, related_name="attachments")

    class Meta(AttachedFile.Meta):
        verbose_name = _("tệp đính kèm")
        verbose_name_plural = _("tệp đính kèm")
