"""Words of surveys in the admin: who reads them, when, and for how long."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.urls import reverse

import pytest
import time_machine

from cms.core.enums import ModerationDecision, Role
from cms.core.models import LedgerEvent
from surveys import factories
from surveys.enums import WordsState
from surveys.models import OpenWords, Response, Survey
from surveys.services.tallies import tallies_rebuild
from surveys.services.words import words_decide, words_forget
from tests.feedback.conftest import make_unit
from tests.surveys.test_desk import LAST_MONTH, TODAY, desk_of, screen, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-30 09:00 +0700", tick=False):
        yield


@pytest.fixture
def surveyor(officer):
    return officer(Role.SURVEYOR)


class TestWords:
    def words(self, text="Cô Nguyễn Thị Lan, 0912 345 678, trả lời rất nhanh.", *, others=0, day=TODAY):
        survey = factories.survey()
        for words in (text, *["Tốt."] * others):
            factories.answered(survey, {"muc": "5", "loi": words}, today=day)
        return survey, OpenWords.objects.order_by("pk").first()

    def test_they_wait_and_only_their_moderator_reads_them(self, surveyor, officer):
        survey, _words = self.words()
        page = text_of(desk_of(surveyor).get(reverse("moderation:index")))
        assert "trả lời rất nhanh" in page
        assert "Sẽ che khi cho đọc" in page
        for role in (Role.LEADER, Role.PUBLISHER):
            user = officer(role)
            assert "trả lời rất nhanh" not in text_of(desk_of(user).get(reverse("moderation:index")))
        assert "trả lời rất nhanh" not in text_of(desk_of(surveyor).get(screen("figures", survey.pk)))

    def test_let_through_they_are_read_without_what_looks_personal(self, surveyor):
        survey, words = self.words(others=4, day=LAST_MONTH)
        words_decide(words_id=words.pk, decision=ModerationDecision.APPROVE, actor=surveyor)
        page = text_of(desk_of(surveyor).get(screen("figures", survey.pk)))
        assert "trả lời rất nhanh" in page
        assert "0912" not in page
        assert "Nguyễn Thị Lan" not in page

    @pytest.mark.parametrize(
        ("query", "told"),
        [
            ("ky=2026-10", True),
            ("tu=2026-10-01&den=2026-10-31", True),
            ("tu=2026-10-12&den=2026-10-12", False),
            ("tu=2026-10-02&den=2026-10-31", False),
        ],
    )
    def test_of_part_of_a_month_they_are_not_read(self, surveyor, query, told):
        survey, words = self.words(others=4, day=LAST_MONTH)
        words_decide(words_id=words.pk, decision=ModerationDecision.APPROVE, actor=surveyor)
        answer = desk_of(surveyor).get(f"{screen('figures', survey.pk)}?{query}")
        assert answer.status_code == 200
        assert ("trả lời rất nhanh" in text_of(answer)) is told

    def test_under_figures_that_are_hidden_nobody_reads_what_one_person_wrote(self, surveyor, officer):
        school = make_unit("a", "Trường A")
        survey, words = self.words(others=3, day=LAST_MONTH)
        Response.objects.update(unit=school)
        tallies_rebuild()
        words_decide(words_id=words.pk, decision=ModerationDecision.APPROVE, actor=surveyor)
        for user in (surveyor, officer(Role.LEADER, unit=school)):
            for query in ("", "?ky=2026-10", f"?don-vi={school.pk}"):
                assert "trả lời rất nhanh" not in text_of(desk_of(user).get(f"{screen('figures', survey.pk)}{query}"))

    def test_a_decision_is_taken_back_and_a_refusal_needs_a_reason(self, surveyor, officer):
        _survey, words = self.words("Tốt.")
        with pytest.raises(ValidationError, match="Chọn lý do"):
            words_decide(words_id=words.pk, decision=ModerationDecision.REFUSE, actor=surveyor)
        given = {"words_id": words.pk, "actor": surveyor}
        assert words_decide(decision=ModerationDecision.REFUSE, reason="lac-de", **given).state == WordsState.REFUSED
        assert words_decide(decision=ModerationDecision.APPROVE, **given) is None
        assert words_decide(decision=ModerationDecision.RETURN, **given).state == WordsState.WAITING
        with pytest.raises(PermissionDenied):
            words_decide(words_id=words.pk, decision=ModerationDecision.APPROVE, actor=officer(Role.LEADER))

    def test_a_leader_reads_words_about_the_own_unit_alone(self, surveyor, officer):
        mine, other = make_unit("a", "Trường A"), make_unit("b", "Trường B")
        survey = factories.survey()
        for unit in (mine, other) * 5:
            factories.answered(survey, {"muc": "5", "loi": f"Lời về {unit.code}."}, unit=unit, today=LAST_MONTH)
        for words in OpenWords.objects.all():
            words_decide(words_id=words.pk, decision=ModerationDecision.APPROVE, actor=surveyor)
        page = text_of(desk_of(officer(Role.LEADER, unit=mine)).get(screen("figures", survey.pk)))
        assert "Lời về a." in page
        assert "Lời về b." not in page

    def test_they_are_erased_in_time_and_stay_counted(self, surveyor):
        survey, _words = self.words()
        Survey.objects.filter(pk=survey.pk).update(words_days=30)
        with time_machine.travel("2026-12-30 09:00 +0700"):
            assert words_forget() == 0
        with time_machine.travel("2026-12-31 09:00 +0700"):
            call_command("purge_personal_data", "--dry-run")
            assert OpenWords.objects.count() == 1
            call_command("purge_personal_data")
        assert OpenWords.objects.count() == 0
        event = LedgerEvent.objects.get(verb="survey.words_erased")
        assert event.data == {"count": 1}
