"""What a person may do follows from roles and units, at once and from nothing else (AZ-13, AZ-14)."""

from django.contrib.auth.models import Group
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

import time_machine

from cms.accounts.models import User
from cms.accounts.services import user_save
from cms.core.enums import Role
from cms.core.models import LedgerEvent, OutboxMail, RateWindow, Unit
from cms.core.permissions import can
from cms.core.services.limits import LIMITS
from cms.core.services.outbox import mails_send_due
from tests.accounts.house import PASSWORD, AccountsTest


class WhoTheyAreTest(AccountsTest):
    def test_names_are_said_the_vietnamese_way(self):
        assert str(self.handler) == self.handler.get_full_name() == "Trần Thị Sen"
        assert User(username="abc").called == "abc"

    def test_roles_are_the_groups_of_the_house(self):
        both = self.person("hai-vai", Role.EDITOR, Role.INTAKE)
        both.groups.add(Group.objects.create(name="Nhóm lạ"))
        assert both.roles == {Role.EDITOR, Role.INTAKE}
        assert self.person("khong-vai").roles == frozenset()

    def test_units_below_count_only_where_it_was_said(self):
        assert self.handler.unit_ids == {self.school.pk}
        assert self.person("ca-duoi", unit=self.school, below=True).unit_ids == {self.school.pk, self.below.pk}
        assert self.person("tat-ca", unit=self.agency, below=True).unit_ids == set(
            Unit.objects.values_list("pk", flat=True)
        )
        assert self.person("ngoai").unit_ids == frozenset()

    def test_roles_and_units_are_asked_once_a_request(self):
        user = User.objects.get(pk=self.handler.pk)
        with self.assertNumQueries(2):
            for _turn in range(3):
                assert can(user, "case_view", self.school)


class AtOnceTest(AccountsTest):
    """The next request knows."""

    def test_a_role_taken_away(self):
        client = self.client_of(self.handler)
        assert client.get(reverse("case:index")).status_code == 200
        self.handler.groups.clear()
        assert client.get(reverse("case:index")).status_code == 302

    def test_a_closed_account(self):
        client = self.client_of(self.handler)
        User.objects.filter(pk=self.handler.pk).update(is_active=False)
        response = client.get(reverse("wagtailadmin_home"))
        assert response.headers["Location"].startswith(reverse("wagtailadmin_login"))

    def test_a_new_password_ends_the_other_sessions(self):
        editor = self.person("bien-tap", Role.EDITOR)
        client = self.client_of(editor)
        user_save(user=editor, actor=self.admin, password="mot-mat-khau-khac-han")
        assert client.get(reverse("wagtailadmin_home")).headers["Location"].startswith(reverse("wagtailadmin_login"))

    def test_another_unit(self):
        user_save(user=self.handler, actor=self.admin, units=[self.below])
        assert User.objects.get(pk=self.handler.pk).unit_ids == {self.below.pk}


class SavingTest(AccountsTest):
    def test_a_new_account_has_what_was_given_and_an_event(self):
        user = user_save(
            user=User(username="moi", email="moi@so.example.vn"),
            actor=self.admin,
            password=PASSWORD,
            groups=self.groups(Role.EDITOR),
            units=[self.school],
            with_units_below=True,
        )
        assert User.objects.get(pk=user.pk).roles == {Role.EDITOR}
        assert user.check_password(PASSWORD)
        event = LedgerEvent.objects.order_by("seq").last()
        assert (event.verb, event.actor) == ("user.created", self.admin)
        assert event.data["groups"] == [str(Role.EDITOR.label)]
        assert "moi@so.example.vn" not in str(event.data)
        assert PASSWORD not in str(event.data)

    def test_without_a_password_nobody_can_log_in(self):
        assert not user_save(user=User(username="moi"), actor=self.admin).has_usable_password()

    def test_whoever_may_not_manage_accounts_changes_nothing(self):
        for role in set(Role) - {Role.ADMIN}:
            with self.subTest(role), self.assertRaises(PermissionDenied):
                user_save(user=self.handler, actor=self.person(f"canbo-{role}", role), groups=self.groups(Role.ADMIN))
        assert User.objects.get(pk=self.handler.pk).roles == {Role.HANDLER}

    def test_nobody_promotes_themselves(self):
        for change in ({"groups": self.groups(Role.LEADER)}, {"units": [self.agency]}):
            with self.subTest(change), self.assertRaises(PermissionDenied):
                user_save(user=self.admin, actor=self.admin, **change)
        assert User.objects.get(pk=self.admin.pk).roles == {Role.ADMIN}

    def test_nobody_touches_an_account_above_theirs(self):
        root = User.objects.create_superuser("goc", password=PASSWORD)
        with self.assertRaises(PermissionDenied):
            user_save(user=root, actor=self.admin, password="mat-khau-cua-ke-khac")
        assert User.objects.get(pk=root.pk).check_password(PASSWORD)


class AdminScreensTest(AccountsTest):
    """The same rules through Wagtail's own screens, with forms that try more than they show."""

    def form(self, user, **changes):
        return {
            "username": user.username,
            "email": user.email,
            "first_name": user.first_name,
            "last_name": user.last_name,
            "is_active": "on",
            **changes,
        }

    def test_an_administrator_changes_another_account(self):
        editor = Group.objects.get(name=str(Role.EDITOR.label))
        address = reverse("wagtailusers_users:edit", args=[self.handler.pk])
        data = self.form(self.handler, groups=[editor.pk], units=[self.below.pk], position="Văn thư")
        response = self.client_of(self.admin).post(address, data)
        assert response.status_code == 302, response.context["form"].errors
        changed = User.objects.get(pk=self.handler.pk)
        assert (changed.roles, changed.unit_ids, changed.position) == ({Role.EDITOR}, {self.below.pk}, "Văn thư")

    def test_extra_fields_make_nobody_more_than_they_are(self):
        leader = Group.objects.get(name=str(Role.LEADER.label))
        more = {"groups": [leader.pk], "units": [self.agency.pk], "is_superuser": "on", "is_staff": "on"}
        for user in (self.admin, self.handler):
            with self.subTest(user):
                address = reverse("wagtailusers_users:edit", args=[self.admin.pk])
                self.client_of(user).post(address, self.form(self.admin, **more))
                after = User.objects.get(pk=self.admin.pk)
                assert (after.roles, after.unit_ids, after.is_superuser) == ({Role.ADMIN}, frozenset(), False)

    def test_an_administrator_makes_no_superuser(self):
        address = reverse("wagtailusers_users:edit", args=[self.handler.pk])
        self.client_of(self.admin).post(address, self.form(self.handler, is_superuser="on"))
        assert not User.objects.get(pk=self.handler.pk).is_superuser

    def test_an_administrator_opens_no_superusers_account(self):
        root = User.objects.create_superuser("goc", password=PASSWORD)
        address = reverse("wagtailusers_users:edit", args=[root.pk])
        response = self.client_of(self.admin).post(address, self.form(root, password1="x" * 20, password2="x" * 20))
        assert response.status_code in {302, 403}
        assert User.objects.get(pk=root.pk).check_password(PASSWORD)

    def test_a_weak_password_is_refused_in_words(self):
        address = reverse("wagtailusers_users:add")
        data = {**self.form(User(username="moi")), "email": "m@so.vn", "password1": "12345678", "password2": "12345678"}
        response = self.client_of(self.admin).post(address, {**data, "first_name": "A", "last_name": "B"})
        assert response.status_code == 200
        assert response.context["form"].errors["password2"]
        assert not User.objects.filter(username="moi").exists()


class PasswordResetTest(AccountsTest):
    """The mail leaves by the outbox, its token made as it leaves."""

    def ask(self, address):
        return self.client.post(reverse("wagtailadmin_password_reset"), {"email": address})

    def test_nothing_leaves_in_the_request_and_no_token_is_kept(self):
        with self.settings(EMAIL_BACKEND="no.such.Backend"):
            assert self.ask(self.handler.email).status_code == 302
        row = OutboxMail.objects.get()
        assert row.reference == {"user": str(self.handler.pk)}
        assert self.handler.email not in str([row.reference, row.dedupe_key])

    def test_the_address_in_the_mail_sets_a_new_password(self):
        self.ask(self.handler.email)
        mails_send_due()
        (letter,) = mail.outbox
        assert letter.to == [self.handler.email]
        address = next(line for line in letter.body.splitlines() if line.startswith("http"))
        form = self.client.get("/" + address.split("/", 3)[3], follow=True)
        new = "mot-mat-khau-khac-han"
        self.client.post(form.redirect_chain[-1][0], {"new_password1": new, "new_password2": new})
        assert User.objects.get(pk=self.handler.pk).check_password(new)

    def test_asking_often_sends_one(self):
        for _turn in range(5):
            self.ask(self.handler.email)
        assert OutboxMail.objects.count() == 1

    @time_machine.travel("2026-03-02 12:01Z", tick=False)  # in the middle of a window
    def test_one_visitor_is_stopped_with_the_same_answer(self):
        answers = {self.ask(f"la-{turn}@so.example.vn").headers["Location"] for turn in range(30)}
        assert LIMITS["password_reset"].count == 30
        answers.add(self.ask(self.handler.email).headers["Location"])
        assert answers == {reverse("wagtailadmin_password_reset_done")}
        assert not OutboxMail.objects.exists()
        other = Client(REMOTE_ADDR="198.51.100.8")
        other.post(reverse("wagtailadmin_password_reset"), {"email": self.handler.email})
        assert OutboxMail.objects.count() == 1

    @time_machine.travel("2026-03-02 12:01Z", tick=False)
    def test_one_address_is_asked_for_so_often_from_anywhere(self):
        address = reverse("wagtailadmin_password_reset")
        for turn in range(LIMITS["password_reset_same"].count):
            Client(REMOTE_ADDR=f"198.51.100.{turn}").post(address, {"email": self.handler.email.upper()})
        OutboxMail.objects.all().delete()
        answer = Client(REMOTE_ADDR="198.51.100.99").post(address, {"email": self.handler.email})
        assert answer.headers["Location"] == reverse("wagtailadmin_password_reset_done")
        assert not OutboxMail.objects.exists()
        assert self.handler.email not in str(RateWindow.objects.values_list("visitor"))

    def test_an_unknown_or_closed_account_gets_none_and_the_same_answer(self):
        User.objects.filter(pk=self.handler.pk).update(is_active=False)
        answers = {self.ask(address).headers["Location"] for address in ("la@so.example.vn", self.handler.email)}
        assert answers == {reverse("wagtailadmin_password_reset_done")}
        assert not OutboxMail.objects.exists()

    def test_an_account_closed_meanwhile_gets_none(self):
        self.ask(self.handler.email)
        User.objects.filter(pk=self.handler.pk).update(is_active=False)
        mails_send_due()
        assert mail.outbox == []


class LoginTest(AccountsTest):
    """One address that tries many names is stopped; the right password helps it no more than a wrong one."""

    def log_in(self, name, password, address="198.51.100.7"):
        data = {"username": name, "password": password}
        return Client(REMOTE_ADDR=address).post(reverse("wagtailadmin_login"), data)

    def test_many_names_from_one_address(self):
        for turn in range(LIMITS["login"].count):
            self.log_in(f"ten-{turn}", "sai")
        refused = self.log_in("quan-tri", PASSWORD)
        assert refused.status_code == 200
        assert "đăng nhập sai quá nhiều lần" in refused.content.decode()
        assert self.log_in("quan-tri", PASSWORD, address="198.51.100.8").status_code == 302

    def test_those_who_know_their_password_use_up_nothing(self):
        for _turn in range(3):
            assert self.log_in("quan-tri", PASSWORD).status_code == 302
        assert not RateWindow.objects.filter(limit="login").exists()
