"""Readers' comments as readers meet them: written, sent once, unseen until somebody decides, and taken back."""

from datetime import timedelta

from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import pytest
from captcha.models import CaptchaStore

from cms.core.models import LedgerEvent, OutboxMail
from cms.core.services.limits import LIMITS, Limit
from feedback.enums import CommentState
from feedback.models import ReaderComment
from feedback.services.comment_forms import receipt_mark
from feedback.services.comments import CommentEntry, CommentsClosedError, comment_send, comments_forget
from tests.feedback import readers

pytestmark = pytest.mark.django_db
HOSTILE = [
    "\x00", "a\x00b", "\ufffe" * 20, "\u200b" * 30, "\u202e" * 30, "a" * 100_000, "\u0301" * 50, " \n\t ", "😀" * 3000,
]  # fmt: skip


@pytest.fixture
def home(db):
    return readers.small_site()


@pytest.fixture
def page(home):
    return readers.page_with_comments(home)


def below(client, page, query=""):
    return client.get(page.url + query).content.decode()


class TestWriting:
    def test_the_page_leads_to_the_form_without_a_token_or_a_cookie(self, client, page):
        answer = client.get(page.url)
        text = answer.content.decode()
        assert f'href="{readers.address(page)}"' in text
        assert "Bạn có thể viết ý kiến đầu tiên" in text
        assert "csrfmiddlewaretoken" not in text
        assert not answer.cookies

    def test_the_form_names_its_page_and_is_never_stored(self, client, page):
        answer = client.get(readers.address(page))
        assert page.title in answer.content.decode()
        assert "no-store" in answer.headers["Cache-Control"]
        assert "phien" not in answer.cookies

    def test_a_comment_waits_unseen(self, client, page):
        answer = readers.send(client, page)
        assert answer.status_code == 302
        told = client.get(answer.url).content.decode()
        assert "Ý kiến chưa hiện ngay" in told
        assert "Xin cảm ơn &lt;b&gt;nhà trường" in told
        comment = ReaderComment.objects.get()
        assert (comment.state, comment.shown_name, comment.suspect) == ("waiting", "Mẹ bé Na", False)
        text = below(Client(), page)
        assert "lịch tiếp dân" not in text
        assert "Mẹ bé Na" not in text
        assert (mail.outbox, OutboxMail.objects.count()) == ([], 0)

    def test_sending_the_same_form_again_is_one_comment(self, client, page):
        data = readers.filled(client.get(readers.address(page)))
        answers = [client.post(readers.address(page), data) for _press in range(3)]
        assert {answer.status_code for answer in answers} == {302}
        assert ReaderComment.objects.count() == 1

    def test_a_token_used_twice_by_the_service_is_one_comment(self, page):
        entry = CommentEntry(body="Một ý kiến")
        first = comment_send(page=page, entry=entry, form_token="mot")
        assert comment_send(page=page, entry=CommentEntry(body="Lời khác"), form_token="mot") == first

    @pytest.mark.parametrize("body", ["", "ừ", *HOSTILE])
    def test_bad_words_are_said_beside_the_field_and_nothing_is_stored(self, client, page, body):
        answer = readers.send(client, page, body=body)
        assert answer.status_code == 422
        assert "field--wrong" in answer.content.decode()
        assert 'value="Mẹ bé Na"' in answer.content.decode()
        assert ReaderComment.objects.count() == 0

    @pytest.mark.parametrize(
        "changes", [{"email": "không phải thư"}, {"shown_name": "x" * 61}, {"shown_name": "a\x00"}, {"email": "a@b"}]
    )
    def test_a_wrong_contact_keeps_the_words(self, client, page, changes):
        answer = readers.send(client, page, **changes)
        assert answer.status_code == 422
        assert "Đề nghị đăng thêm lịch tiếp dân." in answer.content.decode()
        assert ReaderComment.objects.count() == 0

    def test_a_right_captcha_is_not_asked_again_when_the_words_were_wrong(self, client, page):
        answer = readers.send(client, page, body="")
        assert "đã đúng, không cần gõ lại" in answer.content.decode()
        answer = client.post(readers.address(page), {**readers.WORDS, "giay": readers.hidden(answer, "giay")})
        assert answer.status_code == 302
        assert ReaderComment.objects.count() == 1

    @pytest.mark.parametrize("answer", ["", "00000", "\x00", "9" * 13])
    def test_a_wrong_captcha_keeps_the_words_and_shows_another(self, client, page, answer):
        first = client.get(readers.address(page))
        sent = client.post(readers.address(page), readers.filled(first, captcha_1=answer))
        assert sent.status_code == 422
        assert "Đề nghị đăng thêm" in sent.content.decode()
        assert ReaderComment.objects.count() == 0

    def test_a_solved_captcha_is_not_carried_to_another_form(self, client, page):
        solved, other = (readers.filled(client.get(readers.address(page))) for _form in range(2))
        sent = client.post(readers.address(page), {**other, "captcha_1": solved["captcha_1"]})
        assert sent.status_code == 422
        assert ReaderComment.objects.count() == 0

    def test_other_digits_lose_no_word(self, client, page):
        first = client.get(readers.address(page))
        answer = client.post(readers.address(page), {**readers.filled(first), "doi_ma": "1"})
        text = answer.content.decode()
        assert answer.status_code == 200
        assert readers.hidden(answer, "captcha_0") != readers.hidden(first, "captcha_0")
        assert "Đề nghị đăng thêm" in text
        assert "field--wrong" not in text

    def test_a_pass_of_another_page_or_a_forged_one_begins_anew_with_the_words(self, client, page, home):
        other = readers.page_with_comments(home, title="Trang khác")
        data = readers.filled(client.get(readers.address(other)))
        for given in (data["giay"], "khong-dung", ""):
            answer = client.post(readers.address(page), {**data, "giay": given})
            assert answer.status_code == 422
            assert "Đề nghị đăng thêm" in answer.content.decode()
        assert ReaderComment.objects.count() == 0

    def test_what_a_robot_seems_to_send_is_marked_for_the_moderator_only(self, client, page):
        answer = readers.send(client, page, ghi_chu_them="mua ngay")
        assert "Đã nhận ý kiến" in client.get(answer.url).content.decode()
        assert ReaderComment.objects.get().suspect
        client.post(readers.address(page), readers.filled(client.get(readers.address(page))))  # no hand is that fast
        assert ReaderComment.objects.filter(suspect=True).count() == 2

    def test_a_form_needs_its_token(self, page):
        strict = Client(enforce_csrf_checks=True)
        assert strict.post(readers.address(page), readers.filled(strict.get(readers.address(page)))).status_code == 403
        assert ReaderComment.objects.count() == 0

    def test_too_many_are_asked_to_wait(self, client, page, monkeypatch):
        monkeypatch.setitem(LIMITS, "comment_send", Limit(1, timedelta(hours=1)))
        assert readers.send(client, page).status_code == 302
        assert client.post(readers.address(page), {}).status_code == 429

    @pytest.mark.parametrize("method", ["get", "head"])
    def test_opening_the_form_makes_only_so_many_captchas(self, client, page, monkeypatch, method):
        monkeypatch.setitem(LIMITS, "captcha", Limit(3, timedelta(hours=1)))
        answers = [getattr(client, method)(readers.address(page)) for _press in range(5)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
        assert int(answers[-1].headers["Retry-After"]) > 0
        assert CaptchaStore.objects.count() == 3
        assert client.get(page.url).status_code == 200

    def test_other_digits_are_counted_too(self, client, page, monkeypatch):
        monkeypatch.setitem(LIMITS, "captcha", Limit(3, timedelta(hours=1)))
        data = {**readers.filled(client.get(readers.address(page))), "doi_ma": "1"}
        answers = [client.post(readers.address(page), data).status_code for _press in range(4)]
        assert answers == [200, 200, 429, 429]
        assert CaptchaStore.objects.count() == 2

    def test_who_has_proved_to_be_human_needs_no_captcha(self, client, page, monkeypatch):
        answer = readers.send(client, page, body="")
        monkeypatch.setitem(LIMITS, "captcha", Limit(1, timedelta(hours=1)))
        answer = client.post(readers.address(page), {"giay": readers.hidden(answer, "giay"), "body": ""})
        assert answer.status_code == 422


class TestDoors:
    @pytest.mark.parametrize("number", ["", "0", "x", "-1", "9" * 30, "１", "1;2"])
    def test_no_page_no_form(self, client, home, number):
        assert client.get(f"/y-kien/?trang={number}").status_code == 404

    @pytest.mark.parametrize("state", ["off", "draft", "closed-section"])
    def test_pages_that_take_none_have_no_form_and_show_nothing(self, client, page, state):
        readers.comment(page, state=CommentState.PUBLISHED, body="Đã đăng rồi")
        if state == "off":
            page.comments = "off"
            page.save()
            assert "Đã đăng rồi" not in below(client, page)
        elif state == "draft":
            page.unpublish()
        else:
            page.view_restrictions.create(restriction_type="login")
        for method in (client.get, client.post):
            assert method(readers.address(page)).status_code == 404

    def test_the_closing_day_counts_and_the_next_says_so_and_gives_the_words_back(self, client, page):
        today = timezone.localdate()
        page.comments_close_on = today
        page.save()
        assert f"Nhận ý kiến đến hết ngày <strong>{today:%d/%m/%Y}" in below(client, page)
        data = readers.filled(client.get(readers.address(page)))
        page.comments_close_on = today - timedelta(days=1)
        page.save()
        answer = client.post(readers.address(page), data)
        assert answer.status_code == 422
        assert "Đề nghị đăng thêm" in answer.content.decode()
        assert "nhận ý kiến đến hết ngày" in client.get(readers.address(page)).content.decode()
        text = below(client, page)
        assert "Đã hết hạn nhận ý kiến" in text
        assert "Viết ý kiến" not in text
        with pytest.raises(CommentsClosedError):
            comment_send(page=page, entry=CommentEntry(body="Muộn rồi"), form_token="x")
        assert ReaderComment.objects.count() == 0

    def test_a_page_that_is_closed_by_hand_still_shows_what_was_said(self, client, page):
        readers.comment(page, state=CommentState.PUBLISHED, body="Đã đăng rồi")
        page.comments = "closed"
        page.save()
        assert "Đã đăng rồi" in below(client, page)
        assert "thôi nhận ý kiến" in client.get(readers.address(page)).content.decode()


class TestReceipt:
    def test_a_stranger_without_the_address_or_after_an_hour_sees_nothing(self, client, page, monkeypatch):
        mark = receipt_mark(readers.comment(page))
        assert client.get(f"/y-kien/da-gui/{mark}/").status_code == 200
        assert client.get(f"/y-kien/da-gui/{mark[:-1]}/").status_code == 404
        monkeypatch.setattr("feedback.services.comment_forms.RECEIPT_LIFE", timedelta(seconds=-1))
        assert client.get(f"/y-kien/da-gui/{mark}/").status_code == 404

    def test_taking_back_erases_the_words_and_leaves_the_page(self, client, page):
        comment = readers.comment(page, state=CommentState.PUBLISHED, shown_name="Na", email="na@thu.example.vn")
        where = f"/y-kien/da-gui/{receipt_mark(comment)}/"
        assert comment.body in below(client, page)
        assert client.post(where).status_code == 302
        assert "Đã rút ý kiến" in client.get(where).content.decode()
        assert client.post(where).status_code == 302
        comment.refresh_from_db()
        assert (comment.state, comment.body, comment.shown_name, comment.email) == ("retracted", "", "", "")
        assert "Chưa có ý kiến nào" in below(client, page)
        assert LedgerEvent.objects.filter(verb="comment.retracted").count() == 1


class TestReading:
    def test_published_ones_stand_oldest_first_by_the_chosen_name_and_escaped(self, client, page):
        readers.comments(page, 2, state=CommentState.PUBLISHED, body="<script>x</script>")
        readers.comment(page, state=CommentState.PUBLISHED, body="Sau cùng", shown_name="<i>Na</i>", email="a@b.vn")
        for state in (CommentState.WAITING, CommentState.REFUSED, CommentState.WITHDRAWN, CommentState.RETRACTED):
            readers.comment(page, state=state, body=f"CHIM-{state}")
        text = below(client, page)
        assert "Ý kiến bạn đọc (3)" in text
        assert text.index("&lt;script&gt;") < text.index("Sau cùng")
        assert "&lt;i&gt;Na&lt;/i&gt;" in text
        assert text.count("Một bạn đọc") == 2
        assert "CHIM-" not in text
        assert "a@b.vn" not in text

    def test_many_are_paged_and_a_strange_number_shows_the_nearest(self, client, page):
        readers.comments(page, 21, state=CommentState.PUBLISHED)
        assert below(client, page).count('class="comment"') == 20
        assert 'href="?y-kien=2#y-kien"' in below(client, page)
        for number in ("2", "99", "x", "-1", "9" * 40):
            assert 'class="comment"' in below(client, page, f"?y-kien={number}")

    def test_the_number_of_questions_does_not_grow(self, client, page):
        def asked():
            with CaptureQueriesContext(connection) as queries:
                client.get(page.url)
            return len(queries)

        readers.comments(page, 1, state=CommentState.PUBLISHED)
        asked()
        few = asked()
        readers.comments(page, 200, state=CommentState.PUBLISHED)
        assert asked() == few

    def test_no_comment_is_found_by_the_search(self, client, page):
        readers.comment(page, state=CommentState.PUBLISHED, body="Từ khóa hiếm gavotơ")
        text = client.get("/tim-kiem/?q=gavoto").content.decode()
        assert page.title not in text

    def test_copying_a_page_leaves_comments_behind(self, page, home):
        readers.comment(page, state=CommentState.PUBLISHED)
        copied = page.copy(to=home, update_attrs={"slug": "ban-chep"})
        assert copied.reader_comments.count() == 0


def test_addresses_go_after_a_month_and_refused_words_after_half_a_year(page):
    def told(state, days):
        when = timezone.now() - timedelta(days=days)
        return readers.comment(
            page, state=state, email="a@thu.example.vn", shown_name="Na", note="x", decided_at=when if days else None
        )

    young, old = told(CommentState.REFUSED, 29), told(CommentState.REFUSED, 181)
    shown, waiting = told(CommentState.PUBLISHED, 400), told(CommentState.WAITING, 0)
    forgotten = readers.comment(page, email="a@thu.example.vn", received_at=timezone.now() - timedelta(days=31))
    assert comments_forget() == (3, 1)
    assert comments_forget() == (0, 0)
    for row in (young, old, shown, waiting, forgotten):
        row.refresh_from_db()
    assert (young.email, young.body != "") == ("a@thu.example.vn", True)
    assert (old.email, old.body, old.shown_name, old.note) == ("", "", "", "")
    assert (shown.email, shown.shown_name) == ("", "Na")
    assert waiting.email == "a@thu.example.vn"
    assert (forgotten.email, forgotten.body != "") == ("", True)
