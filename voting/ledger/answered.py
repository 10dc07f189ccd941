"""Which texts a vote answers: an amend of texts voids what was given before it.

A vote by the web answers the texts under which it was recorded.  A sheet answers those under which it
arrived: whoever filled it in knew no others, whenever two persons come to read it.
Source  docs/ledger-format.md section 4, texts answered; docs/adr/0014.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class NewTexts:
    """An amend of texts: its place in the ledger and the time of its entry."""

    index: int
    time: datetime


def answers(texts: NewTexts, *, index: int, paper: int | None, received_at: datetime) -> bool:
    """Whether a vote was given on *texts*, or on later ones; the others are void by them.

    Shape   *index* of the vote's own entry, *paper* that of its sheet, None by the web.
    Ties    a sheet of the very instant of the amend that is registered behind it answers it.
    """
    if paper is None:
        return index > texts.index
    # Both: nobody makes a sheet newer by registering it late, nor by an hour that is still to come.
    return paper > texts.index and received_at >= texts.time


def texts_answered(
    amended: Sequence[NewTexts], *, index: int, paper: int | None, received_at: datetime
) -> NewTexts | None:
    """The last of *amended* that a vote was given on; None where it was given on the texts as frozen.

    Shape   *amended* in the order of the ledger, so that who answers one answers all before it.
    """
    given = [each for each in amended if answers(each, index=index, paper=paper, received_at=received_at)]
    return given[-1] if given else None
