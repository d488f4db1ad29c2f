"""Pictures of public copies, as the tests make and cover them."""

import io
import re

from font_source_sans_pro import font_files_ttf
from fpdf import FPDF
from PIL import Image

from cms.media.covering import Box
from feedback import factories
from feedback.models import PublicCase
from feedback.services.pictures import picture_cover

SPACE = "wagtailsnippets_feedback_publiccase"
SECRET = b"CHIM-GPS 21.0285N"
ORANGE = (230, 120, 20)
FACE = Box(25, 25, 50, 50)
GOOD = {"boxes": [FACE], "description": "Mái hiên dãy nhà B dột"}


def photo(size=(400, 300), picture_format="JPEG", **more):
    """A picture as a telephone writes it: turned, with a place, a comment and a small picture beside it."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010E], exif[0x0110] = 6, SECRET.decode(), "Chim Phone"
    exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    Image.new("RGB", size, ORANGE).save(out, picture_format, exif=exif.tobytes(), **more)
    return out.getvalue()


def written_pdf(*pages, secret="", size="A4", **lock):
    """A PDF with one line after another on each of ``pages``; ``secret`` in every place that is not to be seen."""
    paper = FPDF(format=size)
    paper.add_font("Source Sans", "", font_files_ttf["SourceSansPro"])
    for lines in pages:
        paper.add_page()
        paper.set_font("Source Sans", "", 14)
        for line in lines:
            paper.cell(0, 12, line, new_x="LMARGIN", new_y="NEXT")
    if secret:
        paper.set_title(secret)
        paper.set_author(secret)
        paper.embed_file(bytes=secret.encode(), basename=f"{secret}.txt")
        paper.link(10, 10, 100, 12, f"https://thu.example.vn/{secret}")
        paper.text_annotation(20, 60, secret)
    if lock:
        paper.set_encryption(**lock)
    return bytes(paper.output())


def attach_pdf(copy, content):
    return attach(copy, content, "application/pdf")


def attach(copy, content=None, content_type="image/jpeg"):
    file = factories.stored_file("mai-hien.jpg", content or photo(), content_type)
    names = ("name", "stored_name", "content_type", "size", "sha256")
    return copy.case.attachments.create(**{name: getattr(file, name) for name in names})


def cover(copy, file, actor, **changes):
    return picture_cover(public_case=copy, attachment=file, actor=actor, **{**GOOD, **changes})


def newest(copy):
    return PublicCase.objects.get(pk=copy.pk).get_latest_revision_as_object()


def publish(copy, actor):
    newest(copy).get_latest_revision().publish(user=actor, skip_permission_checks=True)


def public_files(client, copy):
    page = client.get(copy.get_absolute_url()).content.decode()
    return re.findall(r'<img src="([^"]+/anh/\d+/)"', page)


def posted(*boxes, **more):
    data = {"box-TOTAL_FORMS": str(len(boxes) + 3), "box-INITIAL_FORMS": "0", "description": GOOD["description"]}
    for at, box in enumerate(boxes):
        data |= {f"box-{at}-{side}": value for side, value in zip(("left", "top", "width", "height"), box, strict=True)}
    return {**data, **more}
