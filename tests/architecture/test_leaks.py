"""Nothing private is told to anybody who may not read it: by an address, a mail, a log, a cache, or a table of others.

A world holds a word of its own in every private place (``private.py``, ``world.py``). Eleven viewers ask for all:
a stranger, the sender of a case with its code, and the nine roles. ``make test`` takes a tenth of the doors for each
(URL_WALK_SEED chooses it), ``make test-all`` all of them.
"""

import logging
import os
import zlib
from urllib.parse import quote

from django.apps import apps
from django.core import mail
from django.core.cache import cache
from django.test import TestCase

from wagtail.models import Revision

import pytest

from cms.core.enums import Role
from cms.core.services.outbox import mails_send_due
from cms.core.text import fold
from cms.media.private import private_storage
from feedback.models import AnswerLetter, Attachment, Case, PublicCase
from feedback.viewsets.filters import QUEUES
from procedures.models import Dossier
from tests.architecture import world
from tests.architecture.private import COMMON, PHONES, SENDER
from tests.architecture.test_url_matrix import ROWS, row_of
from tests.architecture.urls import addresses, patterns
from tests.architecture.walker import Walker
from tests.feedback.walk import FOLLOW

SEED = int(os.environ.get("URL_WALK_SEED", "0"))
VIEWERS = (None, SENDER, *Role)
LEAST = 60
# Tables in which words of people are at home. Whatever else repeats one has learnt it behind their back.
HOMES = {
    *("feedback.Case", "feedback.Sender", "feedback.CaseDetail", "feedback.Attachment", "feedback.Note"),
    *("feedback.Message", "feedback.Answer", "feedback.PublicCase", "feedback.Waiver", "feedback.CaseDraft"),
    *("feedback.AnswerLetter", "feedback.DeadlineExtension"),
    *("feedback.DraftFile", "feedback.ReaderComment", "feedback.PageRating"),
    *("procedures.Dossier", "procedures.DossierApplicant", "procedures.DossierPause", "procedures.DossierMove"),
    *("wagtailcore.Revision", "wagtailcore.TaskState", "wagtailcore.ModelLogEntry", "wagtailadmin.FormState"),
}
SEARCHES = (COMMON, "Sân trường", "Người Gửi", PHONES["own"], "KIN-TIEUDE-OWN", "Cổng trường")
PUBLIC_DOORS = (
    *("/phan-anh-kien-nghi/", "/phan-anh-kien-nghi/du-lieu.csv", "/phan-anh-kien-nghi/du-lieu.json"),
    *("/tim-kiem/", "/tim-kiem/goi-y/", "/phan-anh-kien-nghi/gui/tuong-tu/", "/phan-anh-kien-nghi/gui/"),
)
DESK_DOORS = ("/quan-tri/phan-anh/", "/quan-tri/phan-anh/results/", "/quan-tri/ban-cong-khai/", "/quan-tri/nhat-ky/")
PLAIN_DOORS = (
    *("/sitemap.xml", "/phan-anh-kien-nghi/atom.xml", "/phan-anh-kien-nghi/thong-ke/du-lieu.csv", "/robots.txt"),
    *("/open311/v2/requests.json", "/open311/v2/requests.xml", "/phan-anh-kien-nghi/thong-ke/du-lieu.json"),
    *("/quan-tri/reports/site-history/?export=csv", "/quan-tri/nhat-ky/?export=csv", "/quan-tri/thu-di/?export=csv"),
    *(
        "/quan-tri/phan-anh/?export=xlsx",
        "/quan-tri/ban-cong-khai/?export=csv",
        "/quan-tri/cho-duyet/?trang-thai=refused",
    ),
)


def private_words(canaries):
    """The words of the private places of cases and dossiers: pages, plans and the like have rules of their own."""
    return [word for word in canaries if word.startswith("KIN-") or word[0].isdigit()]


def doors():
    """Yield every further address: searches, queues, exports, each case, each copy and each version of one."""
    yield from PLAIN_DOORS
    for path in PUBLIC_DOORS:
        yield from (f"{path}?{name}={quote(words)}" for words in SEARCHES for name in ("q", "tim", "title"))
    for path in DESK_DOORS:
        yield from (f"{path}?q={quote(words)}&queue=all" for words in SEARCHES)
    yield from (f"/quan-tri/phan-anh/?queue={name}" for name, _label in QUEUES)
    for case in Case.objects.all():
        yield f"/quan-tri/phan-anh/{case.pk}/"
        yield f"/phan-anh-kien-nghi/{case.reference}/"
        yield f"/open311/v2/requests/{case.reference}.json"
    yield from (f"/quan-tri/phan-anh/van-ban/{pk}/" for pk in AnswerLetter.objects.values_list("pk", flat=True))
    for pk in Attachment.objects.values_list("pk", flat=True):
        yield f"/quan-tri/phan-anh/tep/{pk}/"
        yield f"{FOLLOW}tep/{pk}/"
    yield from (
        f"/quan-tri/ho-so-mot-cua/?queue=all&q={quote(words)}" for words in ("", "Người Nộp", COMMON, "9.000001")
    )
    for pk, code in Dossier.objects.values_list("pk", "code"):
        yield from (f"/quan-tri/ho-so-mot-cua/{pk}/", f"/quan-tri/ho-so-mot-cua/{pk}/giay-tiep-nhan/")
        yield f"/tra-cuu-ho-so/?ma={code}"
    copies = "/quan-tri/ban-cong-khai"
    for copy in PublicCase.objects.all():
        for name in ("edit", "history", "unpublish", "workflow_history", "preview"):
            yield f"{copies}/{name}/{copy.pk}/"
        for revision in Revision.objects.for_instance(copy):
            yield f"{copies}/history/{copy.pk}/revisions/{revision.pk}/view/"
        yield f"{copies}/history/{copy.pk}/revisions/compare/earliest...latest/"


def in_the_tenth(viewer, path):
    return zlib.crc32(f"{viewer} {path}".encode()) % 10 == SEED % 10


class LeakTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        with Heard() as lines:
            cls.world = world.build_private()
        cls.lines = lines
        public = [pattern for pattern in patterns() if ROWS[row_of(pattern)] == "public"]
        cls.public = [address.path for pattern in public for address in addresses(pattern, cls.world)]

    def viewer(self, role):
        """Return a visitor; the sender comes with the code and the second datum, as from the post of their mailbox."""
        walker = Walker(self.world, role)
        if role == SENDER:
            own = self.world.things.own
            data = {"code": own.code, "second": PHONES["own"].replace(" ", ""), "reference": ""}
            shown = walker.client.post(FOLLOW, data)
            assert shown.status_code == 200
            walker.cookies = walker.client.cookies.copy()
            assert "KIN-NOIDUNG-OWN" in shown.content.decode()
            walker.found += walker.told(FOLLOW, shown, shown.content.decode())
        return walker

    def crawl(self, role, *, whole):
        walker, read = self.viewer(role), set()
        paths = [*doors(), *(self.public if role == SENDER else ())]
        for path in paths:
            if whole or in_the_tenth(role, path):
                read |= walker.look(path)
        assert walker.visited
        assert not walker.found, "\n".join(["", *walker.found])
        return read

    def test_every_private_place_has_a_word_and_every_word_is_there(self):
        words = private_words(self.world.canaries)
        assert len(words) >= LEAST
        assert len({word.lower() for word in words}) == len(words)
        everything = " ".join(text for _table, text in rows())
        files = " ".join(
            private_storage.open(name).read().decode(errors="replace")
            for rows_of in (Attachment.objects, AnswerLetter.objects)
            for name in rows_of.values_list("stored_name", flat=True)
        )
        everything += files.lower()
        # Digits are kept without their spaces and with them.
        assert [word for word in words if word.lower() not in everything] == []

    def test_no_table_of_others_repeats_a_private_word(self):
        words = [word.lower() for word in private_words(self.world.canaries)]
        told = {(table, word) for table, text in rows() if table not in HOMES for word in words if word in text}
        assert sorted(told) == []

    def test_no_log_line_tells_a_private_word(self):
        with Heard() as lines:
            for role in (None, Role.HANDLER, Role.LEADER):
                walker = self.viewer(role)
                for path in (*PLAIN_DOORS, "/khong-co/", f"/quan-tri/phan-anh/{self.world.things.own.case.pk}/"):
                    walker.client.get(path)
        assert lines
        assert self.lines
        said = " ".join([*self.lines, *lines]).lower()
        assert [word for word in private_words(self.world.canaries) if word.lower() in said] == []

    def test_no_cache_keeps_a_private_word(self):
        cache.clear()
        for role in (None, SENDER, Role.LEADER):
            walker = self.viewer(role)
            for path in (*PLAIN_DOORS, "/", f"/quan-tri/phan-anh/{self.world.things.own.case.pk}/"):
                walker.client.get(path)
        cache.set("ours", "kin-thu")
        kept = cached().lower()
        assert "kin-thu" in kept
        assert [word for word in private_words(self.world.canaries) if word.lower() in kept] == []

    def test_no_mail_tells_a_private_word_to_others(self):
        mails_send_due(limit=2_000)
        assert len(mail.outbox) > LEAST // 2
        senders = {case.sender.email: case for case in Case.objects.select_related("sender") if case.sender.email}
        words = self.world.canaries
        for letter in mail.outbox:
            (to,) = letter.to
            if to.startswith("kin-hsthu"):
                # Whoever handed a dossier in reads what that dossier's office asked and answered, and of no other.
                stranger = "-OTHER" if "own" in to else "-OWN"
                strange = [word for word in private_words(words) if word.endswith(stranger)]
                assert [word for word in strange if word.lower() in letter.body.lower()] == []
                continue
            # To officers by role and unit is the outbox's own test; nobody's name or number goes to any of them.
            mine = [word for word in private_words(words) if to in senders and SENDER in words[word]]
            others = [word for word in private_words(words) if word not in mine]
            assert [word for word in private_words(words) if word.lower() in letter.subject.lower()] == []
            if "own" in to or "other" in to:
                stranger = "-other" if "own" in to else "-own"
                assert f"kin-noidung{stranger}" not in letter.body.lower()
            if to not in senders:
                hidden = [word for word in others if not words[word]]
                assert [word for word in hidden if word.lower() in letter.body.lower()] == []

    def test_officers_do_read_what_they_may(self):
        """No straw men: whoever may read a word finds it at some door."""
        walker = self.viewer(Role.LEADER)
        own = self.world.things.own
        read = walker.look(f"/quan-tri/phan-anh/{own.case.pk}/")
        assert {f"KIN-{place}-OWN" for place in ("TIEUDE", "NOIDUNG", "GHICHU", "BANBON", "TRALAI", "HOI")} <= read
        assert "KIN-LYDOGIU-OWN" in walker.look(f"/quan-tri/ban-cong-khai/edit/{own.public_draft.pk}/")


class Heard:
    """Every line that any logger says meanwhile, but for the statements of the database."""

    def __enter__(self):
        self.lines, self.handler = [], logging.Handler()
        self.handler.emit = self._hear
        self.root = logging.getLogger()
        self.level = self.root.level
        self.root.setLevel(logging.DEBUG)
        known = map(logging.getLogger, list(logging.root.manager.loggerDict))
        self.heard = [self.root, *(each for each in known if not each.propagate)]
        for logger in self.heard:
            logger.addHandler(self.handler)
        return self.lines

    def _hear(self, record):
        if not record.name.startswith("django.db"):
            self.lines.append(record.getMessage())

    def __exit__(self, *_error):
        for logger in self.heard:
            logger.removeHandler(self.handler)
        self.root.setLevel(self.level)


def cached():
    """Return everything that the cache keeps, as text; the words looked for are plain ASCII."""
    kept = cache._cache
    if isinstance(kept, dict):
        return str(list(kept.items()))
    client = kept.get_client()
    return str({key: client.get(key) for key in client.keys("*") if client.type(key) == b"string"})


def rows():
    """Yield table and text of every row of the database, in lower case and folded."""
    for model in apps.get_models(include_auto_created=True):
        for row in model._base_manager.order_by().values():
            text = str(row)
            yield model._meta.label, f"{text.lower()} {fold(text)}"


def crawl_of(role, *, whole):
    def test(self):
        self.crawl(role, whole=whole)

    return pytest.mark.whole(test) if whole else test


for each in VIEWERS:
    name = str(each or "stranger")
    setattr(LeakTest, f"test_a_tenth_of_the_doors_as_{name}", crawl_of(each, whole=False))
    setattr(LeakTest, f"test_every_door_as_{name}", crawl_of(each, whole=True))
