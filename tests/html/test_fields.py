"""A form field as the house shows it: label, hint, error, control; nothing is ever told by colour alone."""

from django import forms
from django.template import Context, Template

import pytest


class Question(forms.Form):
    title = forms.CharField(label="Tiêu đề", help_text="Một câu, nói <rõ> việc gì.", max_length=150)
    body = forms.CharField(label="Nội dung", widget=forms.Textarea, max_length=5000)
    category = forms.ChoiceField(label="Lĩnh vực", choices=[("", "Chọn"), ("a", "Tuyển sinh")])
    shown = forms.ChoiceField(
        label="Ghi tên",
        choices=[("h", "Không ghi"), ("f", "Đủ tên")],
        widget=forms.RadioSelect,
        help_text="Khi công khai.",
    )
    ways = forms.MultipleChoiceField(
        label="Liên hệ qua",
        choices=[("p", "Điện thoại"), ("m", "Thư")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    file = forms.FileField(label="Tệp đính kèm", required=False)
    agree = forms.BooleanField(label="Tôi đồng ý", help_text="Có thể rút lại.")
    token = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_title(self):
        if len(self.cleaned_data["title"]) < 10:
            raise forms.ValidationError("Ghi tiêu đề, ít nhất 10 chữ cái.")
        return self.cleaned_data["title"]


def rendered(form, what):
    return Template("{% load component_tags %}" + what).render(Context({"form": form}))


@pytest.fixture
def form(read):
    """Return a function that renders the whole form, with or without data."""

    def make(data=None):
        fields = "".join(f"{{% field form.{name} %}}" for name in Question.base_fields)
        return read(rendered(Question(data), "{% error_summary form %}" + fields))

    return make


def test_every_control_has_its_label(form):
    page = form()
    controls = [c for c in page.select("input, select, textarea") if c.get("type") != "hidden"]
    assert len(controls) == 9
    for control in controls:
        assert page.select_one(f'label[for="{control["id"]}"]'), control


def test_the_order_is_label_hint_error_control(form):
    field = form({"title": "Ngắn"}).select_one(".field")
    order = [child.get("class", [child.name])[0] for child in field.find_all(recursive=False)]
    assert order == ["field__label", "field__hint", "field__errors", "input"]


def test_hint_and_error_are_tied_to_the_control(form):
    page = form({"title": "Ngắn"})
    control = page.select_one("#id_title")
    hint, error = control["aria-describedby"].split()
    assert page.select_one(f"#{hint}").get_text() == "Một câu, nói <rõ> việc gì."
    assert "Ghi tiêu đề, ít nhất 10 chữ cái." in page.select_one(f"#{error}").get_text()
    assert control["aria-invalid"] == "true"


def test_what_was_typed_stays(form):
    assert form({"title": "<b>Ngắn"}).select_one("#id_title")["value"] == "<b>Ngắn"


@pytest.mark.parametrize("name", ["shown", "ways"])
def test_choices_are_a_group_with_a_legend(form, name):
    group = form().select_one(f"fieldset#id_{name}")
    assert group.legend
    assert len(group.select(".check")) == 2


def test_a_group_is_described_as_a_whole(form):
    page = form({})
    described = page.select_one("fieldset#id_shown")["aria-describedby"].split()
    assert [bool(page.select_one(f"#{part}")) for part in described] == [True, True]


def test_optional_is_said_in_words(form):
    page = form()
    assert "(không bắt buộc)" in page.select_one('label[for="id_file"]').get_text()
    assert "(không bắt buộc)" not in page.select_one('label[for="id_title"]').get_text()


def test_a_hidden_field_is_only_its_control(form):
    assert str(rendered(Question(), "{% field form.token %}")) == '<input type="hidden" name="token" id="id_token">'


def test_a_text_area_tells_its_limit_and_never_cuts(form):
    assert "maxlength" not in form().select_one("#id_body").attrs
    assert "5000" in form().select_one('[data-count-for="id_body"]').get_text()


def test_the_summary_takes_focus_and_leads_to_each_control(form):
    page = form({"title": "Ngắn"})
    summary = page.select_one(".summary")
    assert (summary["role"], summary["tabindex"]) == ("alert", "-1")
    targets = [link["href"] for link in summary.select("a")]
    assert targets == ["#id_title", "#id_body", "#id_category", "#id_shown_0", "#id_agree"]
    for target in targets:
        assert page.select_one(target), target


def test_the_summary_uses_the_words_beside_the_field(form):
    lines = [link.get_text() for link in form({"title": "Ngắn"}).select(".summary a")]
    assert lines[0] == "Ghi tiêu đề, ít nhất 10 chữ cái."
    assert lines[1].startswith("Nội dung: ")


def test_no_error_no_summary(form):
    assert form().select_one(".summary") is None
