"""Nobody alone takes the house over, and whoever led before hears who tried."""

from django.contrib.auth.models import Group
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from cms.accounts.models import RoleRequest, User
from cms.accounts.services import role_confirm, role_refuse, user_save
from cms.core.enums import Role
from cms.core.models import LedgerEvent, OutboxMail
from cms.core.services.outbox import mails_send_due
from tests.accounts.house import PASSWORD, AccountsTest


class KeepersTest(AccountsTest):
    """With a leader, another administrator and somebody who may become either."""

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.leader = cls.person("lanh-dao", Role.LEADER, unit=cls.agency, below=True)
        cls.other_admin = cls.person("quan-tri-2", Role.ADMIN)
        cls.helper = cls.person("phu-ta", Role.EDITOR)

    def give(self, *roles, user=None, actor=None, **more):
        return user_save(user=user or self.helper, actor=actor or self.admin, groups=self.groups(*roles), **more)

    def roles(self, user):
        return User.objects.get(pk=user.pk).roles

    def letters(self):
        mails_send_due()
        return {letter.to[0]: letter for letter in mail.outbox}


class SecondPersonTest(KeepersTest):
    """Nobody alone makes an administrator or a leader, and leaders hear who gets to read cases (reliability.md 4)."""

    def test_a_leader_or_administrator_waits_for_a_second_person(self):
        for role in (Role.LEADER, Role.ADMIN):
            with self.subTest(role):
                self.give(Role.EDITOR, role)
                assert self.roles(self.helper) == {Role.EDITOR}
                assert RoleRequest.objects.get(group__name=str(role.label)).user == self.helper
                assert LedgerEvent.objects.order_by("seq").last().verb == "role.asked"

    def test_who_may_confirm_is_told_and_neither_asker_nor_receiver_is(self):
        self.give(Role.LEADER)
        assert set(self.letters()) == {self.leader.email, self.other_admin.email}
        assert "Lãnh đạo" in mail.outbox[0].body
        assert PASSWORD not in mail.outbox[0].body

    def test_another_confirms_and_leaders_hear(self):
        self.give(Role.LEADER)
        role_confirm(request=RoleRequest.objects.get(), actor=self.other_admin)
        assert self.roles(self.helper) == {Role.LEADER}
        assert not RoleRequest.objects.exists()
        event = LedgerEvent.objects.order_by("seq").last()
        assert (event.verb, event.actor, event.data["groups"]) == ("role.granted", self.other_admin, ["Lãnh đạo"])
        assert {self.leader.email, self.helper.email} <= set(self.letters())

    def test_neither_asker_nor_receiver_nor_anybody_else_confirms(self):
        self.give(Role.LEADER, user=self.other_admin)
        request = RoleRequest.objects.get()
        for actor in (self.admin, self.other_admin, self.handler, self.person("la", Role.PUBLISHER)):
            with self.subTest(actor), self.assertRaises(PermissionDenied):
                role_confirm(request=request, actor=actor)
        assert Role.LEADER not in self.roles(self.other_admin)

    def test_a_request_is_refused_by_another_or_taken_back(self):
        for actor in (self.leader, self.admin):
            with self.subTest(actor):
                self.give(Role.LEADER)
                role_refuse(request=RoleRequest.objects.get(), actor=actor)
                assert not RoleRequest.objects.exists()
                assert self.roles(self.helper) == frozenset()

    def test_closing_the_others_first_opens_no_way_around(self):
        for person in (self.leader, self.other_admin):
            person.is_active = False
            user_save(user=person, actor=self.admin)
        self.give(Role.LEADER)
        assert self.roles(self.helper) == frozenset()

    def test_taking_the_others_roles_first_opens_no_way_around(self):
        self.leave_behind()
        self.give(Role.LEADER)
        assert self.roles(self.helper) == frozenset()
        assert RoleRequest.objects.get().user == self.helper

    def test_nor_does_taking_a_role_and_giving_it_back(self):
        self.leave_behind()
        User.objects.filter(pk=self.other_admin.pk).delete()
        LedgerEvent.objects.filter(subject_key=str(self.other_admin.pk)).update(subject_key="0", data={})
        self.give(Role.LEADER, user=self.leader)
        assert self.roles(self.leader) == frozenset()

    def test_sample_people_whom_the_server_dismissed_stand_in_nobodys_way(self):
        for person in (self.leader, self.other_admin):
            user_save(user=person, groups=self.groups(Role.ADMIN))
            user_save(user=person, groups=[])
        self.give(Role.LEADER)
        assert self.roles(self.helper) == {Role.LEADER}

    def leave_behind(self):
        """The house as one administrator leaves it who takes every other keeper's role."""
        for person in (self.leader, self.other_admin):
            user_save(user=person, groups=person.groups.all())  # as the house was set up, with its event
            self.give(user=person)
            assert self.roles(person) == frozenset()

    def test_a_request_of_who_may_no_longer_ask_or_for_a_closed_account_is_only_refused(self):
        self.give(Role.LEADER)
        row, screen = RoleRequest.objects.get(), reverse("role_requests")
        client = self.client_of(self.leader)
        for person, words in ((self.admin, "không còn quản lý tài khoản"), (self.helper, "đã đóng")):
            with self.subTest(words):
                User.objects.filter(pk=person.pk).update(is_active=False)
                answer = client.post(screen, {"request": row.pk, "decision": "confirm"}, follow=True)
                assert words in answer.content.decode()
                User.objects.filter(pk=person.pk).update(is_active=True)
        self.admin.groups.clear()
        with self.assertRaises(ValidationError):
            role_confirm(request=row, actor=self.leader)
        assert self.roles(self.helper) == frozenset()
        role_refuse(request=row, actor=self.leader)
        assert not RoleRequest.objects.exists()

    def test_who_decides_second_is_told_that_it_is_gone(self):
        for second in (role_confirm, role_refuse):
            with self.subTest(second):
                self.give(Role.LEADER)
                mine, theirs = RoleRequest.objects.get(), RoleRequest.objects.get()
                role_refuse(request=theirs, actor=self.other_admin)
                with self.assertRaises(RoleRequest.DoesNotExist):
                    second(request=mine, actor=self.leader)
                assert self.roles(self.helper) == frozenset()
                assert LedgerEvent.objects.order_by("seq").last().verb == "role.refused"

    def test_a_house_without_a_second_person_is_not_locked_out(self):
        User.objects.exclude(pk__in=[self.admin.pk, self.helper.pk]).delete()
        self.give(Role.LEADER)
        assert self.roles(self.helper) == {Role.LEADER}
        assert LedgerEvent.objects.about("user", str(self.helper.pk)).last().data["groups"] == ["Lãnh đạo"]

    def test_saving_again_neither_gives_nor_loses_what_waits(self):
        self.give(Role.LEADER)
        self.give(Role.LEADER, Role.EDITOR)
        assert RoleRequest.objects.count() == 1
        assert self.roles(self.helper) == {Role.EDITOR}

    def test_leaders_hear_of_a_new_reader_of_cases(self):
        self.give(Role.HANDLER)
        assert self.roles(self.helper) == {Role.HANDLER}
        assert set(self.letters()) == {self.leader.email, self.helper.email}
        assert "Xử lý" in mail.outbox[0].body

    def test_leaders_hear_of_more_units_and_of_the_units_below(self):
        for change in ({"units": [self.school, self.agency]}, {"units": [self.school], "with_units_below": True}):
            with self.subTest(change):
                user_save(user=self.handler, actor=self.admin, **change)
                assert self.leader.email in self.letters()
                mail.outbox.clear()

    def test_leaders_hear_when_password_and_address_come_with_the_role(self):
        self.helper.email = "ke-khac@so.example.vn"
        self.give(Role.HANDLER, password="mot-mat-khau-khac-han")
        assert {row.reference["what"] for row in OutboxMail.objects.all()} == {"granted", "password", "email"}
        assert self.leader.email in self.letters()

    def test_what_opens_nothing_is_not_told(self):
        self.give(Role.PUBLISHER, units=[self.school])
        user_save(user=self.handler, actor=self.admin, units=[self.school])
        user_save(user=self.handler, actor=self.admin, units=[])
        assert not OutboxMail.objects.exists()

    def test_on_the_screens(self):
        leader = Group.objects.get(name=str(Role.LEADER.label))
        data = {"username": "phu-ta", "email": "a@so.vn", "first_name": "A", "last_name": "B", "is_active": "on"}
        edit = reverse("wagtailusers_users:edit", args=[self.helper.pk])
        answer = self.client_of(self.admin).post(edit, {**data, "groups": [leader.pk]}, follow=True)
        assert "chỉ có hiệu lực khi" in answer.content.decode()
        screen = reverse("role_requests")
        row = RoleRequest.objects.get()
        confirm = {"request": row.pk, "decision": "confirm"}
        assert "Chờ người khác xác nhận" not in self.client_of(self.admin).get(screen).content.decode()
        for user in (self.admin, self.handler):
            self.client_of(user).post(screen, confirm)
        assert self.roles(self.helper) == frozenset()
        page = self.client_of(self.leader).get(reverse("wagtailadmin_home")).content.decode()
        assert screen in page
        self.client_of(self.leader).post(screen, confirm)
        assert self.roles(self.helper) == {Role.LEADER}
        again = self.client_of(self.leader).post(screen, confirm, follow=True)
        assert "không còn nữa" in again.content.decode()


class OwnCredentialsTest(KeepersTest):
    """No silent takeover: a keeper's or reader's password and address are their own, and leaders hear of the rest."""

    def test_who_led_before_hears_of_a_keepers_lost_role(self):
        self.give(user=self.leader)
        letters = self.letters()
        assert set(letters) == {self.leader.email}
        assert "đã thu hồi" in letters[self.leader.email].body
        assert "Lãnh đạo" in letters[self.leader.email].body

    def test_closing_and_opening_a_keepers_or_readers_account_is_told_to_who_led_before(self):
        for person in (self.leader, self.handler):
            for active, words in ((False, "đã đóng"), (True, "đã mở lại")):
                with self.subTest(person, active=active):
                    person.is_active = active
                    user_save(user=person, actor=self.admin)
                    letters = self.letters()
                    assert {self.leader.email, person.email} == set(letters)
                    assert words in letters[self.leader.email].body
                    mail.outbox.clear()

    def test_nobody_sets_the_password_or_address_of_who_keeps_the_house_or_reads_cases(self):
        for person in (self.leader, self.other_admin, self.handler):
            for password, address in (("mot-mat-khau-khac-han", person.email), ("", "ke-khac@so.example.vn")):
                with self.subTest(person, address=address), self.assertRaises(PermissionDenied):
                    changed = User.objects.get(pk=person.pk)
                    changed.email = address
                    user_save(user=changed, actor=self.admin, password=password, groups=[])
            kept = User.objects.get(pk=person.pk)
            assert (kept.email, kept.roles) == (person.email, person.roles)
            assert kept.check_password(PASSWORD)
        assert not OutboxMail.objects.exists()

    def test_a_lost_role_opens_the_address_only_when_the_notice_has_left_for_the_old_one(self):
        old = self.leader.email
        self.give(user=self.leader)
        self.leader.email = "ke-khac@so.example.vn"
        with self.assertRaises(PermissionDenied):
            user_save(user=self.leader, actor=self.admin)
        assert set(self.letters()) == {old}
        user_save(user=self.leader, actor=self.admin)
        assert User.objects.get(pk=self.leader.pk).email == "ke-khac@so.example.vn"

    def test_everybody_sets_their_own(self):
        self.admin.email = "moi@so.example.vn"
        user_save(user=self.admin, actor=self.admin, password="mot-mat-khau-khac-han")
        assert User.objects.get(pk=self.admin.pk).check_password("mot-mat-khau-khac-han")

    def test_the_form_says_it_beside_the_field_and_stores_nothing(self):
        data = {"username": "xu-ly", "first_name": "Mai", "last_name": "B", "is_active": "on"}
        new = {"email": "ke-khac@so.example.vn", "password1": "mot-mat-khau-khac-han"}
        address = reverse("wagtailusers_users:edit", args=[self.handler.pk])
        answer = self.client_of(self.admin).post(address, {**data, **new, "password2": new["password1"]})
        assert set(answer.context["form"].errors) == {"email", "password1"}
        assert "thư đặt lại mật khẩu" in answer.content.decode()
        kept = User.objects.get(pk=self.handler.pk)
        assert (kept.email, kept.first_name) == (self.handler.email, "Sen")
        answer = self.client_of(self.admin).post(address, {**data, "email": self.handler.email})
        assert answer.status_code == 302
        assert User.objects.get(pk=self.handler.pk).first_name == "Mai"
