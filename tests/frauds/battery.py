"""The register of frauds: what each does, and who has to see it, by which checks.

A party that is not named sees no more than everybody does; checks are all those that fail for it and do not
fail for everybody.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.frauds.stage import OPEN, Loot, Party, Stage

Act = Callable[[Stage], Loot]
Seen = Mapping[Party, frozenset[int]]


@dataclass(frozen=True)
class Fraud:
    """Shape: *moment* is when it begins; *remark* says what remains where nobody sees it by a check."""

    name: str
    japanese: str
    act: Act
    seen: Seen
    moment: str
    remark: str


FRAUDS: list[Fraud] = []


def fraud(
    name: str, japanese: str, seen: Mapping[Party, set[int]], *, moment: str = OPEN, remark: str = ""
) -> Callable[[Act], Act]:
    """Enter a fraud into the register."""

    def note(act: Act) -> Act:
        frozen = {party: frozenset(checks) for party, checks in seen.items()}
        FRAUDS.append(Fraud(name, japanese, act, frozen, moment, remark))
        return act

    return note
