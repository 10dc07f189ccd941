"""Rules within one entry: which members go together."""

import pytest

from tests.ledger.story import CLOSES, OPENS, PERSONS, digest
from voting.core.ballots import Channel
from voting.ledger.canonical import b64
from voting.ledger.entries import Ballot, Credential, EntryFault, Fact, Incident, Operator, Refused

SIGNED = b64(bytes(64))
WEB = {
    "member": digest("member"),
    "sequence": 1,
    "replaces": None,
    "commitment": digest("ballot"),
    "channel": "web",
    "level": "K0",
    "received_at": OPENS,
    "signature": SIGNED,
    "paper": None,
    "entered_by": None,
}
SHEET = WEB | {"channel": "fax", "level": "KP", "signature": None, "paper": 5, "entered_by": PERSONS}
LATE = {name: WEB[name] for name in WEB if name not in ("sequence", "replaces")} | {"reason": "late"}
STRANGER = LATE | SHEET | {"reason": "not_on_roll", "member": None, "commitment": None}
STRANGER = {name: STRANGER[name] for name in LATE}


def test_a_web_ballot_is_signed_and_a_paper_ballot_is_entered_by_two():
    assert Ballot(**WEB).signature == SIGNED
    assert Ballot(**SHEET).entered_by == PERSONS
    assert Ballot(**WEB | {"level": "K1", "sequence": 2, "replaces": 3}).replaces == 3


@pytest.mark.parametrize("channel", ["post", "fax", "mail", "hand", "paper"])
def test_everything_but_the_web_is_paper(channel):
    assert Ballot(**SHEET | {"channel": channel}).paper == 5
    with pytest.raises(EntryFault):
        Ballot(**WEB | {"channel": channel})


def test_a_channel_of_core_is_understood():
    assert Ballot(**WEB | {"channel": Channel.WEB}) == Ballot(**WEB)
    assert Ballot(**WEB | {"channel": Channel.WEB}).to_json()["channel"] == "web"


@pytest.mark.parametrize(
    "change",
    [
        {"signature": None},
        {"level": "KP"},
        {"level": "K2"},
        {"level": "K3"},
        {"paper": 5},
        {"entered_by": PERSONS},
        {"signature": b64(bytes(63))},
        {"signature": "not base64"},
        {"sequence": 0},
        {"sequence": 2},
        {"replaces": 4},
        {"member": None},
        {"commitment": None},
        {"channel": "pigeon"},
    ],
)
def test_a_web_ballot_with_members_that_do_not_fit_is_refused(change):
    with pytest.raises(EntryFault):
        Ballot(**WEB | change)


@pytest.mark.parametrize(
    "change", [{"signature": SIGNED}, {"paper": None}, {"entered_by": None}, {"level": "K0"}]
)
def test_a_paper_ballot_with_members_that_do_not_fit_is_refused(change):
    with pytest.raises(EntryFault):
        Ballot(**SHEET | change)


def test_a_refusal_of_a_stranger_commits_to_nothing():
    assert Refused(**STRANGER).member is None
    for change in ({"commitment": digest("b")}, {"member": digest("m")}, {"reason": "late"}):
        with pytest.raises(EntryFault):
            Refused(**STRANGER | change)


def test_a_refusal_is_signed_exactly_where_there_is_something_to_sign():
    assert Refused(**LATE).signature == SIGNED
    assert Refused(**LATE | {"commitment": None, "signature": None}).signature is None
    for change in ({"commitment": None}, {"signature": None}):
        with pytest.raises(EntryFault):
            Refused(**LATE | change)


@pytest.mark.parametrize(
    "change", [{"reason": "bored"}, {"paper": 5}, {"level": "KP"}, {"entered_by": PERSONS}]
)
def test_a_refusal_with_members_that_do_not_fit_is_refused(change):
    with pytest.raises(EntryFault):
        Refused(**LATE | change)


def test_a_new_credential_has_a_key_and_a_revoked_one_has_none():
    facts = {"member": digest("member"), "reason": "紛失"}
    for operation, key in (("reissue", None), ("revoke", b64(bytes(32))), ("reissue", b64(bytes(31)))):
        with pytest.raises(EntryFault):
            Credential(operation=operation, key=key, **facts)


@pytest.mark.parametrize(
    "change",
    [
        {"member": None},
        {"motion": 1},
        {"value": "for"},
        {"what": "chair_decision"},
        {"what": "chair_decision", "member": None, "motion": 1},
        {"what": "chair_decision", "member": None, "value": "for"},
        {"what": "chair_decision", "member": None, "motion": 0, "value": "for"},
        {"what": "lot", "member": None, "motion": 1, "value": ()},
        {"what": "lot", "member": None, "motion": 1, "value": {"長野県": "won"}},
        {"what": "lot", "member": None, "motion": 1, "value": ""},
        {"what": "rumour"},
    ],
)
def test_a_fact_with_members_that_do_not_fit_is_refused(change):
    left = {
        "what": "left",
        "motion": None,
        "member": digest("member"),
        "at": OPENS,
        "value": None,
        "approvals": PERSONS,
    }
    assert Fact(**left).member == digest("member")
    with pytest.raises(EntryFault):
        Fact(**left | change)


def test_an_incident_does_not_end_before_it_began():
    with pytest.raises(EntryFault):
        Incident(from_=CLOSES, to=OPENS, what="outage")


@pytest.mark.parametrize("target", ["member:M0001", "entry:01", "entry:", "roll", ""])
def test_the_target_of_a_privileged_act_is_a_member_or_an_entry(target):
    with pytest.raises(EntryFault):
        Operator(action="read", by=PERSONS[0], target=target)
