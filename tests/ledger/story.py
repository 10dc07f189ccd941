"""A small assembly told entry by entry, for the tests of the ledger.

Every key and salt follows from a name, so that the same story always has the same bytes.
"""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from voting.ledger import checkpoint, merkle
from voting.ledger.canonical import b64
from voting.ledger.checkpoint import Checkpoint
from voting.ledger.commitments import ballot_commitment, ballot_opening, cast_message, member_commitment
from voting.ledger.entries import (
    Amend,
    Ballot,
    Body,
    Close,
    Deemed,
    Entry,
    Freeze,
    Genesis,
    Issue,
    Paper,
    Refused,
    Result,
    RollTotals,
    Software,
    Tally,
    encode_entry,
)
from voting.ledger.note import Signer
from voting.ledger.receipt import BallotOpening, MemberOpening, Receipt
from voting.ledger.wording import words

ORIGIN = "vote.example.or.jp/council/2024-09"
OPENS = datetime(2024, 9, 27, tzinfo=UTC)
CLOSES = datetime(2024, 10, 4, 15, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def salt(name: str) -> bytes:
    """32 bytes that follow from a name."""
    return sha256(f"salt of {name}".encode()).digest()


def digest(name: str) -> str:
    """64 hex digits that follow from a name."""
    return sha256(name.encode()).hexdigest()


def signer(name: str = ORIGIN) -> Signer:
    return Signer.from_seed(name, sha256(f"log key of {name}".encode()).digest())


def credential(member: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(sha256(f"code of {member}".encode()).digest())


def mc(member: str, origin: str = ORIGIN) -> str:
    return member_commitment(origin, member, salt(member)).hex()


PERSONS = (digest("clerk"), digest("auditor"))
TOTALS = RollTotals(members=4, votes="4", root=digest("roll"))


class Story:
    """A log as it grows; every entry keeps what its receipt needs."""

    def __init__(self, origin: str = ORIGIN) -> None:
        self.origin = origin
        self.signer = signer(origin)
        self.now = OPENS
        self.entries: list[Entry] = []
        self.data: list[bytes] = []
        self.openings: dict[int, tuple[str | None, dict[str, Any] | None, bytes, bytes | None]] = {}
        self.latest: dict[str, tuple[int, int]] = {}

    def add(self, body: Body, *, at: datetime | None = None) -> int:
        """Append an entry, by default a minute after the last one; the index it stands at."""
        self.now = self.now + MINUTE if at is None else at
        entry = Entry(len(self.entries), self.origin, self.now, body)
        self.entries.append(entry)
        self.data.append(encode_entry(entry))
        return entry.index

    def begun(self) -> "Story":
        """Genesis, freeze and issue."""
        self.add(
            Genesis(
                software=Software("voting", "0.1.0"),
                log_key=self.signer.vkey,
                policy="",
                timestamps=(),
                disclosure="L1",
                previous=None,
            ),
            at=OPENS,
        )
        self.add(Freeze(docket_sha256=digest("docket"), roll=TOTALS, approvals=PERSONS))
        self.add(Issue(members=4, root=digest("issued"), level="K0"))
        return self

    def opening(self, member: str, choices: dict[str, Any], **more: Any) -> dict[str, Any]:
        """What the member's next ballot opens to."""
        base = merkle.leaf_hash(self.data[1]).hex()
        sequence = self.latest.get(member, (0, 0))[0] + 1
        return ballot_opening(
            base=base,
            choices=choices,
            log=self.origin,
            member=mc(member, self.origin),
            sequence=sequence,
            **more,
        )

    def cast(
        self,
        member: str,
        choices: dict[str, Any],
        *,
        received_at: datetime | None = None,
        refused: str | None = None,
        paper: int | None = None,
        at: datetime | None = None,
        **more: Any,
    ) -> int:
        """A vote over the web, or from the sheet registered at *paper*; accepted unless *refused*."""
        ballot = self.opening(member, choices, **more)
        ballot_salt = salt(f"ballot {len(self.entries)}")
        commitment = ballot_commitment(ballot, ballot_salt)
        sequence, before = self.latest.get(member, (0, None))
        key, signature = None, None
        if paper is None:
            private = credential(member)
            key = private.public_key().public_bytes_raw()
            signature = b64(private.sign(cast_message(self.origin, commitment)))
            received_at = received_at or self.now + MINUTE
        else:
            sheet = self.entries[paper].body
            received_at = received_at or sheet.arrived_at
        facts: dict[str, Any] = {
            "member": mc(member, self.origin),
            "commitment": commitment.hex(),
            "channel": "web" if paper is None else "fax",
            "level": "K0" if paper is None else "KP",
            "received_at": received_at,
            "signature": signature,
            "paper": paper,
            "entered_by": None if paper is None else PERSONS,
        }
        if refused is None:
            index = self.add(Ballot(sequence=sequence + 1, replaces=before, **facts), at=at)
            self.latest[member] = (sequence + 1, index)
        else:
            index = self.add(Refused(reason=refused, **facts), at=at)
        self.openings[index] = (member, ballot, ballot_salt, key)
        return index

    def sheet(self, serial: str, *, arrived_at: datetime | None = None, at: datetime | None = None) -> int:
        """Register a sheet of paper."""
        arrived_at = arrived_at or self.now
        body = Paper(serial=serial, arrived_at=arrived_at, scan_sha256=digest(serial), by=PERSONS[0])
        return self.add(body, at=at)

    def closed(self) -> "Story":
        self.add(
            Close(
                closes_at=CLOSES,
                last_index=len(self.entries) - 1,
                members=len(self.latest),
                votes=str(len(self.latest)),
            ),
            at=CLOSES,
        )
        return self

    def declared(self) -> "Story":
        """Deemed, tally and result."""
        silent = 4 - len(self.latest)
        self.add(Deemed(members=silent, votes=str(silent), root=digest("deemed"), clause="規約第12条第3項"))
        self.add(Tally(result_sha256=digest("result")))
        self.add(Result(documents=(digest("report.pdf"),)))
        return self

    def admit_paper(self, serial: str) -> int:
        """Two persons let a sheet count that was registered after the close."""
        body = Amend(
            what="paper",
            old_sha256=digest("docket"),
            new_sha256=digest(serial),
            reason="会場の郵便受けに残っていた",
            approvals=PERSONS,
        )
        return self.add(body)

    def leaves(self) -> list[bytes]:
        return [merkle.leaf_hash(data) for data in self.data]

    def checkpoint(self, size: int | None = None) -> bytes:
        """The signed checkpoint of the first *size* entries."""
        size = len(self.data) if size is None else size
        return checkpoint.sign(Checkpoint(self.origin, size, merkle.root(self.leaves()[:size])), self.signer)

    def receipt(self, index: int, size: int | None = None) -> Receipt:
        """The receipt of a vote against the checkpoint of *size* entries, by default its own."""
        size = index + 1 if size is None else size
        member, ballot, ballot_salt, key = self.openings[index]
        return Receipt(
            entry=self.data[index],
            key=key,
            member=None if member is None else MemberOpening(member, f"{member}村", salt(member)),
            opening=None if ballot is None else BallotOpening(ballot, ballot_salt),
            words={} if ballot is None else words(ballot["choices"]),
            index=index,
            hashes=merkle.inclusion(self.leaves(), index, size),
            checkpoint=self.checkpoint(size),
        )


def whole_story() -> Story:
    """From genesis to result: votes over the web, one replaced, two on paper, one late."""
    story = Story().begun()
    story.cast("M0001", {"1": "for", "2": "for", "3": {"長野県": "for", "那須町": "against"}})
    story.cast("M0002", {"1": "against", "2": "blank", "3": {"長野県": "abstain", "那須町": "both"}})
    story.cast("M0001", {"1": "against", "2": "for", "3": {"長野県": "for", "那須町": "for"}})
    fax = story.sheet("FAX-001")
    story.cast("M0003", {}, paper=fax, proxy=True)
    late_fax = story.sheet("FAX-002", arrived_at=CLOSES, at=CLOSES)
    story.closed()
    story.cast("M0004", {"1": "for", "2": "for", "3": []}, paper=late_fax, refused="late")
    story.cast("M0002", {"1": "for", "2": "for", "3": []}, received_at=CLOSES + MINUTE, refused="late")
    return story.declared()
