"""What letters are made of: the notice that calls an assembly, the list of errata."""

from dataclasses import dataclass

from voting.core.docket import Docket
from voting.wording.editions import PaperSay
from voting.wording.papers_japanese import PAPERS_IN_JAPANESE


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """The head of a letter.

    Shape   ``number`` and ``date`` are empty where the letter has none; ``to`` and ``sender`` are lines;
            ``seal`` is printed below the sender.
    """

    number: str = ""
    date: str = ""
    to: tuple[str, ...] = ("会員各位",)
    sender: tuple[str, ...] = ()
    seal: str = ""


@dataclass(frozen=True, slots=True)
class NoticeMotion:
    """One motion of the notice.

    Shape   ``condition`` says on what it depends, empty where on nothing; ``documents`` are names of papers.
    """

    label: str
    title: str
    requirement: str
    condition: str = ""
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeFacts:
    """What the notice says.  Everything in the words of ``say``, set as the office sets its figures.

    Shape   ``opening`` are paragraphs; ``basis`` and ``roll`` are lines; ``ways``: a way to vote -> what to
            do; ``rules`` are the sentences on the treatment of answers; ``vkey`` is printed as it is.
    """

    docket: Docket
    letter: LetterFacts
    opening: tuple[str, ...]
    basis: tuple[str, ...]
    period: str
    roll: tuple[str, ...]
    motions: tuple[NoticeMotion, ...]
    ways: tuple[tuple[str, str], ...]
    deadline: str
    rules: tuple[str, ...]
    questions: str
    publication: tuple[str, ...]
    vkey: str
    enclosed: tuple[str, ...]
    contact: str
    say: PaperSay = PAPERS_IN_JAPANESE


@dataclass(frozen=True, slots=True)
class ErrataTable:
    """The misprints of one paper.  Shape: ``head`` names it; ``rows`` are place, wrong, right."""

    head: str
    sha256: str
    rows: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrataFacts:
    """What the list of errata says.  Shape: ``effect`` says what becomes of votes that were given."""

    docket: Docket
    letter: LetterFacts
    opening: tuple[str, ...]
    tables: tuple[ErrataTable, ...]
    effect: tuple[str, ...]
    contact: str
    say: PaperSay = PAPERS_IN_JAPANESE


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionFacts:
    """What members are told of a corrected result.

    Shape   ``version`` is that of the corrected one, at least 2; ``rows``: question, what the version before
            said, what this one says; ``digests`` are lines to be compared; ``published`` is an address.
    """

    docket: Docket
    letter: LetterFacts
    version: int
    opening: str
    reason: str
    approved: tuple[str, ...]
    outcome: str
    rows: tuple[tuple[str, str, str], ...]
    incidents: tuple[str, ...]
    digests: tuple[str, ...]
    published: str
    contact: str
    say: PaperSay = PAPERS_IN_JAPANESE


@dataclass(frozen=True, slots=True, kw_only=True)
class RepliesFacts:
    """What members asked, and what was answered to all.

    Shape   ``asked`` as (head, question, replies as (head, text)); ``effect`` says what becomes of votes,
            ``deadline`` until when one may vote.
    """

    docket: Docket
    letter: LetterFacts
    opening: str
    asked: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]
    effect: str
    deadline: str
    contact: str
    say: PaperSay = PAPERS_IN_JAPANESE
