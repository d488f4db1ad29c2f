"""What the log of the server says about addresses that open something."""

import io
import logging

import pytest

TOKEN = "Kq3v-Zt8_wXy1LmN0pQ4rS7u"
ADDRESS = f"/khao-sat/bua-an/tra-loi/{TOKEN}/"


@pytest.fixture
def log(monkeypatch):
    """What the handler of the settings writes."""
    [handler] = [each for each in logging.getLogger().handlers if each.get_name() == "console"]
    out = io.StringIO()
    monkeypatch.setattr(handler, "stream", out)
    return out


@pytest.mark.parametrize(
    ("words", "args"),
    [
        ("%s: %s", ("Not Found", ADDRESS)),
        ("Forbidden (%s): %s", ("CSRF", ADDRESS)),
        ("%s trong %d ms, %s", (ADDRESS, 12, None)),
    ],
)
def test_the_secret_of_an_invitation_is_not_in_it(log, words, args):
    logging.getLogger("django.request").warning(words, *args)
    assert TOKEN not in log.getvalue()
    assert "/khao-sat/bua-an/tra-loi/…" in log.getvalue()


@pytest.mark.parametrize("address", ["/tra-loi/", "/tin-tuc/hoi-va-tra-loi/", "/khao-sat/bua-an/"])
def test_other_addresses_are_written_as_they_are(log, address):
    logging.getLogger("django.request").warning("Not Found: %s", address)
    assert f"Not Found: {address}\n" in log.getvalue()
