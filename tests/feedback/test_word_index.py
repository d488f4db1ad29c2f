"""The index of words behind the desk's search: what it finds, that it follows every row, that it forgets."""

import importlib
import re
from io import StringIO
from types import SimpleNamespace

from django.apps import apps
from django.core.management import call_command
from django.db import connection

import pytest

from cms.core.search import plain_words, wanted_words
from feedback import factories
from feedback.models import Case, PublicCase, Sender
from feedback.querysets.words import CASE_WORDS, COPY_WORDS, NAME_WORDS, WORD_COLUMNS
from feedback.services.integrity import words_fit_cases
from feedback.services.retention import words_tidy

pytestmark = pytest.mark.django_db
ON_SQLITE = connection.vendor == "sqlite"


@pytest.fixture
def case(desk):
    return factories.submitted(
        desk.unit, title="Quạt trần lớp 3A", body="Đường vào lý do khác.", name="Lò Thị Chim Yến", phone="0912 000 345"
    )


def found(typed):
    return list(Case.objects.matching(typed))


@pytest.mark.parametrize(
    "typed", ["quat", "QUẠ", "quạt trần", "tran quat", "duong", "đườ", "3a", "lop 3A", "ly do", "quat, tran!", "  "]
)
def test_words_are_found_by_how_they_begin_in_any_order(case, typed):
    assert found(typed) == [case]


@pytest.mark.parametrize(
    "typed",
    [
        "uat",
        "quat may",
        "q",
        "?!",
        '"',
        "quat OR may",
        "NEAR(quat)",
        "%",
        "_",
        "' OR 1=1",
        "\\",
        "lo thi",
        "chim yen",
        "345",
    ],
)
def test_neither_the_middle_of_a_word_nor_signs_nor_the_sender(case, typed):
    assert found(typed) == []


@pytest.mark.parametrize(
    "hostile", ['quat*"', "quat:*", "-quat", "^quat", "quat & !", "{quat}", "quat\x00", "qua\u0301t", "🙂 quat"]
)
def test_signs_of_a_query_language_are_only_signs(case, hostile):
    assert found(hostile) == [case]


def test_a_reference_is_found_whole_and_by_its_number(case):
    number = case.reference.rsplit("-", 1)[1]
    for typed in (case.reference, case.reference.lower(), number, number.lstrip("0"), case.reference[:11]):
        assert found(typed) == [case]


def test_very_long_words_and_very_many_ask_for_no_more_than_a_few(case):
    assert len(wanted_words("chu " * 500)) == 1
    assert len(wanted_words(" ".join(f"a{n}" for n in range(500)))) == 16
    assert found("quat " * 500) == [case]
    assert found("quat" * 500) == []


def test_the_index_follows_every_way_of_writing(case, desk):
    Case.objects.filter(pk=case.pk).update(search_text=plain_words("Mái hiên"))
    assert (found("quat"), found("mai hien")) == ([], [case])
    case.search_text = "cong phu"
    case.save()
    assert (found("mai"), found("cong phu")) == ([], [case])
    [other] = Case.objects.bulk_create([_like(case, "PA-2001-000009", "san choi")])
    assert found("san") == [other]
    other.delete()
    assert found("san") == []
    assert [line for column in WORD_COLUMNS for line in column.faults()] == []


def _like(case, reference, words):
    return Case(
        reference=reference,
        category_id=case.category_id,
        unit_id=case.unit_id,
        title=words,
        body=words,
        received_at=case.received_at,
        code_digest=reference,
        search_text=words,
    )


def test_permission_words_and_order_are_one_question_whatever_the_rows(
    desk, other_desk, case, django_assert_num_queries
):
    factories.submitted(other_desk.unit, title="Quạt trần của trường khác")
    rows = [_like(case, f"PA-2001-{n:06d}", f"quat tran {n}") for n in range(40)]
    for asked in (1, 40):
        Case.objects.bulk_create(rows[:1] if asked == 1 else rows[1:])
        visible = Case.objects.visible_to(desk.officer).matching("quat tran").by_urgency()
        with django_assert_num_queries(1):
            seen = list(visible[:50])
        with django_assert_num_queries(1):
            assert visible.count() == len(seen) == asked + 1
        assert {row.unit_id for row in seen} == {desk.unit.pk}
        assert [row.pk for row in seen] == [row.pk for row in sorted(seen, key=lambda row: (row.received_at, row.pk))]


@pytest.mark.parametrize(
    "typed", ["0912000345", "+84 912.000.345", "0084912000345", "chimyen@THU.example.vn", "thi chim"]
)
def test_a_sender_is_found_by_the_index(case, typed):
    Sender.objects.filter(case=case).get().delete()
    sender = Sender.objects.create(
        case=case, name="Lò Thị Chim Yến", phone="0912 000 345", email="ChimYen@thu.example.vn"
    )
    rows = Sender.objects.known_by(typed)
    assert list(rows) == [sender]
    assert not re.search(r"SCAN feedback_sender\b|Seq Scan", _plan(rows))


@pytest.mark.parametrize("typed", ["000345", "12000345", "himyen@thu.example.vn", "yen chim", "lo chim", "chim ye"])
def test_a_piece_of_a_datum_finds_nobody(case, typed):
    assert not Sender.objects.known_by(typed).exists()


def test_words_are_found_by_the_index(case):
    rows = Case.objects.matching("quat tran").order_by()
    assert "VIRTUAL TABLE INDEX" in _plan(rows) if ON_SQLITE else CASE_WORDS.name in _plan(rows)


def _plan(rows):
    if not ON_SQLITE:
        with connection.cursor() as cursor:
            # Of two rows every database reads all; whether it could do otherwise is the question.
            cursor.execute("SET LOCAL enable_seqscan = off")
    return rows.explain()


def test_public_copies_are_found_the_same_way(desk):
    copy = factories.published(desk, title="Vòi nước tầng hai")
    assert list(PublicCase.objects.public().filtered(q="voi NƯỚC tan")) == [copy]
    assert not PublicCase.objects.filtered(q="oi nuoc").exists()
    assert not PublicCase.objects.filtered(q="!!!").exists()
    assert COPY_WORDS.name != CASE_WORDS.name


@pytest.mark.skipif(not ON_SQLITE, reason="PostgreSQL keeps no blocks of its own beside the index")
def test_not_even_the_unused_parts_of_the_index_know_an_erased_word(case):
    Case.objects.filter(pk=case.pk).update(search_text="zebrulon keu")
    Sender.objects.filter(case=case).update(folded_name=" zebrulon keu ")
    assert found("zebrulon") == [case]
    assert Sender.objects.known_by("zebrulon keu").exists()
    assert _blocks(CASE_WORDS) and _blocks(NAME_WORDS)
    Case.objects.filter(pk=case.pk).update(search_text="pa")
    Sender.objects.filter(case=case).delete()
    assert found("zebrulon") == []
    words_tidy()
    assert not _blocks(CASE_WORDS) and not _blocks(NAME_WORDS)


def _blocks(column):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT block FROM {column.name}_data")
        return any(b"ebrulon" in block for (block,) in cursor.fetchall())


def test_a_lost_index_is_told_and_built_again_from_the_rows(case):
    assert list(words_fit_cases()) == []
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {CASE_WORDS.name}_update" if ON_SQLITE else f"DROP INDEX {CASE_WORDS.name}")
    Case.objects.filter(pk=case.pk).update(search_text="mai hien")
    faults = list(words_fit_cases())
    assert f"{case.reference}: chữ để tìm không khớp với phản ánh." in faults
    assert sum(CASE_WORDS.name in line for line in faults) == (2 if ON_SQLITE else 1)
    connection.check_constraints()  # PostgreSQL makes no index while rows of this transaction wait for their check
    told = StringIO()
    call_command("rebuild_search", stdout=told)
    assert CASE_WORDS.name in told.getvalue()
    assert [line for column in WORD_COLUMNS for line in column.faults()] == []
    assert found("mai hien") == [case]


def test_rows_of_before_are_written_anew(case):
    Case.objects.filter(pk=case.pk).update(search_text="pa-2026-000001 quat, tran (3a)")
    Sender.objects.filter(case=case).update(folded_name="", phone_key="", email_key="")
    migration = importlib.import_module("feedback.migrations.0014_words_of_cases")
    migration.write_words(apps, SimpleNamespace(connection=connection, quote_name=connection.ops.quote_name))
    case.refresh_from_db()
    assert case.search_text == plain_words(f"{case.reference} {case.title} {case.body}")
    assert found("3a") == [case]
    assert [row.case for row in Sender.objects.known_by("0912000345")] == [case]
    assert [row.case for row in Sender.objects.known_by("chim yen")] == [case]
