"""A house with an administrator and a handler, for the tests of accounts."""

from django.contrib.auth.models import Group
from django.test import Client, TestCase

from cms.accounts.models import User
from cms.core.enums import Role
from cms.core.models import Unit
from tests.site import build_site

PASSWORD = "mat-khau-kiem-thu-dai"


class AccountsTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.agency = Unit.objects.get()
        cls.school = Unit.objects.create(code="TH", name="Trường", slug="truong", kind="primary", parent=cls.agency)
        cls.below = Unit.objects.create(code="TO", name="Tổ", slug="to", kind="room", parent=cls.school)
        cls.admin = cls.person("quan-tri", Role.ADMIN)
        cls.handler = cls.person("xu-ly", Role.HANDLER, unit=cls.school)

    @classmethod
    def person(cls, name, *roles, unit=None, below=False):
        user = User.objects.create_user(name, f"{name}@so.example.vn", PASSWORD, first_name="Sen", last_name="Trần Thị")
        user.groups.set(cls.groups(*roles))
        if unit:
            user.memberships.create(unit=unit, with_units_below=below)
        return User.objects.get(pk=user.pk)

    @staticmethod
    def groups(*roles):
        return Group.objects.filter(name__in=[str(role.label) for role in roles])

    def client_of(self, user):
        client = Client()
        client.force_login(user)
        return client
