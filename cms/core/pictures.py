"""Sized pictures: which sizes each use has, what is ready for a reader, and making the rest beforehand."""

from typing import Any

from wagtail.images.models import Filter, SourceImageIOError

# The uses of a picture: Wagtail's filters, then how wide the browser will draw it.
PICTURES = {
    "card": ("fill-{320x240,480x360} format-{avif,webp,jpeg}", "(min-width: 48rem) 12rem, 7rem"),
    "lead": ("fill-{640x360,1280x720} format-{avif,webp,jpeg}", "(min-width: 62rem) 38rem, 100vw"),
    "portrait": ("fill-{160x200,320x400} format-{avif,webp,jpeg}", "10rem"),
    "story": ("width-{480,960} format-{avif,webp,jpeg}", "(min-width: 62rem) 54rem, 100vw"),
    "thumb": ("fill-{320x240,480x360} format-{avif,webp,jpeg}", "(min-width: 48rem) 16rem, 45vw"),
    "poster": ("fill-960x540 format-jpeg", "100vw"),
    "share": ("fill-1200x630 format-jpeg", "100vw"),
    "large": ("max-{960x960,1600x1600} format-{avif,webp,jpeg}", "100vw"),
}
_PLAIN = "format-jpeg"


def filters_of(use: str) -> list[Filter]:
    """Return Wagtail's filters of one use of PICTURES."""
    return [Filter(spec) for spec in Filter.expand_spec(PICTURES[use][0])]


def renditions_of(image: Any, use: str, *, ready: bool = False) -> dict[str, Any]:
    """Return the renditions of ``image`` for ``use`` by their filters; empty when its file cannot be read.

    Args:
        image: an image of the library, or None; without a file counts as none.
        use: a key of PICTURES.
        ready: makes nothing but plain JPEG at once and leaves the costly formats to the worker, for pages with many
            pictures: sixty photographs in six sizes each are minutes of work.

    """
    if image is None or not getattr(image, "file", None):
        return {}
    wanted = filters_of(use)
    try:
        if ready:
            found = image.find_existing_renditions(*wanted)
            wanted = [each for each in wanted if each in found or _PLAIN in each.spec]
        return image.get_renditions(*wanted)
    except (SourceImageIOError, OSError):
        return {}


def make_renditions(image: Any, use: str) -> int:
    """Make what is missing of ``image`` for ``use``, the plain format first, and return how many there are now."""
    renditions_of(image, use, ready=True)
    return len(renditions_of(image, use))
