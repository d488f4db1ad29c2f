"""The instruments are tested first: a browser that reports nothing proves nothing."""

import pytest


@pytest.fixture
def home(site_tree, browser_page):
    browser_page.goto("/")
    return browser_page


def test_the_home_page_is_clean(home, axe):
    assert home.locator("h1").count() == 1
    axe(home)


def test_an_inline_script_is_refused_and_reported(home, faults):
    home.evaluate(
        "() => document.body.append(Object.assign(document.createElement('script'), {text: 'window.ran = 1'}))"
    )
    home.wait_for_function("() => window.__violations.length > 0")
    assert home.evaluate("() => window.ran") is None
    assert any("script-src" in each for each in faults.left())
    faults.allow("script-src|inline script")


def test_a_picture_without_words_is_found(home, axe):
    home.evaluate("() => document.querySelector('main').append(Object.assign(new Image(), {src: 'data:,'}))")
    with pytest.raises(AssertionError, match="image-alt"):
        axe(home, widths=[1280])


def test_nothing_leaves_the_machine(home, faults):
    home.evaluate("() => fetch('https://example.org/').catch(() => null)")
    assert any("connect-src" in each for each in faults.left())
    faults.allow("connect-src|example.org|Fetch API")
