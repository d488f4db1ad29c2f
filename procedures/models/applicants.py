"""Who handed a dossier in. One table, so that erasing a person is one delete."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.core.search.people import person_keys, phone_key
from procedures.models.dossiers import Dossier
from procedures.querysets.dossiers import ApplicantQuerySet

LAST_DIGITS = 4


class DossierApplicant(models.Model):
    """Name and contacts; only the desk and the officers of the unit read them, and no public page ever."""

    dossier = models.OneToOneField(Dossier, verbose_name=_("hồ sơ"), on_delete=models.CASCADE, related_name="applicant")
    name = models.CharField(_("người nộp"), max_length=160, blank=True)
    phone = models.CharField(_("số điện thoại"), max_length=40, blank=True)
    email = models.EmailField(_("thư điện tử"), blank=True)
    address = models.CharField(_("địa chỉ"), max_length=255, blank=True)
    phone_digits = models.CharField(_("các chữ số của điện thoại"), max_length=20, blank=True, editable=False)
    phone_key = models.CharField(
        _("số điện thoại không mã nước, để tìm"), max_length=20, blank=True, editable=False, db_index=True
    )
    email_key = models.CharField(
        _("thư điện tử viết thường, để tìm"), max_length=254, blank=True, editable=False, db_index=True
    )
    folded_name = models.CharField(_("họ tên bỏ dấu, để tìm"), max_length=250, blank=True, editable=False)

    objects = ApplicantQuerySet.as_manager()

    class Meta:
        verbose_name = _("người nộp hồ sơ")
        verbose_name_plural = _("người nộp hồ sơ")

    def __str__(self) -> str:
        return self.initials

    def save(self, *args, **kwargs) -> None:
        self.derive()
        super().save(*args, **kwargs)

    def derive(self) -> None:
        """Fill the columns by which this person is found; rows written in bulk call it themselves."""
        for column, key in person_keys(name=self.name, phone=self.phone, email=self.email).items():
            setattr(self, column, key)
        self.phone_digits = "".join(filter(str.isdigit, self.phone))[-20:]

    @property
    def initials(self) -> str:
        """Return the first letters of the name, as “N. V. A.”."""
        return " ".join(f"{word[0].upper()}." for word in self.name.split() if word[0].isalpha())

    def is_known_by(self, digits: str) -> bool:
        """Say whether ``digits`` are the last four of the phone, or the whole of it; without a phone, never.

        Of nothing between: whoever knew the four could guess the others one by one.
        """
        if not (self.phone_digits and digits.isascii() and digits.isdecimal()):
            return False
        whole = len(digits) > LAST_DIGITS
        return (
            bool(self.phone_key) and phone_key(digits) == self.phone_key
            if whole
            else digits == self.phone_digits[-LAST_DIGITS:]
        )
