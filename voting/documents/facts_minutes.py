"""What the minutes of a written assembly are made of."""

from dataclasses import dataclass

from voting.core.docket import Docket
from voting.wording.editions import PaperSay
from voting.wording.papers_japanese import PAPERS_IN_JAPANESE


@dataclass(frozen=True, slots=True)
class MinutesMotion:
    """One motion: its name, and what was decided, line by line."""

    label: str
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesFacts:
    """Everything in the words of ``say``, set as the office sets its figures.

    Shape   ``basis``: the clause and the statute that the minutes rest on; ``attendance`` are lines in the
            form 総数、うち; ``course`` are paragraphs on questions and answers; ``notes`` say what the rules
            did to the numbers; ``opinions`` as members wrote them; ``checked`` says who counted and who
            certified; ``record`` are lines to be compared; ``signers``: name of each who signs, in that
            order; ``result_json`` travels inside; ``number``, ``date``, ``author``, ``proposer``, ``chair``
            are empty where nobody gave them; ``deemed`` where a statute holds the consent of all for a
            resolution; a translation has no ``opinions`` and no ``result_json``; ``version`` counts from 1;
            ``is_draft`` until it is signed.
    """

    docket: Docket
    number: str
    date: str
    method: str
    basis: tuple[str, ...]
    period: str
    record_date: str
    attendance: tuple[str, ...]
    chair: str
    course: tuple[str, ...]
    motions: tuple[MinutesMotion, ...]
    notes: tuple[str, ...]
    opinions: tuple[str, ...]
    opinions_received: str
    incidents: tuple[str, ...]
    amendments: tuple[str, ...]
    proposer: str
    resolved_on: str
    deemed: bool
    checked: tuple[str, ...]
    record: tuple[str, ...]
    author: str
    signers: tuple[str, ...]
    result_json: bytes
    version: int = 1
    is_draft: bool = False
    say: PaperSay = PAPERS_IN_JAPANESE
