"""A request of Open311 read into what the form of the portal would have kept, by the forms themselves."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from cms.core.models import Unit
from cms.media.uploads import CheckedFile
from feedback.api.attributes import CONSENT, MATTER, NAME_SHOWN, SENDER_KIND, TITLE, UNIT
from feedback.api.open311 import Open311Error
from feedback.enums import CaseMatter, ConsentPurpose, NameShown, QuestionKind, SenderKind
from feedback.forms.details import PREFIX
from feedback.forms.sending import ContentForm, FilesForm, SenderForm, SubjectForm
from feedback.models import Category, ExtraQuestion
from feedback.services.api_keys import Arrival
from feedback.services.details import questions_for
from feedback.services.draft import MAX_FILES, MAX_TOTAL, NOTICE_VERSION
from feedback.services.submission import CaseEntry

LONGEST_TITLE = 150
_ATTRIBUTE = re.compile(r"attribute\[(?P<code>[A-Za-z0-9_-]{1,40})\](?:\[\d{0,3}\])?", re.ASCII)
_OURS = frozenset({TITLE, UNIT, MATTER, SENDER_KIND, NAME_SHOWN, CONSENT})
# What a field of our forms is called in the standard.
_CALLED = {
    "category": "service_code",
    "unit": f"attribute[{UNIT}]",
    "matter": f"attribute[{MATTER}]",
    "title": f"attribute[{TITLE}]",
    "body": "description",
    "sender_kind": f"attribute[{SENDER_KIND}]",
    "name": "last_name, first_name",
    "address": "address_string",
    "name_shown": f"attribute[{NAME_SHOWN}]",
    "files": "media",
    **{f"agree_{purpose}": f"attribute[{CONSENT}]" for purpose in ConsentPurpose.values},
}


@dataclass(frozen=True)
class Sent:
    """What a request says, in the house's own shape."""

    entry: CaseEntry
    files: list[CheckedFile]


def read_request(post: QueryDict, uploads: list[UploadedFile]) -> Sent:
    """Return what was sent; raises Open311Error (400) with one sentence for each field that cannot be."""
    given = attributes_given(post)
    subject = SubjectForm(_subject(post, given))
    subject.is_valid()
    category, matter = _chosen(subject)
    questions = questions_for(category=category.pk if category else None, matter=matter)
    content = ContentForm(_content(post, given, questions), questions=questions)
    sender = SenderForm(_sender(post, given))
    files = FilesForm({}, uploads=uploads)
    errors = [line for form in (subject, content, sender, files) for line in _lines(form)]
    errors += _wrong_consents(given) + _too_much(files.checked)
    if category is not None:
        errors += _unasked(given, questions)
    if errors:
        raise Open311Error(400, *errors)
    return Sent(_entry(subject.values(), content.values(), sender.values()), files.checked)


def arrival_of(arrival: Arrival) -> dict[str, Any]:
    """Return what the sender's software is told: the token of the standard, and the code that a citizen keeps."""
    if arrival.code:
        notice = _("Đã nhận. Hãy đưa người gửi mã theo dõi %(code)s; mã này chỉ người gửi được biết.")
        notice %= {"code": arrival.code}
    else:
        notice = _("Đã nhận từ trước; người gửi đã nhận mã theo dõi khác.")
    return {
        "token": arrival.token,
        "service_notice": notice,
        "account_id": None,
        "tracking_code": arrival.code or None,
    }


def attributes_given(post: QueryDict) -> dict[str, list[str]]:
    """Return ``attribute[code]``, ``attribute[code][]`` and ``attribute[code][0]`` by code, empty ones left out."""
    found: dict[str, list[str]] = {}
    for name in post:
        if match := _ATTRIBUTE.fullmatch(name):
            values = [value for value in post.getlist(name) if value.strip()]
            found.setdefault(match["code"], []).extend(values)
    return {code: values for code, values in found.items() if values}


def _first(given: Mapping[str, list[str]], code: str, default: str = "") -> str:
    return given[code][0] if code in given else default


def _subject(post: QueryDict, given: Mapping[str, list[str]]) -> dict[str, Any]:
    code, unit = post.get("service_code", "").strip(), _first(given, UNIT)
    category = Category.objects.active().filter(code=code).first() if _is_code(code) else None
    found = Unit.objects.active().taking_cases().filter(code=unit).first() if _is_code(unit) else None
    return {
        # A code that nobody knows is a wrong choice, not a missing one.
        "category": category.pk if category else ("0" if code else ""),
        "unit": found.pk if found else ("0" if unit else ""),
        "matter": _first(given, MATTER),
    }


def _is_code(typed: str) -> bool:
    return bool(typed) and len(typed) <= 40 and "\0" not in typed


def _chosen(subject: SubjectForm) -> tuple[Category | None, str]:
    return subject.cleaned_data.get("category"), subject.cleaned_data.get("matter") or CaseMatter.OTHER.value


def _content(post: QueryDict, given: Mapping[str, list[str]], questions: list[ExtraQuestion]) -> dict[str, Any]:
    body = post.get("description", "")
    title = _first(given, TITLE) or Truncator(" ".join(body[:1000].split())).chars(LONGEST_TITLE)
    return {"title": title, "body": body} | {f"{PREFIX}{each.code}": _answer(each, given) for each in questions}


def _answer(question: ExtraQuestion, given: Mapping[str, list[str]]) -> Any:
    values = given.get(question.code, [])
    if question.kind == QuestionKind.SOME_OF:
        return values
    first = values[0] if values else ""
    # The standard writes a day as a moment; the form asks for the day.
    return first.partition("T")[0] if question.kind == QuestionKind.DATE else first


def _sender(post: QueryDict, given: Mapping[str, list[str]]) -> dict[str, Any]:
    """Họ stands before tên: the last name comes first."""
    name = " ".join(filter(None, (post.get("last_name", "").strip(), post.get("first_name", "").strip())))
    return {
        "sender_kind": _first(given, SENDER_KIND, SenderKind.CITIZEN.value),
        "name": name,
        "phone": post.get("phone", ""),
        "email": post.get("email", ""),
        "address": post.get("address_string", ""),
        "name_shown": _first(given, NAME_SHOWN, NameShown.HIDDEN.value),
        **{f"agree_{purpose}": "on" for purpose in given.get(CONSENT, []) if purpose in ConsentPurpose.values},
    }


def _lines(form: Any) -> Iterator[str]:
    for name, messages in form.errors.items():
        called = _CALLED.get(name) or (f"attribute[{name.removeprefix(PREFIX)}]" if PREFIX in name else name)
        yield from (f"{called}: {message}" for message in messages)


def _wrong_consents(given: Mapping[str, list[str]]) -> list[str]:
    wrong = [each for each in given.get(CONSENT, []) if each not in ConsentPurpose.values]
    return [f"attribute[{CONSENT}]: {_('Chọn trong danh sách.')}"] if wrong else []


def _too_much(files: list[CheckedFile]) -> list[str]:
    if len(files) > MAX_FILES:
        return ["media: " + _("Mỗi phản ánh nhiều nhất %(most)d tệp.") % {"most": MAX_FILES}]
    if sum(len(file.content) for file in files) > MAX_TOTAL:
        return ["media: " + _("Các tệp cộng lại quá %(most)d MB.") % {"most": MAX_TOTAL // 1024 // 1024}]
    return []


def _unasked(given: Mapping[str, list[str]], questions: list[ExtraQuestion]) -> list[str]:
    """Name what was answered and never asked: dropping a citizen's words in silence helps nobody."""
    unknown = sorted(set(given) - _OURS - {each.code for each in questions})
    return [f"attribute[{code}]: {_('Lĩnh vực và loại việc này không hỏi mục ấy.')}" for code in unknown]


def _entry(subject: dict[str, Any], content: dict[str, Any], sender: dict[str, Any]) -> CaseEntry:
    agreed = tuple(purpose for purpose in ConsentPurpose.values if sender.pop(f"agree_{purpose}"))
    return CaseEntry(
        category_id=subject["category"],
        unit_id=subject["unit"],
        matter=subject["matter"],
        title=content["title"],
        body=content["body"],
        details=content["details"],
        consents=agreed,
        notice_version=NOTICE_VERSION,
        **sender,
    )
