"""Templates of answers: what they may say, who keeps them, and how their words come into an answer."""

import re

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

import pytest

from cms.core.enums import Role
from cms.core.models import LedgerEvent
from feedback import factories
from feedback.enums import CaseOutcome, CaseState
from feedback.models import Answer, AnswerTemplate, Case, Category
from feedback.models.answer_templates import KNOWN, VARIABLES, gaps_in
from feedback.services import answers
from feedback.services.catalogue import catalogue_save, catalogue_seed
from feedback.services.moves import NotAllowedError, TransitionRefusedError

pytestmark = pytest.mark.django_db

EVERYTHING = " | ".join(f"{{{name}}}" for name in VARIABLES)
PERSONAL = (factories.ENTRY.name, "Sen", factories.ENTRY.phone, factories.ENTRY.email, factories.ENTRY.address)
OFFERED = re.compile(r'<select name="template".*?</select>', re.DOTALL)


@pytest.fixture
def enter(client):
    def log_in(user):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return log_in


def make(name="Mẫu thử", body="Kính gửi ông/bà, về việc số {số phản ánh}.", **values):
    return AnswerTemplate.objects.create(name=name, body=body, **values)


def fill(client, case, template, **data):
    case.refresh_from_db()
    typed = {"expected_version": case.version, "body": "", "outcome": "", **data}
    return client.post(
        reverse("case:step", args=[case.pk, "answer"]),
        {**typed, "template": getattr(template, "pk", template), "fill": 1},
    )


def typed(response):
    """Return what stands in the editor of the answer."""
    return response.context["answer"].form["body"].value()


# --- the words -------------------------------------------------------------------------------------


def test_the_places_are_filled_in_from_the_case(desk):
    case = factories.in_progress(desk)
    words = make(body=EVERYTHING).filled_for(case)
    received = f"{timezone.localdate(case.received_at):%d/%m/%Y}"
    due = f"{case.due_on:%d/%m/%Y}"
    assert words == " | ".join([desk.unit.name, case.reference, received, case.category.name, due])


@pytest.mark.parametrize("spelling", ["{SỐ PHẢN ÁNH}", "{ số  phản ánh }", "{số phản ánh}"])
def test_a_place_is_known_in_every_spelling(desk, spelling):
    template = make(body=f"Số: {spelling}.")
    template.full_clean()
    assert template.filled_for(factories.in_progress(desk)).endswith("000001.")


def test_what_the_case_does_not_know_stays_for_the_writer(desk):
    case = factories.submitted()
    assert make(body=EVERYTHING).filled_for(case).count("[Ghi: ") == 2
    assert gaps_in("[Ghi: ngày] rồi [GHI: ngày] và [Ghi: ngày]") == ["[Ghi: ngày]", "[GHI: ngày]"]


def test_no_place_speaks_of_the_sender(desk):
    case = factories.in_progress(desk, title="Cô Phượng lớp 7A3", body="Cháu Tùng bị ngã ở sân trường hôm qua.")
    words = make(body=EVERYTHING).filled_for(case)
    assert not any(word in words for word in (*PERSONAL, "Phượng", "7A3", "Tùng"))


@pytest.mark.parametrize(
    "body", ["Gửi {họ tên}.", "Ngày {ngay nhan}", "{}", "{{số phản ánh}}", "{số phản ánh", "số phản ánh}", "{ \n }"]
)
def test_other_places_are_refused_with_the_list_of_those_there_are(body):
    with pytest.raises(ValidationError) as refused:
        AnswerTemplate(name="Mẫu", body=body).full_clean()
    assert set(refused.value.message_dict) == {"body"}
    assert KNOWN in refused.value.message_dict["body"][0]


@pytest.mark.parametrize("name", ["name", "body"])
@pytest.mark.parametrize("words", ["\u200b\u200b", "a\ufdd0", "\x07"])
def test_words_that_cannot_be_read_are_refused_beside_their_field(name, words):
    with pytest.raises(ValidationError) as refused:
        AnswerTemplate(**{"name": "Mẫu", "body": "Lời.", name: words}).full_clean()
    assert set(refused.value.message_dict) == {name}


def test_an_office_begins_with_three_and_keeps_what_it_made_of_them(desk):
    catalogue_seed()
    assert AnswerTemplate.objects.count() == 3
    case = factories.in_progress(desk)
    for template in AnswerTemplate.objects.all():
        template.full_clean()
        assert "{" not in template.filled_for(case)
        assert gaps_in(template.body), "what was found and done is the writer's to say"
    AnswerTemplate.objects.exclude(outcome=CaseOutcome.EXPLAINED).delete()
    AnswerTemplate.objects.update(body="Lời của cơ quan.", active=False)
    assert catalogue_seed() == 0
    assert AnswerTemplate.objects.get().body == "Lời của cơ quan."


# --- who keeps them --------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_nobody_else_keeps_them(desk, officer, enter, role):
    template, user = make(), officer(role)
    with pytest.raises(PermissionDenied):
        catalogue_save(row=template, actor=user)
    for name, args in (("index", []), ("add", []), ("edit", [template.pk]), ("delete", [template.pk])):
        assert enter(user).get(reverse(f"answer_template:{name}", args=args)).status_code in {302, 403}


def test_an_administrator_writes_one_and_switches_it_off(desk, officer, enter):
    admin = officer(Role.ADMIN)
    client = enter(admin)
    values = {"name": "Mẫu mới", "body": "Về phản ánh số {số phản ánh}.", "order": "10", "active": "on"}
    assert client.post(reverse("answer_template:add"), values).status_code == 302
    template = AnswerTemplate.objects.get(name="Mẫu mới")
    assert template.active
    event = LedgerEvent.objects.about("catalogue", f"answertemplate/{template.pk}").get(verb="catalogue.saved")
    assert event.actor == admin
    assert "phản ánh số" not in str(event.data)
    del values["active"]
    client.post(reverse("answer_template:edit", args=[template.pk]), values)
    template.refresh_from_db()
    assert not template.active
    assert template not in AnswerTemplate.objects.fitting(None)


def test_a_refused_template_is_shown_again_with_the_known_places_beside_the_words(desk, officer, enter):
    values = {"name": "Mẫu mới", "body": "Gửi {họ tên}, về {số phản ánh}.", "order": "10", "active": "on"}
    response = enter(officer(Role.ADMIN)).post(reverse("answer_template:add"), values)
    page = response.content.decode()
    assert "họ tên" in response.context["form"].errors["body"][0]
    assert "{hạn trả lời}" in response.context["form"].errors["body"][0]
    assert "Gửi {họ tên}, về {số phản ánh}." in page
    assert not AnswerTemplate.objects.filter(name="Mẫu mới").exists()


def test_two_of_one_name_are_refused(desk, officer, enter):
    make(name="Một tên")
    response = enter(officer(Role.ADMIN)).post(
        reverse("answer_template:add"), {"name": "Một tên", "body": "Lời.", "order": "10"}
    )
    assert response.context["form"].errors["name"]


def test_the_list_says_for_what_each_is(desk, officer, enter):
    client, address = enter(officer(Role.ADMIN)), reverse("answer_template:index")
    assert "Mẫu thử" not in client.get(address).content.decode()
    factories.submitted(desk.unit)
    make(category=Category.objects.get(code="hoc-phi"), outcome=CaseOutcome.WILL_FIX)
    make(name="Mẫu chung", active=False)
    page = client.get(address).content.decode().split('id="listing-results"')[1]
    for words in ("Mẫu thử", "Học phí và khoản thu", "Tiếp thu, sẽ khắc phục", "Mọi lĩnh vực", "Mọi kết quả"):
        assert words in page
    assert ">None<" not in page


def test_the_list_costs_the_same_whatever_its_length(desk, officer, enter):
    client, address = enter(officer(Role.ADMIN)), reverse("answer_template:index")
    factories.submitted(desk.unit)
    category = Category.objects.get(code="hoc-phi")
    make(category=category)
    assert counted(client.get, address) == counted(
        client.get, address, before=lambda: [make(name=f"Mẫu {number}", category=category) for number in range(20)]
    )


def counted(call, *args, before=lambda: None):
    """Return how many queries ``call`` needs once it is warm."""
    before()
    call(*args)
    with CaptureQueriesContext(connection) as queries:
        call(*args)
    return len(queries)


# --- on the case screen ----------------------------------------------------------------------------


def test_only_what_fits_the_case_is_offered(desk, enter):
    case = factories.in_progress(desk)
    AnswerTemplate.objects.all().delete()
    make(name="Mẫu riêng", category=case.category, outcome=CaseOutcome.EXPLAINED)
    make(name="Mẫu chung")
    make(name="Mẫu lĩnh vực khác", category=Category.objects.get(code="hoc-phi"))
    make(name="Mẫu đã tắt", active=False)
    page = enter(desk.officer).get(reverse("case:open", args=[case.pk])).content.decode()
    offered = re.findall(r"<option[^>]*>\s*(.*?)\s*</option>", OFFERED.search(page)[0])
    assert offered == ["Chọn…", "Mẫu riêng (Giải thích, hướng dẫn)", "Mẫu chung"]


def test_without_templates_the_editor_has_no_list_of_them(desk, enter):
    case = factories.in_progress(desk)
    AnswerTemplate.objects.all().delete()
    client = enter(desk.officer)
    page = client.get(reverse("case:open", args=[case.pk])).content.decode()
    assert 'name="body"' in page
    assert 'name="fill"' not in page
    response = fill(client, case, "12", body="Lời đã gõ.")
    assert response.status_code == 422
    assert "không còn dùng" in response.context["problem"]
    assert typed(response) == "Lời đã gõ."


def test_the_words_come_into_the_editor_and_nothing_is_stored(desk, enter):
    case = factories.in_progress(desk)
    before, events = case.version, LedgerEvent.objects.count()
    response = fill(enter(desk.officer), case, make(outcome=CaseOutcome.EXPLAINED))
    form = response.context["answer"].form
    assert response.status_code == 200
    assert typed(response) == f"Kính gửi ông/bà, về việc số {case.reference}."
    assert form["outcome"].value() == CaseOutcome.EXPLAINED
    assert form["template"].value() == "", "a second press does not put the same words in again"
    assert "Chưa lưu" in response.content.decode()
    assert not form.errors
    case.refresh_from_db()
    assert (case.version, Answer.objects.count(), LedgerEvent.objects.count()) == (before, 0, events)


def test_what_was_typed_stays_above_and_what_was_chosen_stays(desk, enter):
    case = factories.in_progress(desk)
    template = make(outcome=CaseOutcome.EXPLAINED)
    response = fill(enter(desk.officer), case, template, body="Lời đã gõ.\n", outcome="will_fix")
    assert typed(response) == f"Lời đã gõ.\n\nKính gửi ông/bà, về việc số {case.reference}."
    assert response.context["answer"].form["outcome"].value() == "will_fix"


def test_the_version_that_was_seen_is_kept_so_that_a_faster_hand_is_noticed(desk, enter):
    case = factories.in_progress(desk)
    seen = case.version
    answers.answer_save(case=case, actor=desk.leader, body="Bản của người nhanh hơn.")
    response = fill(enter(desk.officer), case, make(), expected_version=seen)
    assert str(response.context["answer"].form["expected_version"].value()) == str(seen)


@pytest.mark.parametrize("chosen", ["", "999999", "abc", "\x00", "١"])
def test_no_choice_and_a_wrong_one_are_said_beside_the_list(desk, enter, chosen):
    case = factories.in_progress(desk)
    response = fill(enter(desk.officer), case, chosen, body="Lời đã gõ.")
    form = response.context["answer"].form
    assert response.status_code == 422
    assert set(form.errors) == {"template"}
    assert typed(response) == "Lời đã gõ."


def test_a_template_of_another_field_or_switched_off_is_not_filled_in(desk, enter):
    case = factories.in_progress(desk)
    client = enter(desk.officer)
    for template in (make(category=Category.objects.get(code="hoc-phi")), make(name="Đã tắt", active=False)):
        response = fill(client, case, template)
        assert response.status_code == 422
        assert typed(response) == ""


def test_a_template_that_is_gone_does_not_keep_a_draft_back(desk, enter):
    case = factories.in_progress(desk)
    data = {"expected_version": case.version, "body": "Lời đã gõ.", "outcome": "", "template": "999999", "save": "1"}
    assert enter(desk.officer).post(reverse("case:step", args=[case.pk, "answer"]), data).status_code == 302
    assert case.answers.get().body == "Lời đã gõ."


def test_words_too_long_with_the_template_are_kept_and_said(desk, enter):
    case = factories.in_progress(desk)
    response = fill(enter(desk.officer), case, make(), body="x" * 19_990)
    assert response.status_code == 422
    assert "nhiều nhất" in response.context["answer"].form.errors["body"][0]
    assert typed(response).endswith(f"số {case.reference}.")


def test_only_who_may_write_the_answer_may_fill_it(desk, other_desk, enter):
    case, template = factories.in_progress(desk), make(body="Lời riêng của mẫu.")
    for who, status in ((desk.clerk, 403), (other_desk.officer, 404), (other_desk.leader, 404), (desk.leader, 200)):
        response = fill(enter(who), case, template)
        assert response.status_code == status
        assert ("Lời riêng của mẫu." in response.content.decode()) is (status == 200)
    with pytest.raises(NotAllowedError):
        answers.answer_fill(case=case, actor=other_desk.leader, template=template, body="")


@pytest.mark.parametrize("stage", ["accepted", "proposed", "answered"])
def test_outside_the_time_of_work_nothing_is_filled_and_the_words_are_kept(desk, enter, stage):
    case = getattr(factories, stage)(desk)
    response = fill(enter(desk.leader), case, make(), body="Lời đã gõ.")
    assert response.status_code == 422
    assert "Lời đã gõ." in response.content.decode()
    with pytest.raises(TransitionRefusedError):
        answers.answer_fill(case=case, actor=desk.leader, template=AnswerTemplate.objects.first(), body="")


def test_an_answer_with_a_place_left_open_is_laid_before_nobody(desk, enter):
    case, body = factories.in_progress(desk), "Đã sửa xong ngày [Ghi: ngày]."
    data = {"expected_version": case.version, "body": body, "outcome": "explained", "submit": "1"}
    response = enter(desk.officer).post(reverse("case:step", args=[case.pk, "answer"]), data)
    assert "[Ghi: ngày]" in response.context["answer"].form.errors["body"][0]
    answers.answer_save(case=case, actor=desk.officer, body=body, outcome=CaseOutcome.EXPLAINED)
    with pytest.raises(TransitionRefusedError, match="chỗ chưa viết"):
        answers.answer_submit(case=case, actor=desk.officer)
    assert Case.objects.get(pk=case.pk).state == CaseState.IN_PROGRESS


def test_the_screen_costs_the_same_however_many_are_offered(desk, enter):
    case, client = factories.in_progress(desk), enter(desk.officer)
    template, address = make(), reverse("case:open", args=[case.pk])
    few = counted(client.get, address), counted(fill, client, case, template)
    for number in range(20):
        make(name=f"Mẫu {number}", category=case.category)
    assert (counted(client.get, address), counted(fill, client, case, template)) == few
