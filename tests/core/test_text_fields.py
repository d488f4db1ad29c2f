"""Form fields that keep the text rules."""

import unicodedata

from django import forms

import pytest

from cms.core.forms import CleanCharField, CleanEmailField, CleanTextField, PhoneField


class LetterForm(forms.Form):
    name = CleanCharField(max_length=20)
    body = CleanTextField(min_length=5, max_length=30)
    phone = PhoneField(required=False)
    email = CleanEmailField(required=False)


GOOD = {"name": "Y Moan Niê", "body": "Năm chữ\r\nhai dòng", "phone": "", "email": ""}


def form(**changes):
    return LetterForm(data=GOOD | changes)


def errors(**changes):
    return {name: [str(line) for line in lines] for name, lines in form(**changes).errors.items()}


def test_good_input_comes_out_clean():
    filled = form(phone="+84 912 345 678", email=" Ten@Example.COM", name="  H'Mông\u200b  ")
    assert filled.is_valid(), filled.errors
    assert filled.cleaned_data == {
        "name": "H'Mông",
        "body": "Năm chữ\nhai dòng",
        "phone": "0912345678",
        "email": "Ten@example.com",
    }


@pytest.mark.parametrize("nothing", ["", "   ", "\u200b", "\u3164", "\xa0\n"])
def test_what_cannot_be_seen_is_missing(nothing):
    assert errors(name=nothing, body=nothing) == {"name": ["Hãy điền mục này."], "body": ["Hãy điền mục này."]}
    assert form(phone=nothing, email=nothing).is_valid()


def test_length_is_measured_after_cleaning():
    decomposed = unicodedata.normalize("NFD", "ế" * 20)
    filled = form(name=f"  {decomposed}\u200b ", body="a\r\n" * 15)
    assert filled.is_valid(), filled.errors
    assert filled.cleaned_data["name"] == "ế" * 20
    assert errors(name="ế" * 21, body="abc\u200b\u200b  ") == {
        "name": ["Mục này dài 21 ký tự, nhiều nhất là 20."],
        "body": ["Mục này mới có 3 ký tự, ít nhất phải có 5."],
    }


def test_the_browser_is_not_asked_to_cut():
    assert "maxlength" not in str(form()["name"])
    assert "minlength" not in str(form()["body"])


@pytest.mark.parametrize("broken", ["\x00", "a\ud800", "\ufdd0", "a" + "\u0301" * 9])
@pytest.mark.parametrize("name", ["name", "body", "phone", "email"])
def test_broken_text_is_a_sentence_beside_the_field(name, broken):
    found = errors(**{name: broken + "chữ dài"})
    assert list(found) == [name]
    assert len(found[name]) == 1
    assert found[name][0].endswith(".")


def test_contacts_say_what_is_wrong():
    found = errors(phone="12345", email="a@localhost")
    assert "Số điện thoại" in found["phone"][0]
    assert "Địa chỉ thư điện tử" in found["email"][0]


def test_fields_help_the_keyboard():
    page = str(form())
    assert 'type="tel"' in page
    assert 'type="email"' in page
    assert "<textarea" in page
