"""Lawful histories of every sort are verified, and what may be missing is named, never passed over."""

import json
from collections.abc import Sequence
from hashlib import sha256

import pytest

from tests.verify.attacks import STRANGER, ballot_of, other_levels, withhold
from tests.verify.conftest import Council
from tests.verify.forge import Forge, Json, caught, check, failed, small_pdf
from voting.ledger.canonical import b64, encode
from voting.ledger.commitments import leaves_root
from voting.ledger.merkle import leaf_hash
from voting.ledger.note import Signer
from voting.verify.findings import Finding, Status
from voting.verify.steps import STEPS

EARLY = "2026-05-21T01:00:00.000Z"
LATE = "2026-06-10T15:05:00.000Z"


def found(council: Council, forge: Forge) -> dict[int, Finding]:
    return {each.number: each for each in check(forge.zipped(), council.held)}


def result(forge: Forge) -> Json:
    value: Json = json.loads(forge.files["result.json"])
    return value


def digest(data: bytes) -> str:
    return sha256(data).hexdigest()


def silent(forge: Forge) -> list[str]:
    return [each["member"] for each in forge.lines("deemed.jsonl")]


def as_proxy(ballot: Json) -> None:
    """A proxy to the chair, as it would stand on a paper."""
    ballot.update(choices={}, proxy=True)
    ballot.pop("defect", None)


def approvals(forge: Forge) -> list[str]:
    pair: list[str] = forge.body("freeze")["approvals"]
    return pair


def deliver(forge: Forge, reports: Sequence[tuple[str, str, str]]) -> None:
    """Report deliveries before the opening.  Shape: member, channel, status."""
    lines = [
        {"channel": channel, "member": member, "status": status, "time": EARLY}
        for member, channel, status in sorted(reports)
    ]
    forge.put_lines("delivery.jsonl", lines)
    delivered = sum(status == "delivered" for _, _, status in reports)
    body = {
        "delivered": delivered,
        "failed": len(lines) - delivered,
        "root": leaves_root(encode(each) for each in lines).hex(),
    }
    forge.insert(3, "delivery", body, time=EARLY)


def fact(forge: Forge, index: int, what: str, **more: object) -> None:
    body = {"what": what, "motion": None, "member": None, "at": LATE, "value": None, **more}
    forge.insert(index, "fact", {**body, "approvals": approvals(forge)})


def test_there_are_27_checks_and_none_can_be_left_out() -> None:
    assert list(STEPS) == list(range(1, 28))


@pytest.mark.parametrize("audience", ["public", "auditor"])
def test_an_honest_bundle_is_verified(council: Council, audience: str) -> None:
    checks = found(council, council.forge(audience))

    assert not caught(tuple(checks.values()))
    assert checks[15].status is (Status.WITHHELD if audience == "public" else Status.PROVED)
    assert {each.status for number, each in checks.items() if number != 15} == {Status.PROVED}


def test_every_check_counts_what_it_looked_at(council: Council) -> None:
    checks = found(council, council.forge())

    assert {n: checks[n].items for n in (7, 14, 16, 17, 18, 19, 21, 22, 23)} == {
        7: 18,  # entries
        14: 8,  # members
        16: 8,  # votes sent
        17: 8,
        18: 5,  # signed; three came on paper
        19: 3,
        21: 4,  # members whose ballot counts
        22: 2,  # silent
        23: 2,  # motions
    }


def test_votes_shown_to_auditors_only_are_withheld_and_the_rest_is_proved(council: Council) -> None:
    forge = council.forge()
    withhold(forge)

    checks = found(council, forge)

    assert not caught(tuple(checks.values()))
    withheld = {number for number, each in checks.items() if each.status is Status.WITHHELD}
    assert withheld == {15, 17, 21, 22, 23, 25}
    assert {checks[number].why for number in withheld} == {"L2"}


def test_the_auditor_of_such_votes_sees_and_proves_everything(council: Council) -> None:
    forge = council.forge("auditor")
    forge.body("genesis")["disclosure"] = "L2"

    checks = found(council, forge)

    assert {each.status for each in checks.values()} == {Status.PROVED}


def test_a_roll_call_names_its_members_to_everybody(council: Council) -> None:
    forge = council.forge()
    forge.body("genesis")["disclosure"] = "L0"
    assert failed(check(forge.zipped(), council.held)) == {1, 15}

    forge.files["roll/private.jsonl"] = council.forge("auditor").files["roll/private.jsonl"]

    assert found(council, forge)[15].status is Status.PROVED


def test_a_member_that_no_channel_reached_is_excluded_and_counted_as_undelivered(council: Council) -> None:
    forge = council.forge()
    one, two = silent(forge)
    deliver(
        forge,
        [
            (one, "mail", "failed"),
            (one, "post", "failed"),
            (two, "mail", "failed"),
            (two, "post", "delivered"),
        ],
    )
    forge.recount()

    checks = found(council, forge)

    assert not caught(tuple(checks.values()))
    facts = checks[25].facts
    assert [facts[name] for name in ("issued", "delivered", "undelivered", "pending")] == [8, 1, 1, 6]
    assert silent(forge) == [two]
    assert result(forge)["motions"][0]["excluded"]["undelivered"] == "1"


def test_a_vote_sent_after_leaving_is_void_and_one_before_stands(council: Council) -> None:
    forge = council.forge()
    member = ballot_of(forge, 0)["body"]["member"]
    fact(forge, 11, "left", member=member, at="2026-06-02T12:00:00.000Z")
    forge.recount()

    facts = found(council, forge)[25].facts

    assert not caught(check(forge.zipped(), council.held))
    assert [facts[name] for name in ("sent", "counted", "replaced", "refused", "void")] == [8, 4, 1, 2, 1]


def test_the_chairs_decision_counts_for_proxies(council: Council) -> None:
    forge = council.forge()
    index = ballot_of(forge, 4)["index"]
    forge.change(
        "openings.jsonl", lambda lines: [as_proxy(e["ballot"]) for e in lines if e["index"] == index]
    )
    forge.recommit(index)
    forge.recount()
    before = result(forge)["motions"][0]["against"]["proxy"]
    fact(forge, 11, "chair_decision", motion=1, value="against", at=EARLY)
    forge.recount()

    assert not caught(check(forge.zipped(), council.held))
    assert (before, result(forge)["motions"][0]["against"]["proxy"]) == ("0", "1")


def test_a_decision_that_is_no_mark_refutes(council: Council) -> None:
    forge = council.forge()
    fact(forge, 11, "chair_decision", motion=1, value="perhaps", at=EARLY)

    assert 21 in failed(check(forge.zipped(), council.held))


def test_a_longer_period_is_an_amended_docket_that_counts(council: Council) -> None:
    forge = council.forge()
    docket = json.loads(forge.files["docket.json"])
    docket["assembly"]["closes_at"] = "2026-06-10T15:05:00.000Z"
    changed = encode(docket)
    old, new = forge.body("freeze")["docket_sha256"], digest(changed)
    forge.files[f"dockets/{new}"] = changed
    amend = {"what": "period", "old_sha256": old, "new_sha256": new, "reason": "障害のため"}
    forge.insert(11, "amend", {**amend, "approvals": approvals(forge)})
    forge.body("close")["closes_at"] = docket["assembly"]["closes_at"]
    # The late ballot came at 15:05; the sheet of 15:01 was registered after the close only.
    forge.recount()

    checks = found(council, forge)

    assert not caught(tuple(checks.values()))
    assert [each.code for each in checks[26].notes] == ["amended"]
    assert checks[12].items == 2


def test_an_outage_in_the_period_is_told_where_it_may_have_decided(council: Council) -> None:
    forge = council.forge()
    incident = {"from": "2026-06-10T13:00:00.000Z", "to": "2026-06-10T14:30:00.000Z", "what": "outage"}
    forge.insert(15, "incident", incident, time=LATE)
    forge.recount()

    checks = found(council, forge)

    assert not caught(tuple(checks.values()))
    assert {each.code for each in checks[26].notes} == {"incident", "incident-decides"}
    assert all(each.is_warning for each in checks[26].notes)


def test_a_vote_that_an_outage_kept_waiting_is_in_time(council: Council) -> None:
    forge = council.forge()
    ballot_of(forge, 0)["body"]["received_at"] = "2026-06-02T00:30:00.000Z"
    incident = {"from": "2026-06-02T00:00:00.000Z", "to": "2026-06-02T01:00:00.000Z", "what": "outage"}
    forge.insert(5, "incident", incident, time="2026-06-02T02:00:00.000Z")
    forge.recount()

    assert not caught(check(forge.zipped(), council.held))


def test_a_paper_found_after_the_close_counts_only_if_two_persons_admit_it(council: Council) -> None:
    forge = council.forge()
    sheet = forge.entries[13]["body"]
    sheet["arrived_at"] = "2026-06-10T10:00:00.000Z"
    entry = forge.entries[14]
    entry["kind"] = "ballot"
    entry["body"] = {**entry["body"], "sequence": 1, "replaces": None, "received_at": sheet["arrived_at"]}
    del entry["body"]["reason"]
    assert {11, 20} <= failed(check(forge.zipped(), council.held))

    amend = {
        "what": "paper",
        "old_sha256": STRANGER,
        "new_sha256": sheet["scan_sha256"],
        "reason": "郵便受け",
    }
    forge.insert(14, "amend", {**amend, "approvals": approvals(forge)})
    forge.recount()

    assert not caught(check(forge.zipped(), council.held))


def rotated(council: Council) -> tuple[Forge, int, Signer, Signer]:
    """The key is replaced after the third ballot; the size that first covers it, the old and new key."""
    forge = council.forge()
    old, new = forge.signer, Signer.from_seed(forge.origin, b"\x05" * 32)
    forge.insert(6, "key", {"operation": "rotate", "vkey": new.vkey})
    first = min(size for size in forge.sizes if size > 6)
    forge.signers = {size: (old,) for size in forge.sizes if size < first} | {first: (old, new)}
    forge.signer = new
    return forge, first, old, new


def test_a_log_whose_key_was_replaced_is_followed_from_the_first_key(council: Council) -> None:
    forge, _, _, _ = rotated(council)

    assert not caught(check(forge.zipped(), council.held))


@pytest.mark.parametrize("signed_by", ["old", "new"])
def test_the_checkpoint_over_the_new_key_needs_both(council: Council, signed_by: str) -> None:
    forge, first, old, new = rotated(council)
    forge.signers[first] = (old if signed_by == "old" else new,)

    assert failed(check(forge.zipped(), council.held)) == {4}


def test_after_that_the_old_key_signs_nothing(council: Council) -> None:
    forge, first, old, _ = rotated(council)
    forge.signers[first + 1] = (old,)

    assert failed(check(forge.zipped(), council.held)) == {4}


def test_a_list_signed_with_the_old_key_is_refused(council: Council) -> None:
    forge, _, old, _ = rotated(council)
    forge.note_signer = old

    assert failed(check(forge.zipped(), council.held)) == {2}


def erased(council: Council, records: int, audience: str = "public") -> Forge:
    forge = council.forge(audience)
    body = {"records": records, "root": STRANGER, "rule": "文書管理規程第8条"}
    forge.insert(len(forge.entries), "erase", body)
    return forge


def test_an_opening_that_was_erased_by_rule_is_told_apart_from_a_missing_one(council: Council) -> None:
    forge = erased(council, 1)
    forge.change("openings.jsonl", lambda lines: lines.pop(0))

    checks = found(council, forge)

    assert not caught(tuple(checks.values()))
    assert {n for n, each in checks.items() if each.status is Status.ERASED} == {17, 21, 22, 23, 25}
    assert checks[17].why == "文書管理規程第8条"
    assert checks[27].items == 1


def test_erased_names_are_named_as_such(council: Council) -> None:
    forge = erased(council, 1, "auditor")
    forge.change("roll/private.jsonl", lambda lines: lines.pop(0))

    checks = found(council, forge)

    assert not caught(tuple(checks.values()))
    assert checks[15].status is Status.ERASED


def test_totals_stay_bound_after_an_erasure(council: Council) -> None:
    forge = erased(council, 1)
    other_levels(forge)
    forge.change("openings.jsonl", lambda lines: lines.pop(0))

    assert failed(check(forge.zipped(), council.held)) == {21}


def corrected(council: Council) -> Forge:
    """A result that was published wrong, and then put right by two persons."""
    forge = council.forge()
    right = forge.files["result.json"]
    wrong = right.replace(b'"carried"', b'"objected"')
    assert wrong != right
    forge.publish(wrong)
    body = {"of": 17, "reason": "転記の誤り", "result_sha256": digest(right), "approvals": approvals(forge)}
    forge.insert(len(forge.entries), "correction", body)
    forge.files["result.json"] = right
    return forge


def test_a_corrected_result_is_the_one_that_counts(council: Council) -> None:
    forge = corrected(council)
    pdf = small_pdf(forge.files["result.json"])
    forge.files["result/02-result.pdf"] = pdf
    forge.insert(len(forge.entries), "result", {"documents": [digest(pdf)]})

    checks = found(council, forge)

    assert not caught(tuple(checks.values()))
    assert [each.code for each in checks[26].notes] == ["corrected"]


def test_a_paper_made_before_the_correction_carries_the_result_of_its_time(council: Council) -> None:
    assert not caught(check(corrected(council).zipped(), council.held))


def test_without_the_correction_the_wrong_result_is_refuted(council: Council) -> None:
    forge = corrected(council)
    forge.remove(18)
    forge.files["result.json"] = forge.files["result.json"].replace(b'"carried"', b'"objected"')

    assert failed(check(forge.zipped(), council.held)) == {23}


def test_a_key_issued_anew_signs_from_then_on_only(council: Council) -> None:
    forge = council.forge()
    entry = ballot_of(forge, 1)
    line = next(each for each in forge.lines("issued.jsonl") if each["member"] == entry["body"]["member"])
    body = {"member": line["member"], "operation": "reissue", "reason": "紛失", "key": line["key"]}
    other = Signer.from_seed("x", b"\x05" * 32).verifier.public_key
    # Another key for a while, and the first one again before the member votes.
    forge.insert(3, "credential", {**body, "key": b64(other)})
    forge.insert(4, "credential", body)
    assert not caught(check(forge.zipped(), council.held))

    forge.remove(4)

    assert failed(check(forge.zipped(), council.held)) == {18}


def test_a_second_batch_of_keys_replaces_the_first(council: Council) -> None:
    forge = council.forge()
    lines = forge.lines("issued.jsonl")
    batch = lines[:1]
    forge.put_lines("issued.jsonl", [*lines, *batch])
    root = leaf_hash(encode(batch[0])).hex()
    forge.insert(3, "issue", {"members": 1, "root": root, "level": "K0"})

    assert not caught(check(forge.zipped(), council.held))


def test_privileged_acts_stand_in_the_log_with_their_officer(council: Council) -> None:
    forge = council.forge()
    body = {"action": "read-choices", "by": approvals(forge)[0], "target": "entry:3"}
    forge.insert(11, "operator", body)

    assert not caught(check(forge.zipped(), council.held))


def test_an_auditors_bundle_before_the_certification_has_no_paper_and_says_so(council: Council) -> None:
    forge = council.forge("auditor")
    forge.put_papers([])
    forge.remove(17)

    checks = found(council, forge)

    assert not caught(tuple(checks.values()))
    assert [each.code for each in checks[24].notes] == ["no-papers"]


@pytest.mark.parametrize("instant", ["0001-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z"])
def test_instants_at_the_ends_of_time_are_refuted_like_others(council: Council, instant: str) -> None:
    for kind in ("ballot", "refused"):
        forge = council.forge()
        forge.body(kind)["received_at"] = instant

        checks = found(council, forge)

        assert "unexpected" not in {each.fault for each in checks.values()}
        assert caught(tuple(checks.values()))
