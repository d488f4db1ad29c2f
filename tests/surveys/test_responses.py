"""One invitation, one response: stored whole or not at all, counted, and cut from whatever let it in."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError

import pytest

from cms.core.models import Unit
from surveys import factories
from surveys.enums import QuestionKind, SurveyState
from surveys.models import Channel, Invitation, OpenWords, Response, ResponseItem, ResponseTally
from surveys.services.invitations import invitation_make, invitation_of, token_digest
from surveys.services.responses import NotTakenError, response_store_by_token, response_store_open
from surveys.services.tallies import tallies_fit_responses, tallies_rebuild

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 30)
ANSWERS = {"muc": "4", "loi": "Trả lời nhanh."}


def store(survey, token, answers=ANSWERS, today=TODAY):
    return response_store_by_token(token=token, version_id=survey.current_id, answers=answers, today=today)


class TestInvitation:
    def test_only_a_digest_of_the_token_is_stored(self):
        survey = factories.survey()
        token = factories.invited(survey)
        row = Invitation.objects.get()
        assert token not in " ".join(map(str, Invitation.objects.values_list()[0]))
        assert row.token_digest == token_digest(token)

    def test_the_same_token_is_one_invitation_and_stays_used(self):
        survey = factories.survey()
        token = factories.invited(survey, today=TODAY)
        store(survey, token)
        again = invitation_make(survey=survey, token=token, today=TODAY)
        assert again.used
        assert Invitation.objects.count() == 1
        assert invitation_of(token, today=TODAY) is None

    def test_it_is_good_until_the_end_of_its_last_day(self):
        survey = factories.survey(invitation_days=3)
        token = factories.invited(survey, today=TODAY)
        assert invitation_of(token, today=TODAY + timedelta(days=3))
        assert invitation_of(token, today=TODAY + timedelta(days=4)) is None
        with pytest.raises(NotTakenError):
            store(survey, token, today=TODAY + timedelta(days=4))

    def test_wrong_used_late_and_closed_cost_the_same_one_statement(self, django_assert_num_queries):
        open_, closed = factories.survey(), factories.survey()
        used, late, shut = (factories.invited(each, today=TODAY) for each in (open_, open_, closed))
        store(open_, used)
        Invitation.objects.filter(token_digest=token_digest(late)).update(expires_on=TODAY - timedelta(days=1))
        closed.state = SurveyState.CLOSED
        closed.save()
        for token in (used, late, shut, "khong-co-ma-nay-trong-kho"):
            with django_assert_num_queries(1):
                assert invitation_of(token, today=TODAY) is None


class TestStoring:
    def test_a_response_says_the_day_and_what_it_is_about_and_nothing_of_who(self):
        unit = Unit.objects.create(code="TH-X", name="Trường X", slug="th-x", kind="primary")
        survey = factories.survey()
        store(survey, factories.invited(survey, unit=unit, about="linh-vuc/khac".replace("/", "-"), today=TODAY))
        response = Response.objects.get()
        assert (response.day, response.unit, response.about) == (TODAY, unit, "linh-vuc-khac")
        assert {field.name for field in Response._meta.get_fields() if not field.auto_created} == {
            "version", "channel", "unit", "about", "day", "stratum", "sheet",
        }  # fmt: skip
        assert {field.name for field in Invitation._meta.get_fields() if not field.auto_created} == {
            "survey", "batch", "token_digest", "unit", "about", "expires_on", "used",
        }  # fmt: skip
        assert list(ResponseItem.objects.values_list("key", "choice")) == [("muc", "4")]
        words = OpenWords.objects.get()
        assert words.text == "Trả lời nhanh."
        assert words.received_at.astimezone().strftime("%H:%M:%S") == "00:00:00"

    def test_a_used_invitation_stores_nothing_more(self):
        survey = factories.survey()
        token = factories.invited(survey, today=TODAY)
        store(survey, token)
        with pytest.raises(NotTakenError):
            store(survey, token)
        assert Response.objects.count() == 1

    def test_what_cannot_be_stored_burns_nothing(self):
        survey = factories.survey()
        token = factories.invited(survey, today=TODAY)
        for answers, key in (({}, "muc"), ({"muc": "6"}, "muc"), ({"muc": "4", "loi": "x" * 2_001}, "loi")):
            with pytest.raises(ValidationError) as refused:
                store(survey, token, answers)
            assert set(refused.value.message_dict) == {key}
        assert not Invitation.objects.get().used
        assert Response.objects.count() == 0
        assert survey.current.frozen_on is None
        store(survey, token)

    def test_the_first_response_freezes_the_version(self):
        survey = factories.survey()
        factories.answered(survey, ANSWERS, today=TODAY)
        factories.answered(survey, ANSWERS, today=TODAY + timedelta(days=1))
        survey.current.refresh_from_db()
        assert survey.current.frozen_on == TODAY

    def test_a_version_of_another_survey_or_not_in_use_is_not_answered(self):
        survey, other = factories.survey(), factories.survey()
        unused = factories.version(survey, [factories.SCORE])
        for version in (other.current, unused):
            with pytest.raises(NotTakenError):
                response_store_by_token(
                    token=factories.invited(survey, today=TODAY), version_id=version.pk, answers=ANSWERS, today=TODAY
                )
        assert not Invitation.objects.filter(used=True).exists()

    def test_who_began_with_an_earlier_version_may_finish_it(self):
        survey = factories.survey()
        first = survey.current
        factories.answered(survey, ANSWERS, today=TODAY)
        survey.current = factories.version(survey, [factories.SCORE])
        survey.save()
        token = factories.invited(survey, today=TODAY)
        response_store_by_token(token=token, version_id=first.pk, answers=ANSWERS, today=TODAY)
        assert Response.objects.filter(version=first).count() == 2

    def test_answers_to_questions_that_are_not_asked_are_dropped(self):
        why = {"key": "vi-sao", "label": "Vì sao?", "kind": QuestionKind.SOME_OF, "choices": "Chậm\nKhó hiểu"}
        survey = factories.survey([factories.SCORE, why], rules=[("vi-sao", "muc", "at_most", "3")])
        factories.answered(survey, {"muc": "5", "vi-sao": ["cham"], "la": "x"}, today=TODAY)
        factories.answered(survey, {"muc": "2", "vi-sao": ["cham", "kho-hieu"]}, today=TODAY)
        assert sorted(ResponseItem.objects.values_list("key", "choice")) == [
            ("muc", "2"), ("muc", "5"), ("vi-sao", "cham"), ("vi-sao", "kho-hieu"),
        ]  # fmt: skip

    def test_every_kind_is_stored_in_one_way(self):
        kinds = [
            {"key": "so", "label": "Mấy lần?", "kind": QuestionKind.NUMBER},
            {"key": "ngay", "label": "Ngày nào?", "kind": QuestionKind.DATE},
            {"key": "dong-y", "label": "Tôi đồng ý", "kind": QuestionKind.CONSENT, "required": True},
            {"key": "diem", "label": "Giới thiệu?", "kind": QuestionKind.SCORE_10},
            {"key": "mot", "label": "Ai?", "kind": QuestionKind.ONE_OF, "choices": "Phụ huynh\nHọc sinh"},
            {"key": "dan", "label": "Cảm ơn", "kind": QuestionKind.INFORMATION},
        ]
        survey = factories.survey(kinds)
        answers = {"so": " 1 200,50 ", "ngay": "5/9/2026", "dong-y": "on", "diem": "10", "mot": "hoc-sinh", "dan": "x"}
        factories.answered(survey, answers, today=TODAY)
        assert dict(ResponseItem.objects.values_list("key", "choice")) == {
            "so": "1200.5", "ngay": "2026-09-05", "dong-y": "1", "diem": "10", "mot": "hoc-sinh",
        }  # fmt: skip
        for wrong in ({"so": "mười"}, {"so": "nan"}, {"so": "1e99"}, {"ngay": "31/02/2026"}, {"mot": "ong-ba"}):
            with pytest.raises(ValidationError) as refused:
                factories.answered(survey, {"dong-y": "1", **wrong}, today=TODAY)
            assert set(refused.value.message_dict) == set(wrong)


class TestOpenLink:
    def test_only_an_open_survey_with_an_open_link_takes_responses(self):
        survey = factories.survey(open_link=True)
        channel = survey.channels.get()
        given = {"channel_id": channel.pk, "version_id": survey.current_id, "answers": ANSWERS, "today": TODAY}
        response_store_open(**given)
        assert Response.objects.get().channel == channel
        survey.state = SurveyState.CLOSED
        survey.save()
        with pytest.raises(NotTakenError):
            response_store_open(**given)
        survey.state = SurveyState.OPEN
        survey.save()
        Response.objects.all().delete()
        Channel.objects.all().delete()
        with pytest.raises(NotTakenError):
            response_store_open(**given)


class TestCounts:
    def test_they_say_what_the_responses_say(self):
        survey = factories.survey()
        for score in ("4", "5", "4"):
            factories.answered(survey, {"muc": score, "loi": "Tốt."}, today=TODAY)
        cells = {(key, choice): count for key, choice, *_rest, count in ResponseTally.objects.cells()}
        assert cells == {("", ""): 3, ("muc", ""): 3, ("muc", "4"): 2, ("muc", "5"): 1, ("loi", ""): 3}
        assert list(tallies_fit_responses()) == []

    def test_a_wrong_count_is_found_and_mended_and_erased_words_stay_counted(self):
        survey = factories.survey()
        factories.answered(survey, ANSWERS, today=TODAY)
        OpenWords.objects.all().delete()
        assert list(tallies_fit_responses()) == []
        ResponseTally.objects.filter(key="muc", choice="4").update(count=7)
        ResponseTally.objects.filter(key="", choice="").delete()
        assert len(list(tallies_fit_responses())) == 2
        assert tallies_rebuild() == 2
        assert list(tallies_fit_responses()) == []
