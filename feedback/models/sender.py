"""Who sent a case. One table, so that erasing a person is one delete."""

from copy import copy
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from feedback.enums import ConsentPurpose, NameShown, SenderKind
from feedback.models.case import Case
from feedback.querysets import SenderQuerySet
from feedback.querysets.senders import sender_keys

ANONYMOUS_NAME = _("Một người dân")


class Sender(models.Model):
    """Name and contacts. Officers see them through ``services.sender_reveal`` only, which leaves an event."""

    case = models.OneToOneField(Case, verbose_name=_("phản ánh"), on_delete=models.CASCADE, related_name="sender")
    kind = models.CharField(_("người gửi là"), max_length=20, choices=SenderKind, default=SenderKind.CITIZEN)
    name = models.CharField(_("họ và tên"), max_length=120, blank=True)
    phone = models.CharField(_("số điện thoại"), max_length=40, blank=True)
    phone_digits = models.CharField(_("các chữ số của điện thoại"), max_length=20, blank=True, editable=False)
    phone_key = models.CharField(
        _("số điện thoại không mã nước, để tìm"), max_length=20, blank=True, editable=False, db_index=True
    )
    folded_name = models.CharField(_("họ tên bỏ dấu, để tìm"), max_length=250, blank=True, editable=False)
    email = models.EmailField(_("thư điện tử"), blank=True)
    email_key = models.CharField(
        _("thư điện tử viết thường, để tìm"), max_length=254, blank=True, editable=False, db_index=True
    )
    address = models.CharField(_("địa chỉ"), max_length=255, blank=True)
    name_shown = models.CharField(
        _("cách hiện tên khi đăng"), max_length=10, choices=NameShown, default=NameShown.HIDDEN
    )

    objects = SenderQuerySet.as_manager()

    class Meta:
        verbose_name = _("người gửi")
        verbose_name_plural = _("người gửi")

    def __str__(self) -> str:
        return self.masked_name

    def save(self, *args, **kwargs) -> None:
        for column, key in sender_keys(name=self.name, phone=self.phone, email=self.email).items():
            setattr(self, column, key)
        self.phone_digits = "".join(filter(str.isdigit, self.phone))[-20:]
        super().save(*args, **kwargs)

    def agreed_to(self, purpose: str) -> bool:
        """Say whether this sender ticked the box of ``purpose``."""
        return any(consent.purpose == purpose for consent in self.consents.all())

    @property
    def left_behind(self) -> list[tuple[Any, bool]]:
        """Say of each datum whether there is one: what an officer may know who may not know the person."""
        words = (_("Họ và tên"), self.name), (_("Số điện thoại"), self.phone), (_("Thư điện tử"), self.email)
        return [(label, bool(value)) for label, value in (*words, (_("Địa chỉ"), self.address))]

    @property
    def initials(self) -> str:
        """Return the first letters of the name, as “N. V. A.”."""
        return " ".join(f"{word[0].upper()}." for word in self.name.split() if word[0].isalpha())

    @property
    def masked_name(self) -> str:
        return self.initials or str(ANONYMOUS_NAME)

    @property
    def masked_phone(self) -> str:
        """Return only the last three digits, enough to tell two callers apart."""
        return f"••• ••• {self.phone_digits[-3:]}" if len(self.phone_digits) > 5 else ""

    def unnamed(self) -> "Sender":
        """Return a copy, not to be stored, that agreed to no form of its name: the finder masks the name too."""
        gone = copy(self)
        gone.name_shown = NameShown.HIDDEN
        return gone

    @property
    def shown_name(self) -> str:
        """Return the name as its bearer chose to have it published."""
        if self.name_shown == NameShown.FULL and self.name:
            return self.name
        if self.name_shown == NameShown.INITIALS and self.initials:
            return self.initials
        return str(ANONYMOUS_NAME)


class Consent(models.Model):
    """One purpose to which the sender agreed, with the notice that was read."""

    sender = models.ForeignKey(Sender, verbose_name=_("người gửi"), on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(_("mục đích"), max_length=20, choices=ConsentPurpose)
    notice_version = models.CharField(_("bản thông báo"), max_length=40)
    given_at = models.DateTimeField(_("đồng ý lúc"))

    class Meta:
        verbose_name = _("sự đồng ý")
        verbose_name_plural = _("các sự đồng ý")
        constraints = [models.UniqueConstraint(fields=["sender", "purpose"], name="one_consent_a_purpose")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.given_at:%d/%m/%Y}"
