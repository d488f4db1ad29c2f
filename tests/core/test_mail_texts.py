"""The words of mails: an office changes them in a small language, and whatever it writes, the mail leaves."""

import re
from unittest import mock

from django.core import mail
from django.test import TestCase
from django.urls import reverse

import pytest
from bs4 import BeautifulSoup

from cms.core.enums import MailState, Role
from cms.core.letters import letter_mail
from cms.core.mail_words import (
    SIGNATURE,
    Words,
    cleaned,
    default_words,
    filled,
    filled_line,
    places_of,
    plain,
    sample_values,
    subject_problem,
)
from cms.core.models import LedgerEvent, MailText, OutboxMail
from cms.core.ports import Letter, Place, integrity_checks, letters, mail_kinds
from cms.core.services.mail_texts import mail_texts_seed
from cms.core.services.outbox import mail_queue, mails_send_due
from feedback import factories
from tests.feedback.conftest import make_desk
from tests.officers import make_officer
from tests.site import build_site

LETTER = Letter(
    "case_receipt",
    "Thử",
    "Người gửi",
    "emails/feedback/case_receipt.txt",
    "Đã nhận {số}",
    (
        Place("number", "số", "", "1"),
        Place("code", "mã", "", "ABCD", private=True, needed=True),
        Place("url", "trang", "", "https://x.vn/", link=True),
        Place("extra", "thêm", "", ""),
    ),
)
BODY = "Mã: {mã}"


def problems(subject="Đã nhận {số}", body=BODY):
    return cleaned(LETTER, Words(subject, body))[1]


def text_of(body, **values):
    return plain(filled(LETTER, body, {"number": "7", "code": "ABCD", "url": "https://x.vn/a?b=1&c=2", **values}))


class TestLanguage:
    @pytest.mark.parametrize(
        ("part", "typed", "sentence"),
        [
            (
                "body",
                BODY + " {họ tên}",
                "Không có chỗ tự điền nào tên là “họ tên”. Chỉ dùng được: {số}, {mã}, {trang}",
            ),
            ("body", BODY + " {{ mã.__class__ }}", "Không có chỗ tự điền nào tên là “mã.__class__”"),
            ("body", BODY + " {% load x %}", "Không có chỗ tự điền nào"),
            ("body", BODY + " {số", "Có dấu { hoặc } lẻ"),
            ("body", "Chào.", "Thiếu “{mã}”"),
            ("body", " ", "Thiếu “{mã}”"),
            ("body", BODY + " <b>đậm</b>", "Không dùng thẻ HTML như “<b>”"),
            ("body", BODY + " <!-- x -->", "Không dùng thẻ HTML"),
            ("body", BODY + " [bấm](https://la.vn)", "Liên kết chỉ dẫn tới chỗ tự điền là địa chỉ"),
            ("body", BODY + " [bấm {số}]({trang})", "trong [chữ] không có chỗ tự điền"),
            ("body", BODY + " [bấm]({số})", "Liên kết chỉ dẫn tới chỗ tự điền là địa chỉ"),
            ("subject", "Mã {mã}", "Tiêu đề thư hiện cả trên màn hình khóa"),
            ("subject", "Xem {trang}", "Tiêu đề thư không chứa địa chỉ trang"),
            ("subject", "<i>Chào</i>", "Không dùng thẻ HTML"),
            ("subject", "", "Hãy ghi tiêu đề"),
        ],
    )
    def test_what_cannot_be_sent_is_said_in_a_sentence(self, part, typed, sentence):
        found = problems(**{part: typed})
        assert list(found) == [part]
        assert sentence in found[part]

    @pytest.mark.parametrize("typed", ["{ SỐ }", "[Mở]({trang})", "a < b và 5 > 3", "[1] (hai)"])
    def test_what_can_is_not_refused(self, typed):
        assert problems(body=f"{BODY} {typed}") == {}

    def test_a_line_with_nothing_to_say_is_left_out(self):
        assert text_of("Một.\nThêm: {thêm}.\nHai {số}.\n\n{thêm}\n\n\nBa.") == "Một.\nHai 7.\n\nBa."

    def test_what_the_mail_is_for_stays_whatever_else_its_line_has_not_to_say(self):
        assert text_of("Mã {mã} – hỏi {thêm}\n[Xem]({trang}) {thêm}.") == "Mã ABCD – hỏi"
        assert text_of("Mã {mã}: [Xem]({trang}) {số}.", url="", number="") == "Mã ABCD:  ."
        assert text_of("Mã {mã} của {số}.\nHết.", code="") == "Hết."

    def test_a_value_is_never_read_again(self):
        assert text_of("{số}", number="{mã} <b> [x]({trang})") == "{mã} <b> [x]({trang})"

    def test_links_and_lists(self):
        levels = [("5 – Tốt", "https://x.vn/5"), ("1 – Kém", "https://x.vn/1")]
        assert text_of("Mức: {thêm}", extra=levels) == "Mức:\n5 – Tốt: https://x.vn/5\n1 – Kém: https://x.vn/1"
        assert text_of("[Mở trang]({trang})") == "Mở trang: https://x.vn/a?b=1&c=2"
        assert text_of("{trang}") == "https://x.vn/a?b=1&c=2"

    def test_a_subject_stays_whole_when_a_place_has_nothing_to_say(self):
        assert filled_line(LETTER, "Về {thêm} {số}", {"number": "7"}) == "Về 7"


def test_every_mail_has_words_that_pass_its_own_rules():
    for kind in mail_kinds:
        assert [letter for letter in letters if letter.name.startswith(kind.name)], kind.name
    for letter in letters:
        words, errors = cleaned(letter, default_words(letter))
        assert errors == {}, letter.name
        assert words == default_words(letter), letter.name
        assert len({place.key for place in places_of(letter).values()}) == len(places_of(letter)), letter.name
        shown = plain(filled(letter, words.body, sample_values(letter))) + filled_line(
            letter, words.subject, sample_values(letter)
        )
        assert not re.search(r"[{}<>]|None", shown), letter.name


# What may stand in a subject, by the folder of its mails' words; a new place is private until it is written down here.
OPEN = {
    "feedback": {
        *("reference", "due", "received", "old_due", "new_due", "move_reason", "consult_due"),
        *("triage_time", "reply_time", "reopen_time"),
    },
    "core": {"title", "count", "head", "text"},
    "accounts": {"hours"},
    "plans": {"number"},
    "internal": {"unit", "number", "day"},
    "procedures": {"code", "received", "due", "old_due", "new_due", "early", "place", "count"},
    "signature.txt": set(),
}


def test_no_subject_says_more_than_the_reference():
    found = {folder: set() for folder in OPEN}
    for letter in letters:
        for place in letter.places:
            if not subject_problem(letter, f"Về {{{place.name}}}"):
                found[letter.template.split("/")[1]].add(place.key)
    assert found == OPEN


def test_a_place_that_a_mail_needs_is_never_empty_and_never_lost():
    for letter in letters:
        places, values = places_of(letter).values(), sample_values(letter, sparse=True)
        empty = "".join(f" {{{place.name}}}" for place in places if place.optional)
        for place in places:
            if place.needed:
                assert not place.optional, (letter.name, place.key)
                assert str(place.sample) in plain(filled(letter, f"{{{place.name}}}{empty}", values)), letter.name


class MailTextTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.desk = make_desk("truong-thu", "Trường Tiểu học Thử")
        cls.admin = make_officer(Role.ADMIN, username="quan-tri-thu")
        cls.admin.email = "quan-tri-thu@so.example.vn"
        cls.admin.save()
        cls.case = factories.submitted(cls.desk.unit)
        cls.text = MailText.objects.get(key="case_receipt")

    def setUp(self):
        OutboxMail.objects.exclude(kind="case_receipt").delete()

    def publish(self, **words):
        row = MailText.objects.get(key="case_receipt")
        for name, value in words.items():
            setattr(row, name, value)
        row.save_revision(clean=False).publish()

    def sent(self):
        mails_send_due()
        box, mail.outbox = mail.outbox, []
        return box

    def open(self, name="edit", *, user=None, text=None, **data):
        self.client.force_login(user or self.admin, "django.contrib.auth.backends.ModelBackend")
        path = reverse(f"mail_text:{name}", args=[(text or self.text).pk])
        return self.client.post(path, data) if data else self.client.get(path)

    def test_a_mail_is_text_and_html_of_the_same_words(self):
        letter, *_rest = self.sent()
        assert letter.message().get_content_type() == "multipart/alternative"
        [(html, media_type)] = letter.alternatives
        page = BeautifulSoup(html, "html.parser")
        assert media_type == "text/html"
        assert " ".join(letter.body.replace("\n-- \n", "\n").split()) == " ".join(page.body.get_text(" ").split())
        assert page.html["lang"] == "vi"
        assert {link["href"] for link in page.select("a")} == {link.get_text() for link in page.select("a")}
        assert not page.select("img, script, link, iframe, form, [src], [background]")
        assert not re.search(r"url\(|@import", html)

    def test_edited_words_are_sent_and_a_draft_is_not(self):
        row = MailText.objects.get(key="case_receipt")
        row.body = "Bản nháp. {trang theo dõi}"
        row.save_revision()
        assert "Bản nháp" not in letter_mail("case_receipt", to="a@x.vn", values={}).text
        self.publish(subject="Số {số phản ánh} đã tới", body="Chào <3.\n\n[Xem]({trang theo dõi})\nHạn {ngày nhận}.")
        [letter] = self.sent()
        assert letter.subject == f"Số {self.case.reference} đã tới"
        assert letter.body.startswith("Chào <3.\n\nXem: http")
        assert "Chào &lt;3." in letter.alternatives[0][0]
        assert ">Xem</a>" in letter.alternatives[0][0]

    def test_a_broken_edit_sends_the_default_and_tells_the_administrators_once(self):
        self.publish(subject="Của {họ tên}", body="Chào {họ tên}.")
        values = {"reference": self.case.reference, "follow": "https://x.vn/"}
        default = letter_mail("case_receipt", to="a@x.vn", values=values)
        assert default.subject == f"Đã nhận phản ánh {self.case.reference}"
        assert self.case.reference in default.text
        again = {"kind": "case_receipt", "reference": {"case": self.case.reference}, "dedupe_key": "again"}
        mail_queue(**again)
        letters_sent = self.sent()
        told = [letter for letter in letters_sent if letter.to == [self.admin.email]]
        assert len(letters_sent) == 3
        assert [letter.subject for letter in told] == ["Lời của thư không dùng được"]
        assert reverse("mail_text:edit", args=[self.text.pk]) in told[0].body
        assert not OutboxMail.objects.exclude(state=MailState.SENT).exists()
        [fault] = integrity_checks.get("mail_texts").run()
        assert "Đã nhận phản ánh" in fault
        assert "họ tên" in fault
        assert "Hỏng, đang gửi lời mặc định" in self.index()

    def test_words_that_cannot_even_be_read_stop_no_mail(self):
        self.publish(body="Khác. {trang theo dõi}")
        with mock.patch.object(MailText, "words", property(lambda _text: 1 / 0)):
            assert "Khác." not in letter_mail("case_receipt", to="a@x.vn", values={"follow": "https://x.vn/"}).text

    def index(self):
        self.client.force_login(self.admin, "django.contrib.auth.backends.ModelBackend")
        with self.assertNumQueries(FuzzyLess(40)):
            return self.client.get(reverse("mail_text:list")).content.decode()

    def test_the_list_has_every_mail(self):
        html = self.index()
        assert [str(letter.label) for letter in letters if str(letter.label) not in html] == []
        assert mail_texts_seed() == 0

    def test_the_editor_begins_with_what_is_sent_and_names_the_places(self):
        html = self.open().content.decode()
        page = BeautifulSoup(html, "html.parser")
        assert page.select_one("[name=subject]")["value"] == "Đã nhận phản ánh {số phản ánh}"
        assert "Kính gửi ông/bà," in page.select_one("[name=body]").get_text()
        assert "Phải có." in html
        assert "{trang theo dõi}" in html

    def test_a_bad_edit_is_said_beside_the_field_and_stored_nowhere(self):
        typed = {"subject": "Đã nhận", "body": "Chào {họ tên}. {trang theo dõi}", "action-publish": "1"}
        response = self.open(**typed)
        page = BeautifulSoup(response.content.decode(), "html.parser")
        assert response.status_code == 200
        assert "họ tên" in page.select_one("#panel-child-body-errors, .error-message, [id*=body-errors]").get_text()
        assert page.select_one("[name=subject]")["value"] == "Đã nhận"
        self.text.refresh_from_db()
        assert (self.text.latest_revision, self.text.body) == (None, "")

    def test_publishing_and_coming_back_in_one_press_with_the_history_kept(self):
        default = default_words(letters.get("case_receipt"))
        typed = {"subject": default.subject, "body": "Chào ông/bà. {trang theo dõi}", "action-publish": "1"}
        assert self.open(**typed).status_code == 302
        self.text.refresh_from_db()
        assert (self.text.subject, self.text.body) == ("", "Chào ông/bà. {trang theo dõi}"), (
            "the default stays the file's"
        )
        html = self.open("default").content.decode()
        assert "Dùng lại lời mặc định" in html
        assert self.open("default", x="1").status_code == 302
        self.text.refresh_from_db()
        assert (self.text.subject, self.text.body, self.text.live) == ("", "", True)
        assert self.text.revisions.count() == 2
        assert LedgerEvent.objects.filter(verb="mail_text.reset", subject_key="case_receipt").count() == 1
        assert "đang dùng lời mặc định" in self.open("default").content.decode()
        assert self.open("history").status_code == 200

    def test_the_preview_shows_text_and_html_beside_each_other(self):
        typed = {"subject": "Thử {số phản ánh}", "body": "[Mở]({trang theo dõi})"}
        assert self.open("preview_on_edit", **typed).json()["is_valid"]
        html = self.open("preview_on_edit").content.decode()
        page = BeautifulSoup(html, "html.parser")
        assert page.select_one("pre").get_text() == "Mở: https://cong.example.vn/tra-cuu/"
        assert page.select_one("section a").get_text() == "Mở"
        assert "Thử PA-2026-000123" in html
        self.open(
            "preview_on_edit", subject="Thử", body="Gọi {điện thoại cơ quan}.\nỞ {trang theo dõi} {điện thoại cơ quan}"
        )
        path = reverse("mail_text:preview_on_edit", args=[self.text.pk])
        sparse = BeautifulSoup(self.client.get(path, {"mode": "sparse"}).content.decode(), "html.parser")
        assert sparse.select_one("pre").get_text() == "Ở https://cong.example.vn/tra-cuu/"
        refused = self.open("preview_on_edit", subject="{họ tên}", body="x").json()
        assert not refused["is_valid"]

    def test_an_old_version_that_cannot_be_sent_any_more_says_why(self):
        self.publish(body="Chào {họ tên}. {trang theo dõi}")
        gone = MailText.objects.create(key="thu-da-bo", body="{gì đó}")
        self.client.force_login(self.admin, "django.contrib.auth.backends.ModelBackend")
        for row, words in ((MailText.objects.get(key="case_receipt"), "“họ tên”"), (gone, "không còn gửi thư này")):
            revision = row.latest_revision or row.save_revision(clean=False)
            response = self.client.get(reverse("mail_text:revisions_view", args=[row.pk, revision.pk]))
            assert response.status_code == 200
            assert "Lời này không gửi được" in response.content.decode()
            assert words in response.content.decode()

    def test_the_signature_has_no_subject(self):
        text = MailText.objects.get(key=SIGNATURE)
        assert not BeautifulSoup(self.open(text=text).content.decode(), "html.parser").select("[name=subject]")
        typed = {"subject": "Không ai đọc", "body": "{tên cơ quan} kính thư"}
        assert self.open(text=text, **typed, **{"action-publish": "1"}).status_code == 302
        text.refresh_from_db()
        assert (text.subject, text.body, text.live) == ("", "{tên cơ quan} kính thư", True)
        assert self.open("preview_on_edit", text=text, body="{tên cơ quan}").json()["is_valid"]
        assert "Tiêu đề" not in self.open("preview_on_edit", text=text).content.decode()
        assert "Tiêu đề" not in self.open("default", text=text).content.decode()

    def test_nobody_else_may(self):
        editor = make_officer(Role.EDITOR, Role.PUBLISHER, username="bien-tap-thu")
        for name in ("edit", "default", "history", "preview_on_edit", "unpublish"):
            assert self.open(name, user=editor).status_code in {302, 403}
        self.open("default", user=editor, x="1")
        assert not LedgerEvent.objects.filter(verb="mail_text.reset").exists()


class FuzzyLess(int):
    """At most so many statements."""

    def __eq__(self, other):
        return other <= int(self)

    __hash__ = int.__hash__
