"""Parts of public files: what players and cut downloads ask for, and nobody gets what they may not have."""

from types import SimpleNamespace

from django.core.files.base import ContentFile

from wagtail.models import Collection, CollectionViewRestriction

import pytest

from cms.media import parts
from cms.media.models import PortalDocument
from cms.media.parts import part_asked
from cms.pages.models import StandardPage

CONTENT = bytes(range(256)) * 20


@pytest.fixture
def video(site_tree):
    document = PortalDocument(title="Video", file=ContentFile(CONTENT, "buoi-le.mp4"))
    document._set_document_file_metadata()
    document.save()
    # A file is public while a live page shows it.
    page = StandardPage(
        title="Buổi lễ", body=[("prose", f'<p><a linktype="document" id="{document.pk}">Video</a></p>')]
    )
    site_tree.add_child(instance=page)
    page.save_revision().publish()
    yield document
    document.file.delete(save=False)


@pytest.mark.parametrize(
    ("header", "size", "asked"),
    [
        ("bytes=0-", 10, (0, 9)),
        ("bytes=0-1", 10, (0, 1)),
        ("bytes=3-5", 10, (3, 5)),
        ("bytes=9-99", 10, (9, 9)),
        ("bytes=-4", 10, (6, 9)),
        ("bytes=-99", 10, (0, 9)),
        ("bytes=0-", 5 * parts.MOST, (0, parts.MOST - 1)),
        ("bytes=-9999999", 5 * parts.MOST, (0, parts.MOST - 1)),
        # No one part: the whole file is the answer.
        ("bytes=0-1,4-5", 10, None),
        ("bytes=-", 10, None),
        ("bytes=5-2", 10, None),
        ("lines=0-1", 10, None),
        ("bytes=a-b", 10, None),
        ("bytes=٠-١", 10, None),
        ("bytes=" + "9" * 400 + "-", 10, None),
    ],
)
def test_what_a_header_asks_for(header, size, asked):
    assert part_asked(header, size) == asked


@pytest.mark.parametrize("header", ["bytes=10-", "bytes=99-100", "bytes=-0"])
def test_what_lies_outside_is_told(header):
    with pytest.raises(ValueError, match="bytes"):
        part_asked(header, 10)


def test_a_part_is_answered_with_its_place(client, video):
    response = client.get(video.url, headers={"Range": "bytes=100-299"})
    assert response.status_code == 206
    assert response.content == CONTENT[100:300]
    assert response.headers["Content-Range"] == f"bytes 100-299/{len(CONTENT)}"
    assert response.headers["Content-Length"] == "200"
    assert response.headers["Content-Type"] == "video/mp4"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'"
    assert not response.cookies


def test_all_parts_make_the_file(client, video, monkeypatch):
    monkeypatch.setattr(parts, "MOST", 1000)
    got = b""
    while len(got) < len(CONTENT):
        response = client.get(video.url, headers={"Range": f"bytes={len(got)}-"})
        assert response.status_code == 206
        assert 0 < len(response.content) <= 1000
        got += response.content
    assert got == CONTENT


def test_without_a_range_and_with_a_senseless_one_the_whole_file_comes(client, video):
    for headers in ({}, {"Range": "bytes=0-1,3-4"}, {"Range": "bytes=0-9", "If-Range": '"another"'}):
        response = client.get(video.url, headers=headers)
        assert response.status_code == 200
        assert b"".join(response.streaming_content) == CONTENT


def test_a_download_goes_on_while_the_file_is_the_same(client, video):
    headers = {"Range": "bytes=10-19", "If-Range": f'"{video.file_hash}"'}
    assert client.get(video.url, headers=headers).status_code == 206


def test_outside_the_file_is_416(client, video):
    response = client.get(video.url, headers={"Range": f"bytes={len(CONTENT)}-"})
    assert response.status_code == 416
    assert response.headers["Content-Range"] == f"bytes */{len(CONTENT)}"


@pytest.mark.parametrize("kind", ["login", "password"])
def test_a_part_of_a_closed_file_is_as_closed_as_the_file(client, video, kind):
    collection = Collection.get_first_root_node().add_child(name="Kho kín")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type=kind, password="mo-ra")
    video.collection = collection
    video.save()
    response = client.get(video.url, headers={"Range": "bytes=0-9"})
    assert response.status_code != 206
    assert CONTENT[:10] not in response.content


def test_a_file_that_is_gone_is_left_to_wagtail(video):
    video.file.storage.delete(video.file.name)
    assert parts.serve_part(video, SimpleNamespace(method="GET", headers={"Range": "bytes=0-9"})) is None


class Store:
    """An object store that remembers what it was asked for."""

    def __init__(self):
        self.asked = []

    def Object(self, key):
        return SimpleNamespace(get=lambda Range: self.answer(key, Range))

    def answer(self, key, wanted):
        self.asked.append((key, wanted))
        return {"Body": ContentFile(CONTENT[100:300])}


def test_an_object_store_is_asked_for_these_bytes_alone():
    store = Store()
    storage = SimpleNamespace(bucket=store, _normalize_name=lambda name: f"media/{name}")
    file = SimpleNamespace(storage=storage, name="documents/a.mp4", size=len(CONTENT))
    document = SimpleNamespace(file=file, file_hash="x", content_type="video/mp4", content_disposition="inline")
    request = SimpleNamespace(method="GET", headers={"Range": "bytes=100-299"})
    assert parts.serve_part(document, request).content == CONTENT[100:300]
    assert store.asked == [("media/documents/a.mp4", "bytes=100-299")]
