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
_USUAL = 3  # working days
_SATURDAY = 5


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


def last_day(schedule: Schedule, until: date | None) -> date:
    """The last day for questions that letter and page tell.

    Shape   *until* is the letterhead's day; where it sets none, three working days before the last day of the
            vote, so that an answer still reaches everybody; Saturdays and Sundays do not work, holidays are
            not known here.
    Ties    nobody can be answered for a vote that is over: the day of the close is the latest, and the usual
            day of a period too short for it.
    Source  domain.md row 35.
    """
    end = last_minute(schedule.closes_at).date()
    if until is not None:
        return min(until, end)
    usual, left = end, _USUAL
    while left:
        usual -= timedelta(days=1)
        left -= usual.weekday() < _SATURDAY
    return usual if usual >= schedule.opens_at.astimezone(JST).date() else end


def asking_ends(schedule: Schedule, day: date) -> datetime:
    """The first instant that is too late for a question.

    Ties    the last *day* counts to its end in Japan, where the period itself does not end before.
    """
    return min(datetime.combine(day + timedelta(days=1), time(), JST), schedule.closes_at)


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
