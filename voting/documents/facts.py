"""What papers, pages and tables are made of: everything looked up, counted and dated beforehand.

A service makes these facts; a document turns them into bytes and asks nobody else. So the PDF, the page, the
CSV and the workbook show the same numbers.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from voting.core.docket import Docket
from voting.core.result import CategoryNumbers, Result
from voting.documents.facts_roll_call import RollCall
from voting.wording import CosignatureFacts
from voting.wording.editions import PaperSay
from voting.wording.papers_japanese import PAPERS_IN_JAPANESE


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerFacts:
    """Where a result stands in the signed ledger.

    Shape   ``vkey`` is the log's verifier key; ``root`` base64; ``checkpoint`` the whole signed note, its
            three lines first; ``result_sha256`` 64 hex digits over the bytes of result.json;
            ``cosignatures`` are those on this checkpoint or a later one, as known when this was made.
    """

    origin: str
    vkey: str
    size: int
    root: str
    checkpoint: str
    result_sha256: str
    cosignatures: CosignatureFacts = field(default_factory=CosignatureFacts)


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryFacts:
    """One category (区分) of the roll; its numbers by motion stand in the result.

    Units   ``*_votes`` in millionths.
    """

    name: str
    roll_members: int
    roll_votes: int
    returned_members: int
    returned_votes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """An opinion that may be published; ``member`` is named only with its consent."""

    text: str
    member: str | None = None
    answer: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a corrected result corrects.

    Shape   ``changes`` are pairs of the wrong and the right text; ``of`` is the day of the wrong result;
            ``reason`` a sentence.
    """

    of: date
    reason: str = ""
    changes: tuple[tuple[str, str], ...]
    outcomes_changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultFacts:
    """A whole result, ready to be printed.

    Shape   ``channels``: way of submission -> members (web, post, fax, mail, hand, paper; others as they
            are), the effective submissions only; they add up to the returned members. ``proxies`` of these
            were 委任. ``by_channel``: for each yes-or-no question its numbers by channel, "" where no answer
            counts. ``roll_call``: who voted how, None where the disclosure has none.
            ``to`` and ``sender``: lines of the letter; ``certified_by`` and ``witnesses``: role and name.
            ``terms``: number of an election -> its term of office in words. ``amendments``: one sentence for
            each amendment after the freeze. ``disclosure``: L0, L1 or L2 of the ledger, empty without one.
            ``signers``: who signs the paper electronically, in that order; none leaves it unsigned.
            ``result_json``: the bytes to be embedded, so that the paper carries what it was printed from.
    Units   ``refused_late``, ``undelivered`` and ``left`` in members; ``version`` counts from 1.
    """

    docket: Docket
    result: Result
    channels: tuple[tuple[str, int], ...] = ()
    proxies: int = 0
    by_channel: tuple[tuple[CategoryNumbers, ...], ...] = ()
    roll_call: RollCall | None = None
    categories: tuple[CategoryFacts, ...] = ()
    refused_late: int = 0
    undelivered: int = 0
    left: int = 0
    certified_on: date | None = None
    certified_by: tuple[str, ...] = ()
    witnesses: tuple[str, ...] = ()
    issued_on: date | None = None
    document_number: str = ""
    to: tuple[str, ...] = ("会員各位",)
    sender: tuple[str, ...] = ()
    seal: str = "（公印省略）"
    contact: str = ""
    disclosure: str = ""
    version: int = 1
    correction: Correction | None = None
    amendments: tuple[str, ...] = ()
    incidents: tuple[str, ...] = ()  # a sentence for each
    terms: tuple[tuple[int, str], ...] = ()
    opinions: tuple[Opinion, ...] = ()
    ledger: LedgerFacts | None = None
    signers: tuple[str, ...] = ()
    result_json: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptFacts:
    """One member's answer as the ledger holds it.

    Shape   ``choices``: label and title of a motion -> the choice in words; ``level``: K0, K1 or KP;
            ``leaf_hash`` 64 hex digits; ``checkpoint`` the whole signed note; ``refused``: a sentence why
            the answer does not count, empty where it was accepted; ``proved_in``: the record that
            *checkpoint* promises (最終の記録), empty for that of the moment of receipt; choices, refusal and
            record are in the words of ``say``.
    Units   ``received_at`` aware; ``index`` counts entries from 0.
    """

    docket: Docket
    member_id: str
    member: str
    number: str
    received_at: datetime
    choices: tuple[tuple[str, str], ...]
    section: str
    person: str
    channel: str
    level: str
    origin: str
    index: int
    leaf_hash: str
    checkpoint: str
    vkey: str
    contact: str = ""
    refused: str = ""
    proved_in: str = ""
    say: PaperSay = PAPERS_IN_JAPANESE
