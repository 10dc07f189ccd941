"""Committees, kinds without a vote, the history and uploads hold on either database."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest

from tests.store.rows import T0, T1
from voting.core.assembly import Body
from voting.core.members import Member
from voting.core.rules import BodyKind
from voting.core.votes import ONE_VOTE
from voting.store import members, register_history, roll_uploads, seats
from voting.store.register_history import RegisterAct
from voting.store.roll_uploads import Upload
from voting.store.seats import Seat

TOWN = Member("M1", "那須町", addresses=("a@example.jp",), joined=date(2020, 4, 1))
CITY = Member("M2", "葛\N{VARIATION SELECTOR-17}城市", kind="顧問")


@pytest.fixture
def filled(database):
    """A body with two members, and a committee of it."""
    with database.transaction() as tx:
        members.put(tx, "council", (TOWN, CITY), now=T0)
        members.add_body(tx, "seido", Body("制度部会", BodyKind.VOLUNTARY), parent="council")
    return database


def test_a_seat_is_written_once_and_changed_later(filled) -> None:
    with filled.transaction() as tx:
        seats.put(tx, "seido", [Seat("M1", ONE_VOTE, None, None)])
        seats.put(tx, "seido", [Seat("M1", 2 * ONE_VOTE, date(2021, 4, 1), date(2026, 4, 1))])

    with filled.reading() as tx:
        (found,) = members.register(tx, "seido")
        parent = members.find_body(tx, "seido")
    assert found == replace(TOWN, votes=2 * ONE_VOTE, joined=date(2021, 4, 1), left=date(2026, 4, 1))
    assert parent is not None
    assert parent.parent == "council"


def test_nobody_is_in_a_committee_before_being_in_the_body(filled) -> None:
    with filled.transaction() as tx:
        seats.put(tx, "seido", [Seat("M1", ONE_VOTE, date(2019, 4, 1), None)])

    with filled.reading() as tx:
        assert members.register(tx, "seido")[0].joined == date(2020, 4, 1)


def test_kinds_without_a_vote_replace_those_before(filled) -> None:
    with filled.transaction() as tx:
        members.set_voteless(tx, "council", ["正会員", "顧問"])
        members.set_voteless(tx, "council", ["顧問"])

    with filled.reading() as tx:
        assert members.voteless_kinds(tx, "council") == {"顧問"}
        assert [each.votes for each in members.register(tx, "council")] == [ONE_VOTE, 0]
        assert [each.votes for each in members.recorded(tx, "council")] == [ONE_VOTE, ONE_VOTE]


def test_a_contact_grows_old_although_other_things_change(filled) -> None:
    with filled.transaction() as tx:
        members.put(tx, "council", [replace(TOWN, note="備考"), replace(CITY, phone="1")], now=T1)

    with filled.reading() as tx:
        assert members.contacts(tx, "council") == {"M1": T0, "M2": T1}

    with filled.transaction() as tx:
        members.confirm_contact(tx, "council", "M1", at=T1)
    with filled.reading() as tx:
        assert members.contacts(tx, "council")["M1"] == T1


def test_acts_are_numbered_and_kept_with_both_states(filled) -> None:
    after = replace(CITY, name="葛城市")
    with filled.transaction() as tx:
        first = register_history.turn(tx, "council")
        register_history.put(
            tx, "council", RegisterAct(first, T0, "a", "joined", ""), [(None, TOWN), (None, CITY)]
        )
    with filled.transaction() as tx:
        second = register_history.turn(tx, "council")
        register_history.put(tx, "council", RegisterAct(second, T1, "b", "edited", "x"), [(CITY, after)])

    with filled.reading() as tx:
        changes = register_history.changes(tx, "council", "M2")
        acts = register_history.acts(tx, "council", most=1)
    assert (first, second) == (1, 2)
    assert [(each.before, each.after) for each in changes] == [(CITY, after), (None, CITY)]
    assert [each.what for each in acts] == ["edited"]


def test_two_at_one_register_take_turns_and_each_sees_what_the_other_wrote(filled) -> None:
    def count_up(_: int) -> int:
        with filled.transaction() as tx:
            revision = register_history.turn(tx, "council")
            (before,) = (each for each in members.recorded(tx, "council") if each.member_id == "M1")
            members.put(tx, "council", [replace(before, votes=before.votes + ONE_VOTE)], now=T1)
            return revision

    with ThreadPoolExecutor(8) as pool:
        taken = sorted(pool.map(count_up, range(16)))

    with filled.reading() as tx:
        votes = {each.member_id: each.votes for each in members.recorded(tx, "council")}["M1"]
    assert taken == list(range(1, 17))
    assert votes == 17 * ONE_VOTE


def test_an_upload_is_its_senders_alone_and_replaces_the_one_before(filled) -> None:
    sent = Upload("u1", "council", "first", "a.csv", b"\0\xff", "{}", T0, T1)
    with filled.transaction() as tx:
        roll_uploads.put(tx, sent)
        roll_uploads.put(tx, replace(sent, id="u2"))
        roll_uploads.choose(tx, "u2", '{"a": 1}')

    def find(upload: str, *, by: str = "first", body: str = "council", now: str = T0):
        with filled.reading() as tx:
            return roll_uploads.find(tx, upload, by=by, body=body, now=now)

    assert find("u2") == replace(sent, id="u2", choices='{"a": 1}')
    assert find("u1") is None
    assert find("u2", by="second") is None
    assert find("u2", body="seido") is None
    assert find("u2", now=T1) is None


def test_expired_uploads_are_wiped(filled) -> None:
    sent = Upload("u1", "council", "first", "a.csv", b"x", "{}", T0, T1)
    with filled.transaction() as tx:
        roll_uploads.put(tx, sent)
        roll_uploads.wipe_expired(tx, now=T0)
        assert roll_uploads.find(tx, "u1", by="first", body="council", now=T0) == sent
        roll_uploads.wipe_expired(tx, now=T1)
        assert roll_uploads.wipe(tx, "u1") is False
