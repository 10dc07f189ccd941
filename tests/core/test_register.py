"""What a list would change in the register."""

import json
from datetime import date, datetime

import pytest

from voting.core.japanese_dates import JST
from voting.core.member_json import member_from_json, member_json
from voting.core.members import Member, belongs, on_roll, roll_at
from voting.core.register import Change, compare, leavings, official_order


def register(*members: Member) -> dict[str, Member]:
    return {member.member_id: member for member in members}


def test_a_list_is_parted_into_new_changed_same_and_missing() -> None:
    present = register(Member("M1", "那須町"), Member("M2", "田辺市"), Member("M3", "長野県"))

    changes = compare(
        present, [Member("M4", "飛驒市"), Member("M2", "田辺市", phone="1"), Member("M1", "那須町")]
    )

    assert changes.new == (Member("M4", "飛驒市"),)
    assert changes.changed == (Change(Member("M2", "田辺市"), Member("M2", "田辺市", phone="1"), ("phone",)),)
    assert changes.same == (Member("M1", "那須町"),)
    assert changes.missing == (Member("M3", "長野県"),)


def test_a_column_the_list_lacks_keeps_what_the_register_knows() -> None:
    present = register(Member("M1", "那須町", phone="0287", addresses=("a@example.jp",)))

    changes = compare(present, [Member("M1", "那須町")], columns=frozenset({"member_id", "name"}))

    assert changes.same == (present["M1"],)
    assert changes.changed == ()


def test_an_empty_cell_of_a_column_the_list_has_is_a_change() -> None:
    present = register(Member("M1", "那須町", phone="0287"))

    changes = compare(present, [Member("M1", "那須町")], columns=frozenset({"member_id", "name", "phone"}))

    assert changes.changed[0].columns == ("phone",)


def test_the_smallest_difference_between_two_spellings_is_a_change() -> None:
    present = register(Member("M1", "葛城市"))

    changes = compare(present, [Member("M1", "葛󠄀城市")])

    assert changes.changed[0].columns == ("name",)


def test_who_leaves_after_the_record_date_leaves_at_midnight_in_japan() -> None:
    day = date(2024, 9, 27)
    members = [
        Member("M1", "stays"),
        Member("M2", "leaves", left=date(2024, 10, 1)),
        Member("M3", "left on the day", left=day),
        Member("M4", "not yet there", joined=date(2024, 9, 28), left=date(2024, 10, 1)),
    ]

    assert leavings(members, day) == {"M2": datetime(2024, 10, 1, tzinfo=JST)}


def test_an_official_list_goes_by_prefecture_then_code_then_reading() -> None:
    members = [
        Member("M1", "株式会社さくら", kana="かぶしきがいしゃさくら", prefecture="栃木県"),
        Member("M2", "那須町", kana="なすまち", code="094072"),
        Member("M3", "あおば研究所", kana="あおばけんきゅうじょ", prefecture="栃木"),
        Member("M4", "宇都宮市", code="092011"),
        Member("M5", "栃木県", code="090000", prefecture="栃木県"),
        Member("M6", "どこでもない会", kana="どこでもないかい"),
        Member("M7", "北海道", code="010006"),
    ]

    found = [each.member_id for each in sorted(members, key=official_order)]

    assert found == ["M7", "M5", "M4", "M2", "M3", "M1", "M6"]


def test_a_member_without_a_vote_belongs_and_is_on_no_roll() -> None:
    member = Member("M1", "顧問", votes=0)

    assert belongs(member, date(2026, 6, 1))
    assert not on_roll(member, date(2026, 6, 1))
    assert roll_at([member], date(2026, 6, 1)).members == 0


def test_a_member_comes_back_from_plain_values_as_it_was() -> None:
    member = Member(
        "M1", "葛\N{VARIATION SELECTOR-17}城市", addresses=("a@example.jp",), left=date(2026, 3, 31),
        other=(("旧字", "\ufa19"),),
    )  # fmt: skip

    assert member_from_json(json.loads(json.dumps(member_json(member)))) == member


def test_an_empty_prefecture_is_told_by_a_sound_public_code_and_by_no_other() -> None:
    by_code = {"132063": "東京都", "342084": "広島県", "011002": "北海道"}

    assert {code: Member("M1", "架空市", code=code).located for code in by_code} == by_code
    # A check digit that is wrong, a prefecture that is none, a 法人番号 that begins like a code, nothing.
    for code in ("132064", "480002", "1000012070001", ""):
        assert Member("M1", "架空市", code=code).located == ""
    assert Member("M1", "架空市", code="132063", prefecture="広島").located == "広島"


ADDRESSED = Member(
    "M1", "那須町", other=(("郵便番号", "329-0001"), ("住所", "架空市1"), ("FAX", "0"), ("メモ", "x"))
)


@pytest.mark.parametrize(
    ("brought", "columns", "kept"),
    [
        # A list of other things says nothing about the address; its own columns are what is known.
        ((("整理", "7"),), {"other"}, (("整理", "7"), *ADDRESSED.other[:3])),
        # One part of an address is the whole of it: an old postcode with a new address reaches nobody.
        ((("住所", "架空市2"),), {"other", "address"}, (("住所", "架空市2"), ("FAX", "0"))),
        ((), {"other", "fax"}, ADDRESSED.other[:2]),
        ((), {"phone"}, ADDRESSED.other),
        # The same postcode, however it is typed, and no word of the address: that is still the one.
        (
            (("〒", "３２９０００１"), ("メモ", "x")),
            {"other", "postcode"},
            (("〒", "３２９０００１"), ("メモ", "x"), *ADDRESSED.other[1:3]),
        ),
        ((("〒", "329-0002"),), {"other", "postcode"}, (("〒", "329-0002"), ADDRESSED.other[2])),
        ((), {"other", "postcode"}, ADDRESSED.other[1:3]),
        # The order of columns is no change.
        (ADDRESSED.other[::-1], {"other", "postcode", "address", "fax"}, ADDRESSED.other),
        ((("メモ", "x"),), {"other"}, ADDRESSED.other),
    ],
)
def test_a_list_without_addresses_does_not_say_that_there_are_none(brought, columns, kept) -> None:
    incoming = Member("M1", "那須町", other=brought)

    changes = compare({"M1": ADDRESSED}, [incoming], columns=frozenset({"member_id", "name", *columns}))

    after = [*changes.same, *(each.after for each in changes.changed)]
    assert [each.other for each in after] == [kept]
