"""Everything that was sent to a log, ballots and refused ones: a column for each thing that is asked."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from itertools import count

from voting.ledger.entries import Piece
from voting.ledger.kinds import Ballot, Refused
from voting.ledger.usual import WebBallots


class Votes:
    """The votes in the order of the log.

    Shape   *at* are the indices of their entries, *logs* and *times* what these say; *reasons* are None for
            ballots; a refused one has no sequence, replaces none, and may lack member and commitment.
            *senders* number the members as they first occur, ``names()`` tells which they are: small
            numbers are looked up in a fraction of the time that long texts take.
    """

    __slots__ = (
        "_numbers",
        "at",
        "channels",
        "commitments",
        "levels",
        "logs",
        "members",
        "papers",
        "reasons",
        "received_at",
        "replaces",
        "senders",
        "sequences",
        "signatures",
        "times",
    )

    def __init__(self) -> None:
        self.at: list[int] = []
        self.logs: list[str] = []
        self.times: list[datetime] = []
        self.members: list[str | None] = []
        self.senders: list[int] = []
        self._numbers = defaultdict[str | None, int](count().__next__)
        self.sequences: list[int | None] = []
        self.replaces: list[int | None] = []
        self.commitments: list[str | None] = []
        self.channels: list[str] = []
        self.levels: list[str] = []
        self.received_at: list[datetime] = []
        self.signatures: list[str | None] = []
        self.papers: list[int | None] = []
        self.reasons: list[str | None] = []

    def add(self, piece: Piece) -> None:
        """The votes in the next piece of the log."""
        if isinstance(piece, WebBallots):
            self._add(piece)
        elif isinstance(piece.body, Ballot | Refused):
            body = piece.body
            self.at.append(piece.index)
            self.logs.append(piece.log)
            self.times.append(piece.time)
            self.members.append(body.member)
            self.senders.append(self._numbers[body.member])
            self.sequences.append(body.sequence if isinstance(body, Ballot) else None)
            self.replaces.append(body.replaces if isinstance(body, Ballot) else None)
            self.commitments.append(body.commitment)
            self.channels.append(body.channel)
            self.levels.append(body.level)
            self.received_at.append(body.received_at)
            self.signatures.append(body.signature)
            self.papers.append(body.paper)
            self.reasons.append(body.reason if isinstance(body, Refused) else None)

    def names(self) -> Sequence[str | None]:
        """The member that each number among *senders* stands for; None for who is not on the roll."""
        return list(self._numbers)

    def due(self) -> tuple[list[int | None], list[int | None]]:
        """The sequence that each vote has to have, refused ones would have had, and what it replaces."""
        sequences, latest = [0] * len(self._numbers), list[int | None]([None] * len(self._numbers))
        found: tuple[list[int | None], list[int | None]] = [], []
        for index, sender, reason in zip(self.at, self.senders, self.reasons, strict=True):
            sequence = sequences[sender] + 1
            found[0].append(sequence)
            found[1].append(latest[sender])
            if reason is None:
                sequences[sender], latest[sender] = sequence, index
        return found

    def _add(self, ballots: WebBallots) -> None:
        none = (None,) * len(ballots.places)
        self.at += ballots.indices
        self.logs += ballots.logs
        self.times += ballots.times
        self.members += ballots.members
        self.senders += map(self._numbers.__getitem__, ballots.members)
        self.sequences += ballots.sequences
        self.replaces += ballots.replaces
        self.commitments += ballots.commitments
        self.channels += ("web",) * len(none)
        self.levels += ballots.levels
        self.received_at += ballots.received_at
        self.signatures += ballots.signatures
        self.papers += none
        self.reasons += none
