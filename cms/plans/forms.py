"""What officers and files say of tasks, checked. Each form hands its clean values to one service."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.core.forms import CleanCharField, CleanTextField
from cms.core.periods import period_choices
from cms.media.uploads import ACCEPT, CheckedFile, check_upload
from cms.plans.enums import ProgressState
from cms.plans.models import PlanTask, TaskDifficulty, TaskLine, TaskProduct
from cms.plans.services import difficulties, products, progress, targets


class TaskRowForm(forms.Form):
    """A row of the annex by its columns. What each may hold is the model's own, which the editor's form runs too."""

    printed_order = CleanCharField(label=_("TT"), required=False, max_length=20)
    content = CleanTextField(label=_("Nội dung"), max_length=10_000)
    product = CleanTextField(label=_("Sản phẩm"), required=False, max_length=5_000)
    responsible = CleanTextField(label=_("Đơn vị thực hiện"), required=False, max_length=5_000)
    deadline_text = CleanCharField(label=_("Tiến độ"), required=False, max_length=300)
    note = CleanTextField(label=_("Ghi chú"), required=False, max_length=5_000)
    part = CleanCharField(label=_("Nhóm nhiệm vụ"), required=False, max_length=300)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            task = PlanTask(**cleaned)
            try:
                task.full_clean(exclude=["page", "units", "sort_order"])
            except ValidationError as error:
                self._update_errors(error)
        return cleaned


class TaskForm(forms.Form):
    """Something an officer says of one task; a recurring task asks which time is meant."""

    asks_period = True

    def __init__(self, *args: Any, line: TaskLine, actor: Any, **kwargs: Any) -> None:
        self.line, self.task, self.actor = line, line.task, actor
        initial = {**self.first_values(), **kwargs.pop("initial", {})}
        super().__init__(*args, initial=initial, **kwargs)
        if line.occurrences and self.asks_period:
            choices = [(each.occurrence.key, each.occurrence.label) for each in line.occurrences]
            period = forms.ChoiceField(label=_("Kỳ"), choices=choices, error_messages={"required": _("Hãy chọn kỳ.")})
            self.fields = {"period": period, **self.fields}
            if line.current:
                self.initial.setdefault("period", line.current.occurrence.key)

    def first_values(self) -> dict[str, Any]:
        """Return what the form shows before anybody typed."""
        return {}

    def common(self) -> dict[str, Any]:
        """Return the arguments that services about a task take."""
        period = self.cleaned_data.get("period", "")
        return {"page": self.task.page, "task_key": self.task.key, "period": period, "actor": self.actor}

    def run(self) -> None:
        """Hand the clean values to the service."""
        raise NotImplementedError

    def typed(self) -> list[tuple[str, str]]:
        """Return the texts a person typed, so that none is lost when the step has gone."""
        fields = [self[name] for name, field in self.fields.items() if isinstance(field.widget, forms.Textarea)]
        return [(str(field.label), str(field.value() or "")) for field in fields if field.value()]


def _text(label: Any, *, rows: int = 4, most: int = 5_000, **kwargs: Any) -> CleanTextField:
    return CleanTextField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class ProgressForm(TaskForm):
    state = forms.ChoiceField(label=_("Tình trạng"), choices=ProgressState)
    percent = forms.IntegerField(
        label=_("Đã làm được (%)"),
        min_value=0,
        max_value=100,
        error_messages={
            "required": _("Hãy ghi số từ 0 đến 100."),
            "invalid": _("Hãy ghi một số nguyên từ 0 đến 100."),
            "min_value": _("Phần trăm phải từ 0 đến 100."),
            "max_value": _("Phần trăm phải từ 0 đến 100."),
        },
        help_text=_("Chọn “Đã xong” thì là 100, “Chưa làm” thì là 0."),
    )
    note = _text(
        _("Kết quả, ghi chú"),
        rows=3,
        most=progress.MAX_NOTE,
        required=False,
        help_text=_("Hiện cho mọi người ở trang kế hoạch: không ghi tên, số điện thoại của ai."),
    )

    def first_values(self) -> dict[str, Any]:
        each = self.line.current or self.line
        return {"state": each.state, "percent": each.percent, "note": each.progress.note if each.progress else ""}

    def run(self) -> None:
        values = {name: self.cleaned_data[name] for name in ("state", "percent", "note")}
        progress.task_progress_update(**self.common(), **values)


class UndoForm(TaskForm):
    def run(self) -> None:
        progress.task_progress_undo(**self.common())


class ProductForm(TaskForm):
    title = CleanCharField(label=_("Tên sản phẩm"), max_length=products.MAX_TITLE)
    file = forms.FileField(
        label=_("Tệp"),
        required=False,
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        help_text=_("PDF, Word, Excel, ODF hoặc ảnh, nhiều nhất 10 MB. Chỉ cán bộ thấy, cho tới khi được công khai."),
        error_messages={"empty": _("Tệp này trống. Hãy chọn tệp khác.")},
    )
    url = CleanCharField(label=_("hoặc địa chỉ trên mạng"), required=False, max_length=500)

    def clean_file(self) -> CheckedFile | None:
        upload = self.cleaned_data.get("file")
        return check_upload(upload) if upload else None

    def run(self) -> None:
        values = {name: self.cleaned_data[name] for name in ("title", "file", "url")}
        products.task_product_add(**self.common(), **values)


class DifficultyForm(TaskForm):
    body = _text(
        _("Khó khăn, vướng mắc và đề nghị"),
        most=difficulties.MAX_WORDS,
        help_text=_("Chỉ đơn vị bạn và lãnh đạo xem được cho tới khi có trả lời."),
    )

    def run(self) -> None:
        difficulties.difficulty_report(**self.common(), body=self.cleaned_data["body"])


class OneForm(TaskForm):
    """A step on one product or one difficulty of the task; ``thing`` is that row."""

    asks_period = False
    service: Any = None
    argument = ""

    def __init__(self, *args: Any, thing: TaskProduct | TaskDifficulty, **kwargs: Any) -> None:
        self.thing = thing
        super().__init__(*args, **kwargs)

    def run(self) -> None:
        self.write(**{self.argument: self.thing, "actor": self.actor})

    def write(self, **facts: Any) -> None:
        """Call the service with what every step says."""
        raise NotImplementedError


class ShowProductForm(OneForm):
    argument = "product"

    def write(self, **facts: Any) -> None:
        products.task_product_show(**facts, public=True)


class HideProductForm(OneForm):
    argument = "product"

    def write(self, **facts: Any) -> None:
        products.task_product_show(**facts, public=False)


class RemoveProductForm(OneForm):
    argument = "product"

    def write(self, **facts: Any) -> None:
        products.task_product_remove(**facts)


class RestoreProductForm(OneForm):
    argument = "product"

    def write(self, **facts: Any) -> None:
        products.task_product_remove(**facts, restore=True)


class AnswerForm(OneForm):
    argument = "difficulty"
    answer = _text(_("Ý kiến của lãnh đạo"), most=difficulties.MAX_WORDS)

    def write(self, **facts: Any) -> None:
        difficulties.difficulty_answer(**facts, answer=self.cleaned_data["answer"])


class WithdrawForm(OneForm):
    argument = "difficulty"

    def write(self, **facts: Any) -> None:
        difficulties.difficulty_withdraw(**facts)


class PublishDifficultyForm(OneForm):
    argument = "difficulty"
    public_body = _text(
        _("Khó khăn (lời cho mọi người đọc)"), help_text=_("Bỏ tên người, tên lớp và điều riêng của ai."), most=5_000
    )
    public_answer = _text(_("Cách giải quyết (lời cho mọi người đọc)"))

    def first_values(self) -> dict[str, Any]:
        row = self.thing
        return {"public_body": row.public_body or row.body, "public_answer": row.public_answer or row.answer}

    def write(self, **facts: Any) -> None:
        words = {"body": self.cleaned_data["public_body"], "answer": self.cleaned_data["public_answer"]}
        difficulties.difficulty_publish(**facts, **words)


class UnpublishDifficultyForm(OneForm):
    argument = "difficulty"

    def write(self, **facts: Any) -> None:
        difficulties.difficulty_unpublish(**facts)


class TargetValueForm(forms.Form):
    """What was reached of one target in one period."""

    period = forms.ChoiceField(label=_("Kỳ"))
    value = forms.DecimalField(
        label=_("Số đạt được"),
        max_digits=14,
        decimal_places=2,
        localize=True,
        error_messages={"required": _("Hãy ghi số đạt được."), "invalid": _("Hãy ghi một số, ví dụ 95,5.")},
    )
    source = CleanCharField(
        label=_("Nguồn số liệu"), max_length=targets.MAX_SOURCE, help_text=_("Ví dụ: báo cáo khảo sát quý I.")
    )
    source_url = CleanCharField(label=_("Địa chỉ nguồn"), required=False, max_length=500)

    def __init__(self, *args: Any, target: Any, actor: Any, **kwargs: Any) -> None:
        self.target, self.actor = target, actor
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        issued = target.page.issued_on.year if target.page.issued_on else today.year
        years = sorted({issued, today.year, max(issued, today.year - 1)})
        # The last quarter that is over is the one people come to tell of.
        last = today.replace(month=3 * ((today.month - 1) // 3) + 1, day=1) - timedelta(days=1)
        self.initial.setdefault("period", f"{last.year}-Q{(last.month + 2) // 3}")
        self.fields["period"].choices = [(str(year), period_choices(year)) for year in reversed(years)]

    def run(self) -> None:
        """Hand the clean values to the service."""
        targets.target_value_tell(target=self.target, actor=self.actor, **self.cleaned_data)
