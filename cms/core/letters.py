"""Making a mail from its words: those the office published, or the default where there are none or they are broken."""

import logging
from collections.abc import Mapping

from django.template.loader import render_to_string

from cms.core.mail_words import SIGNATURE, Value, Words, cleaned, default_words, filled, filled_line, plain
from cms.core.models import AgencySettings, MailText
from cms.core.ports import Letter, RenderedMail, letters

logger = logging.getLogger(__name__)


def letter_mail(
    name: str,
    *,
    to: str,
    values: Mapping[str, Value],
    attachments: tuple[tuple[str, bytes, str], ...] = (),
) -> RenderedMail:
    """Return the mail called ``name``, as text and as HTML made of the same words, with the office's signature.

    Args:
        name: a registered letter; KeyError otherwise.
        to: the address of its reader.
        values: what stands in its places, by their keys; a place left out has nothing to say.
        attachments: names, contents and media types.

    """
    agency = AgencySettings.load()
    values = {"agency": agency.name, "phone": agency.phone, **values}
    letter, signature = letters.get(name), letters.get(SIGNATURE)
    edited = {row.key: row for row in MailText.objects.of([name, SIGNATURE]).in_force()}
    words, broken = _words(letter, edited.get(name))
    closing, broken_too = _words(signature, edited.get(SIGNATURE))
    body, end = filled(letter, words.body, values), filled(signature, closing.body, values)
    subject = filled_line(letter, words.subject, values)
    html = render_to_string("emails/mail.html", {"mail_subject": subject, "paragraphs": body, "signature": end})
    return RenderedMail(
        to=to,
        subject=subject,
        text=f"{plain(body)}\n\n-- \n{plain(end)}\n",
        html=html,
        attachments=attachments,
        broken=broken or broken_too,
    )


def _words(letter: Letter, row: MailText | None) -> tuple[Words, str]:
    """Return the words to send and, where those of ``row`` cannot be, its name and version."""
    if row is None:
        return default_words(letter), ""
    try:
        words, errors = cleaned(letter, row.words)
    except Exception:
        logger.exception("words of mail %s cannot be read", letter.name)
        return default_words(letter), row.version
    return (default_words(letter), row.version) if errors else (words, "")
