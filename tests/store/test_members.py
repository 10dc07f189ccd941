"""The register gives back what was put into it, byte for byte, whatever the name is made of."""

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.store.rows import T0, T1
from voting.core.assembly import Body
from voting.core.members import Member
from voting.core.rules import BodyKind
from voting.store import members

NAMES = Path(__file__).parent.parent / "data" / "names"
FULL = Member(
    member_id="M0001",
    name="葛\N{VARIATION SELECTOR-18}城市",
    kana="カツラギシ",
    category="市",
    kind="正会員",
    code="292117",
    prefecture="奈良県",
    section="企画課",
    person="架空 花子",
    addresses=("a@example.jp", "b@example.jp"),
    phone="000-0000-0000",
    votes=2_500_000,
    joined=date(2001, 4, 1),
    left=date(2026, 3, 31),
    note="備考\n二行目",
    other=(("旧字", "神"), ("旧字", "二つ目")),
)
# Any text that a sheet can hold; a database may refuse U+0000, and a lone surrogate is no text.
ANY_TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=30)


def hard_names() -> list[str]:
    with (NAMES / "hard-names.csv").open(encoding="utf-8-sig", newline="") as sheet:
        return [row["団体名"] for row in csv.DictReader(sheet)]


def keep(database, *people):
    with database.transaction() as tx:
        members.put(tx, "council", people, now=T0)


def kept(database, body="council"):
    with database.reading() as tx:
        return members.register(tx, body)


def test_every_field_of_a_member_comes_back(database):
    keep(database, FULL)

    assert kept(database) == (FULL,)


def test_hard_names_come_back_byte_for_byte(database):
    names = hard_names()
    keep(database, *(Member(f"H{place:03d}", name) for place, name in enumerate(names)))

    found = [each.name.encode() for each in kept(database)]

    assert found == [name.encode() for name in names]
    assert len(names) >= 20


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("\N{CJK COMPATIBILITY IDEOGRAPH-FA19}保町", "神保町"),  # NFC makes the one the other
        ("葛\N{VARIATION SELECTOR-18}城市", "葛城市"),
        ("が", "か\N{COMBINING KATAKANA-HIRAGANA VOICED SOUND MARK}"),
        ("ﾊﾝｶｸ", "ハンカク"),
        ("𠮷田", "吉田"),
        ("町", "町 "),
    ],
)
def test_names_that_look_alike_stay_two_members(database, first, second):
    keep(database, Member(first, first), Member(second, second))

    assert {each.name for each in kept(database)} == {first, second}
    assert first != second


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=ANY_TEXT, address=ANY_TEXT, pair=st.tuples(ANY_TEXT, ANY_TEXT))
def test_any_text_comes_back(database, name, address, pair):
    person = Member("M0001", name, addresses=(address,), other=(pair,), note=name)
    keep(database, person)

    assert kept(database) == (person,)


@pytest.mark.parametrize("votes", [0, 1, 333_333, 1_000_000, 2**53 - 1])
def test_votes_come_back_to_the_millionth(database, votes):
    keep(database, Member("M0001", "架空町", votes=votes))

    assert kept(database)[0].votes == votes


def test_members_come_in_the_order_of_their_numbers_on_either_database(database):
    numbers = ["a1", "A2", "-3", "10", "9", "あ", "ア", "Z", "z", "é"]
    keep(database, *(Member(each, each) for each in numbers))

    assert [each.member_id for each in kept(database)] == sorted(numbers)


def test_putting_a_member_again_replaces_it_whole_and_leaves_the_others(database):
    other = Member("M0002", "架空2町", note="そのまま")
    keep(database, FULL, other)

    with database.transaction() as tx:
        members.put(tx, "council", [Member("M0001", "架空1町")], now=T1)

    assert kept(database) == (Member("M0001", "架空1町"), other)


def test_a_sheet_that_names_a_member_twice_is_kept_not_even_in_part(database):
    with pytest.raises(Exception, match=r"UNIQUE|unique"):
        keep(database, FULL, Member("M0002", "架空2町"), Member("M0002", "架空3町"))

    assert kept(database) == ()


def test_each_body_has_its_own_register(database):
    with database.transaction() as tx:
        members.add_body(tx, "other", Body("別の会", BodyKind.VOLUNTARY))
    keep(database, FULL)

    assert kept(database, "other") == ()
    with database.reading() as tx:
        assert [each.slug for each in members.bodies(tx)] == ["council", "other"]
        assert members.find_body(tx, "other") == members.BodyRow("other", Body("別の会", BodyKind.VOLUNTARY))
        assert members.find_body(tx, "third") is None
