"""Attacks by name: each changes one thing that a check is there for, and says which checks have to fail.

The attacker is the operator: it holds the log's key and makes everything anew that follows from its change,
but has nobody's code. Where it has less, the name says so.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from tests.verify.forge import Forge, Json, small_pdf
from voting.ledger.canonical import b64, encode
from voting.ledger.merkle import leaf_hash
from voting.ledger.note import Signer

Act = Callable[[Forge], Any]
OPENINGS, ROLL, ISSUED, PERSONS = "openings.jsonl", "roll/public.jsonl", "issued.jsonl", "persons.jsonl"
STRANGER = "0f" * 32
_WITNESS_NAME, _WITNESS_KEY = "witness.example.or.jp", b"\x04" + bytes(range(32))
_WITNESS_ID = sha256(_WITNESS_NAME.encode() + b"\n" + _WITNESS_KEY).hexdigest()[:8]
WITNESS = f"{_WITNESS_NAME}+{_WITNESS_ID}+{b64(_WITNESS_KEY)}"


@dataclass(frozen=True)
class Attack:
    """Shape: *checks* are those that fail by themselves; others may rest on them."""

    name: str
    act: Act
    checks: frozenset[int]
    audience: str = "public"


ATTACKS: list[Attack] = []


def attack(name: str, *checks: int, audience: str = "public") -> Callable[[Act], Act]:
    def note(act: Act) -> Act:
        ATTACKS.append(Attack(name, act, frozenset(checks), audience))
        return act

    return note


def stranger(forge: Forge, seed: bytes = b"\x07") -> Signer:
    """Another key under the log's name."""
    return Signer.from_seed(forge.origin, seed * 32)


def ballot_of(forge: Forge, place: int) -> Json:
    return forge.of_kind("ballot")[place]


def opening_of(forge: Forge, index: int, act: Callable[[Json], object]) -> None:
    """Change what the vote at *index* opens to, and commit to it anew."""
    forge.change(OPENINGS, lambda lines: [act(each["ballot"]) for each in lines if each["index"] == index])
    forge.recommit(index)


def withhold(forge: Forge) -> None:
    """Let the assembly be one whose votes are shown to its auditors only."""
    forge.body("genesis")["disclosure"] = "L2"
    del forge.files[OPENINGS]


def swap(lines: list[Json], one: int, two: int, *names: str) -> None:
    """Exchange members of two lines."""
    for name in names:
        lines[one][name], lines[two][name] = lines[two][name], lines[one][name]


# 1 to 3: the container


@attack("a file nobody knows", 1)
def extra_file(forge: Forge) -> None:
    forge.files["notes.txt"] = b"?"


@attack("a private roll in a public bundle", 1)
def leaked_names(forge: Forge) -> None:
    forge.files["roll/private.jsonl"] = b""


@attack("no openings where they are due", 1, 17)
def no_openings(forge: Forge) -> None:
    del forge.files[OPENINGS]


@attack("no list of deliveries", 1, 25)
def no_deliveries(forge: Forge) -> None:
    del forge.files["delivery.jsonl"]


@attack("a list of files signed by somebody else", 2)
def foreign_note(forge: Forge) -> None:
    forge.note_signer = stranger(forge)


@attack("a log.vkey that is not the key given", 3)
def other_vkey_file(forge: Forge) -> None:
    forge.files["log.vkey"] = stranger(forge).vkey.encode() + b"\n"


@attack("a genesis with another key than the one given", 3)
def other_genesis_key(forge: Forge) -> None:
    forge.body("genesis")["log_key"] = stranger(forge).vkey


@attack("everything signed again with a new key", 2, 3, 4)
def new_key_everywhere(forge: Forge) -> None:
    forge.signer = stranger(forge)
    forge.body("genesis")["log_key"] = forge.signer.vkey
    forge.files["log.vkey"] = forge.signer.vkey.encode() + b"\n"


# 4 to 10: the log


@attack("a checkpoint signed by somebody else", 4)
def foreign_checkpoint(forge: Forge) -> None:
    forge.signers[forge.sizes[2]] = (stranger(forge),)


@attack("a checkpoint file under another size", 4)
def renamed_checkpoint(forge: Forge) -> None:
    size = forge.sizes[2]
    forge.last.append(lambda files: files.update({f"checkpoints/{size}": files[f"checkpoints/{size + 1}"]}))


@attack("a checkpoint that is not the last", 4)
def old_checkpoint(forge: Forge) -> None:
    size = forge.sizes[-2]
    forge.last.append(lambda files: files.update(checkpoint=files[f"checkpoints/{size}"]))


@attack("no checkpoints", 4)
def no_checkpoints(forge: Forge) -> None:
    def act(files: dict[str, bytes]) -> None:
        for path in [each for each in files if each.startswith("checkpoints/")]:
            del files[path]

    forge.last.append(act)


@attack("a checkpoint with a fourth line", 4)
def longer_checkpoint(forge: Forge) -> None:
    size = forge.sizes[1]
    text = forge.note(size).decode().partition("\n\n")[0] + "\nextension\n"
    forge.last.append(lambda files: files.update({f"checkpoints/{size}": forge.signer.sign(text)}))


@attack("a witness policy that nobody has met", 5)
def unmet_policy(forge: Forge) -> None:
    forge.body("genesis")["policy"] = f"log {forge.signer.vkey}\nwitness a {WITNESS}\nquorum a\n"


@attack("a witness policy about another log", 5)
def foreign_policy(forge: Forge) -> None:
    forge.body("genesis")["policy"] = f"log {stranger(forge).vkey}\nquorum none\n"


@attack("a witness policy without a quorum", 5)
def empty_policy(forge: Forge) -> None:
    forge.body("genesis")["policy"] = f"log {forge.signer.vkey}\n"


@attack("no time-stamp where one is due", 6)
def no_stamp(forge: Forge) -> None:
    forge.body("genesis")["timestamps"] = [STRANGER]


@attack("a time-stamp of no known authority", 6)
def idle_stamp(forge: Forge) -> None:
    forge.files[f"timestamps/{len(forge.entries)}.tsr"] = b"0\0"


@attack("something else than a time-stamp", 6)
def false_stamp(forge: Forge) -> None:
    forge.body("genesis")["timestamps"] = [STRANGER]
    forge.files[f"timestamps/{len(forge.entries)}.tsr"] = b"0\0"


@attack("a tile of other hashes", 7)
def other_tile(forge: Forge) -> None:
    path = f"tile/0/000.p/{len(forge.entries)}"
    forge.last.append(lambda files: files.update({path: files[path][::-1]}))


@attack("a tile too many", 7)
def extra_tile(forge: Forge) -> None:
    forge.last.append(lambda files: files.update({"tile/0/001.p/1": bytes(32)}))


@attack("a bundle of entries cut off", 7)
def cut_entries(forge: Forge) -> None:
    path = f"tile/entries/000.p/{len(forge.entries)}"
    forge.last.append(lambda files: files.update({path: files[path][:-1]}))


@attack("an early checkpoint of a history that was rewritten later", 8)
def rewritten(forge: Forge) -> None:
    before = forge.data()
    before[4] = before[3]
    size = forge.sizes[5]
    forge.last.append(lambda files: files.update({f"checkpoints/{size}": forge.note(size, data=before)}))


@attack("the last checkpoint over other entries than the bundle's", 7, 8)
def other_root(forge: Forge) -> None:
    other = forge.data()
    other[-1] = other[0]
    note = forge.note(len(other), data=other)
    path = f"checkpoints/{len(other)}"
    forge.last.append(lambda files: files.update({path: note, "checkpoint": note}))


@attack("an entry that says another index", 10, 11, 17, 23, 27)
def other_index(forge: Forge) -> None:
    forge.entries[5]["index"] = 6


@attack("an entry of another log", 10, 11, 17)
def other_log(forge: Forge) -> None:
    forge.entries[5]["log"] = "vote.example.or.jp/council/2025-06"


@attack("a clock that goes back", 10, 11)
def earlier(forge: Forge) -> None:
    forge.entries[2]["time"] = "2026-05-19T01:00:00.000Z"


@attack("an entry with an unknown member", 10)
def unknown_member(forge: Forge) -> None:
    forge.entries[5]["body"]["note"] = "?"


@attack("an entry that is not canonical", 10)
def not_canonical(forge: Forge) -> None:
    forge.raw[3] = lambda data: data.replace(b'{"body"', b'{ "body"')


# 11 to 15: the order, and what was frozen


@attack("a log without a close", 11)
def no_close(forge: Forge) -> None:
    forge.remove(forge.of_kind("close")[0]["index"])


@attack("a log without a tally", 11)
def no_tally(forge: Forge) -> None:
    forge.remove(forge.of_kind("tally")[0]["index"])


@attack("a second freeze", 11)
def second_freeze(forge: Forge) -> None:
    forge.insert(3, "freeze", dict(forge.body("freeze")))


@attack("a close before the ballots", 11, 20)
def early_close(forge: Forge) -> None:
    close = forge.of_kind("close")[0]
    forge.remove(close["index"])
    forge.insert(10, "close", {**close["body"], "last_index": 9}, time=close["time"])
    for entry in forge.entries[11:]:
        entry["time"] = max(entry["time"], close["time"])


@attack("a freeze by one person", 11, 18, 19)
def one_freezer(forge: Forge) -> None:
    pair = forge.body("freeze")["approvals"]
    forge.body("freeze")["approvals"] = [pair[0], pair[0]]
    forge.change(PERSONS, lambda lines: lines.__delitem__(_place(lines, "pc", pair[1])))
    forge.rebase()


@attack("a docket that is not the frozen one", 12)
def other_docket(forge: Forge) -> None:
    forge.edit("docket.json", lambda value: value["motions"][0].update(title="別の議案"))


@attack("a docket that nobody can read, frozen as it is", 12, 18)
def unreadable_docket(forge: Forge) -> None:
    forge.edit("docket.json", lambda value: value["rules"].update(blank="perhaps"))
    forge.body("freeze")["docket_sha256"] = sha256(forge.files["docket.json"]).hexdigest()
    forge.rebase()


@attack("a docket that counts silence without a clause", 12, 18, 22, 23)
def unsound_docket(forge: Forge) -> None:
    forge.edit("docket.json", lambda value: value["rules"].update(clauses={}))
    forge.body("freeze")["docket_sha256"] = sha256(forge.files["docket.json"]).hexdigest()
    forge.rebase()


@attack("a docket nobody decided on", 12)
def extra_docket(forge: Forge) -> None:
    forge.files["dockets/" + STRANGER] = b"{}"


@attack("a document that the docket does not name", 13)
def extra_document(forge: Forge) -> None:
    forge.files["documents/" + sha256(b"?").hexdigest()] = b"?"


@attack("a document exchanged under its name", 13)
def other_document(forge: Forge) -> None:
    forge.files[_path(forge, "documents/")] = b"%PDF-1.7 two"


@attack("a document gone", 13)
def no_document(forge: Forge) -> None:
    del forge.files[_path(forge, "documents/")]


@attack("a weight changed on the roll", 14, 22, 23, 25)
def heavier(forge: Forge) -> None:
    forge.change(ROLL, lambda lines: lines[_silent(forge, lines)].update(votes="5"))


@attack("a member dropped from the roll", 14, 18, 22, 23)
def dropped_member(forge: Forge) -> None:
    forge.change(ROLL, lambda lines: lines.__delitem__(_silent(forge, lines)))


@attack("a member twice on the roll", 14)
def doubled_member(forge: Forge) -> None:
    forge.change(ROLL, lambda lines: lines.insert(0, lines[0]))


@attack("a number of votes in another spelling", 14)
def other_spelling(forge: Forge) -> None:
    forge.change(ROLL, lambda lines: lines[0].update(votes="1.0"))


@attack("roll totals that are wrong in the freeze", 14, 18)
def other_totals(forge: Forge) -> None:
    forge.body("freeze")["roll"]["votes"] = "9"
    forge.rebase()


@attack("a name under another member's commitment", 15, audience="auditor")
def swapped_names(forge: Forge) -> None:
    forge.change("roll/private.jsonl", lambda lines: swap(lines, 0, 1, "id", "name", "salt"))


@attack("a name missing", 15, 27, audience="auditor")
def missing_name(forge: Forge) -> None:
    forge.change("roll/private.jsonl", lambda lines: lines.pop())


@attack("one member number for two commitments", 14, 15, 16, 18, 22, audience="auditor")
def two_commitments(forge: Forge) -> None:
    names = forge.lines("roll/private.jsonl")
    salt, label = "11" * 32, b"voting/member/v1\0" + forge.origin.encode() + b"\0"
    ghost = sha256(label + names[0]["id"].encode() + b"\0" + bytes.fromhex(salt)).hexdigest()
    for path, extra in (
        ("roll/private.jsonl", {**names[0], "member": ghost, "salt": salt}),
        (ROLL, {"category": "", "member": ghost, "votes": "1"}),
    ):
        old = names[1]["member"]
        forge.change(path, lambda lines, old=old: lines.__delitem__(_place(lines, "member", old)))
        forge.change(path, lambda lines, extra=extra: (lines.append(extra), lines.sort(key=_member)))


# 16 to 20: the votes


@attack("a sequence with a gap", 11, 16)
def sequence_gap(forge: Forge) -> None:
    ballot_of(forge, 0)["body"].update(sequence=2, replaces=0)


@attack("a replacement of another than the last ballot", 11, 16)
def other_replaced(forge: Forge) -> None:
    ballot_of(forge, 2)["body"]["replaces"] = 4


@attack("a first ballot dropped, the rest closed up", 11, 16, 17)
def dropped_ballot(forge: Forge) -> None:
    forge.change(OPENINGS, lambda lines: lines.pop(0))
    forge.remove(3)


@attack("a ballot dropped with its replacement", 11, 16, 21, 22, 23)
def dropped_member_ballots(forge: Forge) -> None:
    """Both ballots of M0001, as if it had been silent; the close keeps its number."""
    for index in (5, 3):
        forge.change(OPENINGS, lambda lines, index=index: lines.__delitem__(_place(lines, "index", index)))
        forge.remove(index)


@attack("a close that counts another number of members", 11, 16)
def close_miscounts(forge: Forge) -> None:
    forge.body("close")["members"] += 1


@attack("a close that counts other votes", 16)
def close_misvotes(forge: Forge) -> None:
    forge.body("close")["votes"] = "99"


@attack("a ballot of nobody on the roll", 16, 17, 22)
def ballot_of_stranger(forge: Forge) -> None:
    entry = ballot_of(forge, 3)
    entry["body"]["member"] = STRANGER


@attack("a choice exchanged in an opening", 17)
def other_choice(forge: Forge) -> None:
    forge.change(OPENINGS, lambda lines: lines[1]["ballot"]["choices"].update({"1": "for"}))


@attack("two openings exchanged", 17)
def swapped_openings(forge: Forge) -> None:
    forge.change(OPENINGS, lambda lines: swap(lines, 1, 2, "ballot", "salt"))


@attack("an opening dropped", 17, 27)
def missing_opening(forge: Forge) -> None:
    forge.change(OPENINGS, lambda lines: lines.pop())


@attack("an opening of an entry that is no vote", 17)
def idle_opening(forge: Forge) -> None:
    forge.change(OPENINGS, lambda lines: lines.append({**lines[-1], "index": 17}))


@attack("a member's old ballot recorded once more", 17)
def replayed_ballot(forge: Forge) -> None:
    """Before the close, after M0002 had changed its mind: the copy carries the code's own signature."""
    old = ballot_of(forge, 1)
    opening = next(each for each in forge.lines(OPENINGS) if each["index"] == old["index"])
    forge.insert(
        11, "ballot", {**old["body"], "sequence": 3, "replaces": 10}, time="2026-06-10T03:00:00.000Z"
    )
    forge.entries[11]["body"]["received_at"] = "2026-06-10T03:00:00.000Z"
    forge.change(
        OPENINGS,
        lambda lines: (lines.append({**opening, "index": 11}), lines.sort(key=lambda each: each["index"])),
    )
    forge.recount()


@attack("a ballot that names other rules", 17, 18)
def other_base(forge: Forge) -> None:
    opening_of(forge, 3, lambda ballot: ballot.update(base=STRANGER))


@attack("a ballot made for another log", 17, 18)
def ballot_of_other_log(forge: Forge) -> None:
    opening_of(forge, 3, lambda ballot: ballot.update(log="vote.example.or.jp/council/2025-06"))


@attack("a ballot that leaves a motion out", 17, 18)
def missing_motion(forge: Forge) -> None:
    opening_of(forge, 3, lambda ballot: ballot["choices"].pop("2"))


@attack("a vote turned round by the operator, who has no code", 18)
def turned_ballot(forge: Forge) -> None:
    opening_of(forge, 4, lambda ballot: ballot["choices"].update({"1": "for"}))
    forge.recount()


@attack("a vote cast by the operator for a silent member", 18)
def invented_ballot(forge: Forge) -> None:
    silent = forge.lines("deemed.jsonl")[0]["member"]
    template = ballot_of(forge, 1)["body"]
    body = {**template, "member": silent, "sequence": 1, "replaces": None}
    forge.insert(
        11, "ballot", {**body, "received_at": "2026-06-10T03:00:00.000Z"}, time="2026-06-10T03:00:00.000Z"
    )
    ballot = {**forge.lines(OPENINGS)[0]["ballot"], "member": silent, "sequence": 1}
    line = {"ballot": ballot, "index": 11, "salt": "77" * 32}
    forge.change(OPENINGS, lambda lines: (lines.append(line), lines.sort(key=lambda each: each["index"])))
    forge.recommit(11)
    forge.body("close")["members"] += 1
    forge.body("close")["votes"] = str(forge.body("close")["members"])
    forge.recount()


@attack("a signature exchanged with another ballot's", 18)
def swapped_signatures(forge: Forge) -> None:
    one, two = ballot_of(forge, 0)["body"], ballot_of(forge, 1)["body"]
    one["signature"], two["signature"] = two["signature"], one["signature"]


@attack("a key exchanged in the list of keys issued", 18)
def swapped_key(forge: Forge) -> None:
    forge.change(ISSUED, lambda lines: swap(lines, 0, 1, "key"))


@attack("a key issued to nobody in the ledger", 18)
def extra_key(forge: Forge) -> None:
    forge.change(ISSUED, lambda lines: lines.append(lines[-1]))


@attack("a ballot that claims a better level than was issued", 18, 21, 23)
def better_level(forge: Forge) -> None:
    ballot_of(forge, 1)["body"]["level"] = "K1"
    ballot_of(forge, 5)["body"]["level"] = "K1"


@attack("a revoked key that goes on voting", 18)
def revoked(forge: Forge) -> None:
    member = ballot_of(forge, 0)["body"]["member"]
    forge.insert(3, "credential", {"key": None, "member": member, "operation": "revoke", "reason": "退会"})


@attack("a paper used twice", 11, 17, 19)
def paper_twice(forge: Forge) -> None:
    one, two = (each["body"] for each in forge.of_kind("ballot") if each["body"]["level"] == "KP")
    two.update(paper=one["paper"], received_at=one["received_at"], commitment=one["commitment"])


@attack("a paper that nothing was done about", 11, 19)
def paper_left(forge: Forge) -> None:
    forge.insert(8, "paper", {**forge.body("paper"), "serial": "F-9"})


@attack("a paper entered by one person", 11, 19)
def one_reader(forge: Forge) -> None:
    body = next(each["body"] for each in forge.of_kind("ballot") if each["body"]["level"] == "KP")
    body["entered_by"] = [body["entered_by"][0]] * 2


@attack("a paper received at another hour than it arrived", 11, 19)
def other_hour(forge: Forge) -> None:
    body = next(each["body"] for each in forge.of_kind("ballot") if each["body"]["level"] == "KP")
    body["received_at"] = "2026-06-02T07:04:00.000Z"


@attack("a serial number given twice", 11, 19)
def serial_twice(forge: Forge) -> None:
    forge.body("paper", 1)["serial"] = forge.body("paper", 0)["serial"]


@attack("an officer who is on no list", 19)
def unlisted_officer(forge: Forge) -> None:
    forge.change(PERSONS, lambda lines: lines.pop())


@attack("an officer who never acted", 19)
def idle_officer(forge: Forge) -> None:
    forge.change(PERSONS, lambda lines: lines.append({"pc": "ff" * 32, "role": "auditor"}))


@attack("an officer under another name", 19, audience="auditor")
def other_officer(forge: Forge) -> None:
    forge.change(PERSONS, lambda lines: lines[0]["person"].update(name="架空 次郎"))


@attack("one officer with two commitments", 18, 19, audience="auditor")
def two_faces(forge: Forge) -> None:
    """The second approval of the freeze is the first person's again, under another salt."""
    lines = forge.lines(PERSONS)
    first, second = forge.body("freeze")["approvals"]
    person = next(each["person"] for each in lines if each["pc"] == first)
    pc = sha256(b"voting/person/v1\0" + bytes.fromhex("22" * 32) + b"\0" + encode(person)).hexdigest()
    for entry in forge.entries:
        for name in ("approvals", "entered_by"):
            if entry["body"].get(name):
                entry["body"][name] = [pc if each == second else each for each in entry["body"][name]]
        if entry["body"].get("by") == second:
            entry["body"]["by"] = pc
    kept = [each for each in lines if each["pc"] != second]
    forge.put_lines(
        PERSONS, sorted([*kept, {"pc": pc, "person": person, "salt": "22" * 32}], key=lambda e: e["pc"])
    )
    forge.rebase()


@attack("a vote in time refused as late", 11, 20)
def false_late(forge: Forge) -> None:
    entry = forge.of_kind("refused")[0]
    entry["body"]["received_at"] = "2026-06-10T14:59:59.999Z"


@attack("a close before the period is over", 11, 20)
def close_too_early(forge: Forge) -> None:
    forge.body("close")["closes_at"] = "2026-06-10T14:00:00.000Z"


@attack("a vote refused as early after the opening", 11, 20, 23)
def false_early(forge: Forge) -> None:
    forge.of_kind("refused")[0]["body"].update(reason="early")


@attack("a vote refused for an incident that nobody recorded", 20)
def false_suspension(forge: Forge) -> None:
    forge.of_kind("refused")[0]["body"].update(reason="suspended")
    forge.recount()


@attack("a ballot by the web that waited an hour", 11, 20)
def slow_ballot(forge: Forge) -> None:
    ballot_of(forge, 0)["body"]["received_at"] = "2026-06-02T00:00:00.000Z"


# 21 to 27: the count


@attack("levels told wrong in the result", 21, 23)
def other_levels(forge: Forge) -> None:
    result = json.loads(forge.files["result.json"])
    result["levels"] = {"K0": 0, "K1": 2, "KP": 2}
    forge.publish(encode(result))


@attack("returns told wrong in the result", 21, 23)
def other_returns(forge: Forge) -> None:
    result = json.loads(forge.files["result.json"])
    result["returned"]["members"] += 1
    forge.publish(encode(result))


@attack("levels told wrong where the openings are withheld", 21)
def other_levels_unseen(forge: Forge) -> None:
    withhold(forge)
    other_levels(forge)


@attack("a member deemed that had answered", 22)
def deemed_anyway(forge: Forge) -> None:
    member = ballot_of(forge, 0)["body"]["member"]
    forge.change("deemed.jsonl", lambda lines: (lines.append({"member": member}), lines.sort(key=_member)))


@attack("a silent member left out of the deemed", 22)
def not_deemed(forge: Forge) -> None:
    forge.change("deemed.jsonl", lambda lines: lines.pop())


@attack("a deemed entry with another root", 22)
def other_deemed_root(forge: Forge) -> None:
    forge.body("deemed")["root"] = STRANGER


@attack("another clause for the deemed", 22)
def other_clause(forge: Forge) -> None:
    forge.body("deemed")["clause"] = "規約第99条"


@attack("a number changed in the result, which ledger and paper then name", 23, 25)
def other_number(forge: Forge) -> None:
    result = json.loads(forge.files["result.json"])
    result["motions"][0]["for"]["expressed"] = "7"
    forge.publish(encode(result))


@attack("votes moved from one side to the other, sums kept", 23)
def moved_votes(forge: Forge) -> None:
    result = json.loads(forge.files["result.json"])
    sides = result["motions"][0]
    sides["for"], sides["against"] = sides["against"], sides["for"]
    forge.publish(encode(result))


@attack("an outcome changed in the result", 23)
def other_outcome(forge: Forge) -> None:
    result = json.loads(forge.files["result.json"])
    result["motions"][0]["outcome"] = "objected"
    forge.publish(encode(result))


@attack("another result.json than the ledger names", 23)
def unnamed_result(forge: Forge) -> None:
    forge.body("tally")["result_sha256"] = STRANGER
    # The paper carries the result that the ledger names.
    forge.put_papers([])


@attack("a paper that the ledger does not name", 24)
def other_paper(forge: Forge) -> None:
    forge.files[_path(forge, "result/")] += b"\n%"


@attack("a certified result published as if nobody had certified it", 24)
def uncertified(forge: Forge) -> None:
    forge.put_papers([])
    forge.remove(len(forge.entries) - 1)


@attack("a paper gone", 24)
def no_paper(forge: Forge) -> None:
    del forge.files[_path(forge, "result/")]


@attack("a paper that carries another result", 24)
def paper_of_other_result(forge: Forge) -> None:
    forge.put_papers([small_pdf(forge.files["result.json"].replace(b"carried", b"decided"))])


@attack("a paper that carries no result", 24)
def empty_paper(forge: Forge) -> None:
    forge.put_papers([b"%PDF-1.7\n%%EOF\n"])


@attack("a paper with a signature that is none", 24)
def falsely_signed(forge: Forge) -> None:
    pdf = small_pdf(forge.files["result.json"])
    gap = b"<" + b"00" * 16 + b">"
    head = b"3 0 obj\n<< /Type /Sig /ByteRange [0 0000000000 0000000000 0000000000] /Contents "
    start = len(pdf) + len(head)
    tail = b" >>\nendobj\n"
    numbers = f"[0 {start:010d} {start + len(gap):010d} {len(tail):010d}]".encode()
    head = head.replace(b"[0 0000000000 0000000000 0000000000]", numbers)
    forge.put_papers([pdf + head + gap + tail])


@attack("a delivery to somebody who was issued nothing", 25)
def delivered_to_nobody(forge: Forge) -> None:
    line = {"channel": "mail", "member": STRANGER, "status": "delivered", "time": "2026-05-20T01:00:00.000Z"}
    forge.files["delivery.jsonl"] = encode(line) + b"\n"
    root = leaf_hash(encode(line)).hex()
    forge.insert(3, "delivery", {"delivered": 1, "failed": 0, "root": root})


@attack("a delivery in no entry", 25)
def unrecorded_delivery(forge: Forge) -> None:
    member = forge.lines(ISSUED)[0]["member"]
    line = {"channel": "mail", "member": member, "status": "delivered", "time": "2026-05-20T01:00:00.000Z"}
    forge.files["delivery.jsonl"] = encode(line) + b"\n"


@attack("an amendment with one approval", 11, 26)
def one_approval(forge: Forge) -> None:
    pc = forge.body("freeze")["approvals"][0]
    amend = {
        "what": "paper",
        "old_sha256": STRANGER,
        "new_sha256": STRANGER,
        "reason": "郵便受けにあった",
        "approvals": [pc, pc],
    }
    forge.insert(11, "amend", amend)
    forge.recount()


@attack("another majority under the name of a longer period", 26)
def other_rules_beside(forge: Forge, at: int = 11) -> None:
    docket = json.loads(forge.files["docket.json"])
    docket["rules"]["blank"] = "against"
    changed = encode(docket)
    digest = sha256(changed).hexdigest()
    forge.files[f"dockets/{digest}"] = changed
    amend = {
        "what": "period",
        "old_sha256": forge.body("freeze")["docket_sha256"],
        "new_sha256": digest,
        "reason": "障害のため",
        "approvals": forge.body("freeze")["approvals"],
    }
    forge.insert(at, "amend", amend)
    forge.recount()


@attack("a correction of something that states no result", 26)
def corrects_a_vote(forge: Forge) -> None:
    digest = sha256(forge.files["result.json"]).hexdigest()
    pair = forge.body("freeze")["approvals"]
    body = {"of": 5, "reason": "転記の誤り", "result_sha256": digest, "approvals": pair}
    forge.insert(len(forge.entries), "correction", body)


@attack("more openings gone than were recorded as erased", 27)
def erased_too_much(forge: Forge) -> None:
    erase = {"records": 1, "root": STRANGER, "rule": "文書管理規程第8条"}
    forge.insert(len(forge.entries), "erase", erase)
    forge.change(OPENINGS, lambda lines: lines.__delitem__(slice(0, 2)))


@attack("a name gone under the cover of an opening that was erased", 27, audience="auditor")
def erased_a_name_as_well(forge: Forge) -> None:
    erase = {"records": 1, "root": STRANGER, "rule": "文書管理規程第8条"}
    forge.insert(len(forge.entries), "erase", erase)
    for path in (OPENINGS, "roll/private.jsonl"):
        forge.change(path, lambda lines: lines.pop(0))


def _member(line: Json) -> str:
    return str(line["member"])


def _place(lines: list[Json], name: str, value: object) -> int:
    return next(place for place, line in enumerate(lines) if line[name] == value)


def _silent(forge: Forge, lines: list[Json]) -> int:
    """The line of a member that sent nothing."""
    silent = forge.lines("deemed.jsonl")[0]["member"]
    return _place(lines, "member", silent)


def _path(forge: Forge, folder: str) -> str:
    return next(path for path in forge.files if path.startswith(folder))
