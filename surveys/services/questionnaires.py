"""Writing questionnaires: made, changed, copied, opened, closed. What was answered once is never changed again."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cms.core.permissions import can
from cms.core.services.ledger import event_record
from surveys.enums import BY_INVITATION, OPEN_KINDS, ChannelKind, QuestionKind, SurveyState
from surveys.models import Channel, Question, Response, Section, Survey, SurveyTarget, SurveyVersion
from surveys.services.contents import content_put, row_values, version_content
from surveys.services.keys import key_faults, version_faults
from surveys.services.pages import survey_page_make, survey_page_publish, survey_page_remove
from surveys.services.plan import plan_of, plan_written

SUBJECT = "survey"
# Nobody renames what is printed in mails and on posters.
_SURVEY_FIELDS = (
    "title", "kind", "intro", "thanks", "opens_on", "closes_on", "captcha", "kiosk_seconds", "paper_twice",
    "invitation_days", "words_days", "results_public", "index_method", "rank_least", "source", "confirmed",
)  # fmt: skip


class SurveyRefusedError(Exception):
    """A change that may not be made; the message is a sentence for the person who tried."""


class SurveyChangedError(SurveyRefusedError):
    """Somebody else changed the questions since this person looked at them; ``edition`` is what stands now."""

    def __init__(self, edition: int) -> None:
        super().__init__(
            _(
                "Người khác vừa sửa các câu hỏi này. Phần bạn gõ còn nguyên ở đây: mở bản ấy ở thẻ khác để so, rồi lưu "
                "lại nếu vẫn muốn thay."
            )
        )
        self.edition = edition


@transaction.atomic
def survey_create(*, actor: Any, slug: str, **values: Any) -> Survey:
    """Make a survey with one version that asks one question, to begin with. Raises PermissionDenied."""
    _allow(actor)
    survey = Survey.objects.create(slug=slug, **{name: values[name] for name in _SURVEY_FIELDS if name in values})
    version = SurveyVersion.objects.create(survey=survey, number=1)
    section = Section.objects.create(version=version, title=_("Câu hỏi"), sort_order=0)
    Question.objects.create(
        section=section,
        key="muc-hai-long",
        label=_("Nhìn chung, ông/bà hài lòng ở mức nào?"),
        kind=QuestionKind.SCORE,
        required=True,
        sort_order=0,
    )
    survey_page_make(survey=survey, actor=actor)
    _event(survey, "survey.created", actor)
    return survey


@transaction.atomic
def survey_save(*, survey: Survey, actor: Any, **values: Any) -> Survey:
    """Change what a survey says of itself; its address stays. Raises PermissionDenied, ValidationError.

    The kind of an open survey stays too: whoever is asked after an answer must go on being asked the same. And what has
    places or slips does not become one that only those asked may answer.
    """
    _allow(actor)
    kept = Survey.objects.select_for_update(no_key=True).get(pk=survey.pk)
    if words := kind_refused(kept, values.get("kind", kept.kind)):
        raise ValidationError({"kind": words})
    for name in _SURVEY_FIELDS:
        setattr(kept, name, values.get(name, getattr(kept, name)))
    kept.save(update_fields=list(_SURVEY_FIELDS))
    _event(kept, "survey.changed", actor)
    return kept


def kind_refused(survey: Survey, kind: str) -> str:
    """Return why ``survey`` cannot become one of ``kind``, in a sentence; empty when it can."""
    if kind == survey.kind:
        return ""
    if survey.state != SurveyState.DRAFT:
        return _("Khảo sát đã mở thì không đổi loại được. Hãy sao chép thành khảo sát mới.")
    if kind in BY_INVITATION and _is_handed_out(survey):
        return _(
            "Khảo sát này đã có điểm trả lời hoặc đợt lời mời, còn loại này chỉ người được hệ thống mời mới trả lời. "
            "Hãy sao chép thành khảo sát mới, rồi chọn loại ở bản sao."
        )
    return ""


@transaction.atomic
def survey_open(*, survey: Survey, actor: Any, open_link: bool = False) -> Survey:
    """Begin to take responses, by the newest version when none was chosen yet; ``open_link``: from everybody too.

    Raises SurveyRefusedError: the questions cannot be asked, or another survey is already asked after answers.
    """
    _allow(actor)
    kept = Survey.objects.select_for_update(no_key=True).get(pk=survey.pk)
    version = kept.current or _newest(kept)
    if version is None:
        raise SurveyRefusedError(_("Khảo sát này chưa có câu hỏi nào."))
    _refuse_faulty(version)
    rivals = Survey.objects.like(kept).open()
    if kept.kind in BY_INVITATION and (rival := rivals.first()):
        words = _("“%(title)s” đang được hỏi sau mỗi câu trả lời, mỗi hồ sơ. Hãy đóng khảo sát ấy trước.")
        raise SurveyRefusedError(words % {"title": rival.title})
    kept.state, kept.current = SurveyState.OPEN, version
    kept.save(update_fields=["state", "current"])
    if open_link and kept.kind not in BY_INVITATION:
        Channel.objects.update_or_create(survey=kept, kind=ChannelKind.WEB, code="", defaults={"active": True})
    survey_page_publish(survey=kept, actor=actor)
    _event(kept, "survey.opened", actor, version=version.number)
    return kept


@transaction.atomic
def survey_close(*, survey: Survey, actor: Any) -> Survey:
    """Take no more responses; invitations that are out open nothing until it is opened again."""
    _allow(actor)
    kept = Survey.objects.select_for_update(no_key=True).get(pk=survey.pk)
    kept.state = SurveyState.CLOSED
    kept.save(update_fields=["state"])
    _event(kept, "survey.closed", actor)
    return kept


@transaction.atomic
def survey_copy(*, survey: Survey, actor: Any, title: str, slug: str) -> Survey:
    """Make a draft that asks what ``survey`` asks; responses and invitations stay where they are."""
    _allow(actor)
    source = survey.current or _newest(survey)
    values = {name: getattr(survey, name) for name in _SURVEY_FIELDS}
    made = Survey.objects.create(slug=slug, **{**values, "title": title})
    version = SurveyVersion.objects.create(survey=made, number=1)
    if source is not None:
        content_put(version, version_content(source))
    SurveyTarget.objects.bulk_create(
        SurveyTarget(survey=made, **row_values(each, ("unit_kind", "year", "measure", "value", "source")))
        for each in survey.targets.all()
    )
    survey_page_make(survey=made, actor=actor)
    _event(made, "survey.copied", actor, source=survey.slug)
    return made


@transaction.atomic
def version_draft(*, survey: Survey, actor: Any) -> SurveyVersion:
    """Return the version in which questions are changed: the newest while nobody has answered it, else a copy."""
    _allow(actor)
    # One row for all who ask at once: two officers get the same draft.
    Survey.objects.select_for_update(no_key=True).get(pk=survey.pk)
    newest = _newest(survey)
    if newest is None:
        return SurveyVersion.objects.create(survey=survey, number=1)
    if newest.frozen_on is None:
        return newest
    version = SurveyVersion.objects.create(survey=survey, number=newest.number + 1)
    content_put(version, version_content(newest))
    _event(survey, "survey.version_made", actor, version=version.number)
    return version


@transaction.atomic
def version_save(*, version: SurveyVersion, actor: Any, expected: int | None = None) -> SurveyVersion:
    """Store a version with its sections, questions and rules, as the form has put them together.

    Args:
        version: with its children.
        actor: the officer.
        expected: the edition that the person saw; None where nobody looked at a screen.

    Raises SurveyRefusedError when somebody has answered it meanwhile (what was asked stays as it was asked) or when a
    key means something else in another version that was answered, and SurveyChangedError when somebody has changed it
    meanwhile.

    """
    _allow(actor)
    stored = SurveyVersion.objects.select_for_update().get(pk=version.pk)
    if stored.frozen_on is not None:
        raise SurveyRefusedError(_("Đã có phiếu trả lời bản này nên câu hỏi được giữ nguyên. Hãy lập bản mới để sửa."))
    if expected is not None and expected != stored.edition:
        raise SurveyChangedError(stored.edition)
    if faults := key_faults(version, plan_written(version)):
        raise SurveyRefusedError(" ".join(faults))
    version.edition = stored.edition + 1
    version.previous = version_content(stored)
    version.save()
    _event(version.survey, "survey.version_saved", actor, version=version.number)
    return version


@transaction.atomic
def version_undo(*, version: SurveyVersion, actor: Any, expected: int | None = None) -> SurveyVersion:
    """Put back what stood before the last change; done once more it puts the change back.

    Raises as :func:`version_save`, and SurveyRefusedError when nothing was changed yet, or when people are asked this
    version and what stood before cannot be asked.
    """
    _allow(actor)
    stored = SurveyVersion.objects.select_for_update().get(pk=version.pk)
    if stored.frozen_on is not None:
        raise SurveyRefusedError(_("Đã có phiếu trả lời bản này nên câu hỏi được giữ nguyên. Hãy lập bản mới để sửa."))
    if not stored.previous:
        raise SurveyRefusedError(_("Chưa có lần sửa nào để hoàn tác."))
    if expected is not None and expected != stored.edition:
        raise SurveyChangedError(stored.edition)
    content, stored.previous = stored.previous, version_content(stored)
    content_put(stored, content)
    if stored.survey.current_id == stored.pk:
        _refuse_faulty(stored)  # people are being asked this very version
    stored.note, stored.edition = content["note"], stored.edition + 1
    stored.save(update_fields=["note", "edition", "previous"])
    _event(stored.survey, "survey.version_undone", actor, version=stored.number)
    return stored


@transaction.atomic
def version_use(*, version: SurveyVersion, actor: Any) -> Survey:
    """Ask ``version`` from now on; who has begun with another may finish it.

    Raises SurveyRefusedError for a version that cannot be asked.
    """
    _allow(actor)
    kept = Survey.objects.select_for_update(no_key=True).get(pk=version.survey_id)
    _refuse_faulty(version)
    kept.current = version
    kept.save(update_fields=["current"])
    _event(kept, "survey.version_used", actor, version=version.number)
    return kept


@transaction.atomic
def survey_delete(*, survey: Survey, actor: Any) -> None:
    """Remove a draft that nobody has answered. Raises SurveyRefusedError for any other."""
    _allow(actor)
    kept = Survey.objects.select_for_update().get(pk=survey.pk)
    if kept.state != SurveyState.DRAFT or Response.objects.filter(version__survey=kept).exists():
        raise SurveyRefusedError(_("Chỉ xóa được khảo sát còn là bản nháp và chưa có phiếu nào. Hãy đóng nó lại."))
    _event(kept, "survey.deleted", actor)
    survey_page_remove(survey=kept)
    kept.current = None
    kept.save(update_fields=["current"])
    kept.delete()


def _newest(survey: Survey) -> SurveyVersion | None:
    return SurveyVersion.objects.filter(survey=survey).newest().first()


def _is_handed_out(survey: Survey) -> bool:
    """Say whether people may answer without being asked by an app: at a place, by the open link, by a slip."""
    ways = Channel.objects.filter(survey=survey)
    plain = ways.filter(code="", kind__in=OPEN_KINDS).active()
    return ways.named().exists() or plain.exists() or survey.batches.exists()


def _refuse_faulty(version: SurveyVersion) -> None:
    if faults := version_faults(version, plan_of(version)):
        raise SurveyRefusedError(" ".join(faults))


def _allow(actor: Any) -> None:
    if not can(actor, "survey_edit"):
        raise PermissionDenied


def _event(survey: Survey, verb: str, actor: Any, **data: Any) -> None:
    event_record(subject_type=SUBJECT, subject_key=survey.slug, verb=verb, actor=actor, data=data)
