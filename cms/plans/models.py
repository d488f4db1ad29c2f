"""Plans of work, their tasks, and how far each task has come."""

import uuid
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, PageManager

from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel

from cms.core.blocks import StoryBlock
from cms.core.models import AttachedFile, BasePage, Citation, CitationLine, citation_lines, number_as_printed
from cms.core.search import SearchText
from cms.core.text import slug
from cms.plans.enums import ENDED, DeadlineKind, PlanKind, ProgressState
from cms.plans.querysets import PlanPageQuerySet, TaskProgressQuerySet


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
    subpage_types = ["plans.PlanPage"]
    max_count = 1

    intro = models.CharField(_("lời dẫn"), max_length=300, blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("trang danh mục kế hoạch")
        verbose_name_plural = _("trang danh mục kế hoạch")

    def get_context(self, request, *args, **kwargs):
        """Add one page of plans as ``plan_page``."""
        context = super().get_context(request, *args, **kwargs)
        plans = PlanPage.objects.child_of(self).readable().newest().for_lists()
        context["plan_page"] = plans.listed(request.GET.get("trang"))
        return context


class PlanPage(BasePage):
    """One plan. The title is its abstract; the body reads as the document does; tasks are its annex."""

    template = "pages/plans/plan_page.html"
    parent_page_types = ["plans.PlanIndexPage"]
    subpage_types: list[str] = []

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
        FieldPanel("body"),
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
    def board(self) -> list["TaskLine"]:
        """Tasks in order, each with its progress; three queries whatever the number of tasks."""
        progress = TaskProgress.objects.of_page(self).by_key() if self.pk else {}
        tasks = self.tasks.all()
        if hasattr(tasks, "prefetch_related"):
            tasks = tasks.prefetch_related("units")
        return [TaskLine(task, progress.get(task.key)) for task in tasks]

    def search_text(self) -> SearchText:
        """What the site's search knows of this plan: its parts and its tasks."""
        tasks = [f"{task.content} {task.product} {task.responsible}" for task in self.tasks.all()]
        body = self.body.stream_block.get_searchable_content(self.body)
        words = [self.get_document_type_display(), self.issuer_name, self.signer, *body, *tasks]
        return SearchText(
            title=self.abstract,
            body=" ".join(filter(None, words)),
            url=self.url or "",
            date=self.issued_on,
            number=self.number,
            unit_id=self.owner_unit_id,
        )

    def _set_core_field_defaults(self) -> None:
        """A plan is known by its number, so its address is the number and the year."""
        if not self.slug and self.number:
            year = self.issued_on.year if self.issued_on else ""
            self.slug = self._get_autogenerated_slug(slug(f"{self.number} {year}"))
        super()._set_core_field_defaults()

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


class PlanTask(ClusterableModel, Orderable):
    """A row of the annex. ``key`` never changes, so that progress stays with its task through every revision."""

    page = ParentalKey(PlanPage, on_delete=models.CASCADE, related_name="tasks")
    key = models.UUIDField(_("khóa"), default=uuid.uuid4, editable=False, db_index=True)
    printed_order = models.CharField(
        _("thứ tự in"), max_length=20, blank=True, help_text=_("Như in trên văn bản, kể cả khi in trùng số.")
    )
    part = models.CharField(_("nhóm nhiệm vụ"), max_length=300, blank=True)
    content = models.TextField(_("nội dung"))
    product = models.TextField(_("sản phẩm"), blank=True)
    responsible = models.TextField(_("đơn vị thực hiện (như in)"), blank=True)
    units = ParentalManyToManyField(
        "core.Unit",
        verbose_name=_("đơn vị trong danh mục"),
        blank=True,
        related_name="+",
        help_text=_("Các đơn vị này được cập nhật tiến độ."),
    )
    deadline_kind = models.CharField(
        _("kiểu thời hạn"), max_length=20, choices=DeadlineKind, default=DeadlineKind.OTHER
    )
    deadline_text = models.CharField(_("thời hạn (như in)"), max_length=300, blank=True)
    deadline_on = models.DateField(_("ngày phải xong"), null=True, blank=True)
    note = models.TextField(_("ghi chú"), blank=True)

    panels = [
        FieldRowPanel([FieldPanel("printed_order"), FieldPanel("part")]),
        FieldPanel("content"),
        FieldPanel("product"),
        FieldPanel("responsible"),
        FieldPanel("units"),
        FieldRowPanel([FieldPanel("deadline_kind"), FieldPanel("deadline_text"), FieldPanel("deadline_on")]),
        FieldPanel("note"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("nhiệm vụ")
        verbose_name_plural = _("nhiệm vụ")

    def __str__(self) -> str:
        return f"{self.printed_order}. {self.content}"[:120]


class LegalBasis(Citation):
    page = ParentalKey(PlanPage, on_delete=models.CASCADE, related_name="legal_bases")

    class Meta(Citation.Meta):
        verbose_name = _("căn cứ")
        verbose_name_plural = _("căn cứ")


class PlanAttachment(AttachedFile):
    page = ParentalKey(PlanPage, on_delete=models.CASCADE, related_name="attachments")

    class Meta(AttachedFile.Meta):
        verbose_name = _("tệp đính kèm")
        verbose_name_plural = _("tệp đính kèm")


class TaskProgress(models.Model):
    """How far one task has come. Outside the page's revisions: publishing an old draft leaves it alone."""

    page = models.ForeignKey(
        PlanPage, verbose_name=_("kế hoạch"), on_delete=models.CASCADE, related_name="progress_rows"
    )
    task_key = models.UUIDField(_("khóa nhiệm vụ"))
    state = models.CharField(_("tình trạng"), max_length=20, choices=ProgressState, default=ProgressState.NOT_STARTED)
    percent = models.PositiveSmallIntegerField(_("phần trăm"), default=0, validators=[MaxValueValidator(100)])
    note = models.TextField(_("ghi chú"), blank=True, max_length=2000)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("người cập nhật"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    updated_at = models.DateTimeField(_("cập nhật lúc"))

    objects = TaskProgressQuerySet.as_manager()

    class Meta:
        verbose_name = _("tiến độ nhiệm vụ")
        verbose_name_plural = _("tiến độ nhiệm vụ")
        constraints = [models.UniqueConstraint(fields=["page", "task_key"], name="one_progress_a_task")]

    def __str__(self) -> str:
        return f"{self.task_key}: {self.get_state_display()} {self.percent}%"


class TaskProgressEntry(models.Model):
    """One step of that way; rows are only added."""

    progress = models.ForeignKey(TaskProgress, on_delete=models.CASCADE, related_name="entries")
    state = models.CharField(_("tình trạng"), max_length=20, choices=ProgressState)
    percent = models.PositiveSmallIntegerField(_("phần trăm"))
    note = models.TextField(_("ghi chú"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("người cập nhật"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    at = models.DateTimeField(_("lúc"))

    class Meta:
        verbose_name = _("lần cập nhật tiến độ")
        verbose_name_plural = _("các lần cập nhật tiến độ")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.at:%d/%m/%Y} {self.get_state_display()} {self.percent}%"


class TaskLine:
    """A task as the board shows it: the row of the plan beside what its unit reported."""

    def __init__(self, task: PlanTask, progress: TaskProgress | None) -> None:
        self.task, self.progress = task, progress

    @property
    def state(self) -> str:
        return self.progress.state if self.progress else ProgressState.NOT_STARTED.value

    @property
    def state_label(self) -> Any:
        return ProgressState(self.state).label

    @property
    def percent(self) -> int:
        return self.progress.percent if self.progress else 0

    @property
    def is_overdue(self) -> bool:
        return self.overdue_on(timezone.localdate())

    def overdue_on(self, today: date) -> bool:
        """Computed, never stored: the day has passed and the work has not ended."""
        return self.task.deadline_on is not None and self.task.deadline_on < today and self.state not in ENDED
