"""Whose address it is: what a visitor writes into a header counts only behind proxies that we know."""

from django.test import RequestFactory

import pytest

from cms.core.requests import client_address

VISITOR, OUTER, INNER = "198.51.100.9", "10.0.0.1", "10.0.0.2"


@pytest.fixture
def address(settings):
    """Return a function: how many proxies, which X-Forwarded-For, and who is connected."""

    def ask(proxies, forwarded=None, direct=VISITOR):
        settings.PROXIES = proxies
        headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
        return client_address(RequestFactory().get("/", REMOTE_ADDR=direct, **headers))

    return ask


FORGED = ["1.2.3.4", "1.2.3.4, 5.6.7.8", "127.0.0.1", "", ",", "<script>", "1.2.3.4\t,::1", "x" * 5000]


@pytest.mark.parametrize("forged", [None, *FORGED])
def test_without_proxies_the_header_is_ignored(address, forged):
    assert address(0, forged) == VISITOR


@pytest.mark.parametrize("forged", FORGED)
def test_one_proxy_writes_the_last_entry(address, forged):
    assert address(1, f"{forged}, {VISITOR}", INNER) == VISITOR


@pytest.mark.parametrize("forged", FORGED)
def test_two_proxies_the_outer_one_wrote_the_last_but_one(address, forged):
    assert address(2, f"{forged}, {VISITOR}, {OUTER}", INNER) == VISITOR


@pytest.mark.parametrize(
    ("proxies", "forwarded"), [(1, None), (1, ""), (1, " , "), (2, VISITOR), (3, "1.1.1.1, 2.2.2.2")]
)
def test_whoever_goes_round_the_proxies_is_known_by_the_connection(address, proxies, forwarded):
    assert address(proxies, forwarded, INNER) == INNER


@pytest.mark.parametrize("nonsense", ["unknown", "_hidden", "1.2.3", "1.2.3.4; drop", "'"])
def test_an_entry_that_is_no_address_is_not_taken(address, nonsense):
    assert address(1, nonsense, INNER) == INNER


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("198.51.100.9:53211", "198.51.100.9"),
        ("[2001:db8::7]:443", "2001:db8::"),
        ("[2001:db8::7]", "2001:db8::"),
        ("2001:DB8:0::7", "2001:db8::"),
        ("::ffff:198.51.100.9", "198.51.100.9"),
    ],
)
def test_one_visitor_has_one_spelling(address, written, meant):
    """Otherwise a limit could be dodged by spelling."""
    assert address(1, written, INNER) == meant


def test_a_socket_has_no_address(address):
    assert address(0, direct="") == ""


@pytest.mark.parametrize("proxies", [0, 1])
def test_the_addresses_of_one_ipv6_household_count_as_one(address, proxies):
    def ask(one):
        return address(proxies, one, one if proxies == 0 else INNER)

    beginning = "2001:db8:1:2"
    single = ("::1", ":ffff:ffff:ffff:ffff", "::")
    assert {ask(f"{beginning}{rest}") for rest in single} == {f"{beginning}::"}
    assert ask("2001:db8:1:3::1") == "2001:db8:1:3::"


def test_an_ipv4_address_in_ipv6_spelling_is_that_ipv4_address(address):
    assert address(0, None, f"::ffff:{VISITOR}") == VISITOR
    assert address(1, f"::ffff:{VISITOR}", INNER) == VISITOR
