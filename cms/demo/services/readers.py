"""Sample comments and ratings, through the services that readers and moderators use."""

from datetime import timedelta

from django.utils import timezone

from cms.accounts.models import User
from cms.core.enums import CommentsMode, ModerationDecision
from cms.demo.clock import as_of, office_hour
from cms.demo.news import NEWS
from cms.demo.readers import CLOSING, RATINGS, REMARKS, Remark
from cms.news.models import NewsPage
from feedback.enums import CommentState
from feedback.models import PageRating, ReaderComment
from feedback.services.comments import CommentEntry, comment_decide, comment_send
from feedback.services.ratings import page_rate, rating_explain

_DECISIONS = {
    CommentState.PUBLISHED: (ModerationDecision.APPROVE,),
    CommentState.REFUSED: (ModerationDecision.REFUSE,),
    CommentState.WITHDRAWN: (ModerationDecision.APPROVE, ModerationDecision.REFUSE),
}


def readers_seed() -> None:
    """Let readers speak below the sample news, once; a portal where anybody has spoken is left alone."""
    if ReaderComment.objects.exists() or PageRating.objects.exists():
        return
    pages = {place: NewsPage.objects.filter(title=story.title).first() for place, story in enumerate(NEWS)}
    for place, remark in enumerate(REMARKS):
        if page := pages[remark.story]:
            _say(page, remark, place)
    for place, (story, useful, words) in enumerate(RATINGS):
        if page := pages[story]:
            rating = page_rate(page=page, useful=useful, address="mau", device=str(place))
            if words:
                rating_explain(rating=rating, words=words)
    for story, days in CLOSING.items():
        if page := pages[story]:
            _open(page, days)


def _say(page: NewsPage, remark: Remark, place: int) -> None:
    page.comments = CommentsMode.OPEN  # as it was on that day; what is stored comes last
    moderator = User.objects.get(username="duyetdang")
    with as_of(office_hour(remark.days_ago, 9)):
        entry = CommentEntry(body=remark.body, shown_name=remark.name)
        comment = comment_send(page=page, entry=entry, form_token=f"mau-{place}")
    for decision in _DECISIONS.get(remark.state, ()):
        with as_of(office_hour(max(0, remark.days_ago - 1), 10)):
            comment_decide(comment_id=comment.pk, decision=decision, actor=moderator, reason=remark.reason)


def _open(page: NewsPage, days: int | None) -> None:
    page.comments = CommentsMode.OPEN
    page.comments_close_on = None if days is None else timezone.localdate() + timedelta(days=days)
    page.save_revision().publish()
