"""The register of frauds: what each does, who has to see it, by which checks, and what stands behind that.

A party that is not named sees no more than everybody does; checks are all those that fail for it and do not
fail for everybody.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.frauds.looking import Loot, Party
from tests.frauds.stage import OPEN, Stage

Act = Callable[[Stage], Loot]
Seen = Mapping[Party, frozenset[int]]


@dataclass(frozen=True)
class Guard:
    """A refusal of the program that a test can leave out.  Shape: *place* is ``module.name``."""

    place: str
    instead: Callable[..., object] = lambda *_, **__: None


@dataclass(frozen=True)
class Fraud:
    """Shape: *moment* is when it begins; *guards* are what the program itself has against it.

    *behind* is who sees it by what where these guards are left out; *remark*, in Japanese and English, says
    what remains where nobody sees it by a check.
    """

    name: str
    japanese: str
    act: Act
    seen: Seen
    moment: str
    guards: tuple[Guard, ...]
    behind: Seen
    remark: tuple[str, str]


FRAUDS: list[Fraud] = []


def fraud(
    name: str,
    japanese: str,
    seen: Mapping[Party, set[int]],
    *,
    moment: str = OPEN,
    guards: tuple[Guard, ...] = (),
    behind: Mapping[Party, set[int]] | None = None,
    remark: tuple[str, str] = ("", ""),
) -> Callable[[Act], Act]:
    """Enter a fraud into the register."""

    def note(act: Act) -> Act:
        FRAUDS.append(
            Fraud(name, japanese, act, _frozen(seen), moment, guards, _frozen(behind or {}), remark)
        )
        return act

    return note


def _frozen(seen: Mapping[Party, set[int]]) -> Seen:
    return {party: frozenset(checks) for party, checks in seen.items()}
