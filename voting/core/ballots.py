"""What members sent in, as the count sees it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType


class Mark(StrEnum):
    """What stands on a ballot for one motion, before any rule is applied."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"
    BLANK = "blank"
    BOTH = "both"


class Channel(StrEnum):
    """How a submission came; everything but ``web`` is paper (rules R3)."""

    WEB = "web"
    POST = "post"
    FAX = "fax"
    MAIL = "mail"
    HAND = "hand"
    PAPER = "paper"

    @property
    def is_paper(self) -> bool:
        return self is not Channel.WEB


# One motion's answer: a mark; by confidence a mark for each candidate; by plurality the chosen names.
Choice = Mark | Mapping[str, Mark] | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Submission:
    """One ballot as received, whatever it is worth.

    Shape   ``choices`` is keyed by motion number and empty for a proxy; ``order`` is the order of
            entry, which decides only among submissions of one instant and one kind of channel;
            ``is_void``: accepted on texts that were amended afterwards, it is worth nothing, and keeps its
            member from being taken for silent.
    Units   ``received_at`` is the instant of receipt (受付), never that of data entry.
    """

    member_id: str
    choices: Mapping[int, Choice]
    received_at: datetime
    channel: Channel
    order: int
    proxy: bool = False
    defect: str | None = None
    is_void: bool = False


@dataclass(frozen=True, slots=True)
class Alike:
    """Members of equal votes and category who each sent one and the same answer in time, and nothing else.

    Shape   ``submission`` is that of one of them; ``members`` is how many they are.  None of them is barred,
            has left or could not be reached.
    Units   votes of each, in millionths.
    """

    submission: Submission
    votes: int
    category: str
    members: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What the count needs to know beside docket, roll and submissions.

    Shape   ``left``: member -> instant of leaving (the earliest); ``undelivered``: members whose
            notice is known to have failed on all channels; ``chair``: motion -> the chair's decision
            for proxies (for an election also by candidate); ``ties``: motion, or (motion, candidate)
            -> the chair's decision in a tie; ``lots``: motion -> candidates drawn for the last seats.
    """

    left: Mapping[str, datetime] = field(default_factory=lambda: MappingProxyType({}))
    undelivered: frozenset[str] = frozenset()
    chair: Mapping[int, Mark | Mapping[str, Mark]] = field(default_factory=lambda: MappingProxyType({}))
    ties: Mapping[int | tuple[int, str], Mark] = field(default_factory=lambda: MappingProxyType({}))
    lots: Mapping[int, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))


NO_FACTS = Facts()
