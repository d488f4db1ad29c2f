"""The command for scripts: JSON lines in, JSON lines out, a clear word about a bad line."""

import io
import json

from django.core.management import CommandError, call_command

import pytest


def run(*arguments, **options):
    out = io.StringIO()
    call_command("find_personal_data", *arguments, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def file(tmp_path):
    def write(*lines):
        path = tmp_path / "lines.jsonl"
        path.write_bytes("\n".join(lines).encode())
        return str(path)

    return write


def test_each_line_is_answered_with_its_own_name(file):
    path = file('{"id": "a", "text": "Gọi 0912345678"}', "", '{"id": 7, "text": "Không có gì"}')
    assert [json.loads(line) for line in run(path).splitlines()] == [
        {"id": "a", "spans": [[4, 14, "phone"]]},
        {"id": 7, "spans": []},
    ]


def test_standard_input_is_read_as_utf8(monkeypatch):
    lines = io.BytesIO('{"id": 1, "text": "Cháu Minh ốm"}\n'.encode())
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(lines, encoding="latin-1"))
    assert json.loads(run()) == {"id": 1, "spans": [[5, 9, "name"]]}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "không phải JSON"),
        ("[" * 5_000 + "]" * 5_000, "Dòng 2"),
        ("[1]", '"id" và "text"'),
        ('{"id": 1}', '"id" và "text"'),
        ('{"id": 1, "text": 5}', '"id" và "text"'),
        ('{"text": "a"}', '"id" và "text"'),
    ],
)
def test_a_bad_line_is_named(file, line, words):
    with pytest.raises(CommandError, match="Dòng 2") as refused:
        run(file('{"id": 1, "text": "a"}', line))
    assert words in str(refused.value)


def test_what_cannot_be_read_is_said(tmp_path):
    with pytest.raises(CommandError, match="Không đọc được"):
        run(str(tmp_path / "none.jsonl"))
    (tmp_path / "latin.jsonl").write_bytes(b'{"id": 1, "text": "\xe9"}')
    with pytest.raises(CommandError, match="UTF-8"):
        run(str(tmp_path / "latin.jsonl"))


def test_measuring_prints_every_kind_and_both_groups(file):
    printed = run(file('{"id": 1, "text": "Gọi 0912345678", "spans": [[4, 14, "phone"]]}'), measure=True)
    assert "phone" in printed
    assert "số và thư điện tử" in printed
    assert "1,000" in printed


@pytest.mark.parametrize(
    "spans", ["null", '"a"', "[[0, 1]]", '[[0, 99, "name"]]', '[[1, 0, "name"]]', '[[0, 1, "x"]]', "[7]"]
)
def test_labels_must_be_spans_of_the_text(file, spans):
    with pytest.raises(CommandError, match="spans"):
        run(file(f'{{"id": 1, "text": "abc", "spans": {spans}}}'), measure=True)
