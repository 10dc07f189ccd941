"""Ballots by the web that follow each other are judged together exactly as one by one."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ledger.story import CLOSES, MINUTE, OPENS, Story, digest, mc
from voting.ledger.entries import Entry, Piece, decode_pieces, encode_entry, entries_of
from voting.ledger.history import Latest, Period, Stage
from voting.ledger.kinds import Ballot, Incident
from voting.ledger.replay import History, IllegalHistory, replay
from voting.ledger.usual import WebBallots

FOR = {"1": "for"}
PERIODS = {digest("docket"): Period(OPENS + MINUTE, CLOSES)}
SECOND = timedelta(seconds=1)
FIRST = 3  # the index of the first ballot


def run_of_ballots() -> Story:
    story = Story().begun()
    for member in ("M0001", "M0002", "M0001", "M0003", "M0001", "M0004", "M0003"):
        story.cast(member, FOR)
    return story


def pieces(entries: list[Entry]) -> list[Piece]:
    return decode_pieces([encode_entry(entry) for entry in entries])


def outcome(told: list[Piece] | list[Entry]) -> object:
    """All that a history comes to; or where it is refused, and why."""
    try:
        found = replay(told, periods=PERIODS)
    except IllegalHistory as fault:
        return fault.index, fault.reason
    facts = found.log, found.size, found.time, found.stage, found.ballots, found.last_receipt
    return *facts, found.latest, found.delays


def alike(entries: list[Entry]) -> object:
    together = outcome(pieces(entries))
    assert together == outcome(entries)
    return together


def changed(at: int, /, **change: object) -> list[Entry]:
    """The story with one ballot's body changed, or members of its entry."""
    entries = run_of_ballots().entries
    names = Ballot.__slots__
    body = replace(entries[at].body, **{name: value for name, value in change.items() if name in names})
    rest = {name: value for name, value in change.items() if name not in names}
    entries[at] = replace(entries[at], body=body, **rest)
    return entries


def test_a_run_is_one_piece_and_comes_to_the_same() -> None:
    entries = run_of_ballots().entries
    *begun, run = pieces(entries)

    assert isinstance(run, WebBallots) and len(run.places) == 7
    assert [*begun, *entries_of(run)] == entries
    alike(entries)
    assert replay(pieces(entries)).latest == {
        mc("M0001"): Latest(3, 7),
        mc("M0002"): Latest(1, 4),
        mc("M0003"): Latest(2, 9),
        mc("M0004"): Latest(1, 8),
    }


def test_a_run_goes_on_where_the_one_before_ended() -> None:
    entries = run_of_ballots().entries
    told: list[Piece] = []
    for start in range(0, len(entries), 4):
        told += pieces(entries[start : start + 4])

    assert outcome(told) == outcome(entries)


@pytest.mark.parametrize(
    ("index", "change", "reason"),
    [
        (5, {"sequence": 3}, "the sequence has a gap"),
        (5, {"replaces": 4}, "it replaces another than the last ballot"),
        (5, {"sequence": 1, "replaces": None}, "the sequence has a gap"),
        (6, {"member": mc("M0002")}, "the sequence has a gap"),
        (6, {"sequence": 2, "replaces": 4}, "the sequence has a gap"),
        (7, {"sequence": 2}, "the sequence has a gap"),
        (7, {"replaces": 3}, "it replaces another than the last ballot"),
        (9, {"replaces": 9}, "it replaces another than the last ballot"),
        (6, {"log": "another.example"}, "it belongs to another log"),
        (6, {"time": OPENS}, "its time is before the last entry's"),
        (6, {"received_at": CLOSES}, "it was received at or after the close"),
        (6, {"received_at": OPENS}, "it was received before the opening"),
    ],
)
def test_what_is_wrong_within_a_run_is_told_as_one_by_one(
    index: int, change: dict[str, object], reason: str
) -> None:
    assert alike(changed(index, **change)) == (index, reason)


def test_a_wrong_index_within_a_run_is_told_as_it_stands_there() -> None:
    assert alike(changed(6, index=7)) == (7, "the next index is 6")


@pytest.mark.parametrize("late", [-SECOND, timedelta(seconds=61)])
def test_a_delay_within_a_run_waits_for_its_incident(late: timedelta) -> None:
    entries = run_of_ballots().entries
    entries = changed(6, received_at=entries[6].time - late)
    alike(entries)
    assert [delay.index for delay in replay(pieces(entries)).delays] == [6]

    story = run_of_ballots()
    incident = Entry(len(entries), story.origin, story.now, Incident(OPENS, CLOSES, "outage"))
    assert replay([*pieces(entries), incident]).delays == []


@pytest.mark.parametrize("stage", [Stage.BEGUN, Stage.CLOSED])
def test_a_run_may_stand_only_where_each_of_it_may(stage: Stage) -> None:
    entries = run_of_ballots().entries
    history = History()
    for entry in entries[: 2 if stage is Stage.BEGUN else FIRST]:
        history.apply(entry)
    story = Story()
    story.entries, story.data = entries[:FIRST], [encode_entry(entry) for entry in entries[:FIRST]]
    closed = story.closed().entries
    moved = [replace(entry, index=entry.index + 1, time=CLOSES + MINUTE) for entry in entries[FIRST:]]

    told = entries[:2] + entries[FIRST:] if stage is Stage.BEGUN else closed + moved

    assert alike(told) == outcome(told)
    assert isinstance(alike(told), tuple) and len(alike(told)) == 2


@given(st.data())
def test_whatever_is_changed_both_ways_come_to_the_same(data: st.DataObject) -> None:
    index = data.draw(st.integers(FIRST, 9))
    members = st.sampled_from([mc(f"M000{n}") for n in range(1, 6)])
    sequence = data.draw(st.integers(1, 4))
    change = data.draw(
        st.fixed_dictionaries(
            {"sequence": st.just(sequence)},
            optional={
                "member": members,
                "received_at": st.sampled_from([OPENS, OPENS + MINUTE, OPENS + 6 * MINUTE, CLOSES]),
                "time": st.sampled_from([OPENS + 4 * MINUTE, OPENS + 8 * MINUTE, CLOSES]),
                "index": st.integers(0, 12),
            },
        )
    )
    replaces = None if sequence == 1 else data.draw(st.integers(0, 12))

    alike(changed(index, replaces=replaces, **change))
