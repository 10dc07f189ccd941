"""The letterhead of an assembly: kept as the office wrote it, read whenever a paper is made.

It decides no number and no outcome, so it may be changed at any time; papers that were signed stay as they
are.  Who may be named in a proxy form is fixed once the members are told (docs/adr/0013).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, partial
from typing import ClassVar

from voting.core.errors import Refusal
from voting.core.inquiries import asking_ends, last_day
from voting.core.letterhead import Counter, Inquiring, Letterhead, PaperKind, Proxies, Seal
from voting.core.permissions import Act, Officer, require
from voting.core.votes import ONE_VOTE
from voting.documents.facts_letter import LetterFacts
from voting.ledger.canonical import instant_text
from voting.runtime import Runtime
from voting.services.errors import NoSuchAssembly
from voting.sheets.letterhead_toml import read_letterhead
from voting.store import assemblies, letterheads
from voting.store.assemblies import Case
from voting.store.roll import Voter
from voting.store.transaction import Transaction
from voting.wording import in_style
from voting.wording.editions import PaperSay
from voting.wording.page_editions import PageSay
from voting.wording.papers_japanese import PAPERS_IN_JAPANESE

_OMITTED = "（公印省略）"


@dataclass(eq=False)
class CounterUntrue(Refusal):
    """Votes cannot be counted in organisations where one has more votes than another."""

    code: ClassVar[str] = "counter-untrue"
    counter: str


@dataclass(eq=False)
class ProxiesFixed(Refusal):
    """Members were told already whether they may give a proxy, by which clause and to whom."""

    code: ClassVar[str] = "proxies-fixed"


def set_letterhead(rt: Runtime, who: Officer, origin: str, source: str) -> Letterhead:
    """Keep *source*, a LETTERHEAD.toml, in the place of what was there before.

    Raises  LetterheadFaults, NoSuchAssembly; ProxiesFixed once the ballots are issued.
    """
    require(who, Act.DRAFT)
    now = instant_text(rt.now())
    with rt.database.ledger_turn(origin), rt.database.transaction() as tx:
        case = assemblies.find(tx, origin)
        if case is None:
            raise NoSuchAssembly(origin)
        return keep(tx, case, source, by=who, now=now)


def keep(tx: Transaction, case: Case, source: str, *, by: Officer, now: str) -> Letterhead:
    """Keep *source*, wherever it comes from: a file, a form, an earlier version.

    Raises  LetterheadFaults; ProxiesFixed once the ballots are issued.
    """
    found = read_letterhead(source)
    if case.issued_index is not None and _promised(found) != _promised(letterhead_of(tx, case)):
        raise ProxiesFixed
    letterheads.put(tx, case.id, source, by=by.id, now=now)
    return found


def _promised(letterhead: Letterhead) -> Proxies:
    """What it says on proxies; without a clause there are none, whoever is named."""
    return letterhead.proxies if letterhead.proxies.clause else Proxies()


def stored(rt: Runtime, who: Officer, origin: str) -> str:
    """The file as it was set last; empty where none was.  Raises: NoSuchAssembly."""
    require(who, Act.READ_ROLL)
    with rt.database.reading() as tx:
        case = assemblies.find(tx, origin)
        if case is None:
            raise NoSuchAssembly(origin)
        return letterheads.find(tx, case.id) or ""


def letterhead_of(tx: Transaction, case: Case) -> Letterhead:
    """The settings for a paper made now; where the file names no sender, the body and its chair write."""
    return filled_in(case, letterheads.find(tx, case.id) or "")


def questions_until(tx: Transaction, case: Case) -> date | None:
    """The last day for questions; None where the office takes none on the members' pages."""
    return last_day_told(case, _read(letterheads.find(tx, case.id) or ""))


def last_day_told(case: Case, letterhead: Letterhead) -> date | None:
    """As ``questions_until``, for a letterhead at hand."""
    if letterhead.questions is Inquiring.OFF:
        return None
    return last_day(case.docket.assembly.schedule, letterhead.questions_until)


def until_words(case: Case, day: date, say: PaperSay | PageSay) -> str:
    """*day* as letter and page tell it: with the hour where the close comes first."""
    schedule = case.docket.assembly.schedule
    return say.closing(schedule) if asking_ends(schedule, day) == schedule.closes_at else say.day(day)


# A member's page asks each time it is shown, and the file changes seldom.
@lru_cache(maxsize=64)
def _read(source: str) -> Letterhead:
    return read_letterhead(source) if source else Letterhead()


def filled_in(case: Case, source: str) -> Letterhead:
    """What *source* sets, with what is there without it."""
    found = _read(source)
    body, chair = case.docket.body.name, case.docket.assembly.chair
    sender = found.sender or (body, *((chair,) if chair else ()))
    returns = replace(found.returns, to=found.returns.to or f"{body}事務局　御中")
    return replace(found, sender=sender, returns=returns)


def style_of(
    letterhead: Letterhead, voters: tuple[Voter, ...], edition: PaperSay = PAPERS_IN_JAPANESE
) -> Callable[[str], str]:
    """How sentences are set on its papers; a translation stays as it is.  Raises: CounterUntrue."""
    weighted = any(each.votes != ONE_VOTE for each in voters)
    if letterhead.counter is Counter.ORGANISATIONS and weighted:
        raise CounterUntrue(letterhead.counter.value)
    if not edition.is_japanese:
        return str
    return partial(in_style, digits=letterhead.digits, counter=letterhead.counter)


def blanks(rt: Runtime, who: Officer, origin: str, kind: PaperKind) -> tuple[str, ...]:
    """What the head of that paper leaves empty, of number and date.  Raises: NotAllowed, NoSuchAssembly."""
    require(who, Act.READ_ROLL)
    with rt.database.reading() as tx:
        case = assemblies.find(tx, origin)
        if case is None:
            raise NoSuchAssembly(origin)
        letterhead = letterhead_of(tx, case)
    given = (("number", letterhead.numbers.get(kind)), ("date", letterhead.dates.get(kind)))
    return tuple(name for name, value in given if not value)


def letter_facts(
    letterhead: Letterhead, kind: PaperKind, edition: PaperSay = PAPERS_IN_JAPANESE
) -> LetterFacts:
    """The head of a letter of that kind.  The number is printed as given, the date in the office's digits.

    A translation is addressed to nobody, and says nothing of a seal.
    """
    day = letterhead.dates.get(kind)
    say = style_of(letterhead, (), edition)
    return LetterFacts(
        number=letterhead.numbers.get(kind, ""),
        date="" if day is None else say(edition.letter_date(day)),
        to=letterhead.to if edition.is_japanese else (),
        sender=letterhead.sender,
        seal=_OMITTED if edition.is_japanese and letterhead.seal is Seal.OMITTED else "",
    )
