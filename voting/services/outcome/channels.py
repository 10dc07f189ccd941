"""The numbers of a result by the way in which the answers came.

Decided by the very functions of the count; needs no store, so that ``voting count`` has them too.
"""

from collections.abc import Iterable, Mapping

from voting.core.effective import Case, place_of
from voting.core.groups import Amount
from voting.core.measures import Cell, by_category
from voting.core.members import RollEntry
from voting.core.motions import Method
from voting.core.questions import Agenda
from voting.core.result import CategoryNumbers


def by_channel(
    asked: Agenda, members: Iterable[tuple[RollEntry, Case]], channels: Mapping[str, str]
) -> tuple[tuple[CategoryNumbers, ...], ...]:
    """For each yes-or-no question its numbers by the way in which the answer that counts came.

    Shape   *channels* by member; ``category`` of an answer is the channel, "" where none counts.
    """
    questions = [each for each in asked.questions if each.motion.method is not Method.PLURALITY]
    sizes: dict[tuple[Case, str], Amount] = {}
    for entry, case in members:
        key = case, channels.get(entry.member_id, "")
        sizes[key] = sizes.get(key, Amount()).plus(Amount(entry.votes, 1))
    found = []
    for question in questions:
        cells: dict[Cell, Amount] = {}
        for (case, channel), amount in sizes.items():
            cell = Cell(place_of(question, case), bool(channel), channel)
            cells[cell] = cells.get(cell, Amount()).plus(amount)
        found.append(by_category(cells))
    return tuple(found)
