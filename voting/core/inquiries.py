"""質問 and the replies to them: until when a member may ask, how much, and what every member is told.

A question of a motion (what a ballot asks) is in ``questions``; here it is the member who asks.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from voting.core.assembly import Schedule
from voting.core.japanese_dates import JST, last_minute

LONGEST_INQUIRY = 2000  # characters
LONGEST_REPLY = 4000  # characters
# A handful: enough for an office that reads all documents in one day, too few to bury the others' questions.
MOST_A_DAY = 5


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer as every member reads it.

    Shape   ``number`` of the question; ``question`` in the words in which it was published; ``supplements``:
            an earlier reply to it was published already.
    """

    number: int
    question: str
    text: str
    supplements: bool


def last_day(schedule: Schedule, until: date | None) -> date | None:
    """The last day for questions that letter and page tell; None where the office has set none.

    Shape   *until* is the letterhead's day.
    Ties    nobody can be answered for a vote that is over: the day of the close is the latest.
    """
    return None if until is None else min(until, last_minute(schedule.closes_at).date())


def asking_ends(schedule: Schedule, until: date | None) -> datetime:
    """The first instant that is too late for a question.

    Ties    the last day counts to its end in Japan, where the period itself does not end before.
    """
    if until is None:
        return schedule.closes_at
    return min(datetime.combine(until + timedelta(days=1), time(), JST), schedule.closes_at)


def replies_json(replies: Iterable[Reply]) -> list[dict[str, object]]:
    """As JSON, which knows whole numbers and texts here."""
    return [
        {
            "number": each.number,
            "question": each.question,
            "supplements": int(each.supplements),
            "text": each.text,
        }
        for each in replies
    ]


def replies_from_json(found: Any) -> tuple[Reply, ...]:
    """The reverse."""
    return tuple(
        Reply(int(each["number"]), str(each["question"]), str(each["text"]), bool(each["supplements"]))
        for each in found
    )
