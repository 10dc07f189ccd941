"""A whole audit bundle of any size, made without the service: real keys, signatures, tree and count.

The log is that of an assembly in which most members vote by the web, some twice; the others are silent and
deemed.  Entries are committed in batches, as a loaded service does: each batch has one checkpoint, and the
bundle's zip holds at most 65,534 files (ledger L8), so a large log needs them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.verify.forge import small_pdf
from voting.core.assembly import Assembly, Body, Schedule
from voting.core.ballots import Channel, Mark, Submission
from voting.core.docket import Docket
from voting.core.docket_json import docket_json
from voting.core.members import Roll, RollEntry
from voting.core.motions import Motion
from voting.core.permissions import Role
from voting.core.result_json import Json, result_json
from voting.core.rules import BodyKind, NonSubmission, Rules
from voting.core.tally import count, silent_members
from voting.core.votes import ONE_VOTE, votes_text
from voting.ledger import checkpoint as checkpoints
from voting.ledger import kinds
from voting.ledger.bundle_files import PUBLIC, Opening, Parts, Person, bundle
from voting.ledger.canonical import b64, encode
from voting.ledger.checkpoint import Checkpoint
from voting.ledger.commitments import (
    IssuedLeaf,
    RollLeaf,
    ballot_commitment,
    ballot_opening,
    cast_message,
    deemed_root,
    issued_root,
    member_commitment,
    roll_root,
)
from voting.ledger.entries import Entry, encode_entry
from voting.ledger.fields import RollTotals, Software
from voting.ledger.merkle import Frontier, leaf_hash
from voting.ledger.note import Signer, split_note

ORIGIN = "vote.example.or.jp/council/2026-06"
MOST_FILES = 65_534
_OPENS = datetime(2026, 6, 1, tzinfo=UTC)
_CLOSES = _OPENS + timedelta(days=10)
_MARKS = (Mark.FOR, Mark.FOR, Mark.FOR, Mark.FOR, Mark.AGAINST, Mark.BLANK)
_OFFICERS = (
    Person("admin-1", "事務局 一", Role.ADMINISTRATOR.value, b"\x01" * 32),
    Person("checker-1", "確認 二", Role.CHECKER.value, b"\x02" * 32),
)


@dataclass(frozen=True)
class Made:
    """A bundle, the key it is to be checked with, and the signatures that its verifier has to look at.

    Shape   *signed* are public key, signature and message of each ballot and each checkpoint.
    """

    data: bytes
    vkey: str
    signed: list[tuple[bytes, bytes, bytes]]


def build(members: int, ballots: int, *, batch: int = 16) -> Made:
    """A certified assembly of *members* with so many *ballots*, of which one of a hundred is a second one."""
    log = _Log(members, batch)
    log.begin()
    for number in range(ballots):
        # Every hundredth ballot is the second one of the member before.
        log.cast(
            number - 1 if number % 100 == 99 else number, at=_OPENS + timedelta(seconds=number * 8 % 800_000)
        )
    return log.end()


def _secret(*words: object) -> bytes:
    return sha256(" ".join(map(str, words)).encode()).digest()


class _Log:
    def __init__(self, members: int, batch: int) -> None:
        self.batch = batch
        self.signer = Signer.from_seed(ORIGIN, _secret("log"))
        self.entries: list[bytes] = []
        self.grown = Frontier()
        self.notes: dict[int, bytes] = {}
        self.time = _OPENS - timedelta(days=10)
        self.openings: list[Opening] = []
        self.sent: list[Submission] = []
        self.latest: dict[str, tuple[int, int]] = {}
        self.signed: list[tuple[bytes, bytes, bytes]] = []
        self.docket = _docket()
        self.mc = [member_commitment(ORIGIN, f"M{n:07d}", _secret("salt", n)).hex() for n in range(members)]
        self.votes = [ONE_VOTE * (1 + n % 3) for n in range(members)]
        self.keys = [Ed25519PrivateKey.from_private_bytes(_secret("key", n)) for n in range(members)]

    def append(self, body: kinds.Body, *, at: datetime | None = None) -> int:
        """Write an entry; a checkpoint after each batch."""
        self.time = max(self.time, at or self.time)
        index = len(self.entries)
        self.entries.append(encode_entry(Entry(index, ORIGIN, self.time, body)))
        self.grown = self.grown.append(leaf_hash(self.entries[-1]))
        if len(self.entries) % self.batch == 0:
            self.checkpoint()
        return index

    def checkpoint(self) -> None:
        stated = Checkpoint(ORIGIN, self.grown.size, self.grown.root())
        note = checkpoints.sign(stated, self.signer)
        self.notes[self.grown.size] = note
        text, (line,) = split_note(note)
        self.signed.append((self.signer.verifier.public_key, line.signature, text.encode()))

    def begin(self) -> None:
        two = (_OFFICERS[0].pc, _OFFICERS[1].pc)
        software = Software("voting", "bench")
        self.append(kinds.Genesis(software, self.signer.vkey, "", (), "L1", None))
        digest = sha256(encode(docket_json(self.docket))).hexdigest()
        totals = RollTotals(len(self.mc), votes_text(sum(self.votes)), roll_root(self.roll()).hex())
        base = self.append(kinds.Freeze(digest, totals, two))
        self.base = leaf_hash(self.entries[base]).hex()
        self.append(kinds.Issue(len(self.mc), issued_root(self.issued()).hex(), "K0"))
        self.time = _OPENS

    def roll(self) -> Iterator[RollLeaf]:
        return (RollLeaf("", mc, votes_text(votes)) for mc, votes in zip(self.mc, self.votes, strict=True))

    def issued(self) -> Iterator[IssuedLeaf]:
        publics = (key.public_key().public_bytes_raw() for key in self.keys)
        return (IssuedLeaf(b64(key), "K0", mc) for key, mc in zip(publics, self.mc, strict=True))

    def cast(self, member: int, *, at: datetime) -> None:
        at = max(at, self.time)
        mc, key, salt = self.mc[member], self.keys[member], _secret("ballot", len(self.openings))
        sequence, replaces = self.latest.get(mc, (0, None))
        marks = {k: _MARKS[(member + k * sequence) * (k + 6) // 3 % len(_MARKS)] for k in (1, 2, 3)}
        choices = {str(number): mark.value for number, mark in marks.items()}
        opening = ballot_opening(
            base=self.base, choices=choices, log=ORIGIN, member=mc, sequence=sequence + 1
        )
        commitment = ballot_commitment(opening, salt)
        message = cast_message(ORIGIN, commitment)
        signature = key.sign(message)
        index = self.append(
            kinds.Ballot(
                mc, sequence + 1, replaces, commitment.hex(), "web", "K0", at, b64(signature), None, None
            ),
            at=at,
        )
        self.latest[mc] = (sequence + 1, index)
        self.openings.append(Opening(index, opening, salt))
        self.sent.append(Submission(mc, marks, at, Channel.WEB, index))
        self.signed.append((key.public_key().public_bytes_raw(), signature, message))

    def end(self) -> Made:
        voted = [votes for mc, votes in zip(self.mc, self.votes, strict=True) if mc in self.latest]
        closed = kinds.Close(_CLOSES, len(self.entries) - 1, len(voted), votes_text(sum(voted)))
        self.append(closed, at=_CLOSES)
        roll = Roll(tuple(RollEntry(mc, "", v, "") for mc, v in zip(self.mc, self.votes, strict=True)))
        silent = silent_members(self.docket, roll, self.sent)
        silent_votes = sum(v for mc, v in zip(self.mc, self.votes, strict=True) if mc not in self.latest)
        deemed = [bytes.fromhex(mc) for mc in silent]
        clause = self.docket.rules.clauses["deemed"]
        self.append(kinds.Deemed(len(deemed), votes_text(silent_votes), deemed_root(deemed).hex(), clause))
        extra: dict[str, Json] = {
            "levels": {"K0": len(voted)},
            "refused": {},
            "amendments": [],
            "incidents": [],
        }
        result = encode(result_json(self.docket, count(self.docket, roll, self.sent), extra))
        paper = small_pdf(result)
        self.append(kinds.Tally(sha256(result).hexdigest()))
        self.append(kinds.Result((sha256(paper).hexdigest(),)))
        self.checkpoint()
        parts = Parts(
            origin=ORIGIN,
            vkey=self.signer.vkey,
            entries=self.entries,
            checkpoints=self.notes,
            docket=encode(docket_json(self.docket)),
            documents=(),
            roll=self.roll(),
            names=None,
            issued=(self.issued(),),
            deemed=deemed,
            openings=self.openings,
            persons=_OFFICERS,
            result=result,
            papers=(("result.pdf", paper),),
        )
        return Made(bundle(parts, audience=PUBLIC, signer=self.signer), self.signer.vkey, self.signed)


def _docket() -> Docket:
    schedule = Schedule(date(2026, 6, 1), _OPENS, _CLOSES)
    rules = Rules(non_submission=NonSubmission.FOR, clauses={"deemed": "規約第12条第3項"})
    motions = tuple(Motion(number, f"第{number}号議案") for number in (1, 2, 3))
    return Docket(Body("架空協議会", BodyKind.VOLUNTARY), Assembly("令和8年度総会", schedule), rules, motions)
