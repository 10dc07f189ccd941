"""What goes on envelopes: labels, and the cover that lies on top of what is sent."""

from dataclasses import dataclass
from enum import StrEnum

from voting.core.docket import Docket
from voting.documents.facts_letter import LetterFacts
from voting.wording.editions import PaperSay
from voting.wording.papers_japanese import PAPERS_IN_JAPANESE


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressed:
    """Where one member's post goes.

    Shape   ``to``: organisation, section, person, the last one with its 御中 or 様; ``fax`` as it is dialled.
    """

    member_id: str
    to: tuple[str, ...]
    postcode: str = ""
    address: str = ""
    fax: str = ""


class Way(StrEnum):
    """How a cover travels."""

    POST = "post"  # 送付状
    FAX = "fax"  # FAX送付状


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverFacts:
    """What every member's cover says, in the words of ``say``, set as the office sets its figures.

    Shape   ``enclosed`` are names of papers; ``pages``: sheets of a fax, the cover included, None for a line
            to write on; ``from_fax``: the office's own number, empty where it has none.
    """

    docket: Docket
    way: Way
    letter: LetterFacts
    enclosed: tuple[str, ...]
    deadline: str
    contact: str
    from_fax: str = ""
    pages: int | None = None
    say: PaperSay = PAPERS_IN_JAPANESE
