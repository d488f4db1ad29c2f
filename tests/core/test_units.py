"""The tree of units: who lies below whom, addresses that never die, and who may change it."""

from django.core.exceptions import PermissionDenied, ValidationError

import pytest

from cms.core.models import LedgerEvent, Unit
from cms.core.services.units import unit_save


def unit(code, parent=None, **values):
    return unit_save(**{"code": code, "name": f"Trường {code}", "kind": "primary", "parent": parent, **values})[0]


@pytest.fixture
def tree(db):
    """A department, two wards, and schools three levels deep."""
    department = unit("SO", kind="department")
    ward_one, ward_two = unit("P1", department, kind="commune"), unit("P2", department, kind="commune")
    return {
        "SO": department,
        "P1": ward_one,
        "P2": ward_two,
        "TH1": unit("TH1", ward_one),
        "TH2": unit("TH2", ward_one),
        "TH3": unit("TH3", ward_two),
    }


class TestBelow:
    @pytest.mark.parametrize(
        ("above", "expected"),
        [
            (["SO"], ["SO", "P1", "P2", "TH1", "TH2", "TH3"]),
            (["P1"], ["P1", "TH1", "TH2"]),
            (["TH3"], ["TH3"]),
            (["P1", "TH1"], ["P1", "TH1", "TH2"]),
            (["TH1", "P2"], ["TH1", "P2", "TH3"]),
            ([], []),
        ],
    )
    def test_everything_below_and_the_unit_itself(self, tree, above, expected):
        found = Unit.objects.with_ids_below([tree[code].pk for code in above])
        assert found == {tree[code].pk for code in expected}

    def test_one_query_whatever_the_depth(self, tree, django_assert_num_queries):
        deep = tree["TH1"]
        for level in range(20):
            deep = unit(f"X{level}", deep, kind="room")
        with django_assert_num_queries(1):
            assert len(Unit.objects.with_ids_below([tree["SO"].pk])) == 26

    def test_a_number_that_nobody_has_adds_nobody(self, tree):
        assert Unit.objects.with_ids_below([10**9]) == frozenset()

    def test_a_ring_made_behind_our_back_ends(self, tree):
        Unit.objects.filter(code="P1").update(parent=tree["TH1"])
        assert tree["TH2"].pk in Unit.objects.with_ids_below([tree["TH1"].pk])


class TestSaving:
    def test_the_same_code_again_changes_the_unit(self, tree):
        again, created = unit_save(code="TH1", name="Trường Tiểu học Một")
        assert not created
        assert again.pk == tree["TH1"].pk
        assert Unit.objects.filter(code="TH1").count() == 1

    def test_an_address_once_given_stays(self, tree):
        before = tree["TH1"].slug
        assert unit_save(code="TH1", name="Tên khác hẳn")[0].slug == before

    def test_two_units_of_one_name_have_two_addresses(self, db):
        first, second, third = (unit(code, name="Trường Đống Đa") for code in "ABC")
        assert [first.slug, second.slug, third.slug] == ["truong-dong-da", "truong-dong-da-2", "truong-dong-da-3"]

    def test_no_unit_lies_below_itself(self, tree):
        for parent in (tree["P1"], tree["TH1"]):
            with pytest.raises(ValidationError, match="dưới chính mình"):
                unit_save(code="P1", parent=parent)
        tree["P1"].refresh_from_db()
        assert tree["P1"].parent == tree["SO"]

    @pytest.mark.parametrize(
        "values",
        [{"code": "có dấu"}, {"code": "a b"}, {"code": ""}, {"kind": "castle"}, {"name": ""}, {"email": "khong-phai"}],
    )
    def test_what_cannot_be_right_is_refused_and_nothing_stored(self, db, values):
        with pytest.raises(ValidationError):
            unit_save(**{"code": "OK", "name": "Trường", "kind": "primary", **values})
        assert not Unit.objects.exists()
        assert not LedgerEvent.objects.exists()

    def test_a_change_is_in_the_ledger_by_its_fields_not_its_words(self, tree):
        unit_save(code="TH1", phone="0912 000 345")
        event = LedgerEvent.objects.order_by("seq").last()
        assert (event.verb, event.subject_key, event.data) == ("unit.changed", "TH1", {"fields": ["phone"]})

    def test_only_whoever_keeps_the_catalogue_may(self, tree, django_user_model):
        stranger = django_user_model.objects.create_user("canbo")
        with pytest.raises(PermissionDenied):
            unit_save(code="TH1", actor=stranger, name="Đổi tên")
        assert unit_save(code="TH1", actor=django_user_model.objects.create_superuser("goc"), name="Đổi tên")

    def test_lists_are_in_the_order_of_the_vietnamese_alphabet(self, db):
        for code, name in (
            ("1", "Đống Đa"),
            ("2", "Ông Ích Khiêm"),
            ("3", "An Dương"),
            ("4", "Dịch Vọng"),
            ("5", "Ô Chợ"),
        ):
            unit(code, name=name)
        names = list(Unit.objects.in_order().values_list("name", flat=True))
        assert names == ["An Dương", "Dịch Vọng", "Đống Đa", "Ô Chợ", "Ông Ích Khiêm"]
