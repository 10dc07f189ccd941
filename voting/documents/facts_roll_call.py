"""Who voted how: the facts of a roll call, with names or without, as the level of disclosure has it."""

from dataclasses import dataclass

from voting.core.effective import Place
from voting.core.questions import Question

# What stood for one member on one question: a place of the count; by plurality of one that answered the names
# as ``core.elections.chosen_names`` tells them.
Vote = Place | frozenset[str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RollCallLine:
    """One member.

    Shape   ``member`` is its number, or where names are withheld its commitment in the ledger (hex), and
            ``name`` is empty then; ``place``: the prefecture where another member has the same name, for
            府中市 is in two; one vote a question.
    Units   ``votes`` in millionths.
    """

    member: str
    name: str
    votes: int
    on: tuple[Vote, ...]
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RollCall:
    """All members of the roll.  Order: by number; without names by commitment, which tells nothing."""

    is_named: bool
    questions: tuple[Question, ...]
    lines: tuple[RollCallLine, ...]
