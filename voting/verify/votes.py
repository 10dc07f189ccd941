"""Everything that was sent to a log, ballots and refused ones: a column for each thing that is asked."""

from array import array
from collections import defaultdict
from collections.abc import Container, Sequence
from datetime import datetime

from voting.ledger.entries import Piece
from voting.ledger.kinds import Ballot, Refused
from voting.ledger.usual import WebBallots


class Numbers(dict[str | None, int]):
    """A number for each member: who is looked up and has none yet gets the next one."""

    def __missing__(self, member: str | None) -> int:
        self[member] = number = len(self)
        return number

    def are_first(self, members: Sequence[str]) -> bool:
        """Give *members* the first numbers, in their order; nothing if any has one or stands there twice."""
        if self:
            return False
        self.update({member: number for number, member in enumerate(members)})
        if len(self) == len(members):
            return True
        self.clear()
        return False


class Votes:
    """The votes in the order of the log.

    Shape   *at* are the indices of their entries, *logs* and *times* what these say; *reasons* are None for
            ballots; a refused one has no sequence, replaces none, and may lack member and commitment.
            *senders* are the members by their *numbers*, which are small: what is known of a member is
            found by its number in a fraction of the time that a long text takes.
    """

    __slots__ = (
        "at",
        "channels",
        "commitments",
        "levels",
        "logs",
        "members",
        "numbers",
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
        self.numbers = Numbers()
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
            self.senders.append(self.numbers[body.member])
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
        """The member that each number stands for, also who sent nothing; None for who is not on the roll."""
        return list(self.numbers)

    def are_ballots(self) -> bool:
        """Whether none was refused."""
        return self.reasons.count(None) == len(self.reasons)

    def are_within(self, opens_at: datetime, closes_at: datetime) -> bool:
        """Whether all were received from one instant on and before the other."""
        times = self.received_at
        return not times or (opens_at <= min(times) and max(times) < closes_at)

    def several(self) -> frozenset[int]:
        """The numbers of those who sent more than one vote."""
        has_sent, found = bytearray(len(self.numbers)), set[int]()
        for sender in self.senders:
            if has_sent[sender]:
                found.add(sender)
            has_sent[sender] = 1
        return frozenset(found)

    def due(self, several: Container[int]) -> tuple[list[int | None], list[int | None]]:
        """The sequence that each vote has to have, refused ones would have had, and what it replaces."""
        due: tuple[list[int | None], list[int | None]] = [1] * len(self.at), [None] * len(self.at)
        # Whoever sent one vote, as nearly all did, has nothing that it could follow.
        sent = defaultdict[int, tuple[int, int | None]](lambda: (0, None))
        for place in [place for place, sender in enumerate(self.senders) if sender in several]:
            sender = self.senders[place]
            before, latest = sent[sender]
            due[0][place], due[1][place] = before + 1, latest
            if self.reasons[place] is None:
                sent[sender] = before + 1, self.at[place]
        return due

    def _add(self, ballots: WebBallots) -> None:
        none = (None,) * len(ballots.places)
        self.at += ballots.indices
        self.logs += ballots.logs
        self.times += ballots.times
        self.members += ballots.members
        # Copies in the order of the votes: those in the table lie about, and each look would wait.
        self.senders += array("q", map(self.numbers.__getitem__, ballots.members))
        self.sequences += ballots.sequences
        self.replaces += ballots.replaces
        self.commitments += ballots.commitments
        self.channels += ("web",) * len(none)
        self.levels += ballots.levels
        self.received_at += ballots.received_at
        self.signatures += ballots.signatures
        self.papers += none
        self.reasons += none
