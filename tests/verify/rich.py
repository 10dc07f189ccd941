"""A log in which every kind of entry of ledger L3 stands, and which is verified: the material of attacks.

Made of the council's real log by adding what only a long life brings: deliveries, new codes, somebody
leaving, a longer period, an outage, a privileged act, another key, a correction, an erasure.
"""

import json
from hashlib import sha256

from tests.verify.forge import Forge, Json, small_pdf
from voting.ledger.canonical import b64, encode
from voting.ledger.commitments import leaves_root
from voting.ledger.entries import KINDS
from voting.ledger.note import Signer

ERASED = "0e" * 32
_EARLY, _OPEN, _LATE = "2026-05-21T01:00:00.000Z", "2026-06-02T02:00:00.000Z", "2026-06-10T03:30:00.000Z"
_CLOSES_AT = "2026-06-10T15:02:00.000Z"


def rich(forge: Forge) -> Forge:
    """*forge* with every kind of entry in its log.  Changes it in place."""
    _begin(forge)
    _correct(forge)
    _before_the_close(forge)
    _codes(forge)
    _deliver(forge)
    _replace_key(forge)
    _erase(forge)
    _publish(forge)
    lacking = KINDS.keys() - {entry["kind"] for entry in forge.entries}
    if lacking:
        raise AssertionError(f"no entry of {sorted(lacking)}")
    return forge


def _begin(forge: Forge) -> None:
    """A policy that asks for no witness, and an assembly before this one."""
    forge.body("genesis")["policy"] = f"log {forge.signer.vkey}\nquorum none\n"
    previous = {"log": "vote.example.or.jp/council/2025-06", "checkpoint_sha256": ERASED}
    forge.body("genesis")["previous"] = previous


def _approvals(forge: Forge) -> list[str]:
    pair: list[str] = forge.body("freeze")["approvals"]
    return list(pair)


def _correct(forge: Forge) -> None:
    """The first result was published wrong; two persons put it right."""
    end = len(forge.entries)
    body = {"of": end - 2, "reason": "転記の誤り", "result_sha256": "00" * 32, "approvals": _approvals(forge)}
    forge.insert(end, "correction", body)
    forge.insert(end + 1, "result", {"documents": []})
    forge.sizes += [end + 1, end + 2]


def _before_the_close(forge: Forge) -> None:
    """A proxy and its decision, somebody who leaves, a longer period, an outage, a privileged act."""
    at = forge.of_kind("close")[0]["index"]
    sheet = next(e for e in forge.of_kind("ballot") if e["body"]["level"] == "KP")["index"]
    forge.change("openings.jsonl", lambda lines: [_as_proxy(e) for e in lines if e["index"] == sheet])
    forge.recommit(sheet)
    amended = json.loads(forge.files["docket.json"])
    amended["assembly"]["closes_at"] = _CLOSES_AT
    docket = encode(amended)
    digest = sha256(docket).hexdigest()
    forge.files[f"dockets/{digest}"] = docket
    forge.body("close")["closes_at"] = _CLOSES_AT
    gone = forge.of_kind("refused")[1]["body"]["member"]
    two = _approvals(forge)
    added: list[tuple[str, Json]] = [
        ("operator", {"action": "read-choices", "by": two[0], "target": "entry:3"}),
        (
            "fact",
            {"what": "left", "motion": None, "member": gone, "at": _OPEN, "value": None, "approvals": two},
        ),
        (
            "fact",
            {
                "what": "chair_decision",
                "motion": 1,
                "member": None,
                "at": _LATE,
                "value": "against",
                "approvals": two,
            },
        ),
        (
            "incident",
            {"from": "2026-06-09T03:00:00.000Z", "to": "2026-06-09T03:20:00.000Z", "what": "outage"},
        ),
        (
            "amend",
            {
                "what": "period",
                "old_sha256": forge.body("freeze")["docket_sha256"],
                "new_sha256": digest,
                "reason": "障害のため",
                "approvals": two,
            },
        ),
    ]
    for place, (kind, body) in enumerate(added):
        forge.insert(at + place, kind, body, time=_LATE)
        forge.sizes.append(at + place + 1)
    forge.sizes = sorted(set(forge.sizes))


def _as_proxy(line: Json) -> None:
    line["ballot"].update(choices={}, proxy=True)
    line["ballot"].pop("defect", None)


def _codes(forge: Forge) -> None:
    """One silent member gets another code, one has its code taken away."""
    silent = [line["member"] for line in forge.lines("deemed.jsonl")]
    key = b64(Signer.from_seed("x", b"\x05" * 32).verifier.public_key)
    again = {"member": silent[0], "operation": "reissue", "key": key, "reason": "紛失"}
    forge.insert(3, "credential", again, time=_EARLY)
    revoked = {"member": silent[1], "operation": "revoke", "key": None, "reason": "届出"}
    forge.insert(4, "credential", revoked, time=_EARLY)
    forge.sizes = sorted({*forge.sizes, 4, 5})


def _deliver(forge: Forge) -> None:
    """Two of the notices came back, one of them reached its member by another way."""
    one, two = [line["member"] for line in forge.lines("deemed.jsonl")]
    reports = sorted([(one, "mail", "failed"), (one, "post", "delivered"), (two, "mail", "failed")])
    lines = [{"channel": c, "member": m, "status": s, "time": _EARLY} for m, c, s in reports]
    forge.put_lines("delivery.jsonl", lines)
    root = leaves_root(encode(each) for each in lines).hex()
    forge.insert(3, "delivery", {"delivered": 1, "failed": 2, "root": root}, time=_EARLY)
    forge.sizes = sorted({*forge.sizes, 4})


def _replace_key(forge: Forge) -> None:
    """From the third ballot on another key signs; the checkpoint that first covers it is signed by both."""
    old, new = forge.signer, Signer.from_seed(forge.origin, b"\x05" * 32)
    at = forge.of_kind("ballot")[2]["index"] + 1
    forge.insert(at, "key", {"operation": "rotate", "vkey": new.vkey})
    forge.sizes = sorted({*forge.sizes, at + 1})
    forge.signers = {size: (old,) for size in forge.sizes if size <= at} | {at + 1: (old, new)}
    forge.signer = new


def _erase(forge: Forge) -> None:
    """The name of one member is erased; a public bundle has none and misses none."""
    end = len(forge.entries)
    forge.insert(end, "erase", {"records": 1, "root": ERASED, "rule": "文書管理規程第8条"})
    forge.sizes.append(end + 1)
    if "roll/private.jsonl" in forge.files:
        forge.change("roll/private.jsonl", lambda lines: lines.pop(0))


def _publish(forge: Forge) -> None:
    """Count; publish it wrong at first, and then right, each with its paper."""
    forge.recount()
    right = forge.files["result.json"]
    first = right.replace(b'"carried"', b'"objected"', 1)
    forge.body("tally")["result_sha256"] = sha256(first).hexdigest()
    forge.body("correction")["result_sha256"] = sha256(right).hexdigest()
    for place, result in enumerate((first, right)):
        paper = small_pdf(result)
        forge.files[f"result/{place + 1:02d}-result.pdf"] = paper
        forge.body("result", place)["documents"] = [sha256(paper).hexdigest()]


def with_strangers(forge: Forge) -> Forge:
    """Let somebody nobody asked sign every checkpoint too, as anybody may: readers pass it over."""
    note = Signer.from_seed("bystander.example.or.jp", b"\x09" * 32).sign("x\n")
    forge.strangers = note.partition(b"\n\n")[2]
    return forge
