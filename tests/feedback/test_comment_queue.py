"""The moderation queue with readers' comments: who sees it, what a decision does, and how it is taken back."""

from datetime import timedelta

from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import pytest

from cms.core.enums import ModerationDecision, Role
from cms.core.models import LedgerEvent, OutboxMail, RateWindow
from cms.core.ports import ModerationKind, QueueItem, moderation_kinds
from cms.core.services.outbox import mails_send_due
from feedback.enums import CommentState
from feedback.models import ReaderComment
from feedback.services.comments import SECOND_THOUGHTS, comment_decide, comment_retract
from tests.feedback import readers
from tests.feedback.conftest import make_officer

pytestmark = pytest.mark.django_db
QUEUE = "/quan-tri/cho-duyet/"
APPROVE, REFUSE, RETURN = ModerationDecision.APPROVE, ModerationDecision.REFUSE, ModerationDecision.RETURN


@pytest.fixture
def page(db):
    return readers.page_with_comments(readers.small_site())


@pytest.fixture
def publisher(db):
    return make_officer("duyet", Role.PUBLISHER)


@pytest.fixture
def desk(client, publisher):
    client.force_login(publisher)
    return client


def press(client, decision, *rows, where=QUEUE, **words):
    chosen = [row if isinstance(row, str) else f"y-kien:{row.pk}" for row in rows]
    return client.post(where, {"chosen": chosen, "decision": decision, **words})


def state(comment) -> str:
    return ReaderComment.objects.get(pk=comment.pk).state


def told(answer) -> str:
    return " ".join(str(message) for message in answer.context["messages"])


class TestScreen:
    def test_an_empty_queue_says_so(self, desk):
        assert "Không có gì chờ duyệt" in desk.get(QUEUE).content.decode()
        assert "Ngăn này chưa có gì" in desk.get(f"{QUEUE}?muc=da-dang").content.decode()

    def test_oldest_first_newest_by_choice_and_by_page(self, desk, page):
        readers.comments(page, 2)
        other = readers.page_with_comments(page.get_parent(), title="Trang khác")
        readers.comment(other, body="Về trang khác")
        lines = desk.get(QUEUE).context["lines"]
        assert [line.item.text for line in lines][-1] == "Về trang khác"
        newest = desk.get(f"{QUEUE}?thu-tu=moi").context["lines"]
        assert [line.key for line in newest] == [line.key for line in lines][::-1]
        narrowed = desk.get(f"{QUEUE}?ve-trang={other.pk}&loai=y-kien")
        assert [line.item.text for line in narrowed.context["lines"]] == ["Về trang khác"]
        assert narrowed.context["pages"] == [(page.pk, page.title, 2), (other.pk, other.title, 1)]

    @pytest.mark.parametrize(
        "query", ["muc=x", "ve-trang=x", "ve-trang=" + "9" * 30, "p=0", "p=x", "loai=x", "chon=x:y"]
    )
    def test_a_strange_address_shows_the_queue(self, desk, page, query):
        readers.comment(page)
        assert desk.get(f"{QUEUE}?{query}").status_code == 200

    def test_words_that_look_personal_are_named_beside_the_comment(self, desk, page):
        readers.comment(page, body="Gọi 0912 345 678 hỏi cô Hoa nhé.")
        text = desk.get(QUEUE).content.decode()
        assert "Giống dữ liệu cá nhân: “0912 345 678” (số điện thoại), “Hoa” (tên người)" in text

    def test_hostile_words_are_shown_and_no_mail_address_is(self, desk, page):
        readers.comment(
            page, body="<script>alert(1)</script>", shown_name="<b>Na", email="na@thu.example.vn", suspect=True
        )
        text = desk.get(QUEUE).content.decode()
        assert "&lt;script&gt;alert(1)" in text
        assert "&lt;b&gt;Na" in text
        assert "na@thu.example.vn" not in text
        assert "Nghi là thư rác" in text

    def test_the_number_of_questions_does_not_grow(self, desk, page):
        def asked():
            with CaptureQueriesContext(connection) as queries:
                assert desk.get(QUEUE).status_code == 200
            return len(queries)

        readers.comments(page, 2)
        asked()
        few = asked()
        readers.comments(page, 28)
        assert asked() == few

    def test_things_of_several_apps_stand_in_one_order(self, desk, page, monkeypatch):
        now, decided = timezone.now(), []
        rows = [
            RateWindow.objects.create(limit="x", visitor=str(place), starts_at=now - timedelta(minutes=age))
            for place, age in enumerate((90, 1))
        ]
        other = ModerationKind(
            name="khac",
            label="thứ khác",
            capability="page_publish",
            rows=lambda _user, shelf: RateWindow.objects.filter(limit="x" if shelf == "cho-duyet" else "y"),
            items=lambda pks: [QueueItem(pk, f"thứ {pk}", now) for pk in pks],
            decide=lambda **what: bool(decided.append((what["pk"], what["decision"])) or True),
            reasons=(("sai", "Sai"),),
            arrived="starts_at",
            decided="starts_at",
            page="",
        )
        monkeypatch.setitem(moderation_kinds.items, "khac", other)
        middle = readers.comment(page, received_at=now - timedelta(minutes=30))
        keys = [line.key for line in desk.get(QUEUE).context["lines"]]
        assert keys == [f"khac:{rows[0].pk}", f"y-kien:{middle.pk}", f"khac:{rows[1].pk}"]
        assert [line.key for line in desk.get(f"{QUEUE}?loai=khac").context["lines"]] == [keys[0], keys[2]]
        assert [line.key for line in desk.get(f"{QUEUE}?ve-trang={page.pk}").context["lines"]] == [keys[1]]
        press(desk, APPROVE, *keys)
        assert decided == [(rows[0].pk, "dang"), (rows[1].pk, "dang")]
        assert state(middle) == CommentState.PUBLISHED

    def test_the_first_page_of_the_admin_counts_what_waits(self, desk, page):
        readers.comments(page, 3)
        assert "<strong>3</strong> ý kiến bạn đọc" in desk.get("/quan-tri/").content.decode()

    def test_who_decides_on_words_in_surveys_sees_no_comment(self, client, page):
        comment = readers.comment(page)
        client.force_login(make_officer("khac", Role.SURVEYOR))
        assert client.get(QUEUE).context["lines"] == []
        press(client, APPROVE, comment)
        assert state(comment) == CommentState.WAITING

    @pytest.mark.parametrize("role", [role for role in Role if role not in {Role.PUBLISHER, Role.SURVEYOR}])
    def test_nobody_else_sees_or_decides(self, client, page, role):
        comment = readers.comment(page)
        client.force_login(make_officer("khac", role))
        assert client.get(QUEUE).status_code in {302, 403}
        assert press(client, APPROVE, comment).status_code in {302, 403}
        assert state(comment) == CommentState.WAITING
        home = client.get("/quan-tri/").content.decode()
        assert "cho-duyet" not in home


class TestDecisions:
    def test_several_are_published_at_once_and_taken_back_from_their_shelf(self, desk, page):
        rows = readers.comments(page, 3)
        answer = desk.post(QUEUE, {"chosen": [f"y-kien:{row.pk}" for row in rows[:2]], "decision": "dang"}, follow=True)
        assert "Đã đăng 2 mục" in told(answer)
        assert [state(row) for row in rows] == ["published", "published", "waiting"]
        assert "Ý kiến bạn đọc (2)" in desk.get(page.url).content.decode()
        link = next(iter(answer.context["messages"])).message.split('href="')[1].split('"')[0].replace("&amp;", "&")
        shelf = desk.get(link)
        assert shelf.content.decode().count(" checked") == 2
        press(desk, RETURN, *rows[:2], where=link)
        assert {state(row) for row in rows} == {"waiting"}
        assert "Chưa có ý kiến nào" in desk.get(page.url).content.decode()

    def test_a_refusal_needs_a_reason_and_keeps_the_ticks(self, desk, page):
        rows = readers.comments(page, 2)
        answer = press(desk, REFUSE, rows[0])
        assert answer.status_code == 422
        text = answer.content.decode()
        assert "Chọn lý do không đăng" in text
        assert text.count(" checked") == 1
        answer = press(desk, REFUSE, rows[0], reason="khac")
        assert "Ghi rõ lý do khác là gì" in answer.content.decode()
        assert {state(row) for row in rows} == {"waiting"}
        press(desk, REFUSE, rows[0], reason="khac", note="Trùng với trang hỏi đáp")
        assert [state(row) for row in rows] == ["refused", "waiting"]
        assert "Trùng với trang hỏi đáp" in desk.get(f"{QUEUE}?muc=khong-dang").content.decode()

    @pytest.mark.parametrize("chosen", [[], ["y-kien:x"], ["la:1"], ["y-kien:" + "9" * 30], ["\x00"]])
    def test_nothing_ticked_changes_nothing(self, desk, page, chosen):
        comment = readers.comment(page)
        answer = press(desk, APPROVE, *chosen)
        assert answer.status_code == 422
        assert "đánh dấu ít nhất một mục" in answer.content.decode()
        assert state(comment) == CommentState.WAITING

    def test_enter_in_a_box_decides_nothing(self, desk, page):
        comment = readers.comment(page)
        answer = desk.post(QUEUE, {"chosen": [f"y-kien:{comment.pk}"]})
        assert answer.status_code == 422
        assert state(comment) == CommentState.WAITING

    def test_what_somebody_else_decided_meanwhile_is_said(self, desk, page, publisher):
        comment, other = readers.comments(page, 2)
        comment_decide(comment_id=comment.pk, decision=APPROVE, actor=publisher)
        chosen = [f"y-kien:{row.pk}" for row in (comment, other)]
        answer = desk.post(QUEUE, {"chosen": [*chosen, "y-kien:999999"], "decision": "dang"}, follow=True)
        assert "Đã đăng 1 mục" in told(answer)
        assert "2 mục không còn ở tình trạng bạn thấy" in told(answer)

    def test_taking_down_removes_it_from_the_page_at_once(self, desk, page, publisher):
        comment = readers.comment(page, state=CommentState.PUBLISHED, body="Gỡ tôi đi")
        assert "Gỡ tôi đi" in desk.get(page.url).content.decode()
        press(desk, REFUSE, comment, reason="rieng-tu")
        assert state(comment) == CommentState.WITHDRAWN
        assert "Gỡ tôi đi" not in desk.get(page.url).content.decode()

    @pytest.mark.parametrize(
        ("before", "decision"),
        [
            ("waiting", RETURN),
            ("published", APPROVE),
            ("refused", APPROVE),
            ("withdrawn", REFUSE),
            ("retracted", RETURN),
        ],
    )
    def test_a_decision_that_does_not_fit_changes_nothing(self, page, publisher, before, decision):
        comment = readers.comment(page, state=before)
        assert comment_decide(comment_id=comment.pk, decision=decision, actor=publisher, reason="trung") is None
        assert state(comment) == before

    @pytest.mark.parametrize(
        ("before", "decision"),
        [("waiting", APPROVE), ("refused", RETURN), ("withdrawn", RETURN), ("published", RETURN)],
    )
    def test_a_comment_without_its_words_never_comes_back(self, desk, page, publisher, before, decision):
        comment = readers.comment(page, state=before, body="")
        assert comment_decide(comment_id=comment.pk, decision=decision, actor=publisher) is None
        assert state(comment) == before

    def test_a_comment_without_its_words_may_be_put_away(self, page, publisher):
        comment = readers.comment(page, body="")
        comment_decide(comment_id=comment.pk, decision=REFUSE, actor=publisher, reason="trung")
        assert state(comment) == "refused"

    def test_the_service_asks_for_the_right_and_the_reason_itself(self, page, publisher):
        comment = readers.comment(page)
        with pytest.raises(PermissionDenied):
            comment_decide(comment_id=comment.pk, decision=APPROVE, actor=make_officer("bientap", Role.EDITOR))
        with pytest.raises(ValidationError):
            comment_decide(comment_id=comment.pk, decision=REFUSE, actor=publisher, reason="bia")
        assert state(comment) == CommentState.WAITING

    @pytest.mark.parametrize(("days", "kept"), [(29, "na@thu.example.vn"), (31, "")])
    def test_sent_back_to_wait_an_address_is_kept_no_longer(self, page, publisher, days, kept):
        came = timezone.now() - timedelta(days=days)
        comment = readers.comment(
            page, state=CommentState.PUBLISHED, email="na@thu.example.vn", received_at=came, decided_at=timezone.now()
        )
        for decision in (RETURN, APPROVE):
            assert comment_decide(comment_id=comment.pk, decision=decision, actor=publisher).email == kept
        comment.refresh_from_db()
        assert comment.email == kept
        assert OutboxMail.objects.count() == bool(kept)

    def test_every_decision_is_an_event_without_a_word_of_anybody(self, page, publisher):
        comment = readers.comment(page, body="CHIM-LOI", shown_name="CHIM-TEN", email="chim@thu.example.vn")
        comment_decide(comment_id=comment.pk, decision=APPROVE, actor=publisher)
        comment_decide(comment_id=comment.pk, decision=REFUSE, actor=publisher, reason="lac-de", note="CHIM-GHI")
        comment_decide(comment_id=comment.pk, decision=RETURN, actor=publisher)
        events = LedgerEvent.objects.about("comment", str(comment.pk))
        assert [event.verb for event in events] == ["comment.published", "comment.withdrawn", "comment.waiting"]
        assert {event.actor for event in events} == {publisher}
        assert "CHIM" not in str([event.data for event in events]).upper().replace("CHIM@", "CHIM")


class TestMail:
    @pytest.fixture
    def comment(self, page):
        return readers.comment(page, email="na@thu.example.vn", body="CHIM-LOI")

    def after(self, monkeypatch):
        later = timezone.now() + SECOND_THOUGHTS + timedelta(seconds=1)
        monkeypatch.setattr(timezone, "now", lambda: later)
        return mails_send_due()

    @pytest.mark.parametrize(
        ("decision", "words", "expected"),
        [
            (APPROVE, {}, "đã được đăng dưới trang đó"),
            (REFUSE, {"reason": "phan-anh", "note": "Xin gửi phản ánh."}, "/phan-anh-kien-nghi/gui/"),
            (REFUSE, {"reason": "trung"}, "Đã có ý kiến giống như vậy"),
        ],
    )
    def test_the_author_is_told_once_after_second_thoughts(
        self, comment, publisher, monkeypatch, decision, words, expected
    ):
        comment_decide(comment_id=comment.pk, decision=decision, actor=publisher, **words)
        assert mails_send_due() == 0
        assert self.after(monkeypatch) == 1
        assert mail.outbox[0].to == ["na@thu.example.vn"]
        assert expected in mail.outbox[0].body
        assert "CHIM-LOI" not in mail.outbox[0].body

    def test_a_decision_taken_back_in_time_sends_nothing(self, comment, publisher, monkeypatch):
        comment_decide(comment_id=comment.pk, decision=APPROVE, actor=publisher)
        comment_decide(comment_id=comment.pk, decision=RETURN, actor=publisher)
        assert self.after(monkeypatch) == 0
        assert mail.outbox == []

    def test_who_took_the_comment_back_gets_nothing(self, comment, publisher, monkeypatch):
        comment_decide(comment_id=comment.pk, decision=APPROVE, actor=publisher)
        comment_retract(comment=comment)
        assert self.after(monkeypatch) == 0

    def test_without_an_address_nothing_is_queued(self, page, publisher):
        comment_decide(comment_id=readers.comment(page).pk, decision=APPROVE, actor=publisher)
        assert OutboxMail.objects.count() == 0
