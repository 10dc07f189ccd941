"""The kinds of entries: one frozen dataclass for each, with exactly the members of its body.

Hashes are lowercase hex, keys and signatures base64, votes decimal strings, instants aware datetimes.
Rules within one entry are kept here; rules between entries are replay's.
Source  docs/ledger-format.md, L3.
"""

from dataclasses import dataclass
from typing import ClassVar

from voting.ledger.fields import (
    AnyText,
    Channel,
    Count,
    Decision,
    Disclosure,
    FactKind,
    FromOne,
    Hash,
    IncidentText,
    Instant,
    IssueLevel,
    KeyOperation,
    Level,
    Operation,
    Previous,
    PublicKey,
    RefusalReason,
    RollTotals,
    Signature,
    Software,
    Target,
    Text,
    TwoPersons,
    Vkey,
    Votes,
    WhatAmended,
)
from voting.ledger.record import EntryFault, Record


class Body(Record):
    """What an entry of one kind says."""

    __slots__ = ()
    kind: ClassVar[str]


@dataclass(frozen=True, slots=True)
class Genesis(Body):
    """The log begins; *policy* is a witness policy's text or "", *timestamps* [] when none is due."""

    kind: ClassVar[str] = "genesis"
    software: Software
    log_key: Vkey
    policy: AnyText
    timestamps: tuple[Hash, ...]
    disclosure: Disclosure
    previous: Previous | None


@dataclass(frozen=True, slots=True)
class Freeze(Body):
    kind: ClassVar[str] = "freeze"
    docket_sha256: Hash
    roll: RollTotals
    approvals: TwoPersons


@dataclass(frozen=True, slots=True)
class Issue(Body):
    kind: ClassVar[str] = "issue"
    members: Count
    root: Hash
    level: IssueLevel


@dataclass(frozen=True, slots=True)
class Delivery(Body):
    kind: ClassVar[str] = "delivery"
    delivered: Count
    failed: Count
    root: Hash


@dataclass(frozen=True, slots=True)
class Ballot(Body):
    """A vote accepted; *replaces* is the index of the member's ballot before, whatever its hour."""

    kind: ClassVar[str] = "ballot"
    member: Hash
    sequence: FromOne
    replaces: Count | None
    commitment: Hash
    channel: Channel
    level: Level
    received_at: Instant
    signature: Signature | None
    paper: Count | None
    entered_by: TwoPersons | None

    def require_sound(self) -> None:
        _require_paper_form(self)
        if (self.signature is None) != (self.level == "KP"):
            raise EntryFault("signature: null exactly for level KP")
        if (self.sequence == 1) != (self.replaces is None):
            raise EntryFault("replaces: null exactly for the first ballot")


@dataclass(frozen=True, slots=True)
class Refused(Body):
    """A vote that was not accepted; *member* is null when the sender is not on the roll."""

    kind: ClassVar[str] = "refused"
    member: Hash | None
    reason: RefusalReason
    channel: Channel
    level: Level
    received_at: Instant
    commitment: Hash | None
    signature: Signature | None
    paper: Count | None
    entered_by: TwoPersons | None

    def require_sound(self) -> None:
        _require_paper_form(self)
        if (self.member is None) != (self.reason == "not_on_roll"):
            raise EntryFault("member: null exactly for reason not_on_roll")
        if self.member is None and self.commitment is not None:
            raise EntryFault("commitment: a ballot names its member, and there is none")
        # Without a commitment there is nothing that a signature could cover.
        if (self.signature is None) != (self.level == "KP" or self.commitment is None):
            raise EntryFault("signature: null exactly for level KP or without a commitment")


def _require_paper_form(body: Ballot | Refused) -> None:
    """Paper is entered by two persons from a registered sheet; what came by the web is none of that."""
    is_paper = body.channel != "web"
    if is_paper != (body.level == "KP"):
        raise EntryFault("level: KP exactly for the channels other than web")
    if is_paper != (body.paper is not None):
        raise EntryFault("paper: null exactly for the channel web")
    if is_paper != (body.entered_by is not None):
        raise EntryFault("entered_by: null exactly for the channel web")


@dataclass(frozen=True, slots=True)
class Paper(Body):
    """A sheet arrived, registered before anyone reads it; *by* is a person commitment."""

    kind: ClassVar[str] = "paper"
    serial: Text
    arrived_at: Instant
    scan_sha256: Hash
    by: Hash


@dataclass(frozen=True, slots=True)
class Credential(Body):
    kind: ClassVar[str] = "credential"
    member: Hash
    operation: Operation
    key: PublicKey | None
    reason: Text

    def require_sound(self) -> None:
        if (self.key is None) != (self.operation == "revoke"):
            raise EntryFault("key: null exactly for a revocation")


@dataclass(frozen=True, slots=True)
class Fact(Body):
    """What else the count uses: somebody left, the chair decided, a lot was drawn.

    Shape   *value* is null for ``left``; for the chair a mark, or marks by candidate; for a lot the
            candidate, or the candidates in the order drawn.
    """

    kind: ClassVar[str] = "fact"
    what: FactKind
    motion: FromOne | None
    member: Hash | None
    at: Instant
    value: Decision
    approvals: TwoPersons

    def require_sound(self) -> None:
        is_leaving = self.what == "left"
        if is_leaving != (self.member is not None):
            raise EntryFault("member: given exactly for left")
        if is_leaving != (self.motion is None):
            raise EntryFault("motion: null exactly for left")
        if is_leaving != (self.value is None):
            raise EntryFault("value: null exactly for left")


@dataclass(frozen=True, slots=True)
class Amend(Body):
    """Something frozen was changed; *old_sha256* and *new_sha256* say which, replay says how."""

    kind: ClassVar[str] = "amend"
    what: WhatAmended
    old_sha256: Hash
    new_sha256: Hash
    reason: Text
    approvals: TwoPersons


@dataclass(frozen=True, slots=True)
class Incident(Body):
    """Something kept members from voting; *what* begins with outage, restore or clock."""

    kind: ClassVar[str] = "incident"
    from_: Instant
    to: Instant
    what: IncidentText

    def require_sound(self) -> None:
        if self.from_ > self.to:
            raise EntryFault("to: an incident ends after it began")


@dataclass(frozen=True, slots=True)
class Operator(Body):
    """A privileged act, such as reading named choices before closing."""

    kind: ClassVar[str] = "operator"
    action: Text
    by: Hash
    target: Target | None


@dataclass(frozen=True, slots=True)
class Close(Body):
    """The end of voting; *members* and *votes* of those with at least one ballot so far."""

    kind: ClassVar[str] = "close"
    closes_at: Instant
    last_index: Count
    members: Count
    votes: Votes


@dataclass(frozen=True, slots=True)
class Deemed(Body):
    kind: ClassVar[str] = "deemed"
    members: Count
    votes: Votes
    root: Hash
    clause: AnyText


@dataclass(frozen=True, slots=True)
class Tally(Body):
    kind: ClassVar[str] = "tally"
    result_sha256: Hash


@dataclass(frozen=True, slots=True)
class Result(Body):
    kind: ClassVar[str] = "result"
    documents: tuple[Hash, ...]


@dataclass(frozen=True, slots=True)
class Correction(Body):
    kind: ClassVar[str] = "correction"
    of: Count
    reason: Text
    result_sha256: Hash
    approvals: TwoPersons


@dataclass(frozen=True, slots=True)
class Key(Body):
    kind: ClassVar[str] = "key"
    operation: KeyOperation
    vkey: Vkey


@dataclass(frozen=True, slots=True)
class Erase(Body):
    kind: ClassVar[str] = "erase"
    records: Count
    root: Hash
    rule: Text
