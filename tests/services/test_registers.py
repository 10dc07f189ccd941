"""Members one by one, committees, kinds: what changes, what is noted, what a frozen roll never sees."""

from datetime import date

import pytest

from tests.world import World
from voting.core.assembly import Body
from voting.core.members import Member
from voting.core.permissions import Act, NotAllowed, Officer, Role
from voting.core.postal import Postal, postal
from voting.core.rules import BodyKind
from voting.core.votes import ONE_VOTE
from voting.services.errors import AlreadyThere, BadName
from voting.services.register import bodies, member_list, membership, rolls
from voting.services.register.member_list import Belonging, Only, Wanted
from voting.services.register.membership import (
    HasLeft,
    HasNotLeft,
    LeavesBeforeJoining,
    MemberChangedSince,
    MemberUnsound,
    NobodyChosen,
)
from voting.services.register.registers import CommitteeRegister, NoSuchMember, stamp
from voting.sheets.roll_form import LABELS
from voting.store import roll, seats

# The default selector of one kanji, a compatibility form that NFC would replace, and a kanji of four bytes.
HARD = "葛\N{VARIATION SELECTOR-17}城\ufa19𠮷市"
NASU = {"member_id": "N0001", "name": "那須町", "kana": "なすまち", "code": "094072", "votes": "1"}


@pytest.fixture
def office(world: World) -> Officer:
    """An administrator, and a body with an empty register."""
    who = world.officer(Role.ADMINISTRATOR)
    bodies.add_body(world.rt, who, "forum", Body("架空フォーラム", BodyKind.VOLUNTARY))
    return who


def join(world: World, office: Officer, number: str, **typed: str) -> None:
    facts = {"member_id": number, "name": f"架空{number}", "votes": "1", **typed}
    membership.join(world.rt, office, "forum", facts)


def page(world: World, office: Officer, number: str, body: str = "forum") -> member_list.MemberPage:
    return member_list.member_page(world.rt, office, body, number)


def edit(world: World, office: Officer, number: str, **typed: str) -> bool:
    shown = page(world, office, number)
    return membership.edit(
        world.rt, office, "forum", number, membership.typed_of(shown.member) | typed, seen=shown.stamp
    )


def test_whoever_joins_is_in_the_register_with_who_entered_it_and_when(world: World, office: Officer) -> None:
    membership.join(world.rt, office, "forum", NASU)

    shown = page(world, office, "N0001")
    (change,) = shown.history
    assert (shown.member.name, shown.member.code, shown.member.votes) == ("那須町", "094072", ONE_VOTE)
    assert (change.is_new, change.act.what, change.act.at) == (True, "joined", world.rt.now())
    assert change.act.by == "administrator 担当1 (administrator-1)"


def test_a_name_is_kept_character_by_character_through_a_form(world: World, office: Officer) -> None:
    join(world, office, "N1", name=HARD, note="一行目\r\n二行目")

    edit(world, office, "N1", phone="000-1111-2222")

    found = page(world, office, "N1").member
    assert found.name.encode() == HARD.encode()
    assert found.note == "一行目\n二行目"


def test_what_is_wrong_is_said_field_by_field_and_nothing_is_stored(world: World, office: Officer) -> None:
    typed = NASU | {"code": "94072", "addresses": "nasu@example", "joined": "令和6年9月27日(木)", "name": ""}

    with pytest.raises(MemberUnsound) as refused:
        membership.join(world.rt, office, "forum", typed)

    words = refused.value.words("ja", LABELS.__getitem__)
    assert set(words) == {"code", "addresses", "joined", "name"}
    assert words["code"].startswith("「団体コード・法人番号」の 94072 は桁が足りません(094072 では")
    assert "check" in refused.value.words("en", str)["code"]
    assert member_list.register_page(world.rt, office, "forum").lines == ()


def test_a_number_is_not_given_twice_not_even_that_of_a_member_who_left(
    world: World, office: Officer
) -> None:
    join(world, office, "N1")
    membership.leave(world.rt, office, "forum", "N1", left="2026/3/31")

    with pytest.raises(AlreadyThere):
        join(world, office, "N1")


def test_several_addresses_are_kept_in_their_order(world: World, office: Officer) -> None:
    join(world, office, "N1", addresses="b@example.jp\r\na@example.jp\r\nb@example.jp")

    assert page(world, office, "N1").member.addresses == ("b@example.jp", "a@example.jp")


def test_each_change_is_kept_with_what_was_before_and_after(world: World, office: Officer) -> None:
    join(world, office, "N1", section="企画課")
    world.at("2026-05-21 09:00")
    edit(world, office, "N1", section="総務課")
    edit(world, office, "N1", votes="2.5")

    newest, middle, _ = page(world, office, "N1").history
    assert [(name, before and before.section, after.section) for name, before, after in middle.columns] == [
        ("section", "企画課", "総務課")
    ]
    assert [name for name, _, _ in newest.columns] == ["votes"]
    assert middle.act.at == world.rt.now()


def test_what_changes_nothing_is_no_entry_in_the_history(world: World, office: Officer) -> None:
    join(world, office, "N1")

    assert edit(world, office, "N1") is False
    assert len(page(world, office, "N1").history) == 1


def test_a_form_that_has_grown_old_overwrites_nothing(world: World, office: Officer) -> None:
    join(world, office, "N1")
    old = page(world, office, "N1")
    edit(world, office, "N1", phone="1")

    with pytest.raises(MemberChangedSince):
        membership.edit(world.rt, office, "forum", "N1", {"phone": "2"}, seen=old.stamp)

    assert page(world, office, "N1").member.phone == "1"


def test_a_form_cannot_change_the_number_or_the_day_of_leaving(world: World, office: Officer) -> None:
    join(world, office, "N1")

    assert edit(world, office, "N1", member_id="N2", left="2020/1/1") is False
    assert page(world, office, "N1").member.left is None


def test_columns_that_a_sheet_once_brought_survive_a_form(world: World, office: Officer) -> None:
    sheet = "会員番号,団体名,旧番号\r\nN1,那須町,77\r\n".encode()
    rolls.import_sheet(world.rt, office, "forum", data=sheet, name="a.csv")

    edit(world, office, "N1", phone="1")

    assert page(world, office, "N1").member.other == (("旧番号", "77"),)


def test_leaving_can_be_taken_back_and_the_history_keeps_both(world: World, office: Officer) -> None:
    join(world, office, "N1", joined="2024/4/1")
    membership.leave(world.rt, office, "forum", "N1", left="R8.5.1")
    assert page(world, office, "N1").line.belonging is Belonging.LEFT

    membership.take_back_leaving(world.rt, office, "forum", "N1")

    shown = page(world, office, "N1")
    assert shown.line.belonging is Belonging.MEMBER
    assert [each.act.what for each in shown.history] == ["returned", "left", "joined"]


def test_nobody_leaves_twice_or_before_joining_or_comes_back_without_having_left(
    world: World, office: Officer
) -> None:
    join(world, office, "N1", joined="2024/4/1")

    with pytest.raises(HasNotLeft):
        membership.take_back_leaving(world.rt, office, "forum", "N1")
    with pytest.raises(LeavesBeforeJoining):
        membership.leave(world.rt, office, "forum", "N1", left="2024/3/31")
    membership.leave(world.rt, office, "forum", "N1", left="2024/4/1")
    with pytest.raises(HasLeft):
        membership.leave(world.rt, office, "forum", "N1", left="2025/4/1")


def test_a_contact_older_than_a_year_is_listed_until_it_is_confirmed(world: World, office: Officer) -> None:
    join(world, office, "N1", addresses="a@example.jp")
    join(world, office, "N2", addresses="b@example.jp")
    join(world, office, "N3", addresses="c@example.jp")
    world.at("2027-05-20 10:00")
    edit(world, office, "N1", note="連絡先でない変更")
    edit(world, office, "N2", person="新しい担当")
    membership.confirm_contact(world.rt, office, "forum", "N3")

    lines = member_list.register_page(world.rt, office, "forum").lines

    old = member_list.found(lines, Wanted(only=Only.OLD_CONTACT))
    assert [each.member.member_id for each in old] == ["N1"]
    assert page(world, office, "N3").history[0].act.what == "contact-confirmed"


@pytest.mark.parametrize(
    ("written", "looked_for"),
    [
        ("髙﨑設計", "高崎"),
        ("龍ケ崎市", "竜ヶ﨑"),
        ("葛\N{VARIATION SELECTOR-17}城市", "葛城"),
        ("葛城市", "葛\N{VARIATION SELECTOR-18}城"),
        ("ＮＰＯ法人ｶﾅ", "npo法人カナ"),
        ("飛驒市", "飛騨"),
    ],
)
def test_a_name_is_found_however_it_is_spelt(
    world: World, office: Officer, written: str, looked_for: str
) -> None:
    join(world, office, "N1", name=written)
    join(world, office, "N2", name="ほかの会")

    lines = member_list.register_page(world.rt, office, "forum").lines

    assert [each.member.member_id for each in member_list.found(lines, Wanted(looked_for))] == ["N1"]


def test_a_reading_is_found_in_either_kana(world: World, office: Officer) -> None:
    join(world, office, "N1", kana="なすまち")

    lines = member_list.register_page(world.rt, office, "forum").lines

    assert len(member_list.found(lines, Wanted("ﾅｽ"))) == 1
    assert member_list.found(lines, Wanted("ゆす")) == ()


def test_a_kind_without_a_vote_is_in_the_register_and_on_no_roll(world: World, office: Officer) -> None:
    join(world, office, "N1", kind="正会員")
    join(world, office, "N2", kind="協力会員", votes="3")

    bodies.set_voteless(world.rt, office, "forum", {"協力会員"})

    shown = bodies.body_page(world.rt, office, "forum")
    assert (shown.line.members, shown.line.voters, shown.line.votes) == (2, 1, "1")
    assert [(each.kind, each.has_vote) for each in shown.kinds] == [("協力会員", False), ("正会員", True)]
    assert page(world, office, "N2").member.votes == 3 * ONE_VOTE  # kept, should the kind get its vote back
    assert [each.member_id for each in rolls.register(world.rt, "forum") if each.votes] == ["N1"]
    assert shown.acts[0].what == "kinds-changed"


def test_a_committee_is_made_of_members_with_votes_and_days_of_their_own(
    world: World, office: Officer
) -> None:
    for number in ("N1", "N2", "N3"):
        join(world, office, number, joined="2020/4/1", kind="協力会員")
    bodies.set_voteless(world.rt, office, "forum", {"協力会員"})
    bodies.add_committee(world.rt, office, "forum", "seido", name="制度部会")
    membership.seat(world.rt, office, "seido", ["N1", "N3"], joined="2025/4/1")
    shown = page(world, office, "N3", "seido")
    membership.edit(world.rt, office, "seido", "N3", {"votes": "2", "name": "別の名"}, seen=shown.stamp)

    found = rolls.register(world.rt, "seido")

    assert [(each.member_id, each.votes, each.joined) for each in found] == [
        ("N1", ONE_VOTE, date(2025, 4, 1)),
        ("N3", 2 * ONE_VOTE, date(2025, 4, 1)),
    ]
    assert page(world, office, "N3").member.name == "架空N3"
    assert [[name for name, _, _ in each.columns] for each in page(world, office, "N3", "seido").history] == [
        ["votes"],
        ["votes", "joined"],
    ]
    assert [each.slug for each in page(world, office, "N1").committees] == ["seido"]


def test_a_committee_has_the_names_and_addresses_of_today(world: World, office: Officer) -> None:
    join(world, office, "N1", addresses="old@example.jp")
    bodies.add_committee(world.rt, office, "forum", "seido", name="制度部会")
    membership.seat(world.rt, office, "seido", ["N1"], joined="")

    edit(world, office, "N1", addresses="new@example.jp")

    assert rolls.register(world.rt, "seido")[0].addresses == ("new@example.jp",)


def test_whoever_leaves_the_body_leaves_its_committees(world: World, office: Officer) -> None:
    join(world, office, "N1")
    bodies.add_committee(world.rt, office, "forum", "seido", name="制度部会")
    membership.seat(world.rt, office, "seido", ["N1"], joined="")
    membership.leave(world.rt, office, "seido", "N1", left="2026/9/1")

    membership.leave(world.rt, office, "forum", "N1", left="2026/7/1")

    assert rolls.register(world.rt, "seido")[0].left == date(2026, 7, 1)
    membership.take_back_leaving(world.rt, office, "forum", "N1")
    assert rolls.register(world.rt, "seido")[0].left == date(2026, 9, 1)


def test_a_seat_is_only_for_members_of_the_body_and_only_once(world: World, office: Officer) -> None:
    join(world, office, "N1")
    bodies.add_committee(world.rt, office, "forum", "seido", name="制度部会")

    with pytest.raises(NoSuchMember):
        membership.seat(world.rt, office, "seido", ["N1", "X9"], joined="")
    with world.rt.database.reading() as tx:
        assert seats.seats(tx, "seido") == ()
    membership.seat(world.rt, office, "seido", ["N1"], joined="")
    with pytest.raises(NobodyChosen):
        membership.seat(world.rt, office, "seido", ["N1"], joined="")
    with pytest.raises(NoSuchMember):
        membership.seat(world.rt, office, "forum", ["N1"], joined="")


def test_nothing_is_entered_or_imported_into_a_committee_directly(world: World, office: Officer) -> None:
    bodies.add_committee(world.rt, office, "forum", "seido", name="制度部会")

    with pytest.raises(CommitteeRegister):
        membership.join(world.rt, office, "seido", NASU)
    with pytest.raises(CommitteeRegister):
        rolls.import_sheet(
            world.rt, office, "seido", data="会員番号,団体名\r\nN1,会\r\n".encode(), name="a.csv"
        )
    with pytest.raises(CommitteeRegister):
        bodies.add_committee(world.rt, office, "seido", "inner", name="部会の部会")
    with pytest.raises(CommitteeRegister):
        bodies.set_voteless(world.rt, office, "seido", {"正会員"})


def test_a_body_needs_a_name_and_a_new_short_name(world: World, office: Officer) -> None:
    with pytest.raises(bodies.BodyNameMissing):
        bodies.add_body(world.rt, office, "other", Body("", BodyKind.NPO))
    with pytest.raises(AlreadyThere):
        bodies.add_committee(world.rt, office, "forum", "forum", name="部会")
    with pytest.raises(BadName):
        bodies.add_committee(world.rt, office, "forum", "部会", name="部会")


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_an_administrator_changes_a_register(world: World, office: Officer, role: Role) -> None:
    join(world, office, "N1")
    who = world.officer(role)

    assert page(world, who, "N1").member.name == "架空N1"
    for act in (
        lambda: membership.join(world.rt, who, "forum", NASU),
        lambda: membership.edit(world.rt, who, "forum", "N1", {}, seen=""),
        lambda: membership.leave(world.rt, who, "forum", "N1", left="2026/6/1"),
        lambda: membership.take_back_leaving(world.rt, who, "forum", "N1"),
        lambda: membership.confirm_contact(world.rt, who, "forum", "N1"),
        lambda: membership.seat(world.rt, who, "forum", ["N1"], joined=""),
        lambda: bodies.set_voteless(world.rt, who, "forum", set()),
        lambda: bodies.add_committee(world.rt, who, "forum", "seido", name="制度部会"),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_frozen_roll_stays_as_it_is_whatever_becomes_of_the_register(world: World) -> None:
    world.assembly(size=5)
    office = world.officer(Role.ADMINISTRATOR)
    before = frozen(world)
    shown = member_list.member_page(world.rt, office, "council", "M0001")
    typed = membership.typed_of(shown.member) | {"name": "別の名", "votes": "9", "addresses": "x@example.jp"}

    membership.edit(world.rt, office, "council", "M0001", typed, seen=shown.stamp)
    membership.leave(world.rt, office, "council", "M0002", left="2026/6/1")
    membership.join(world.rt, office, "council", NASU)
    bodies.set_voteless(world.rt, office, "council", {""})

    assert frozen(world) == before
    told = member_list.member_page(world.rt, office, "council", "M0001")
    assert (told.member.name, told.frozen[0].entry and told.frozen[0].entry.name) == ("別の名", "架空1町")
    assert member_list.member_page(world.rt, office, "council", "N0001").frozen[0].entry is None


def frozen(world: World) -> list[tuple[str, str, int, tuple[str, ...]]]:
    with world.rt.database.reading() as tx:
        voters = roll.voters(tx, world.case.id)
    return [(each.member_id, each.name, each.votes, each.addresses) for each in voters]


def test_an_assembly_is_frozen_without_those_who_have_no_vote(world: World) -> None:
    people = (
        Member("M1", "一", kind="正会員"),
        Member("M2", "二", kind="顧問"),
        Member("M3", "三", kind="正会員"),
    )
    world.draft(roll_of=people)
    bodies.set_voteless(world.rt, world.officer(Role.ADMINISTRATOR), "council", {"顧問"})

    world.two(Act.FREEZE, Role.ADMINISTRATOR, Role.CHECKER)

    assert [number for number, *_ in frozen(world)] == ["M1", "M3"]


def test_a_stamp_tells_states_that_differ_in_one_selector() -> None:
    assert stamp(Member("M1", "葛城市")) != stamp(Member("M1", "葛\N{VARIATION SELECTOR-17}城市"))


def test_the_address_is_typed_like_any_field_and_a_postcode_that_is_none_is_refused(
    world: World, office: Officer
) -> None:
    join(world, office, "N1", postcode="３２９ー０００１", address="架空市1-1", fax="03-0000-0000")
    edit(world, office, "N1", fax="03-0000-9999")

    with pytest.raises(MemberUnsound) as refused:
        edit(world, office, "N1", postcode="32-9")

    assert postal(page(world, office, "N1").member) == Postal("329-0001", "架空市1-1", "03-0000-9999")
    assert (
        "「郵便番号」の 32-9 は郵便番号として読み取れません"
        in refused.value.words("ja", LABELS.__getitem__)["postcode"]
    )
    assert "In “Postcode” 32-9 is no postcode" in refused.value.words("en", str.title)["postcode"]


@pytest.mark.parametrize("field", ["address", "section", "fax", "note", "kana"])
def test_signs_that_turn_the_writing_and_texts_without_end_are_refused_in_every_field(
    world: World, office: Officer, field: str
) -> None:
    join(world, office, "N1")

    for text in ("東\u202e京", "\x00", "あ" * 5001):
        with pytest.raises(MemberUnsound) as refused:
            edit(world, office, "N1", **{field: text})
        assert list(refused.value.words("ja", LABELS.__getitem__)) == [field]
        with pytest.raises(MemberUnsound):
            join(world, office, "N2", **{field: text})


def test_what_a_list_has_brought_keeps_nobody_from_mending_something_else(
    world: World, office: Officer
) -> None:
    sheet = "会員番号,団体名,備考\r\nN1,那須町,左\u202e右\r\n".encode()
    rolls.import_sheet(world.rt, office, "forum", data=sheet, name="x.csv")

    assert edit(world, office, "N1", phone="00-1")
