"""Many presses at the same moment, each with its own connection to the database."""

from django.test import Client
from django.utils import timezone

import pytest

from cms.core import captcha
from feedback import factories
from feedback.models import Case, CaseDraft
from feedback.services.draft import draft_prove_human, draft_send, draft_start
from tests.feedback import walk
from tests.parallel import together

pytestmark = pytest.mark.django_db(transaction=True)
PRESSES = 6  # with the test itself no more than the pool of connections holds


def test_the_same_form_pressed_many_times_at_once_is_one_case_with_one_code():
    client = Client()
    draft = walk.to_review(client)
    data = walk.right_answer(client, draft)
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}

    def press():
        one = Client()
        for name, value in cookies.items():
            one.cookies[name] = value
        answer = walk.post(one, "xem-lai", data)
        return answer.status_code, answer.url, walk.code_of(one)

    answers = together(*[press] * PRESSES)
    assert Case.objects.count() == 1
    assert len(set(answers)) == 1
    assert answers[0][:2] == (302, walk.DONE)


def test_of_many_tries_at_one_challenge_exactly_one_passes():
    key = captcha.challenge_make()
    answer = captcha.CaptchaStore.objects.get(hashkey=key).response
    passed = together(*[lambda: captcha.challenge_pass(key=key, answer=answer)] * PRESSES)
    assert sorted(passed) == [False] * (PRESSES - 1) + [True]


def test_a_draft_sent_by_many_at_once_is_sent_once():
    draft, _token = draft_start()
    entry = factories.entry()
    names = ("title", "body", "sender_kind", "name", "phone", "email", "address", "name_shown")
    draft.data = {name: str(getattr(entry, name)) for name in names} | {"category": entry.category_id, "unit": None}
    draft.data["agree_handle"] = True
    draft.human_until = timezone.now()
    draft.save()
    together(*[lambda: draft_send(draft=CaseDraft.objects.get(pk=draft.pk))] * PRESSES)
    assert Case.objects.count() == 1


def test_the_mark_of_a_solved_challenge_is_shared_by_all_presses():
    draft, _token = draft_start()
    draft.captcha_key = captcha.challenge_make()
    draft.save()
    answer = captcha.CaptchaStore.objects.get(hashkey=draft.captcha_key).response

    def prove():
        return draft_prove_human(draft=draft, key=draft.captcha_key, answer=answer)

    assert together(*[prove] * PRESSES) == [True] * PRESSES
    assert CaseDraft.objects.get().captcha_key == ""
