"""Addresses as rolls have them."""

from dataclasses import replace

import pytest

from voting.core.members import Member
from voting.core.postal import Postal, beside_postal, heading_of, postal, with_postal


def of(**columns: str) -> Postal:
    return postal(Member("M1", "架空町", other=tuple(columns.items())))


@pytest.mark.parametrize(
    "written", ["3290001", "329-0001", "〒329-0001", "３２９－０００１", "329ー0001", " 329−0001 "]
)
def test_a_postcode_is_read_however_it_was_typed(written):
    assert of(郵便番号=written).postcode == "329-0001"


@pytest.mark.parametrize("written", ["", "329-000", "329-00011", "不明", "0329-0001"])
def test_what_is_no_postcode_is_none(written):
    assert of(郵便番号=written).postcode == ""


@pytest.mark.parametrize("heading", ["住所", "所在地", "送付先住所", "住 所", "Address"])
def test_an_address_is_found_under_the_headings_that_offices_use(heading):
    assert of(**{heading: "架空県架空市1-1"}).address == "架空県架空市1-1"


def test_a_building_follows_the_address_and_digits_stay_as_they_are():
    assert of(住所="架空市１－１", 建物名="架空ビル２Ｆ").address == "架空市１－１ 架空ビル２Ｆ"


@pytest.mark.parametrize(
    "written", ["〒329-0001 架空市1-1", "329-0001架空市1-1", "〒３２９－０００１　架空市1-1"]
)
def test_an_address_that_begins_with_its_postcode_is_parted(written):
    assert of(住所=written) == Postal("329-0001", "架空市1-1")


def test_a_number_at_the_head_of_an_address_is_not_taken_for_a_postcode():
    assert of(住所="1234567891番地").postcode == ""


def test_a_fax_number_is_kept_as_it_is_dialled():
    assert of(ＦＡＸ番号="03-0000-0000").fax == "03-0000-0000"


FILLED = Member(
    "M1", "架空町", other=(("整理", "1"), ("送付先住所", "架空市1"), ("建物名", "ビル"), ("FAX", "0"))
)


def test_an_address_typed_anew_stands_in_the_place_of_the_old_one():
    moved = with_postal(FILLED, Postal("329-0001", "架空市2-2", "0"))

    assert moved.other == (
        ("整理", "1"),
        ("郵便番号", "329-0001"),
        ("送付先住所", "架空市2-2"),
        ("FAX", "0"),
    )
    assert postal(moved) == Postal("329-0001", "架空市2-2", "0")


def test_what_is_typed_as_it_was_changes_nothing_and_an_emptied_number_is_gone():
    assert with_postal(FILLED, postal(FILLED)) == FILLED
    assert with_postal(FILLED, replace(postal(FILLED), fax="")).other == FILLED.other[:-1]
    assert with_postal(Member("M1", "架空町"), Postal(fax="03-1")).other == (("FAX番号", "03-1"),)


def test_a_column_keeps_its_own_heading_where_that_says_what_it_means():
    assert heading_of("address", "送付先") == "送付先"
    assert heading_of("address", "送り先") == "住所"
    assert heading_of("fax", "F") == "FAX番号"


TWO = Member(
    "M1",
    "架空町",
    other=(
        ("所在地", "千代田区1"),
        ("整理", "1"),
        ("送付先住所", "大阪市2"),
        ("FAX", "1"),
        ("ファクス", "2"),
    ),
)


def test_where_to_send_is_meant_before_where_the_office_stands_and_the_other_is_told_beside_it():
    assert postal(TWO) == Postal("", "大阪市2", "1")
    assert beside_postal(TWO) == (("所在地", "千代田区1"), ("整理", "1"), ("ファクス", "2"))


def test_an_edit_writes_over_what_was_shown_and_nothing_else():
    moved = with_postal(TWO, Postal("530-0001", "大阪市3", "9"))

    assert postal(moved) == Postal("530-0001", "大阪市3", "9")
    assert beside_postal(moved) == beside_postal(TWO)
    assert ("送付先住所", "大阪市3") in moved.other and ("FAX", "9") in moved.other


def test_a_postcode_typed_in_front_of_a_new_address_is_that_addresss():
    other = (("郵便番号", "100-0001"), ("住所", "〒530-0001 大阪市2"))

    assert postal(Member("M1", "架空町", other=other)) == Postal("530-0001", "大阪市2")
    assert of(住所="〒300-0003") == Postal("300-0003", "")
