"""A visitor who asks for addresses, takes notes, and leaves everything as it was."""

import copy
import logging
import re
from contextlib import contextmanager
from urllib.parse import unquote_plus

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

HEADERS = {
    "Content-Security-Policy", "Permissions-Policy", "Referrer-Policy", "X-Content-Type-Options", "X-Frame-Options",
    "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy",
}  # fmt: skip
WRITE = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
# Sessions carry the words of a refusal; the others keep count of visits, not of anybody's work.
NOTES = {"django_session", "core_ratewindow"}
# What a mere look may write: who is at it now, a picture's smaller sizes, a puzzle, a form just begun, and the
# readiness probe, an update that meets no row.
BY_LOOKING = NOTES | {
    "core_jobstate",
    "wagtailadmin_editingsession", "wagtailusers_userprofile", "media_portalrendition", "captcha_captchastore",
    "feedback_casedraft", "wagtailcore_pagesubscription",
}  # fmt: skip
BY_NOTING = {"core_ledgerevent", "core_ledgerhead"}


class Door:
    """An address that no pattern of the resolver stands for: with a query, or of one more object."""

    def __init__(self, path):
        self.path = path


class Walker:
    """One visitor; ``found`` fills with what should not be."""

    def __init__(self, world, role):
        self.world, self.role = world, role
        self.visited, self.found = [], []
        self.client = Client(raise_request_exception=False)
        if role in world.officers:
            self.client.force_login(world.officers[role])
        self.cookies = copy.copy(self.client.cookies)
        self.home, self.login = reverse("wagtailadmin_home"), reverse("wagtailadmin_login")

    def visit(self, address, *, allowed, absent=False, fault=False, noted=False):
        """Look and send an empty form, as an officer; ``noted`` where whoever may look leaves an event by it."""
        by_looking = BY_LOOKING | BY_NOTING if noted and allowed else BY_LOOKING
        self.visited.append(address)
        answers = [self._ask(address, method) for method in ("get", "post")]
        for method, (response, text, written) in zip(("GET", "POST"), answers, strict=True):
            self._check_always(address, method, response, text, broken_form=fault and method == "POST")
            if not allowed and not self._refused(response):
                self._note(address, f"{method} {_status(response)}, the matrix says no")
            if not allowed and written - NOTES:
                self._note(address, f"{method} refused, yet wrote {sorted(written - NOTES)}")
            if method == "GET" and written - by_looking:
                self._note(address, f"a look wrote {sorted(written - by_looking)}")
        if allowed and not absent and all(self._refused(response) for response, _text, _written in answers):
            self._note(address, f"the matrix says yes, but: {', '.join(_status(answer[0]) for answer in answers)}")

    def visit_as_stranger(self, address, *, public, may_set_cookies):
        """Look and send an empty form, without an account."""
        self.visited.append(address)
        for method in ("get", "post"):
            response, text, written = self._ask(address, method)
            self._check_always(address, method.upper(), response, text)
            if not public and not self._sent_to_login(response):
                self._note(address, f"{method} as a stranger: {_status(response)}")
            if not public and written - NOTES:
                self._note(address, f"{method} as a stranger wrote {sorted(written - NOTES)}")
            if method == "get" and response.cookies and not may_set_cookies:
                self._note(address, f"sets {sorted(response.cookies)} for a mere reader")
            if method == "get" and written - BY_LOOKING:
                self._note(address, f"a stranger's look wrote {sorted(written - BY_LOOKING)}")

    def look(self, path):
        """Ask for one more address and note what it tells; return the words of the world that it may tell."""
        self.visited.append(path)
        response, text, _written = self._ask(Door(path), "get")
        if response.status_code >= 500:
            self._note(path, f"{_status(response)}: {_cause(response)}")
        if told := self.told(path, response, text):
            self._note(path, f"{_status(response)} tells {told}")
        return {word for word in self.world.canaries if word.lower() in text.lower()}

    def _ask(self, address, method):
        """Return the answer, its text and the tables it wrote; the database and the cookies stay as they were."""
        self.client.cookies = copy.copy(self.cookies)
        with _silence(), transaction.atomic(), _written() as written:
            response = getattr(self.client, method)(address.path)
            body = b"".join(response.streaming_content) if response.streaming else response.content
            transaction.set_rollback(True)
        return response, body.decode(errors="replace"), written

    def _check_always(self, address, method, response, text, *, broken_form=False):
        if response.status_code >= 500 and not broken_form:
            self._note(address, f"{method} {_status(response)}: {_cause(response)}")
        if missing := sorted(HEADERS - set(response.headers)):
            self._note(address, f"{method} without {missing}")
        if "csrfmiddlewaretoken" in text and "no-store" not in response.headers.get("Cache-Control", ""):
            self._note(address, f"{method}: a page with a form token may be kept by a cache")
        pressed = self.world.pressed if method.upper() == "POST" else {}
        told = [word for word in self.told(address.path, response, text) if self.role not in pressed.get(word, ())]
        if told:
            self._note(address, f"{method} {_status(response)} tells {told}")

    def told(self, path, response, text):
        """Return the words that this visitor may not read, anywhere in an answer, but for what was asked."""
        cookies = " ".join(morsel.OutputString() for morsel in response.cookies.values())
        read = f"{text} {response.headers} {cookies}".lower()
        asked = unquote_plus(path).lower()
        return [
            word
            for word, readers in self.world.canaries.items()
            if self.role not in readers and word.lower() in read and word.lower() not in asked
        ]

    def _refused(self, response):
        if response.status_code in {403, 404, 405}:
            return True
        return response.status_code == 302 and (
            response.headers["Location"] == self.home or self._sent_to_login(response)
        )

    def _sent_to_login(self, response):
        return response.status_code == 302 and response.headers["Location"].startswith(self.login)

    def _note(self, address, what):
        self.found.append(f"{address} [{getattr(address, 'whose', '')}] as {self.role or 'a stranger'}: {what}")


def _status(response):
    return f"{response.status_code} {response.headers.get('Location', '')}".strip()


def _cause(response):
    kind, error, _trace = getattr(response, "exc_info", None) or (None, None, None)
    return f"{kind.__name__} {error}"[:200] if kind else ""


@contextmanager
def _written():
    """Collect the tables that are written inside."""
    tables = set()

    def notice(execute, sql, params, many, context):
        if match := WRITE.match(sql):
            tables.add(match[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(notice):
        yield tables


@contextmanager
def _silence():
    """Refusals by the thousand are the point here, not worth a line each."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)


# The walk rolls sessions back with everything else.
assert settings.SESSION_ENGINE.endswith(".db")
