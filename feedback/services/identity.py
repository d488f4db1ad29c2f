"""The second datum: what only the sender knows besides the code."""

import hmac

from feedback.models import Case, Sender

SHOWN_DIGITS = 4


def sender_matches(case: Case, typed: str) -> bool:
    """Say whether ``typed`` is the last four digits of the sender's phone, the whole phone, or the e-mail.

    A sender who left neither can never be matched. Compared in constant time.
    """
    sender = Sender.objects.filter(case=case).first()
    if sender is None:
        return False
    digits = "" if any(letter.isalpha() for letter in typed) else "".join(filter(str.isdigit, typed))
    phone = sender.phone_digits
    numbers = (phone[-SHOWN_DIGITS:], phone) if len(phone) > SHOWN_DIGITS else ()
    by_phone = any(hmac.compare_digest(digits.encode(), number.encode()) for number in numbers)
    mail = sender.email.strip().casefold()
    by_mail = bool(mail) and hmac.compare_digest(typed.strip().casefold().encode(errors="replace"), mail.encode())
    return by_phone or by_mail
