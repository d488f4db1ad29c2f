"""A decision about what was ticked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.core.enums import ModerationDecision
from cms.core.forms import CleanCharField
from cms.core.ports import ModerationKind

OTHER = "khac"
MOST = 200


class DecisionForm(forms.Form):
    """Which things, what to do with them and, for a refusal, why."""

    chosen = forms.Field(required=False)  # many; read by hand, so that one bad tick does not lose the others
    decision = forms.ChoiceField(
        choices=ModerationDecision,
        error_messages={
            "required": _("Chưa làm gì cả: hãy bấm một nút bên dưới danh sách."),
            "invalid_choice": _("Chưa làm gì cả: hãy bấm một nút bên dưới danh sách."),
        },
    )
    reason = forms.ChoiceField(label=_("Lý do không đăng"), required=False)
    note = CleanCharField(
        label=_("Lời gửi người viết, nếu họ có ghi thư điện tử"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 1}),  # Enter in a line of text would press a button
    )

    marks = forms.MultipleChoiceField(
        label=_("Chủ đề"), required=False, widget=forms.CheckboxSelectMultiple, choices=()
    )

    def __init__(self, *args: Any, kinds: list[ModerationKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = {kind.name: kind for kind in kinds}
        reasons = {code: words for kind in kinds for code, words in kind.reasons}
        self.fields["reason"].choices = [("", _("Chọn một lý do")), *reasons.items()]
        marks = {code: words for kind in kinds if kind.marks for code, words in kind.marks()}
        self.fields["marks"].choices = list(marks.items())

    @property
    def ticked(self) -> list[str]:
        """Return what was ticked, as sent."""
        return self.data.getlist("chosen")[:MOST] if self.is_bound else []

    def clean_chosen(self) -> list[tuple[ModerationKind, int]]:
        keys = [key.partition(":") for key in dict.fromkeys(self.ticked)]
        known = [
            (self.kinds[name], int(pk))
            for name, _colon, pk in keys
            if name in self.kinds and pk.isascii() and pk.isdigit() and len(pk) < 19
        ]
        if not known:
            raise forms.ValidationError(_("Hãy đánh dấu ít nhất một mục rồi bấm nút."))
        return known

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("decision") == ModerationDecision.REFUSE:
            if not data.get("reason") and "reason" not in self.errors:
                self.add_error("reason", _("Chọn lý do không đăng: người viết có quyền biết."))
            elif data.get("reason") == OTHER and not data.get("note") and "note" not in self.errors:
                self.add_error("note", _("Ghi rõ lý do khác là gì."))
        if data.get("decision") == ModerationDecision.MARK and not data.get("marks") and "marks" not in self.errors:
            self.add_error("marks", _("Chọn ít nhất một chủ đề."))
        return data
