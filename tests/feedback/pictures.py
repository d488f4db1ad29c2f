"""Pictures of public copies, as the tests make and cover them."""

import io
import re

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
