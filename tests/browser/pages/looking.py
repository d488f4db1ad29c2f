"""Walking through many states of many pages, and looking at each with axe and for what sticks out sideways.

A journey is a generator: it brings its page into one state after another and yields the name of each.
The walk looks at a state before it lets the journey go on.
"""

import os
import random
from collections.abc import Callable, Generator, Iterable
from itertools import product
from pathlib import Path

from playwright.sync_api import Page

from cms.core.text import slug
from tests.browser.conftest import SETTLED, WIDTHS, violations

Journey = Callable[..., Generator[str, None, None]]
Look = tuple[int, bool]  # width in px, dark
LIGHT_AND_DARK: tuple[Look, ...] = tuple(product((360, 768, 1280), (False, True)))
LIGHT: tuple[Look, ...] = tuple(product(WIDTHS, (False,)))
SHOTS = os.environ.get("SHOTS", "")  # a folder: every look leaves its picture there, to be looked at by people
SEED = os.environ.get("AXE_SEED", "1")  # another number looks at other widths and schemes
SHARE = int(os.environ.get("AXE_SHARE", "1"))  # one state of so many is looked at; the others are walked through


def every(looks: tuple[Look, ...]) -> Callable[[str], Iterable[Look]]:
    """Look at each state in all ways."""
    return lambda _name: looks


def sampled(looks: tuple[Look, ...]) -> Callable[[str], Iterable[Look]]:
    """Look at each state of the share in one way, drawn by name and seed: the same run looks the same."""

    def drawn(name: str) -> list[Look]:
        draw = random.Random(f"{SEED} {name}")
        way = draw.choice(looks)
        return [way] if draw.randrange(SHARE) == 0 else []

    return drawn


def walk(journey: Generator[str, None, None], page: Page, runner, looks: Callable[[str], Iterable[Look]]) -> list[str]:
    """Return what axe finds in all states of ``journey``; each line names state, width and scheme."""
    found, seen = [], []
    height = page.viewport_size["height"]
    for name in journey:
        assert name not in seen, f"two states are called {name!r}"
        seen.append(name)
        for width, dark in looks(name):
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme="dark" if dark else "light")
            page.wait_for_load_state()
            page.evaluate(SETTLED)
            way = f"{name} ({width} px, {'dark' if dark else 'light'})"
            found += [f"{way}: {each}" for each in violations(runner, page)]
            if (needed := page.evaluate("document.documentElement.scrollWidth")) > width:
                found.append(f"{way}: scrolls sideways, needs {needed} px")
            if SHOTS:
                page.screenshot(path=Path(SHOTS) / f"{slug(way)}.png", full_page=True)
    assert seen, "a journey without states proves nothing"
    return found
