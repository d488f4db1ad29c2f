"""Components that need a little thought before their template: way back, fields, pictures, addresses."""

from collections.abc import Iterable
from typing import Any

from django import forms, template
from django.forms import BoundField
from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from wagtail.images.models import Picture
from wagtail.models import Site

import segno

from cms.core.pictures import PICTURES, renditions_of

register = template.Library()

PAGE_PARAM = "trang"
PLACE_PARAMS = (PAGE_PARAM, "sau", "truoc")


@register.inclusion_tag("components/breadcrumbs.html", takes_context=True)
def breadcrumbs(context) -> dict[str, list[tuple[str, str]]]:
    """The way back: ``breadcrumbs`` of the view when given, else the ancestors of ``page``."""
    given = context.get("breadcrumbs")
    if given is not None:
        return {"crumbs": [(_("Trang chủ"), "/"), *((title, url) for title, url in given if url)]}
    page, request = context.get("page"), context.get("request")
    if page is None or not getattr(page, "path", ""):
        return {"crumbs": []}
    return {"crumbs": way_back(page, request)}


def way_back(page: Any, request: HttpRequest | None) -> list[tuple[str, str]]:
    """Return title and address of every page above ``page``, the home page first; asked for once a page."""
    if not hasattr(page, "_way_back"):
        # The way begins at the first page of this host: a school's own name shows the school's own pages.
        site = Site.find_for_request(request) if request else None
        first = site.root_page.depth if site else 2
        above = [ancestor for ancestor in page.get_ancestors() if ancestor.depth >= first]
        page._way_back = [
            (_("Trang chủ") if each.depth == first else each.title, each.get_url(request) or "/") for each in above
        ]
    return page._way_back


@register.simple_tag(takes_context=True)
def with_query_of(context, param: str, value: Any) -> str:
    """The present address with one parameter changed (or taken off, when ``value`` is empty); paging starts anew."""
    request = context.get("request")
    query = request.GET.copy() if request else QueryDict(mutable=True)
    query.pop(PAGE_PARAM, None)
    query.pop(param, None)
    if value not in ("", None):
        query[param] = str(value)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def with_place_of(context, param: str, place: str) -> str:
    """The present address at another place of a list that goes on from a row; its beginning without ``param``."""
    query = context["request"].GET.copy()
    for name in PLACE_PARAMS:
        query.pop(name, None)
    if param:
        query[param] = place
    return f"?{query.urlencode()}"


@register.simple_tag
def photo(image: Any, use: str, alt: str = "", eager: bool = False, ready: bool = False) -> SafeString:
    """A ``<picture>`` of ``image`` for one ``use`` of PICTURES; nothing when it or its file is missing.

    An SVG or a file that Willow cannot read counts as missing. Lists should prefetch
    ``<field>__renditions``, or every picture costs a query of its own. With ``ready`` the costly formats are left
    to the worker.
    """
    renditions = renditions_of(image, use, ready=ready)
    if not renditions:
        return SafeString("")
    sizes = PICTURES[use][1]
    attrs = {"alt": alt, "sizes": sizes, "loading": "eager" if eager else "lazy", "decoding": "async"}
    return mark_safe(Picture(renditions, attrs).__html__())  # noqa: S308  Wagtail escapes each attribute


@register.simple_tag
def qr_code(text: str, title: str) -> SafeString:
    """``text`` as a QR code in SVG, for paper: black on white whatever the colours of the page, with a name to read.

    Correction level M reads with a seventh of the code gone. Never a secret: whoever passes the paper can read it.
    """
    code = segno.make_qr(text, error="m")
    drawn = code.svg_inline(border=4, dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None)
    return format_html('<span role="img" aria-label="{}">{}</span>', title, mark_safe(drawn))  # noqa: S308  drawn by segno


@register.simple_tag
def shared_credit(album: Iterable[Any]) -> str:
    """Whom to thank for every photograph of ``album``; empty when they are several, and each then says its own."""
    credits = {photo.credit_line for photo in album}
    return credits.pop() if len(credits) == 1 else ""


@register.simple_tag
def poster_of(image: Any) -> Any:
    """The one rendition that stands for a video before it plays; None when there is no picture to read."""
    return next(iter(renditions_of(image, "poster").values()), None)


@register.simple_tag
def contents_of(body: Any) -> list[dict[str, str]]:
    """The large headings of a StreamField as a contents list: ``anchor``, ``text``."""
    headings = (block.value for block in body or [] if block.block_type == "heading")
    return [
        {"anchor": heading.anchor_id, "text": heading.words}
        for heading in headings
        if heading.words and heading.level == "h2"
    ]


def _labelled_control(bound: BoundField, described_by: str) -> str:
    widget = bound.field.widget
    attrs: dict[str, Any] = {}
    if not isinstance(widget, forms.CheckboxInput):
        attrs["class"] = f"{widget.attrs.get('class', '')} input".strip()
    if isinstance(widget, forms.Textarea):
        # A browser cuts a long pasted text at maxlength and says nothing; the counter and the form speak instead.
        attrs["maxlength"] = False
    if described_by:
        attrs["aria-describedby"] = described_by
    return bound.as_widget(attrs=attrs)


def _choices(bound: BoundField) -> list[dict[str, Any]]:
    if not isinstance(bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return []
    is_radio = isinstance(bound.field.widget, forms.RadioSelect)
    return [
        {"tag": item.tag(), "id": item.id_for_label, "label": item.choice_label, "is_radio": is_radio}
        for item in bound.subwidgets
    ]


def _kind(bound: BoundField) -> str:
    if isinstance(bound.field.widget, forms.CheckboxInput):
        return "check"
    return "group" if bound.use_fieldset and not bound.id_for_label else "control"


@register.simple_tag
def field(bound: BoundField, hint: str = "") -> SafeString:
    """A bound form field as the house shows it: label, hint, error, control.

    ``hint`` replaces the field's help text. Errors and hint are tied to the control by
    aria-describedby. A text area with ``max_length`` counts its characters.
    """
    if bound.is_hidden:
        return bound.as_widget()
    hint = hint or bound.help_text
    hint_id, error_id = f"{bound.auto_id}_goi_y", f"{bound.auto_id}_loi"
    # The widget's own describedby (captcha, counters) stays in front of ours.
    ids = [
        bound.field.widget.attrs.get("aria-describedby", ""),
        hint_id if hint else "",
        error_id if bound.errors else "",
    ]
    described_by = " ".join(filter(None, ids))
    kind = _kind(bound)
    choices = _choices(bound)
    counts = isinstance(bound.field.widget, forms.Textarea) and getattr(bound.field, "max_length", None)
    context = {
        "kind": kind,
        "label": bound.label,
        "optional": not bound.field.required,
        "hint": hint,
        "hint_id": hint_id,
        "errors": bound.errors,
        "error_id": error_id,
        "for_id": bound.id_for_label,
        "group_id": bound.auto_id,
        "described_by": described_by,
        "choices": choices,
        "control": "" if choices else _labelled_control(bound, "" if kind == "group" else described_by),
        "counter": counts or None,
    }
    return mark_safe(render_to_string("components/field.html", context))  # noqa: S308  a template escaped it


def _summary(form: forms.BaseForm) -> Iterable[dict[str, str]]:
    general = {str(text) for text in forms.Field.default_error_messages.values()}
    for name, errors in form.errors.items():
        target = ""
        if name in form.fields:
            bound = form[name]
            target = f"{bound.auto_id}_0" if _choices(bound) else bound.id_for_label or bound.auto_id
        # Django's general sentence does not say which field it means.
        label = f"{form.fields[name].label}: " if name in form.fields else ""
        for text in errors:
            yield {"text": f"{label}{text}" if text in general else text, "target": target}


@register.inclusion_tag("components/error_summary.html")
def error_summary(*given: forms.BaseForm) -> dict[str, list[dict[str, str]]]:
    """All errors of one or more forms in one box that takes focus; each leads to its control."""
    return {"errors": [line for form in given if form is not None for line in _summary(form)]}
