"""Letters and sheets to applicants as files: which kinds there are, and the answer that carries one."""

from collections.abc import Callable

from django.http import HttpResponse

from cms.core.official_letters import OfficialLetter, letter_docx, letter_pdf

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KINDS: dict[str, tuple[Callable[[OfficialLetter], bytes], str]] = {
    "docx": (letter_docx, _DOCX),
    "pdf": (letter_pdf, "application/pdf"),
}


def letter_answer(letter: OfficialLetter, *, kind: str, name: str) -> HttpResponse:
    """Answer with ``letter`` as a file that nobody keeps a copy of; KeyError for a kind that is none of KINDS."""
    write, media_type = KINDS[kind]
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.{kind}"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(write(letter), content_type=media_type, headers=headers)
