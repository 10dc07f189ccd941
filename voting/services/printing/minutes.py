"""議事録: drafted for everybody in the office to read, signed by two persons' act, kept version by version.

The minutes rest on the certified result and on what the office wrote in its letterhead. They are signed with
the keys of the body once the chair has proposed it and an auditor has approved; until then they are a draft.
"""

from dataclasses import dataclass
from typing import Any, ClassVar

from voting.core.errors import Refusal
from voting.core.letterhead import Letterhead
from voting.core.permissions import Act, Officer, require
from voting.credentials.paper_keys import AUDITOR, BODY, CHAIR
from voting.documents.facts_minutes import MinutesFacts
from voting.documents.minutes_pdf import render_minutes
from voting.ledger import canonical
from voting.runtime import Runtime
from voting.services.errors import NoSuchAssembly, NotThatFar
from voting.services.outcome import results
from voting.services.outcome.closing import counted, submissions_for_count
from voting.services.outcome.counting_facts import ways_taken
from voting.services.outcome.erased import require_kept
from voting.services.outcome.versions import FIRST, stored_name, version_in_force
from voting.services.period.published_replies import published_wordings, sendings
from voting.services.printing import paper_signing
from voting.services.printing.letterheads import filled_in, letterhead_of, style_of
from voting.services.printing.minutes_facts import minutes_facts
from voting.store import approvals, assemblies, inquiries, roll
from voting.store.assemblies import Case
from voting.store.transaction import Transaction
from voting.wording import minutes_statute
from voting.wording.editions import PaperSay
from voting.wording.papers import PAPERS

MINUTES_PDF = "minutes.pdf"
_OFFICES = {CHAIR: "議長", AUDITOR: "監事", BODY: "団体"}


@dataclass(eq=False)
class MinutesIncomplete(Refusal):
    """A statute asks for something that the office has not written down.  Shape: keys of the letterhead."""

    code: ClassVar[str] = "minutes-incomplete"
    statute: str
    keys: tuple[str, ...]


def minutes(rt: Runtime, who: Officer, origin: str, *, language: str = "ja") -> bytes:
    """The signed minutes, the newest version; before anybody signed, a draft that says so.

    A translation is made of the facts of those that were signed last; where the result was corrected since,
    it is a draft of the next ones.
    Raises  NoSuchAssembly; NotThatFar before the result; MinutesIncomplete, PaperKeyUnusable, NoGlyph,
            CounterUntrue.
    """
    require(who, Act.READ_ROLL)
    with rt.database.reading() as tx:
        case = assemblies.find(tx, origin)
        if case is None:
            raise NoSuchAssembly(origin)
        require_result(case)
        if language != "ja":
            return render_minutes(_translation(rt, tx, case, PAPERS[language]))
        newest = next_version(tx, case) - 1
        if newest >= FIRST:
            kept = assemblies.published(tx, case.id, stored_name(MINUTES_PDF, newest))
            return kept or b""
        facts = _draft(rt, tx, case, letterhead_of(tx, case), PAPERS[language])
    return render_minutes(facts)


def preview(rt: Runtime, who: Officer, origin: str, source: str) -> bytes:
    """A draft as it would be with *source*, a LETTERHEAD.toml that nobody has kept.

    Raises  LetterheadFaults; as ``minutes``.
    """
    require(who, Act.DRAFT)
    with rt.database.reading() as tx:
        case = assemblies.find(tx, origin)
        if case is None:
            raise NoSuchAssembly(origin)
        require_result(case)
        facts = _draft(rt, tx, case, filled_in(case, source), PAPERS["ja"])
    return render_minutes(facts)


def _draft(
    rt: Runtime, tx: Transaction, case: Case, letterhead: Letterhead, edition: PaperSay
) -> MinutesFacts:
    names, version = _expected(rt, case, named(letterhead)), next_version(tx, case)
    return facts_of(rt, tx, case, letterhead, signers=names, version=version, is_draft=True, edition=edition)


def _translation(rt: Runtime, tx: Transaction, case: Case, edition: PaperSay) -> MinutesFacts:
    """With the letterhead that two persons approved, whatever it says by now."""
    newest = next_version(tx, case) - 1
    for request in approvals.granted(tx, case.id, Act.SIGN_MINUTES.value):
        signed: Any = canonical.decode(request.document.encode())
        about = signed["subject"]
        if about["version"] == newest and about["result"] == version_in_force(tx, case):
            return facts_of(
                rt,
                tx,
                case,
                filled_in(case, about["letterhead"]),
                signers=_expected(rt, case, tuple(about["signers"])),
                version=newest,
                is_draft=False,
                edition=edition,
            )
    return _draft(rt, tx, case, letterhead_of(tx, case), edition)


def next_version(tx: Transaction, case: Case) -> int:
    """The number that minutes signed now would get; 1 where there are none."""
    version = FIRST
    while assemblies.published(tx, case.id, stored_name(MINUTES_PDF, version)) is not None:
        version += 1
    return version


def named(letterhead: Letterhead) -> tuple[str, ...]:
    return letterhead.minutes.signers or paper_signing.MINUTES_SIGNERS


def _expected(rt: Runtime, case: Case, named: tuple[str, ...]) -> tuple[str, ...]:
    """Who is to sign, for a draft: by name where there is a key already, else by office."""
    known = {each.signer: each.name for each in paper_signing.keys(rt, case.body)}
    return tuple(known.get(each, _OFFICES.get(each, each)) for each in named)


def facts_of(
    rt: Runtime,
    tx: Transaction,
    case: Case,
    letterhead: Letterhead,
    *,
    signers: tuple[str, ...],
    version: int,
    is_draft: bool,
    edition: PaperSay,
) -> MinutesFacts:
    require_complete(case, letterhead)
    require_kept(tx, case)
    whole = counted(tx, case)
    known = submissions_for_count(case, whole.submissions)
    return minutes_facts(
        results.facts_in_force(rt, tx, case),
        letterhead,
        say=style_of(letterhead, roll.voters(tx, case.id), edition),
        edition=edition,
        ways=ways_taken(case.docket, whole.roll, known, whole.facts),
        asked=(len(inquiries.everything(tx, case.id)), len(published_wordings(sendings(tx, case)))),
        signers=signers,
        version=version,
        is_draft=is_draft,
    )


def withheld(tx: Transaction, case: Case) -> Refusal | None:
    """Why there are no minutes to be had: before the result; after the erasure, where none were signed."""
    try:
        require_result(case)
        if next_version(tx, case) == FIRST:
            require_kept(tx, case)
    except Refusal as refusal:
        return refusal
    return None


def require_result(case: Case) -> None:
    if case.result_index is None:
        raise NotThatFar("minutes", "result")


def require_complete(case: Case, letterhead: Letterhead) -> None:
    """Who proposed and who wrote it down: a statute asks for both (domain.md 1.2.7)."""
    statute, given = minutes_statute(case.docket.body.kind), letterhead.minutes
    asked = (("minutes.author", given.author), ("minutes.proposer", given.proposer))
    missing = tuple(key for key, text in asked if not text)
    if statute and missing:
        raise MinutesIncomplete(statute, missing)
