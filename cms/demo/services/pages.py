"""A page about the agency, and a guide with every kind of block that an editor may use."""

import io
import json
from html import escape
from typing import Any

from docx import Document as WordDocument

from cms.demo.content import ABOUT, GUIDE, GUIDE_BODY, GUIDE_SLUG
from cms.demo.services.news import sample_file, sample_picture
from cms.pages.models import StandardPage

_FORM = "don-xin-chuyen-truong-mau.docx"


def about_seed() -> None:
    """Fill the page about the agency while it is still as set-up left it, and put the guide below it."""
    for page in StandardPage.objects.filter(slug="gioi-thieu"):
        if not page.body:
            page.body = [("prose", "".join(f"<p>{escape(text)}</p>" for text in ABOUT))]
            page.save_revision().publish()
        if not StandardPage.objects.child_of(page).filter(slug=GUIDE_SLUG).exists():
            guide = page.add_child(instance=StandardPage(**GUIDE, slug=GUIDE_SLUG, body=_body()))
            guide.save_revision().publish()


def _body() -> str:
    """The guide's blocks as the database has them, with the picture and the file that they name."""
    picture, file = sample_picture("gate"), sample_file(_FORM, _form())
    made: dict[str, Any] = {"PICTURE": picture.pk, "FILE": file.pk}
    blocks = [{"type": kind, "value": _filled(value, made)} for kind, value in GUIDE_BODY]
    return json.dumps(blocks, ensure_ascii=False)


def _form() -> bytes:
    paper, out = WordDocument(), io.BytesIO()
    paper.add_paragraph("Đơn xin chuyển trường (mẫu)")
    paper.add_paragraph("Họ và tên học sinh: ……  Lớp: ……  Trường nơi đi: ……  Trường nơi đến: ……")
    paper.save(out)
    return out.getvalue()


def _filled(value: Any, made: dict[str, Any]) -> Any:
    if not isinstance(value, dict):
        return value
    return {name: made.get(part, part) if isinstance(part, str) else part for name, part in value.items()}
