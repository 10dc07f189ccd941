"""Who has answered, when and in which way; never how: no choice and no opinion is in these facts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipationLine:
    """One member of the frozen roll.

    Shape   ``code`` is text, with its leading zeros; ``channel`` and ``received_at`` are those of the answer
            that counts, "" and None where none does; ``is_deemed``: its silence counts as something on some
            motion, None before the close; ``remark``: why an answer does not count, or why there is none.
    """

    member_id: str
    code: str
    name: str
    prefecture: str
    category: str
    votes: str
    channel: str = ""
    received_at: datetime | None = None
    is_deemed: bool | None = None
    remark: str = ""

    @property
    def has_answered(self) -> bool:
        return self.received_at is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipationFacts:
    """The whole roll as it stands at *as_of*.  Shape: ``days`` are all days of the period up to then."""

    body: str
    title: str
    period: str
    as_of: datetime
    is_closed: bool
    days: Sequence[date]
    lines: tuple[ParticipationLine, ...]
