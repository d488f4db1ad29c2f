"""Sized pictures are public and keep for ever; originals and everything else are not there."""

import io

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse

import pytest
from PIL import Image

from cms.media.models import PortalImage
from tests.media import files

PREFIX = "/media/images/"


@pytest.fixture
def rendition(site_tree):
    """A picture as Wagtail stores it: the original, and one rendition."""
    original = ContentFile(files.telling_picture("JPEG", in_profile=False), "san-truong.jpg")
    image = PortalImage.objects.create(title="Sân trường", file=original)
    yield image.get_rendition("width-30|format-webp")
    image.delete()


@pytest.fixture
def stored():
    """Return a function that puts bytes into the media folder and takes them away at the end."""
    names = []

    def store(name, content=b"x"):
        names.append(default_storage.save(name, ContentFile(content)))
        return names[-1]

    yield store
    for name in names:
        default_storage.delete(name)


def test_a_rendition_is_served_at_its_own_address(client, rendition):
    response = client.get(rendition.url)
    assert response.status_code == 200
    assert rendition.url.startswith(PREFIX)
    assert response.headers["Content-Type"] == "image/webp"
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert not response.cookies
    assert files.SECRET.encode() not in b"".join(response.streaming_content)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(
    "spec", ["width-30", "original", "fill-20x20|format-jpeg", "width-30|format-png", "format-webp", "format-avif"]
)
def test_no_rendition_tells_where_or_by_whom_a_picture_was_taken(site_tree, kind, spec):
    """Only the colour profile may stay: without it photographs would look wrong."""
    told = ContentFile(files.telling_picture(kind, in_profile=False), f"a.{kind.lower()}")
    image = PortalImage.objects.create(title="Sân trường", file=told)
    sized = image.get_rendition(spec)
    with sized.file.open() as stored:
        content = stored.read()
    picture = Image.open(io.BytesIO(content))
    picture.load()
    image.delete()
    assert files.SECRET.encode() not in content
    assert not picture.getexif()
    assert not {"exif", "xmp", "comment", "Comment", "Packed", "XML:com.adobe.xmp"} & set(picture.info)


def test_the_original_is_not_served(client, rendition):
    original = rendition.image.file.name
    assert default_storage.exists(original)
    for address in (f"/media/{original}", PREFIX + original, PREFIX + original.rpartition("/")[2]):
        assert client.get(address).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    [
        "khong-co.jpg",
        "..",
        "../original_images/a.jpg",
        "..%2foriginal_images%2fa.jpg",
        "%2e%2e/original_images/a.jpg",
        "%2e%2e%2foriginal_images%2fa.jpg",
        "..%5coriginal_images%5ca.jpg",
        "%00.jpg",
        "a%00.jpg",
        "%0d%0aSet-Cookie:a=b.jpg",
        "%ff%fe.jpg",
        ".jpg",
        ".hidden.jpg",
        "a.svg",
        "a.html",
        "a.pdf",
        "a",
        "a.jpg/",
        "a.jpg%2f",
        "/etc/passwd.jpg",
        "a" * 300 + ".jpg",
        "a" * 5000 + ".jpg",
    ],
)
def test_anything_else_is_not_there(client, stored, name):
    stored("original_images/a.jpg", files.picture("JPEG"))
    assert client.get(PREFIX + name).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["images/a.svg", "images/a.html", "documents/a.pdf", "images/b/c.jpg", "a.jpg"])
def test_other_files_of_the_media_folder_are_not_there(client, stored, name):
    assert client.get(f"/media/{stored(name)}").status_code == 404


@pytest.mark.parametrize(
    ("name", "media_type"),
    [("a.avif", "image/avif"), ("a.gif", "image/gif"), ("a.JPEG", "image/jpeg"), ("a.png", "image/png")],
)
def test_the_type_is_told_by_us_not_guessed(client, stored, name, media_type):
    stored(f"images/{name}", b"<script>alert(1)</script>")
    response = client.get(reverse("picture", args=[name]))
    assert response.headers["Content-Type"] == media_type
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_pictures_are_only_read(client, stored, method):
    stored("images/a.png")
    assert getattr(client, method)(f"{PREFIX}a.png").status_code == 405


def test_head_answers_like_get(client, stored):
    stored("images/b.png")
    assert client.head(f"{PREFIX}b.png").status_code == 200
