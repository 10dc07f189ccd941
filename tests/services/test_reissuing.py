"""A code issued again: the old one is void at once, what was answered with it stands, everybody is told."""

from collections.abc import Mapping

import pytest

from tests.verify.forge import Forge, caught, check, failed
from tests.world import World
from voting.core.ballots import Mark
from voting.core.members import Member
from voting.core.permissions import Act, NotAllowed, Role
from voting.ledger.entries import decode_entry
from voting.ledger.kinds import Credential, Operator
from voting.services.casting import ballots, pages
from voting.services.casting.ballots import CredentialReplaced
from voting.services.errors import PeriodOver
from voting.services.office import approvals
from voting.services.outcome import closing
from voting.services.period import deliveries, reissuing
from voting.services.period.amending import NoReasonGiven
from voting.services.period.deliveries import NotOnTheRoll
from voting.services.period.reissuing import KnownAddress, NewAddress, NoAddress, Order
from voting.services.proof import agreement
from voting.services.proof.export import export
from voting.store import outbox
from voting.verify.evidence import Held

PEOPLE = (
    Member("M0001", "架空1町", addresses=("m1@example.jp", "other@example.jp")),
    Member("M0002", "架空2町", addresses=("m2@example.jp",)),
    Member("M0003", "架空3町"),
)


def begin(world: World) -> World:
    world.assembly(roll_of=PEOPLE)
    world.mails.clear()
    world.at("2026-06-02 10:00")
    return world


@pytest.fixture
def council(world: World) -> World:
    return begin(world)


def reissue(
    world: World, *, address: str = "m1@example.jp", role: Role = Role.CHECKER, member: str = "M0001"
) -> None:
    order = Order(member, address, "コードの紛失")
    reissuing.reissue(world.rt, world.officer(role), world.origin, order)


def terms(**other: str) -> Mapping[str, object]:
    return {"member": "M0001", "address": "new@example.jp", "reason": "担当の異動", **other}


def propose(world: World, **other: str) -> str:
    asked = approvals.request(
        world.rt, world.officer(Role.ADMINISTRATOR), world.origin, Act.REISSUE, terms=terms(**other)
    )
    return asked.id


def to_new_address(world: World, **other: str) -> None:
    approvals.approve(world.rt, world.officer(Role.CHECKER), propose(world, **other))


def held(world: World) -> Held:
    receipts = tuple((f"receipt {place}", each) for place, each in enumerate(world.receipts))
    return Held(world.rt.keys.signer(world.origin).verifier, receipts=receipts)


def of_kind(world: World, kind: type) -> list:
    return [body for each in world.entries() if isinstance(body := decode_entry(each).body, kind)]


def test_the_old_code_opens_nothing_and_says_that_there_is_a_newer_one(council: World) -> None:
    old, key = council.codes["M0001"], council.key("M0001")

    reissue(council)
    council.send()
    council.read_codes()

    assert council.codes["M0001"] != old
    with pytest.raises(CredentialReplaced):
        ballots.open_code(council.rt, old)
    with pytest.raises(CredentialReplaced):
        ballots.view(council.rt, key)
    assert pages.member_page(council.rt, council.key("M0001")).name == "架空1町"


def test_the_new_code_goes_to_one_address_and_the_others_are_told(council: World) -> None:
    reissue(council)
    council.send()

    by_address = {each["To"]: each.get_content() for each in council.mails}
    assert set(by_address) == {"m1@example.jp", "other@example.jp"}
    assert "回答コード " in by_address["m1@example.jp"]
    assert "以前の回答コードは使えません。" in by_address["m1@example.jp"]
    assert "回答コード " not in by_address["other@example.jp"]
    assert "登録されている別の宛先" in by_address["other@example.jp"]


def test_an_answer_given_with_the_old_code_stands_and_its_receipt_stays_true(council: World) -> None:
    council.cast("M0001", {1: Mark.AGAINST, 2: Mark.FOR})
    first = council.receipts[0]
    reissue(council)
    council.send()
    council.read_codes()
    council.cast("M0002")

    again = ballots.receipt(council.rt, council.key("M0001"), first.index)

    assert again.key == first.key
    assert pages.member_page(council.rt, council.key("M0001")).standing is not None


def test_the_bundle_is_verified_with_votes_of_both_keys(council: World) -> None:
    council.cast("M0001", {1: Mark.AGAINST, 2: Mark.FOR})
    reissue(council)
    council.send()
    council.read_codes()
    council.cast("M0001")
    reissue(council, address="other@example.jp")
    council.send()
    council.read_codes()
    council.cast("M0001", {1: Mark.AGAINST, 2: Mark.AGAINST})
    agreement.check(council.rt, council.origin)
    council.at("2026-06-11 00:00")
    council.certify()

    for audience in ("public", "auditor"):
        assert not caught(check(export(council.rt, council.origin, audience=audience), held(council)))
    (first, _) = closing.draft_count(council.rt, council.origin).result.motions
    assert first.count.members.against.expressed == 1


def test_a_vote_with_the_old_key_after_the_new_one_is_refuted(council: World) -> None:
    council.cast("M0001")
    reissue(council)
    council.at("2026-06-11 00:00")
    council.certify()
    forge = Forge.of(
        export(council.rt, council.origin, audience="public"), council.rt.keys.signer(council.origin)
    )
    (place,) = [each["index"] for each in forge.entries if each["kind"] == "credential"]
    credential = forge.entries[place]["body"]
    forge.remove(place)
    (ballot,) = [each["index"] for each in forge.entries if each["kind"] == "ballot"]
    forge.insert(ballot, "credential", credential)

    assert 18 in failed(check(forge.zipped(), held(council)))


def test_a_new_address_takes_two_persons_and_is_one_of_the_members_from_then_on(council: World) -> None:
    with pytest.raises(NewAddress):
        reissue(council, address="new@example.jp")
    to_new_address(council)
    council.send()

    told = {each["To"]: each["Subject"] for each in council.mails}
    assert told["new@example.jp"].startswith("【書面表決のお願い】")
    assert "再発行のお知らせ" in told["m1@example.jp"]
    assert "再発行のお知らせ" in told["other@example.jp"]
    council.mails.clear()
    council.read_codes()
    voter = reissuing.find(council.rt, council.officer(Role.CHECKER), council.origin, "M0001")
    assert voter.addresses == ("m1@example.jp", "other@example.jp", "new@example.jp")


def test_an_address_that_is_wrong_is_dropped_and_told_for_the_last_time(council: World) -> None:
    to_new_address(council, drop="other@example.jp")
    council.send()

    assert "other@example.jp" in {each["To"] for each in council.mails}
    voter = reissuing.find(council.rt, council.officer(Role.CHECKER), council.origin, "M0001")
    assert voter.addresses == ("m1@example.jp", "new@example.jp")


def test_the_ledger_names_no_address_and_says_who_did_it(council: World) -> None:
    reissue(council)
    to_new_address(council)

    assert [each.operation for each in of_kind(council, Credential)] == ["reissue", "reissue"]
    assert [each.action for each in of_kind(council, Operator)] == [
        "reissue: to a known address",
        "reissue-proposed: to a new address",
        "reissue: to a new address",
    ]
    assert not any(b"example.jp" in each and b"@" in each for each in council.entries())


def test_a_member_without_an_address_gets_one_with_its_code(council: World) -> None:
    to_new_address(council, member="M0003")
    council.send()

    assert [each["To"] for each in council.mails] == ["new@example.jp"]


def test_a_code_that_still_waits_in_the_outbox_is_wiped(world: World) -> None:
    world.draft(roll_of=PEOPLE)
    world.two(Act.FREEZE, Role.ADMINISTRATOR, Role.CHECKER)
    world.two(Act.SEND, Role.ADMINISTRATOR, Role.CHECKER)

    reissue(world, member="M0002", address="m2@example.jp")
    world.send()

    assert [each["To"] for each in world.mails].count("m2@example.jp") == 1
    with world.rt.database.reading() as tx:
        assert outbox.due(tx, now="2027-01-01T00:00:00.000Z", limit=10) == ()
    board = deliveries.board(world.rt, world.officer(Role.CHAIR), world.origin)
    assert [each.state for each in board.troubles] == ["post"]


def test_what_cannot_be_issued_is_refused_in_words(council: World) -> None:
    with pytest.raises(NotOnTheRoll):
        reissue(council, member="M0099")
    with pytest.raises(KnownAddress):
        propose(council, address="m1@example.jp")
    for address in (
        "",
        "nobody",
        "a@b@example.jp",
        "a b@example.jp",
        "a@example.jp,b@example.jp",
        "花子@例.jp",
    ):
        with pytest.raises(NoAddress):
            propose(council, address=address)
    with pytest.raises(NoReasonGiven):
        propose(council, reason=" ")
    for role in (Role.ENTRY, Role.CHAIR, Role.AUDITOR):
        with pytest.raises(NotAllowed):
            reissue(council, role=role)
    council.at("2026-06-11 00:00")
    with pytest.raises(PeriodOver):
        reissue(council)
