"""What the tests of pages and components share: reading HTML as a browser's accessibility tree would."""

import re

import pytest
from bs4 import BeautifulSoup

from cms.home.blocks import TASK_ICONS
from tests.architecture import house


@pytest.fixture
def asked_icons():
    """Names of all drawings that templates and blocks ask the sprite for."""
    named = {name for path in house.files("*.html") for name in re.findall(r'{% icon "([\w-]+)"', path.read_text())}
    return named | {name for name, _label in TASK_ICONS}


@pytest.fixture
def read():
    """Return a function that reads a response or a piece of HTML."""

    def parse(source):
        text = source.content.decode() if hasattr(source, "content") else str(source)
        return BeautifulSoup(text, "html.parser")

    return parse
