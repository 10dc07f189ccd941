"""What the hand-over sheet is made of: what there is, where, who has it, until when, how it is checked."""

from dataclasses import dataclass

from voting.core.docket import Docket
from voting.wording.editions import PaperSay
from voting.wording.papers_japanese import PAPERS_IN_JAPANESE


@dataclass(frozen=True, slots=True)
class HandedFile:
    """A file by its name and its SHA-256 in hex; ``of`` says what it belongs to."""

    of: str
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class HandedKey:
    """A key that signs papers.  Shape: ``until`` in words; ``fingerprint`` SHA-256 of the certificate."""

    signer: str
    name: str
    until: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class HandedThing:
    """Something to be kept.  Shape: ``where`` and ``who`` are empty where nobody wrote them down."""

    what: str
    where: str
    who: str
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverFacts:
    """Everything in the words of ``say``.

    Shape   ``steps``: what was done, when, and its place in the ledger; ``open``: what is not finished;
            ``record`` and ``commands`` are lines to be compared or typed; ``officers``: name, role, id;
            ``bundle`` says where it is, and its digest where it can be made; ``contacts`` how many members'
            addresses were found right within a year, ``old_contacts`` the others: number, name, day.
    """

    docket: Docket
    origin: str
    made_on: str
    stage: str
    period: str
    steps: tuple[tuple[str, str, str], ...]
    open: tuple[str, ...]
    files: tuple[HandedFile, ...]
    bundle: tuple[str, ...]
    record: tuple[str, ...]
    keys: tuple[HandedKey, ...]
    officers: tuple[tuple[str, str, str], ...]
    things: tuple[HandedThing, ...]
    commands: tuple[str, ...]
    contact: str
    contacts: str
    old_contacts: tuple[tuple[str, str, str], ...] = ()
    say: PaperSay = PAPERS_IN_JAPANESE
