"""Histories that are allowed, and those that are not: each rule of the table of kinds has its own test."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.ledger.story import CLOSES, MINUTE, OPENS, ORIGIN, PERSONS, Story, digest, mc, signer, whole_story
from voting.core.errors import Broken
from voting.ledger.canonical import b64
from voting.ledger.entries import (
    Amend,
    Body,
    Close,
    Correction,
    Credential,
    Deemed,
    Delivery,
    Entry,
    Erase,
    Fact,
    Freeze,
    Genesis,
    Incident,
    Issue,
    Key,
    Operator,
    Previous,
    Result,
    Tally,
)
from voting.ledger.history import Latest
from voting.ledger.note import Signer
from voting.ledger.replay import ALLOWED, History, IllegalHistory, Period, Stage, replay

FOR = {"1": "for"}
SECOND = timedelta(seconds=1)
ONE_PERSON = (PERSONS[0], PERSONS[0])
PERIODS = {digest("docket"): Period(OPENS + MINUTE, CLOSES)}
NEW_KEY = Signer.from_seed(ORIGIN, b"\x05" * 32).vkey

DELIVERY = Delivery(delivered=4, failed=0, root=digest("delivery"))
OPERATOR = Operator(action="restart", by=PERSONS[0], target=None)
INCIDENT = Incident(from_=OPENS, to=CLOSES, what="outage")
CREDENTIAL = Credential(member=mc("M0001"), operation="revoke", key=None, reason="退職")
TIE = Fact(what="tie_decision", motion=1, member=None, at=CLOSES, value="for", approvals=PERSONS)
CHAIR = Fact(what="chair_decision", motion=1, member=None, at=OPENS, value="for", approvals=PERSONS)
LEFT = Fact(what="left", motion=None, member=mc("M0002"), at=CLOSES, value=None, approvals=PERSONS)
AMEND = Amend(
    what="rules", old_sha256=digest("docket"), new_sha256=digest("docket 2"), reason="誤記", approvals=PERSONS
)
ERASE = Erase(records=4, root=digest("erased"), rule="文書管理規程第8条")
DEEMED = Deemed(members=4, votes="4", root=digest("deemed"), clause="")
TALLY = Tally(result_sha256=digest("result"))
CORRECTION = Correction(of=3, reason="転記の誤り", result_sha256=digest("result 2"), approvals=PERSONS)
RESULT = Result(documents=(digest("report.pdf"),))
ISSUE = Issue(members=1, root=digest("again"), level="K0")


def begun() -> Story:
    return Story().begun()


def refusal(story: Story, periods=None) -> str:
    """Why the last entry of a story is refused, all before it being allowed."""
    history = replay(story.entries[:-1], periods=periods)
    with pytest.raises(IllegalHistory) as refused:
        history.apply(story.entries[-1])
    assert refused.value.index == story.entries[-1].index
    return refused.value.reason


def changed(story: Story, index: int, **change) -> Story:
    """The same story, told up to *index*, with one member of that entry's body changed."""
    entry = story.entries[index]
    story.entries = [*story.entries[:index], replace(entry, body=replace(entry.body, **change))]
    return story


# What is allowed


def test_a_whole_story_is_folded_into_its_outcome():
    history = replay(whole_story().entries)

    assert history.stage is Stage.DECLARED
    assert history.size == 15 and history.log == ORIGIN
    assert history.latest == {
        mc("M0001"): Latest(2, 5),
        mc("M0002"): Latest(1, 4),
        mc("M0003"): Latest(1, 7),
    }
    assert history.ballots == 4 and history.refused == {"late": 2}
    assert history.freeze.roll.members == 4 and history.base_index == 1
    assert [sheet.disposed_by for sheet in history.sheets.values()] == [7, 10]
    assert history.close.members == 3 and history.deemed.members == 1
    assert history.result_sha256 == digest("result") and history.documents == [digest("report.pdf")]
    history.require_complete()


def test_a_whole_story_is_allowed_with_its_period_known():
    assert replay(whole_story().entries, periods={digest("docket"): Period(OPENS, CLOSES)}).size == 15


def test_the_verdict_is_the_same_entry_by_entry():
    history = History()
    for entry in whole_story().entries:
        history.check(entry)
        history.apply(entry)

    assert history.stage is Stage.DECLARED


def test_an_illegal_history_is_a_contradiction_in_our_own_data():
    with pytest.raises(Broken, match="entry 1: "):
        replay(whole_story().entries[1:2])


def test_a_refused_entry_leaves_the_history_as_it_was():
    story = begun()
    story.cast("M0001", FOR)
    history = replay(story.entries)
    wrong = replace(story.entries[3], index=4)

    with pytest.raises(IllegalHistory):
        history.apply(wrong)

    assert (history.size, history.ballots, history.latest) == (4, 1, {mc("M0001"): Latest(1, 3)})
    story.cast("M0001", FOR)
    history.apply(story.entries[4])


def test_checking_changes_nothing():
    story = begun()
    story.cast("M0001", FOR)
    history = replay(story.entries[:3])

    history.check(story.entries[3])
    history.check(story.entries[3])

    assert history.ballots == 0 and history.size == 3


# Place


def test_an_index_is_never_left_out_or_used_twice():
    for index in (2, 4):
        story = begun()
        story.cast("M0001", FOR)
        story.entries[-1] = replace(story.entries[-1], index=index)
        with pytest.raises(IllegalHistory, match="next index is 3"):
            replay(story.entries)


def test_an_entry_of_another_log_is_refused():
    story = begun()
    story.cast("M0001", FOR)
    story.entries[-1] = replace(story.entries[-1], log="vote.example.or.jp/council/2025-09")

    assert refusal(story) == "it belongs to another log"


def test_times_may_be_equal_and_never_smaller():
    story = begun()
    story.cast("M0001", FOR, at=story.now, received_at=story.now)
    replay(story.entries)
    story.cast("M0002", FOR, at=story.now - SECOND, received_at=story.now - SECOND)

    assert refusal(story) == "its time is before the last entry's"


# Order of kinds

AT_STAGE = {
    Stage.EMPTY: lambda: Story(),
    Stage.BEGUN: lambda: told(1),
    Stage.FROZEN: lambda: told(2),
    Stage.OPEN: lambda: told(3),
    Stage.CLOSED: lambda: begun().closed(),
    Stage.DEEMED: lambda: declared_to(5),
    Stage.TALLIED: lambda: declared_to(6),
    Stage.DECLARED: lambda: declared_to(7),
}


def told(size: int) -> Story:
    story = begun()
    del story.entries[size:], story.data[size:]
    return story


def declared_to(size: int) -> Story:
    story = begun().closed().declared()
    del story.entries[size:], story.data[size:]
    return story


def next_body(story: Story, kind: str) -> Body:
    """A body of the kind that is wrong at most for where it stands."""
    if kind == "close":
        return Close(closes_at=CLOSES, last_index=max(0, len(story.entries) - 1), members=0, votes="0")
    if kind == "fact":
        return CHAIR if len(story.entries) == 3 else TIE
    known = [
        *(entry.body for entry in begun().entries),
        *(DELIVERY, CREDENTIAL, OPERATOR, INCIDENT, DEEMED, TALLY, RESULT, ERASE),
        replace(AMEND, what="paper"),
        replace(CORRECTION, of=0),
        Key(operation="rotate", vkey=NEW_KEY),
    ]
    return next(body for body in known if body.kind == kind)


SIMPLE_KINDS = [
    "genesis",
    "freeze",
    "issue",
    "delivery",
    "credential",
    "fact",
    "operator",
    "amend",
    "incident",
    "close",
    "deemed",
    "tally",
    "result",
    "correction",
    "erase",
    "key",
]


@pytest.mark.parametrize("kind", SIMPLE_KINDS)
@pytest.mark.parametrize("stage", list(Stage), ids=lambda stage: stage.name.lower())
def test_each_kind_stands_only_where_the_order_allows_it(stage, kind):
    story = AT_STAGE[stage]()
    story.add(next_body(story, kind), at=max(story.now, CLOSES))

    if kind in ALLOWED[stage]:
        replay(story.entries)
    else:
        assert refusal(story) == f"a {kind} entry may not stand at this stage"


def test_the_order_of_kinds_is_that_of_the_specification():
    everything = {*SIMPLE_KINDS, "ballot", "refused", "paper"}

    assert ALLOWED[Stage.OPEN] == everything - {
        "genesis",
        "freeze",
        "deemed",
        "tally",
        "result",
        "correction",
        "erase",
    }
    assert everything == set().union(*ALLOWED.values())
    assert not any("ballot" in ALLOWED[stage] for stage in Stage if stage > Stage.CLOSED)
    assert all("key" in ALLOWED[stage] for stage in Stage if stage is not Stage.EMPTY)


@pytest.mark.parametrize("stage", [Stage.EMPTY, Stage.BEGUN, Stage.FROZEN])
def test_nobody_votes_before_ballots_are_issued(stage):
    vote = begun()
    vote.cast("M0001", FOR)
    story = AT_STAGE[stage]()
    story.add(vote.entries[-1].body, at=vote.now)

    assert refusal(story) == "a ballot entry may not stand at this stage"


def test_a_log_that_ends_without_close_and_tally_is_refused_as_a_whole():
    for story in (begun(), begun().closed()):
        with pytest.raises(IllegalHistory, match="without close and tally"):
            replay(story.entries).require_complete()


# Beginning


def test_the_key_of_genesis_bears_the_name_of_the_log():
    assert refusal(changed(begun(), 0, log_key=signer("another.example").vkey)) == (
        "the key bears another name than the log"
    )


def test_a_log_does_not_follow_itself():
    story = changed(begun(), 0, previous=Previous(ORIGIN, digest("final")))

    assert refusal(story) == "a log cannot follow itself"


def test_a_freeze_by_one_person_is_refused():
    assert refusal(changed(begun(), 1, approvals=ONE_PERSON)) == "two different persons are needed"


def test_more_ballots_are_not_issued_than_the_roll_has_members():
    assert refusal(changed(begun(), 2, members=5)) == "more members than the roll has"


# Ballots


def test_a_member_may_vote_again_and_each_vote_names_the_one_before():
    story = begun()
    first = story.cast("M0001", FOR)
    second = story.cast("M0001", FOR)

    assert replay(story.entries).latest == {mc("M0001"): Latest(2, second)}
    assert story.entries[second].body.replaces == first


@pytest.mark.parametrize(("sequence", "replaces"), [(1, None), (3, 3)])
def test_a_sequence_has_no_gap_and_no_number_twice(sequence, replaces):
    story = begun()
    story.cast("M0001", FOR)
    story.cast("M0001", FOR)

    assert refusal(changed(story, 4, sequence=sequence, replaces=replaces)) == "the sequence has a gap"


def test_a_ballot_does_not_replace_somebody_else_s():
    story = begun()
    story.cast("M0001", FOR)
    story.cast("M0002", FOR)
    story.cast("M0001", FOR)

    assert refusal(changed(story, 5, replaces=4)) == "it replaces another than the last ballot"


def test_a_refused_vote_uses_no_number_up():
    story = begun()
    story.cast("M0001", FOR, refused="suspended")
    story.cast("M0001", FOR)

    assert replay(story.entries).latest == {mc("M0001"): Latest(1, 4)}


def test_a_ballot_is_refused_from_the_instant_of_closing_on():
    for received_at, expected in ((CLOSES - SECOND, None), (CLOSES, "at or after the close")):
        story = begun()
        story.cast("M0001", FOR, received_at=received_at, at=CLOSES)
        if expected is None:
            assert replay(story.entries, periods=PERIODS).ballots == 1
        else:
            assert expected in refusal(story, PERIODS)
            story.closed()
            assert "at or after the close" in refusal(story)


def test_a_ballot_is_refused_before_the_opening():
    story = begun()
    opens_at = story.now + 5 * MINUTE
    story.cast("M0001", FOR, received_at=opens_at - SECOND, at=opens_at)

    assert (
        refusal(story, {digest("docket"): Period(opens_at, CLOSES)}) == "it was received before the opening"
    )


def test_nothing_is_refused_as_early_that_was_in_time():
    story = begun()
    story.cast("M0001", FOR, refused="early")

    assert replay(story.entries, periods={digest("docket"): Period(CLOSES, CLOSES)}).refused == {"early": 1}
    assert refusal(story, PERIODS) == "it was not received before the opening"


def test_nothing_is_refused_as_late_that_was_in_time():
    story = begun()
    story.cast("M0001", FOR, received_at=CLOSES - SECOND, at=CLOSES, refused="late")

    assert refusal(story, PERIODS) == "it was received in time and refused as late"
    assert refusal(story.closed()) == "a vote received in time was refused as late"


def test_nothing_is_refused_as_late_after_the_close_that_was_in_time():
    story = begun().closed()
    story.cast("M0001", FOR, received_at=CLOSES - SECOND, at=CLOSES, refused="late")

    assert refusal(story) == "it was received in time and refused as late"


def test_a_refusal_as_late_stands_when_the_period_is_extended_afterwards():
    story = begun()
    earlier = CLOSES - timedelta(days=1)
    story.cast("M0001", FOR, received_at=earlier, at=earlier, refused="late")
    story.add(replace(AMEND, what="period"))
    story.closed()
    periods = {digest("docket"): Period(OPENS, earlier), digest("docket 2"): Period(OPENS, CLOSES)}

    assert replay(story.entries, periods=periods).stage is Stage.CLOSED


def test_a_web_ballot_after_the_close_is_refused():
    story = begun().closed()
    story.cast("M0001", FOR, received_at=CLOSES - SECOND, at=CLOSES)

    assert refusal(story) == "after the close only paper received in time is accepted"


# Sixty seconds


def test_a_vote_answered_after_more_than_a_minute_needs_an_incident_before_the_tally():
    story = begun()
    received_at = story.now
    story.cast("M0001", FOR, received_at=received_at, at=received_at + MINUTE + SECOND)
    story.closed().add(DEEMED)
    story.add(TALLY)
    assert refusal(story) == "no incident explains why entry 3 was not written within 60 seconds"

    outage = Incident(from_=received_at, to=received_at + MINUTE, what="outage")
    for place in (3, 4, 5):
        entries = [*story.entries[:place]]
        entries.append(Entry(place, ORIGIN, story.entries[place].time, outage))
        for entry in story.entries[place:]:
            body = entry.body
            if isinstance(body, Close):
                body = replace(body, last_index=entry.index)
            entries.append(replace(entry, index=entry.index + 1, body=body))

        assert replay(entries).stage is Stage.TALLIED


def test_an_incident_at_another_hour_explains_nothing():
    story = begun()
    received_at = story.now
    story.cast("M0001", FOR, received_at=received_at, at=received_at + MINUTE + SECOND)
    story.add(Incident(from_=received_at + SECOND, to=CLOSES, what="outage"))
    story.closed().add(DEEMED)
    story.add(TALLY)

    assert "no incident explains why entry 3" in refusal(story)


def test_a_vote_that_was_answered_before_it_came_needs_an_incident_too():
    story = begun()
    story.cast("M0001", FOR, received_at=story.now + 2 * MINUTE, at=story.now + MINUTE)

    assert [delay.index for delay in replay(story.entries).delays] == [3]


def test_exactly_a_minute_is_prompt():
    story = begun()
    story.cast("M0001", FOR, received_at=story.now, at=story.now + MINUTE)

    assert replay(story.entries).delays == []


# Paper


def test_a_sheet_that_was_never_registered_cannot_be_counted():
    story = begun()
    sheet = story.sheet("FAX-001")
    story.cast("M0001", FOR, paper=sheet)

    assert refusal(changed(story, 4, paper=2)) == "no paper was registered at 2"


@pytest.mark.parametrize("second", [None, "invalid"])
def test_a_sheet_counts_once(second):
    story = begun()
    sheet = story.sheet("FAX-001")
    story.cast("M0001", FOR, paper=sheet)
    story.cast("M0002", FOR, paper=sheet, refused=second)

    assert refusal(story) == "the paper of 3 was used up by 4"


def test_a_sheet_is_entered_by_two_persons():
    story = begun()
    story.cast("M0001", FOR, paper=story.sheet("FAX-001"))

    assert refusal(changed(story, 4, entered_by=ONE_PERSON)) == "two different persons are needed"


def test_a_paper_ballot_was_received_when_its_paper_arrived():
    story = begun()
    story.cast("M0001", FOR, paper=story.sheet("FAX-001"), received_at=OPENS)

    assert refusal(story) == "it was not received when its paper arrived"


def test_paper_does_not_arrive_after_its_entry():
    story = begun()
    story.sheet("FAX-001", arrived_at=story.now + MINUTE + SECOND)

    assert refusal(story) == "the paper arrives after its entry"


def test_a_serial_number_is_given_once():
    story = begun()
    story.sheet("FAX-001")
    story.sheet("FAX-001")

    assert refusal(story) == "the serial number was given before"


def test_no_sheet_may_be_left_in_the_drawer():
    story = begun()
    story.sheet("FAX-001")
    story.closed().add(DEEMED)

    assert refusal(story) == "nothing was done about the paper of 3"


def test_paper_that_arrived_in_time_may_be_entered_after_the_close():
    story = begun()
    sheet = story.sheet("FAX-001")
    story.closed().cast("M0001", FOR, paper=sheet)

    assert replay(story.entries).ballots == 1


def test_paper_that_arrived_late_is_not_a_ballot():
    story = begun()
    sheet = story.sheet("FAX-001", arrived_at=CLOSES, at=CLOSES)
    story.closed().cast("M0001", FOR, paper=sheet)

    assert refusal(story) == "it was received at or after the close"


def test_paper_registered_after_the_close_counts_only_if_two_persons_admit_it():
    story = begun().closed()
    sheet = story.sheet("FAX-001", arrived_at=CLOSES - SECOND)
    story.cast("M0001", FOR, paper=sheet)
    assert refusal(story) == "its paper was registered after the close and no amend names it"

    for before in (True, False):
        story = begun().closed()
        if before:
            story.admit_paper("FAX-001")
        sheet = story.sheet("FAX-001", arrived_at=CLOSES - SECOND)
        if not before:
            story.admit_paper("FAX-001")
        story.cast("M0001", FOR, paper=sheet)
        assert replay(story.entries).ballots == 1


def test_paper_registered_after_the_close_is_otherwise_refused_as_late():
    story = begun().closed()
    sheet = story.sheet("FAX-001", arrived_at=CLOSES - SECOND)
    story.cast("M0001", FOR, paper=sheet, refused="late")

    assert replay(story.entries).refused == {"late": 1}


# Facts and amendments


@pytest.mark.parametrize("body", [CHAIR, LEFT, AMEND])
def test_what_two_persons_must_approve_is_not_approved_by_one(body):
    story = begun()
    story.add(replace(body, approvals=ONE_PERSON))

    assert refusal(story) == "two different persons are needed"


def test_the_chair_does_not_decide_for_proxies_after_the_close():
    story = begun().closed()
    story.add(CHAIR)

    assert refusal(story) == "the chair decides for proxies before the close"


@pytest.mark.parametrize("what", ["tie_decision", "lot"])
def test_a_tie_is_not_decided_before_the_close(what):
    story = begun()
    story.add(replace(TIE, what=what))

    assert refusal(story) == "a tie is decided after the close"


def test_the_earliest_leaving_counts():
    story = begun()
    for at in (CLOSES, OPENS, CLOSES - SECOND):
        story.add(replace(LEFT, at=at))

    assert replay(story.entries).left == {mc("M0002"): OPENS}


def test_dockets_chain_by_their_hashes():
    story = begun()
    story.add(AMEND)
    story.add(replace(AMEND, what="period", old_sha256=digest("docket 2"), new_sha256=digest("docket 3")))
    assert replay(story.entries).docket_sha256 == digest("docket 3")

    story.add(replace(AMEND, old_sha256=digest("docket")))
    assert refusal(story) == "it amends something that is not in force"


def test_the_roll_is_amended_by_its_own_root():
    story = begun()
    story.add(replace(AMEND, what="roll", old_sha256=digest("roll"), new_sha256=digest("roll 2")))
    history = replay(story.entries)

    assert history.roll_root == digest("roll 2") and history.docket_sha256 == digest("docket")
    story.add(replace(AMEND, what="roll", old_sha256=digest("docket")))
    assert refusal(story) == "it amends something that is not in force"


def test_only_amended_texts_move_the_base_that_ballots_name():
    for what, base_index in (("rules", 1), ("period", 1), ("texts", 3)):
        story = begun()
        story.add(replace(AMEND, what=what))

        assert replay(story.entries).base_index == base_index


def test_only_paper_is_amended_after_the_close():
    story = begun().closed()
    story.add(AMEND)

    assert refusal(story) == "after the close only a paper can be admitted"


# Close and after


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"last_index": 2}, "its last index is not the one before"),
        ({"members": 0}, "1 members have a ballot"),
        ({"members": 2}, "1 members have a ballot"),
        ({"closes_at": CLOSES + SECOND}, "it is written before the period is over"),
    ],
)
def test_a_close_that_says_something_else_than_the_log_is_refused(change, reason):
    story = begun()
    story.cast("M0001", FOR)
    story.closed()

    assert refusal(changed(story, 4, **change)) == reason


def test_a_close_at_another_instant_than_the_docket_s_is_refused():
    story = changed(begun().closed(), 3, closes_at=CLOSES - SECOND)

    assert refusal(story, PERIODS) == "the docket closes at another instant"


def test_no_more_members_are_deemed_than_the_roll_has():
    story = begun().closed()
    story.add(replace(DEEMED, members=5))

    assert refusal(story) == "more members than the roll has"


def test_a_privileged_act_names_an_entry_that_exists():
    story = begun()
    story.add(replace(OPERATOR, target="entry:2"))
    story.add(replace(OPERATOR, target=f"member:{mc('M0001')}"))
    replay(story.entries)
    story.add(replace(OPERATOR, target="entry:5"))

    assert refusal(story) == "its target does not exist yet"


def test_the_last_correction_is_the_result_that_counts():
    story = begun().closed().declared()
    story.add(replace(CORRECTION, of=5))

    assert replay(story.entries).result_sha256 == digest("result 2")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"approvals": ONE_PERSON}, "two different persons are needed"),
        ({"of": 7}, "it corrects an entry that does not exist yet"),
    ],
)
def test_a_correction_that_is_not_sound_is_refused(change, reason):
    story = begun().closed().declared()
    story.add(replace(CORRECTION, **change))

    assert refusal(story) == reason


def test_a_new_key_keeps_the_name_and_is_new():
    story = begun()
    story.add(Key(operation="rotate", vkey=NEW_KEY))
    assert replay(story.entries).vkeys == [(0, signer().vkey), (3, NEW_KEY)]

    story.add(Key(operation="rotate", vkey=signer().vkey))
    assert refusal(story) == "the log had this key before"

    story = begun()
    story.add(Key(operation="rotate", vkey=signer("another.example").vkey))
    assert refusal(story) == "the key bears another name than the log"


def test_a_genesis_is_told_once():
    story = begun()
    story.add(story.entries[0].body)

    assert refusal(story) == "a genesis entry may not stand at this stage"
    assert isinstance(story.entries[0].body, Genesis) and isinstance(story.entries[1].body, Freeze)


def test_credentials_may_be_replaced_while_the_vote_is_open():
    story = begun()
    story.add(replace(CREDENTIAL, operation="reissue", key=b64(bytes(32))))
    story.add(ISSUE)

    assert replay(story.entries).stage is Stage.OPEN
